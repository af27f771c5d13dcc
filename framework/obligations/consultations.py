"""Social dialogue and consultation of stakeholders, which every stage includes (GEN-02)."""

from collections.abc import Iterable, Sequence

from framework.findings import Findings, problem, warning
from framework.obligations.context import each, given, listed, unless
from framework.records import Consultation
from framework.terms import Category

SOCIAL_PARTNERS = (Category.EMPLOYERS, Category.WORKERS)


def consultations(items: Sequence[Consultation], *, where: str, clause: str) -> Findings:
    """At least one, each whole; employers AND workers over all of them; civil society, or a warning.

    That none lies in the future is checked for every submission at once (`check`).
    """
    if not items:
        return problem("consultations.missing", where, clause)
    present = {category for item in items for category in item.categories}
    found = each(items, where, lambda place, index: particulars(items[index], place, clause))
    return found + participants(present, where=where, clause=clause)


def participants(present: Iterable[Category], *, where: str, clause: str) -> Findings:
    """Employers AND workers took part, or it is refused; without civil society it is doubtful (GEN-02)."""
    there = set(present)
    absent = [category.value for category in SOCIAL_PARTNERS if category not in there]
    return unless(
        not absent, problem("consultations.social_partners.missing", where, clause, categories=listed(absent))
    ) + unless(Category.CIVIL_SOCIETY in there, warning("consultations.civil_society.missing", where, clause))


def particulars(item: Consultation, where: str, clause: str) -> Findings:
    """One consultation: when, through which body, who took part, what came of it."""
    return (
        unless(item.held_on, problem("consultation.held_on.missing", f"{where}.held_on", clause))
        + unless(given(item.body), problem("consultation.body.missing", f"{where}.body", clause))
        + unless(item.categories, problem("consultation.categories.missing", f"{where}.categories", clause))
        + unless(given(item.summary), problem("consultation.summary.missing", f"{where}.summary", clause))
    )
