"""A hand-over of the mandate and the naming of contributors: what must be said, and within which bounds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from framework.obligations import KINDS, Context, check
from framework.obligations.kinds import CONTRIBUTABLE, OF_THE_MANDATE
from framework.records import Contact, ContributorEnded, ContributorNamed, DocumentRef, SuccessorNamed
from framework.terms import Role, Status

PAPER = DocumentRef(id="doc-1", name="letter.pdf", media_type="application/pdf", size=10, sha256="0" * 64)
PERSON = Contact(name="Ben Oda", post="Director", email="ben@labour.example.org")
COMPLETE = SuccessorNamed(successor=PERSON, letter=PAPER)


def found(record: Any) -> list[tuple[str, str]]:
    """Key and place of every problem."""
    context = Context(status=Status.ACTIVE, today=date(2028, 4, 10))
    return [(one.key, one.where) for one in check(record, context).problems]


@pytest.mark.clause("EOI-03")
def test_a_successor_must_be_a_person_who_can_be_reached() -> None:
    assert found(SuccessorNamed()) == [
        ("contact.name.missing", "successor.name"),
        ("contact.post.missing", "successor.post"),
        ("contact.email.missing", "successor.email"),
    ]
    wrong = replace(PERSON, email="nowhere", time_zone="Mars/Olympus")
    assert found(replace(COMPLETE, successor=wrong)) == [
        ("contact.email.malformed", "successor.email"),
        ("contact.time_zone.unknown", "successor.time_zone"),
    ]


@pytest.mark.clause("EOI-03")
@pytest.mark.parametrize(("days", "possible"), [(-1, False), (0, True), (180, True), (181, False)])
def test_an_overlap_lasts_at_most_half_a_year(days: int, possible: bool) -> None:
    problems = found(replace(COMPLETE, overlap_days=days))
    assert problems == ([] if possible else [("successor_named.overlap.invalid", "overlap_days")])


@pytest.mark.clause("EOI-03")
def test_a_naming_without_a_letter_is_doubtful() -> None:
    context = Context(status=Status.ACTIVE, today=date(2028, 4, 10))
    warnings = check(replace(COMPLETE, letter=None), context).warnings
    assert [one.key for one in warnings] == ["successor_named.letter.missing"]
    assert check(COMPLETE, context).warnings == ()


@pytest.mark.clause("EOI-03")
def test_a_contributor_helps_with_papers_of_the_country_and_with_nothing_of_the_mandate() -> None:
    named = ContributorNamed(contributor=PERSON, tasks=("progress_report", "successor_named", "waiver"))
    assert found(named) == [
        ("contributor_named.task.unknown", "tasks[1]"),
        ("contributor_named.task.unknown", "tasks[2]"),
    ]
    assert found(replace(named, tasks=())) == [("contributor_named.tasks.missing", "tasks")]
    assert found(ContributorEnded()) == [("contributor_ended.contributor.missing", "contributor")]


@pytest.mark.clause("EOI-03")
def test_a_contributors_last_day_is_still_to_come() -> None:
    named = ContributorNamed(contributor=PERSON, tasks=("progress_report",), until=date(2028, 4, 8))
    assert found(named) == [("contributor_named.until.past", "until")]
    assert found(replace(named, until=date(2028, 4, 10))) == []


def test_every_paper_of_a_country_is_either_of_the_mandate_or_open_to_contributors() -> None:
    own = {kind for kind, rule in KINDS.items() if Role.FOCAL_POINT in rule.roles}
    assert own == OF_THE_MANDATE | set(CONTRIBUTABLE)
    assert not OF_THE_MANDATE & set(CONTRIBUTABLE)
