"""What stands between a candidate and the status: every requirement that is not met yet (PLN-09)."""

from collections.abc import Iterator

from framework.facts import Candidacy
from framework.findings import Finding
from framework.terms import Category

ALWAYS_IDENTIFIED = (Category.GOVERNMENT, Category.EMPLOYERS, Category.WORKERS)
"""No country is without these; whether it has the other six categories is for the country to say."""


def unmet(candidacy: Candidacy) -> tuple[Finding, ...]:
    """Everything that stands against a grant, all of it, in the order of the framework (PLN-09).

    `where` names the step. A step in `candidacy.waived` is met.
    """
    return tuple(finding for finding in _standing_against(candidacy) if finding.where not in candidacy.waived)


def _standing_against(candidacy: Candidacy) -> Iterator[Finding]:
    yield from _letter(candidacy)
    yield from _stakeholders(candidacy)
    if not candidacy.stocktaking_versions:
        yield Finding(key="candidacy.stocktaking.missing", where="stocktaking", clause="EOI-09")
    yield from _workshops(candidacy)
    if not candidacy.roadmap_versions:
        yield Finding(key="candidacy.roadmap.missing", where="roadmap", clause="PLN-05")
    if candidacy.presented_on is None:
        yield Finding(key="candidacy.presentation.missing", where="presentation", clause="PLN-07")
    yield from _comments(candidacy)


def _letter(candidacy: Candidacy) -> Iterator[Finding]:
    if candidacy.eoi_on is None:
        yield Finding(key="candidacy.expression.missing", where="expression_of_interest", clause="EOI-02")
    if not candidacy.has_focal_point:
        yield Finding(key="candidacy.focal_point.missing", where="expression_of_interest", clause="EOI-03")


def _stakeholders(candidacy: Candidacy) -> Iterator[Finding]:
    absent = [one.value for one in ALWAYS_IDENTIFIED if one not in candidacy.categories_identified]
    if absent:
        values = {"categories": ", ".join(absent)}
        yield Finding(
            key="candidacy.stakeholders.missing", where="stakeholder_list", clause="EOI-07", values=values
        )
    if not candidacy.bodies:
        yield Finding(key="candidacy.body.missing", where="stakeholder_list", clause="EOI-08")


def _workshops(candidacy: Candidacy) -> Iterator[Finding]:
    if not candidacy.workshops:
        yield Finding(key="candidacy.workshop.missing", where="workshop", clause="PLN-01")
        return
    covered = {*candidacy.categories_at_workshops, *candidacy.absences_explained}
    absent = [one.value for one in candidacy.categories_identified if one not in covered]
    if absent:
        values = {"categories": ", ".join(absent)}
        yield Finding(key="candidacy.workshop.coverage", where="workshop", clause="PLN-02", values=values)


def _comments(candidacy: Candidacy) -> Iterator[Finding]:
    if candidacy.unanswered_comments:
        values = {"numbers": ", ".join(str(number) for number in candidacy.unanswered_comments)}
        yield Finding(
            key="candidacy.comments.unanswered", where="comment_answers", clause="PLN-08", values=values
        )
