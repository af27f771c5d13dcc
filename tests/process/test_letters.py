"""Letters of record: drafted when their occasion arises, approved by the Secretariat, never changed."""

from datetime import date
from typing import Any

import pytest

from contracts.letters import Letter
from framework import records as r
from framework.editions import FIRST
from framework.terms import DecisionKind, Language, LetterKind, LetterState, TaskState
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, START, ready
from workflows.process import letters

GRANTED = date(2025, 6, 1)
SIGNED: dict[str, Any] = {"signed_by": "Ada Ames", "signed_post": "Head of the Secretariat"}


def granted() -> Life:
    """A country that was granted the status; the letter about it is its third, a draft."""
    life = ready().at(MEETING)
    life.accepted(DecisionKind.GRANT, MEETING, statement="Welcome.")
    return life


def of_kind(life: Life, kind: LetterKind) -> list[Letter]:
    """The letters of a kind, oldest first."""
    return [one for one in life.state.letters if one.kind is kind]


def content(life: Life, letter: Letter) -> dict[str, Any]:
    """What a draft is made of."""
    found = next(one.body for one in life.state.outbox.contents if one.sha256 == letter.draft)
    values: dict[str, Any] = found["values"]
    return values


@pytest.mark.clause("EOI-04", "EOI-05")
def test_an_expression_of_interest_brings_the_drafts_of_the_reply_and_of_the_notice_to_the_gcm() -> None:
    life = Life.candidate(START)
    drafts = [(one.number, one.kind, one.task) for one in life.state.letters]
    assert drafts == [
        ("A8.7/XAA/2028/1", "reply", "reply_letter"),
        ("A8.7/XAA/2028/2", "gcm_notice", "letter-2028-2"),
    ]
    assert life.open_keys() == {"introduction", "reply_letter", "letter-2028-2"}
    assert life.task("letter-2028-2").due_on == date(2028, 2, 8)
    assert content(life, life.state.letters[1])["minister"] == "M. Minister"


@pytest.mark.clause("EOI-05")
def test_a_reply_that_is_handed_in_is_the_letter_and_goes_out_once_with_it_attached() -> None:
    life = Life.candidate(START)
    life.hand_in(r.ReplyLetter(dated=START, text="Welcome"))
    letter = life.state.letters[0]
    assert (letter.state, letter.edits, letter.signed_by) == (LetterState.APPROVED, 1, "secretariat")
    assert letter.document == p.LETTER
    (mail,) = life.mails("reply_letter", "letter")
    assert mail.values["text"] == "Welcome"
    assert mail.values["attachment"] == {
        "document": p.LETTER.id,
        "name": p.LETTER.name,
        "sha256": p.LETTER.sha256,
    }
    assert [one.email for one in mail.to] == ["ana@labour.example.org", "ministry@labour.example.org"]
    assert life.task("reply_letter").state is TaskState.DONE


def test_a_second_reply_is_a_letter_with_a_number_of_its_own() -> None:
    life = Life.candidate(START)
    for text in ("Welcome", "And once more"):
        life.hand_in(r.ReplyLetter(dated=START, text=text))
    numbers = [(one.number, one.state) for one in of_kind(life, LetterKind.REPLY)]
    assert numbers == [("A8.7/XAA/2028/1", "approved"), ("A8.7/XAA/2028/3", "approved")]
    assert len(life.mails("reply_letter")) == 2


@pytest.mark.clause("PLN-09")
def test_the_country_learns_of_the_grant_at_once_and_the_letter_follows_when_it_is_approved() -> None:
    life = granted()
    (letter,) = of_kind(life, LetterKind.GRANTED)
    assert life.mails("granted")
    assert life.mails("letter") == []
    life.hand_in(r.LetterApproval(number=letter.number, **SIGNED))
    (mail,) = life.mails("letter")
    assert mail.values["number"] == letter.number == "A8.7/XAA/2028/3"
    assert (letter.state, letter.signed_by, letter.addressee.name) == ("approved", "Ada Ames", "Ana Ruiz")
    assert life.task(letter.task).state is TaskState.DONE
    kinds = [kind for kind in life.kinds() if kind.startswith("letter")]
    assert kinds[-3:] == ["letter_drafted", "letter_approval", "letter_issued"]


