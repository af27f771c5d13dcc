"""What holds for every kind: complete submissions pass, empty ones fail, nothing unreadable gets in."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from framework.obligations import KINDS
from framework.obligations.anywhere import LONGEST_SUBMISSION, LONGEST_TEXT
from framework.obligations.check import CHECKS
from framework.records import (
    DocumentRef,
    Introduction,
    MwgComments,
    Pause,
    ProfileText,
    Roadmap,
    Submission,
    Timetable,
    Withdrawal,
)
from tests.framework import complete
from tests.framework.complete import TODAY, but, findings, problems

COMPLETE = complete.every_kind()


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_a_complete_submission_is_accepted_without_a_single_doubt(kind: str) -> None:
    found = findings(COMPLETE[kind], comment_numbers=(1,))
    assert [(one.key, one.where) for one in found.problems + found.warnings] == []


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_an_empty_submission_is_refused_with_places_inside_it(kind: str) -> None:
    empty = type(COMPLETE[kind])()
    found = findings(empty, comment_numbers=(1,))
    assert found.problems
    names = set(vars(empty)) | {""}
    assert {one.where.partition("[")[0].partition(".")[0] for one in found.problems} <= names


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_white_space_counts_as_nothing(kind: str) -> None:
    record = COMPLETE[kind]
    texts = [name for name, value in vars(record).items() if type(value) is str and name != "kind"]
    blanked = replace(record, **dict.fromkeys(texts, " \u00a0\u200b\n"))
    emptied = replace(record, **dict.fromkeys(texts, ""))
    assert _of(blanked) == _of(emptied)


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_every_finding_of_an_empty_submission_names_its_clause(kind: str) -> None:
    found = findings(type(COMPLETE[kind])())
    assert [one.key for one in found.problems + found.warnings if not one.clause] == []


def test_every_kind_of_submission_has_a_check_and_a_complete_example() -> None:
    kinds = {record.kind for record in Submission.__args__}
    assert set(CHECKS) == kinds | {"expression_of_interest"} == set(COMPLETE)
    assert kinds <= set(KINDS)


@pytest.mark.parametrize(
    ("record", "where"),
    [
        (Introduction(held_on=TODAY + timedelta(days=2)), "held_on"),
        (but(COMPLETE["reply_letter"], dated=TODAY + timedelta(days=2)), "dated"),
        (but(COMPLETE["pause"], dated=TODAY + timedelta(days=2)), "dated"),
    ],
)
def test_what_has_happened_cannot_lie_in_the_future(record: Any, where: str) -> None:
    assert problems(record) == [("date.future", where)]


def test_a_consultation_in_the_future_is_named_by_its_place() -> None:
    later = but(complete.consultation(), held_on=TODAY + timedelta(days=2))
    roadmap = but(complete.roadmap(), consultations=(complete.consultation(), later))
    assert problems(roadmap) == [("date.future", "consultations[1].held_on")]


@pytest.mark.parametrize("record", [Pause, Withdrawal])
def test_tomorrow_is_a_good_date_because_it_is_tomorrow_somewhere(record: Any) -> None:
    letter = record(dated=TODAY + timedelta(days=1), letter=complete.PAPER, reason="Elections")
    assert problems(letter) == []


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1828, 1, 1), date(9999, 12, 31)])
def test_a_date_that_no_timer_could_hold_is_refused(day: date) -> None:
    timetable = but(COMPLETE["timetable"], roadmap_on=day)
    assert ("date.implausible", "roadmap_on") in problems(timetable)
    assert isinstance(timetable, Timetable)


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800"])
def test_a_character_that_no_database_can_hold_is_refused(character: str) -> None:
    assert problems(ProfileText(text=f"Aruna{character}")) == [("text.unreadable", "text")]


def test_lines_tabs_and_every_script_are_taken_as_they_are() -> None:
    assert problems(ProfileText(text="Côte\n\tभारत العربية 中文 🌍")) == []


def test_a_text_may_be_long_but_not_endless() -> None:
    assert problems(ProfileText(text="a" * LONGEST_TEXT)) == []
    assert problems(ProfileText(text="a" * (LONGEST_TEXT + 1))) == [("text.too_long", "text")]


def test_many_long_texts_are_too_much_together() -> None:
    number = LONGEST_SUBMISSION // LONGEST_TEXT + 1
    assert problems(MwgComments(year=2028, comments=("a" * LONGEST_TEXT,) * number)) == [
        ("text.too_much", "")
    ]


def test_a_document_without_an_id_is_named_by_its_place() -> None:
    roadmap = but(complete.roadmap(), documents=(complete.PAPER, DocumentRef(id=" ")))
    assert problems(roadmap) == [("document.id.missing", "documents[1].id")]


@pytest.mark.clause("PLN-05")
def test_all_problems_are_named_at_once() -> None:
    keys = [key for key, _ in problems(Roadmap())]
    assert keys == [
        "roadmap.priorities.missing",
        "roadmap.next_steps.missing",
        "roadmap.support_areas.missing",
        "roadmap.timetable.missing",
        "consultations.missing",
    ]


def _of(record: Any) -> set[tuple[str, str]]:
    found = findings(record, comment_numbers=(1,))
    return {(one.key, one.where) for one in found.problems + found.warnings}
