"""From a country's rows to what its process starts with. Called only for rows that passed all checks."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from contracts.messages import Actor
from contracts.starting import ImportedCountry
from contracts.state import Comment, Dialogue
from framework.facts import Candidacy, Cycle
from framework.policy import Policy
from framework.records import Contact, SpecialCircumstances
from framework.terms import Category, Language, Role, Status
from portfolio import history
from portfolio.rows import Block, Row

IMPORTER = Actor(role=Role.SECRETARIAT, name="portfolio import")
ROADMAP = "roadmap"
"""What a candidate's comments are about."""


def country(block: Block, today: date, policy: Policy, source: str) -> ImportedCountry:
    """The country of these rows; `today` (UTC) decides which of its years are over."""
    row = block.country
    changes = history.changes(row)
    cycles = history.cycles(block.years, changes, today, policy)
    focal_point = _focal_point(row)
    return ImportedCountry(
        code=row.text("code"),
        name=row.text("name"),
        language=Language(row.text("language") or focal_point.language),
        status=Status(row.text("status")),
        status_history=history.with_resets(changes, cycles),
        focal_point=focal_point,
        deputies=list(row.many("deputies", Contact)),
        ministry=row.text("ministry"),
        ministry_email=row.text("ministry_email"),
        candidacy=_candidacy(row),
        priorities=list(row.texts("roadmap_priorities")),
        bodies=list(row.texts("coordination_bodies")),
        cycles=cycles,
        dialogues=dialogues(row),
        circumstances=list(row.many("special_circumstances", SpecialCircumstances)),
        open_comments=_open_comments(row, cycles),
        source=source,
        imported_by=IMPORTER,
    )


def dialogues(row: Row) -> list[Dialogue]:
    """A country's dialogues, numbered from 1; before the grant they are a candidate's support (PLN-11)."""
    found = list(row.many("earlier_dialogues", Dialogue))
    opened = row.day("dialogue_opened_on")
    if opened is not None:
        found.append(_last_dialogue(row, opened, len(found) + 1))
    granted = row.day("granted_on")
    return [
        dialogue.model_copy(update={"for_candidate": granted is None or dialogue.opened_on < granted})
        for dialogue in found
    ]


def _last_dialogue(row: Row, opened: date, number: int) -> Dialogue:
    return Dialogue(
        number=number,
        opened_on=opened,
        topics=list(row.texts("dialogue_topics")),
        subgroup=row.text("dialogue_subgroup"),
        meetings=row.count("dialogue_meetings"),
        guidance=list(row.texts("dialogue_guidance")),
        closed_on=row.day("dialogue_closed_on"),
        outcome=row.text("dialogue_outcome"),
    )


def _focal_point(row: Row) -> Contact:
    return Contact(
        name=row.text("focal_point_name"),
        post=row.text("focal_point_post"),
        email=row.text("focal_point_email"),
        language=Language(row.text("focal_point_language")),
        time_zone=row.text("focal_point_time_zone") or "UTC",
    )


def _candidacy(row: Row) -> Candidacy:
    granted = row.day("granted_on") is not None
    versions = row.count("roadmap_versions")
    candidate = row.text("status") == Status.CANDIDATE
    return Candidacy(
        eoi_on=row.day("expression_of_interest_on"),
        has_focal_point=True,
        timetable_given=row.answer("timetable_given") is True,
        categories_identified=_categories(row, "stakeholder_categories"),
        bodies=row.texts("coordination_bodies"),
        stocktaking_versions=row.count("stocktakings"),
        workshops=row.count("workshops"),
        categories_at_workshops=_categories(row, "workshop_categories"),
        absences_explained=_categories(row, "absences_explained"),
        roadmap_versions=1 if granted and "roadmap_versions" not in row else versions,
        nap_route=row.text("roadmap_route") == "nap",
        presented_at=row.text("presented_at"),
        presented_on=row.day("presented_on"),
        unanswered_comments=tuple(_numbered_comments(row)) if candidate else (),
    )


def _categories(row: Row, column: str) -> tuple[Category, ...]:
    return tuple(Category(name) for name in row.texts(column))


def _numbered_comments(row: Row) -> dict[int, str]:
    return row.get("open_comments", dict) or {}


def _open_comments(row: Row, cycles: Sequence[Cycle]) -> list[Comment]:
    """Comments that wait for an answer: on the roadmap, or on the last report that got comments."""
    commented = [cycle for cycle in cycles if cycle.comments_on]
    made_on = row.day("presented_on") or (commented[-1].comments_on if commented else None)
    if made_on is None:
        return []
    candidate = row.text("status") == Status.CANDIDATE
    about = ROADMAP if candidate else f"report-{commented[-1].year}"
    made_at = datetime.combine(made_on, time(12), UTC)
    return [
        Comment(number=number, about=about, text=text, made_at=made_at, made_in=row.text("presented_at"))
        for number, text in _numbered_comments(row).items()
    ]