@pytest.mark.clause("PLN-11")
def test_a_letter_of_not_yet_says_what_is_missing() -> None:
    life = Life.candidate(START)
    life.hand_in(r.ReplyLetter(dated=START, text="Welcome"))
    life.at(date(2028, 6, 1)).hand_in(p.roadmap(date(2028, 5, 20)), p.FOCAL_POINT)
    life.hand_in(r.Presentation(meeting="Autumn meeting", meeting_on=MEETING, place="Geneva"))
    life.at(MEETING)
    life.accepted(DecisionKind.NOT_YET, MEETING, statement="Hold a workshop", topics=("child_labour",))
    (letter,) = of_kind(life, LetterKind.NOT_YET)
    said = content(life, letter)
    assert "candidacy.workshop.missing" in [one["key"] for one in said["missing"]]
    assert (said["statement"], said["topics"]) == ("Hold a workshop", ["child_labour"])
    assert of_kind(life, LetterKind.DIALOGUE_INVITATION) == [], "the offer of support is in the same letter"


def test_an_edit_replaces_the_text_and_is_kept_as_a_version() -> None:
    life = granted()
    number = of_kind(life, LetterKind.GRANTED)[0].number
    life.hand_in(r.LetterEdit(number=number, subject="Welcome", paragraphs=("One",)))
    life.hand_in(r.LetterEdit(number=number, seen=1, subject="Welcome", paragraphs=("Two",)))
    (letter,) = of_kind(life, LetterKind.GRANTED)
    texts = [one.sha256 for one in life.state.versions if one.kind == "letter_edit"]
    assert (letter.edits, letter.text) == (2, texts[1])
    assert len(set(texts)) == 2
    approval = r.LetterApproval(number=number, seen=1, **SIGNED)
    assert life.refusals(approval) == {"letter.edited_meanwhile"}


def test_a_withdrawn_draft_keeps_its_number_and_closes_its_task() -> None:
    life = granted()
    (letter,) = of_kind(life, LetterKind.GRANTED)
    life.hand_in(r.LetterWithdrawal(number=letter.number, reason="Told in person"))
    assert (letter.state, letter.reason) == (LetterState.WITHDRAWN, "Told in person")
    assert life.task(letter.task).state is TaskState.VOID
    life.accepted(DecisionKind.CORRECTION, MEETING, corrects=f"grant-{MEETING}", reason="Wrong country")
    life.accepted(DecisionKind.GRANT, MEETING, id="granted-again", statement="Welcome.")
    assert of_kind(life, LetterKind.GRANTED)[-1].number == "A8.7/XAA/2028/4"


def test_numbers_begin_anew_each_year_and_none_is_used_twice() -> None:
    life = Life.active(date(2027, 2, 1), GRANTED)
    for day in (date(2027, 3, 1), date(2027, 9, 1), date(2028, 3, 1)):
        life.at(day)
        review = p.review(day.year if day.month > 6 else day.year - 1)
        if life.examine(review, p.MWG).ok:
            life.hand_in(review, p.MWG)
    numbers = [one.number for one in life.state.letters]
    assert len(numbers) == len(set(numbers))
    assert numbers[0] == "A8.7/XAA/2027/1"
    assert "A8.7/XAA/2028/1" in numbers


@pytest.mark.clause("REV-05")
def test_guidance_of_a_review_is_drafted_as_a_letter() -> None:
    life = Life.active(date(2027, 10, 1), GRANTED)
    life.hand_in(p.review(2027), p.MWG)
    (letter,) = of_kind(life, LetterKind.GUIDANCE)
    assert content(life, letter)["advice"] == ["Publish the data"]
    assert letter.year == 2027


@pytest.mark.clause("REP-02")
@pytest.mark.parametrize("granted", [True, False])
def test_an_extension_granted_or_not_is_drafted_with_both_dates(granted: bool) -> None:
    life = Life.active(date(2027, 2, 1), GRANTED)
    until = date(2027, 6, 30)
    life.hand_in(r.Extension(task="progress_report-2027", granted=granted, until=until, reason="Elections"))
    (letter,) = of_kind(life, LetterKind.EXTENSION)
    said = content(life, letter)
    assert said["due_on"] == "2027-04-30"
    assert (said["granted"], said["until"]) == (granted, "2027-06-30" if granted else None)


@pytest.mark.clause("REV-07")
def test_the_annual_letter_is_drafted_with_the_decision_and_approved_with_its_text() -> None:
    life = Life.active(date(2027, 2, 1), GRANTED)
    life.at(date(2027, 11, 10)).accepted(
        DecisionKind.ANNUAL_STATUS, date(2027, 11, 10), outcome="active", year=2027, statement="Seen"
    )
    (letter,) = of_kind(life, LetterKind.STATUS)
    assert (letter.state, letter.task) == (LetterState.DRAFT, "status_letter-2027")
    assert life.refusals(r.LetterApproval(number=letter.number, **SIGNED)) == {"letter.by_submission"}
    life.hand_in(r.StatusLetter(year=2027, dated=date(2027, 11, 10), text="Aruna stays active."))
    assert letter.state is LetterState.APPROVED
    assert life.mails("status_letter")[0].values["number"] == letter.number
    assert [task.kind for task in life.state.tasks.values() if task.kind == "letter"] == []


