"""The words of letters of record: drafted in the reader's language, edited, inert."""

from typing import Any

import pytest

from correspondence.letter_text import LETTERS, drafted, sheet_of, text_of
from correspondence.places import country_name
from framework.letters import OCCASIONS
from framework.terms import Language, LetterKind
from tests.correspondence.letters import draft, letter, sheet

HOSTILE = "#emph[x] $x$ @ref *b* _i_ <script>alert(1)</script> {{ 7 * 7 }} {% x %} \\ `code` = h"


def test_there_is_a_folder_for_every_kind_of_letter_and_none_besides() -> None:
    assert {path.name for path in LETTERS.iterdir()} - {"parts"} == {kind.value for kind in LetterKind}


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("language", Language)
def test_a_draft_has_a_subject_and_paragraphs_in_every_language(kind: LetterKind, language: Language) -> None:
    made = drafted(kind, language, "CIV", "", draft())
    assert made.subject
    assert len(made.paragraphs) >= 3
    words = " ".join([made.subject, *made.paragraphs])
    assert "{" not in words
    assert "None" not in words


@pytest.mark.parametrize("kind", LetterKind)
def test_a_draft_that_nothing_is_known_for_still_reads_as_a_letter(kind: LetterKind) -> None:
    made = drafted(kind, Language.ENGLISH, "XAA", "Arcadia", {"year": None, "values": {}})
    assert made.subject
    assert made.paragraphs
    assert "None" not in " ".join([made.subject, *made.paragraphs])


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("value", [None, 3, [], {}, "text", [[1], {"a": None}]])
def test_a_value_of_any_shape_never_keeps_a_draft_from_being_made(kind: LetterKind, value: Any) -> None:
    broken = dict.fromkeys(draft()["values"], value)
    assert drafted(kind, Language.FRENCH, "XAA", "Arcadia", {"values": broken}).subject


@pytest.mark.clause("PLN-11")
def test_what_is_missing_is_a_real_list_of_sentences() -> None:
    blocks = sheet(LetterKind.NOT_YET).blocks
    at = blocks.index("The following is still missing:")
    assert blocks[at + 1] == (
        "No strategic planning workshop was held.",
        "Neither a roadmap nor reviewed national action plans are on record.",
    )


def test_topics_are_named_and_those_of_people_stay_as_they_are() -> None:
    assert ("child labour", "Inspection of mines") in sheet(LetterKind.DIALOGUE_INVITATION).blocks


def test_the_text_that_was_given_stands_in_place_of_the_draft() -> None:
    given = {"subject": "Your status", "paragraphs": ["One,\ntwo", "We ask for:\n- this\n- that\nand more"]}
    made = sheet(LetterKind.GRANTED, given=given)
    assert made.subject == "Your status"
    assert made.blocks == ("One,\ntwo", "We ask for:", ("this", "that and more"))


@pytest.mark.clause("EOI-05", "REV-07")
def test_a_text_that_was_handed_in_gets_the_subject_of_its_kind() -> None:
    made = sheet(LetterKind.STATUS, given={"text": "You stay active.\n\nThank you.", "year": 2027})
    assert made.subject == "Annual status letter for 2027"
    assert made.blocks == ("You stay active.", "Thank you.")


@pytest.mark.parametrize("kind", LetterKind)
def test_what_people_typed_is_neither_run_nor_lost(kind: LetterKind) -> None:
    typed = dict.fromkeys(("statement", "reason", "minister", "meeting"), HOSTILE)
    made = drafted(kind, Language.ENGLISH, "XAA", HOSTILE, draft(**typed, advice=[HOSTILE], topics=[HOSTILE]))
    words = " ".join([made.subject, *made.paragraphs])
    assert "49" not in words
    silent = {LetterKind.REPLY, LetterKind.REACTIVATED}
    assert (HOSTILE in words) is (kind not in silent), "these two say nothing that people typed"


def test_nothing_turns_the_direction_of_a_letter_or_breaks_its_lines() -> None:
    given = {"subject": "a\u202eb\nc", "paragraphs": ["x\u202ey\u2066z\x07", "\u05e9\u05dc\u05d5\u05dd"]}
    made = sheet(given=given)
    assert (made.subject, made.blocks) == ("ab c", ("xyz", "\u05e9\u05dc\u05d5\u05dd"))


def test_a_letter_is_addressed_to_the_focal_point_at_the_ministry() -> None:
    made = sheet(LetterKind.GRANTED)
    assert made.to == ("Mara Velt", "Director", "Ministère du Travail", country_name("CIV", Language.ENGLISH))
    assert made.salutation == "Dear Sir or Madam,"
    assert made.signature == ("Ada Ámbar", "Head of the Secretariat", "Alliance 8.7 Secretariat")
    assert (made.date, made.number) == ("12 June 2027", "A8.7/CIV/2027/3")


@pytest.mark.clause("EOI-04")
def test_the_notice_is_addressed_to_the_members_of_the_gcm() -> None:
    assert OCCASIONS[LetterKind.GCM_NOTICE].to == "gcm"
    assert sheet(LetterKind.GCM_NOTICE).to == (
        "To the members of the Global Coordinating Group",
        "Alliance 8.7",
    )


def test_a_letter_that_nobody_approved_is_not_set_in_type() -> None:
    made = letter(approved_at=None)
    with pytest.raises(ValueError, match="not approved"):
        sheet_of(made, text_of(made, "CIV", "", draft(), None), "CIV", "")
