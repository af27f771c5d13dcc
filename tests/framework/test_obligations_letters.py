"""What may be done with letters of record."""

from dataclasses import replace
from typing import Any

import pytest

from framework.letters import OCCASIONS, LetterFacts
from framework.obligations.letters import LONGEST_SIGNATURE, LONGEST_SUBJECT, MOST_PARAGRAPHS
from framework.records import (
    LetterApproval,
    LetterCorrection,
    LetterEdit,
    LetterPublication,
    LetterWithdrawal,
)
from framework.terms import LetterKind, LetterState
from tests.framework.complete import ANNUAL, APPROVED, DRAFT, LETTERS, problems

EDIT = LetterEdit(number=DRAFT, subject="The status", paragraphs=("Congratulations.",))
APPROVAL = LetterApproval(number=DRAFT, signed_by="Ada Ames", signed_post="Head of the Secretariat")
OF_A_DRAFT = (EDIT, APPROVAL, LetterWithdrawal(number=DRAFT, reason="Told in person"))
OF_A_LETTER = (
    LetterPublication(number=APPROVED, public=False),
    LetterCorrection(number=APPROVED, reason="Wrong"),
)


def test_there_is_an_occasion_for_every_kind_of_letter() -> None:
    assert set(OCCASIONS) == set(LetterKind)


@pytest.mark.clause("EOI-05", "REV-07")
@pytest.mark.parametrize("record", OF_A_DRAFT)
def test_only_a_draft_is_edited_approved_or_withdrawn(record: Any) -> None:
    assert problems(record) == []
    assert problems(replace(record, number=APPROVED)) == [("letter.not_draft", "number")]
    assert problems(replace(record, number="A8.7/XAB/2028/9")) == [("letter.unknown", "number")]
    assert problems(replace(record, number=" ")) == [("letter.number.missing", "number")]


@pytest.mark.clause("EOI-05", "REV-07")
@pytest.mark.parametrize("record", OF_A_DRAFT)
def test_a_letter_whose_text_is_handed_in_is_approved_by_that_alone(record: Any) -> None:
    assert problems(replace(record, number=ANNUAL)) == [("letter.by_submission", "number")]


@pytest.mark.parametrize("record", OF_A_LETTER)
def test_only_an_approved_letter_is_published_or_corrected(record: Any) -> None:
    assert problems(record) == []
    assert problems(replace(record, number=DRAFT)) == [("letter.not_approved", "number")]
    assert problems(replace(record, number="A8.7/XAB/2028/9")) == [("letter.unknown", "number")]


@pytest.mark.parametrize("record", [EDIT, APPROVAL])
@pytest.mark.parametrize(("seen", "accepted"), [(2, True), (0, False), (1, False), (3, False)])
def test_nobody_approves_or_overwrites_a_text_that_they_have_not_read(
    record: Any, seen: int, accepted: bool
) -> None:
    edited = LETTERS | {
        DRAFT: LetterFacts(kind=LetterKind.GRANTED, state=LetterState.DRAFT, edits=2),
    }
    found = problems(replace(record, seen=seen), letters=edited)
    assert found == ([] if accepted else [("letter.edited_meanwhile", "seen")])


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"subject": ""}, [("letter.subject.missing", "subject")]),
        ({"subject": "a" * LONGEST_SUBJECT}, []),
        ({"subject": "a" * (LONGEST_SUBJECT + 1)}, [("letter.subject.too_long", "subject")]),
        ({"subject": "two\nlines"}, [("letter.subject.too_long", "subject")]),
        ({"paragraphs": ()}, [("letter.text.missing", "paragraphs")]),
        ({"paragraphs": ("One", " ")}, [("list.item.blank", "paragraphs[1]")]),
        ({"paragraphs": ("One",) * MOST_PARAGRAPHS}, []),
        ({"paragraphs": ("One",) * (MOST_PARAGRAPHS + 1)}, [("letter.too_many", "paragraphs")]),
        ({"paragraphs": ("a" * 20_001,)}, [("text.too_long", "paragraphs[0]")]),
        ({"paragraphs": ("a\x00b",)}, [("text.unreadable", "paragraphs[0]")]),
        (
            {"subject": "", "paragraphs": ()},
            [("letter.subject.missing", "subject"), ("letter.text.missing", "paragraphs")],
        ),
    ],
)
def test_an_edited_letter_has_a_subject_of_one_line_and_a_text(
    changes: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert problems(replace(EDIT, **changes)) == found


@pytest.mark.clause("REV-07", "DIA-06")
def test_an_approved_letter_is_signed_by_somebody_in_a_post() -> None:
    assert problems(replace(APPROVAL, signed_by="", signed_post=" ")) == [
        ("letter.signed_by.missing", "signed_by"),
        ("letter.signed_post.missing", "signed_post"),
    ]
    long = "a" * (LONGEST_SIGNATURE + 1)
    assert problems(replace(APPROVAL, signed_by=long)) == [("letter.signature.too_long", "signed_by")]


def test_a_letter_is_corrected_once_and_with_a_reason() -> None:
    record = LetterCorrection(number=APPROVED)
    corrected = LETTERS | {
        APPROVED: LetterFacts(
            kind=LetterKind.GRANTED, state=LetterState.APPROVED, corrected_by="A8.7/XAB/2028/7"
        )
    }
    assert problems(record) == [("letter.reason.missing", "reason")]
    assert problems(record, letters=corrected) == [
        ("letter.corrected_already", "number"),
        ("letter.reason.missing", "reason"),
    ]


def test_a_switch_says_which_way() -> None:
    assert problems(LetterPublication(number=APPROVED)) == [("letter.public.missing", "public")]