@pytest.mark.clause("GEN-03")
def test_a_corrected_decision_withdraws_its_draft() -> None:
    life = granted()
    life.accepted(DecisionKind.CORRECTION, MEETING, corrects=f"grant-{MEETING}", reason="Wrong country")
    (letter,) = of_kind(life, LetterKind.GRANTED)
    assert (letter.state, letter.reason) == (LetterState.WITHDRAWN, "Wrong country")
    assert of_kind(life, LetterKind.CORRECTION) == []


@pytest.mark.clause("GEN-03")
def test_a_corrected_decision_whose_letter_has_gone_is_corrected_by_a_letter_that_names_it() -> None:
    life = granted()
    (letter,) = of_kind(life, LetterKind.GRANTED)
    life.hand_in(r.LetterApproval(number=letter.number, **SIGNED))
    before = letter.model_copy()
    life.accepted(DecisionKind.CORRECTION, MEETING, corrects=f"grant-{MEETING}", reason="Wrong country")
    (new,) = of_kind(life, LetterKind.CORRECTION)
    assert (new.corrects, letter.corrected_by) == (letter.number, new.number)
    assert content(life, new)["earlier"] == letter.number
    assert letter == before.model_copy(update={"corrected_by": new.number})
    assert life.task(new.task).state is TaskState.OPEN


def test_a_mistaken_review_takes_its_drafted_guidance_along() -> None:
    life = Life.active(date(2027, 10, 1), GRANTED)
    receipt = life.hand_in(p.review(2027), p.MWG)
    life.hand_in(r.EntryCorrection(entry=receipt.entry, reason="Another country's"))
    (letter,) = of_kind(life, LetterKind.GUIDANCE)
    assert (letter.state, letter.reason) == (LetterState.WITHDRAWN, "Another country's")


def test_a_country_that_withdraws_gets_nothing_that_was_only_drafted() -> None:
    life = granted()
    life.hand_in(r.Withdrawal(dated=MEETING, letter=p.LETTER, reason="Other plans"))
    assert {one.state for one in life.state.letters} == {LetterState.APPROVED, LetterState.WITHDRAWN}
    assert "letter_withdrawn" in life.kinds()


def test_a_waived_reply_is_no_letter() -> None:
    life = Life.candidate(START)
    life.hand_in(r.Waiver(task="reply_letter", reason="Answered by telephone"))
    assert life.state.letters[0].state is LetterState.WITHDRAWN


def test_a_letter_that_cannot_be_made_is_a_draft_again_and_asked_for_again() -> None:
    life = granted()
    (letter,) = of_kind(life, LetterKind.GRANTED)
    life.hand_in(r.LetterApproval(number=letter.number, **SIGNED))
    life.fails(letter.number, "no font")
    assert (letter.state, letter.approved_at) == (LetterState.DRAFT, None)
    assert life.task(letter.task).state is TaskState.OPEN
    assert life.task(letter.task).values["why"] == "no font"
    life.hand_in(r.LetterApproval(number=letter.number, **SIGNED))
    assert life.task(letter.task).state is TaskState.DONE


def test_the_notice_to_the_gcm_is_in_english_and_goes_to_its_seats() -> None:
    life = Life.candidate(START)
    life.state.language = Language.FRENCH
    life.hand_in(r.LetterApproval(number="A8.7/XAA/2028/2", **SIGNED))
    letter = life.state.letters[1]
    assert (letter.language, letter.addressee.name) == (Language.ENGLISH, "")
    assert [one.role for one in life.mails("letter")[0].to] == ["gcm"]


def test_an_edition_without_letters_sends_what_it_always_sent() -> None:
    life = Life.active(date(2027, 10, 1), GRANTED)
    life.state.policy = FIRST.policy
    life.hand_in(p.review(2027), p.MWG)
    assert life.state.letters == []
    assert [key for key in life.open_keys() if key.startswith("letter")] == []
    assert letters.facts(life.state) == {}


def test_a_country_from_paper_has_no_letters_to_write_about_its_past() -> None:
    life = Life.active(date(2027, 2, 1), GRANTED)
    assert life.state.letters == []
    assert [task for task in life.open_keys() if task.startswith("letter")] == []
