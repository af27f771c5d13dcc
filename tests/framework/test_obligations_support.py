"""Completeness of what is recorded in support, in a dialogue and on the way back."""

from datetime import date

import pytest

from framework.records import (
    ConsultationRecord,
    CorrectiveMeasure,
    DialogueCheckpoint,
    DialogueGuidance,
    DialogueMeeting,
    ReactivationCheck,
    ReactivationRequest,
    SpecialCircumstances,
    SupportAction,
)
from framework.terms import Addressee, Category, CircumstanceForm, Status, SupportForm, SupportState
from tests.framework import complete
from tests.framework.complete import PAPER, TODAY, but, findings, problems, warnings

COMPLETE = complete.every_kind()


@pytest.mark.clause("IMP-02")
def test_a_support_action_says_what_by_whom_about_what_since_when() -> None:
    assert problems(SupportAction()) == [
        ("support_action.reference.missing", "reference"),
        ("support_action.form.missing", "form"),
        ("support_action.provider.missing", "provider"),
        ("support_action.topic.missing", "topic"),
        ("support_action.starts_on.missing", "starts_on"),
    ]


@pytest.mark.clause("IMP-02", "DIA-04", "INA-01")
@pytest.mark.parametrize("form", list(SupportForm))
def test_all_four_forms_of_support_are_taken_also_for_inactive_countries(form: SupportForm) -> None:
    assert problems(but(COMPLETE["support_action"], form=form), status=Status.INACTIVE) == []


@pytest.mark.clause("IMP-02")
def test_support_does_not_end_before_it_begins_and_completed_support_has_an_end() -> None:
    action: SupportAction = COMPLETE["support_action"]
    assert problems(but(action, ends_on=date(2028, 3, 1))) == [("dates.backwards", "ends_on")]
    done = but(action, state=SupportState.COMPLETED)
    assert (problems(done), warnings(done)) == ([], [("support_action.ends_on.missing", "ends_on")])


@pytest.mark.clause("GEN-02", "REV-04")
def test_a_consultation_with_survivors_alone_is_recorded_with_a_doubt() -> None:
    alone = ConsultationRecord(consultation=complete.consultation(Category.SURVIVORS))
    found = findings(alone)
    assert found.problems == ()
    assert [(one.key, one.values) for one in found.warnings] == [
        ("consultation.social_partners.absent", {"categories": "employers, workers"})
    ]
    assert problems(ConsultationRecord()) == [("consultation.missing", "consultation")]


@pytest.mark.clause("DIA-02")
@pytest.mark.parametrize("form", list(CircumstanceForm))
def test_special_circumstances_have_a_kind_a_period_and_a_note(form: CircumstanceForm) -> None:
    assert problems(SpecialCircumstances()) == [
        ("circumstances.form.missing", "form"),
        ("circumstances.starts_on.missing", "starts_on"),
        ("circumstances.note.missing", "note"),
    ]
    known = but(COMPLETE["special_circumstances"], form=form)
    assert problems(known) == []
    assert problems(but(known, ends_on=date(2028, 3, 1))) == [("dates.backwards", "ends_on")]


@pytest.mark.clause("DIA-02")
def test_a_pause_without_an_end_is_doubtful() -> None:
    record = but(COMPLETE["special_circumstances"], pauses_dialogue=True)
    assert (problems(record), warnings(record)) == ([], [("circumstances.open_ended", "ends_on")])
    assert warnings(but(record, ends_on=date(2028, 6, 1))) == []


@pytest.mark.clause("DIA-01", "PLN-11")
def test_a_meeting_has_a_date_and_topics() -> None:
    assert problems(DialogueMeeting()) == [
        ("dialogue_meeting.held_on.missing", "held_on"),
        ("dialogue_meeting.topics.missing", "topics"),
    ]
    record = DialogueMeeting(held_on=TODAY, topics=("reports", " "))
    assert problems(record) == [("list.item.blank", "topics[1]")]
    assert warnings(record) == [("dialogue_meeting.notes.missing", "notes")]


@pytest.mark.clause("DIA-03")
def test_guidance_says_something_or_asks_for_an_adapted_roadmap() -> None:
    assert problems(DialogueGuidance()) == [("dialogue_guidance.empty", "items")]
    assert problems(DialogueGuidance(adapt_roadmap=True)) == []
    assert problems(DialogueGuidance(items=("",))) == [("list.item.blank", "items[0]")]


@pytest.mark.clause("DIA-01")
def test_a_checkpoint_says_how_it_stands() -> None:
    assert problems(DialogueCheckpoint(assessment=" ")) == [
        ("dialogue_checkpoint.assessment.missing", "assessment")
    ]


@pytest.mark.clause("REA-02", "REA-03")
def test_an_empty_request_is_told_all_that_is_missing() -> None:
    assert problems(ReactivationRequest()) == [
        ("reactivation.addressee.missing", "addressee"),
        ("letter.dated.missing", "dated"),
        ("letter.document.missing", "letter"),
        ("reactivation.roadmap_changes.missing", "roadmap_changes"),
        ("reactivation.measures.missing", "measures"),
    ]


@pytest.mark.clause("REA-02")
def test_the_letter_goes_to_the_chair_and_none_is_an_answer_for_the_roadmap() -> None:
    request = complete.reactivation_request()
    assert request.roadmap_changes == "none"
    assert problems(request) == []
    assert problems(but(request, addressee=Addressee.ILO_DIRECTOR_GENERAL)) == [
        ("reactivation.addressee.not_chair", "addressee")
    ]


@pytest.mark.clause("REA-03")
def test_each_corrective_measure_is_shown_by_evidence() -> None:
    measures = (
        CorrectiveMeasure(),
        CorrectiveMeasure(text="Staff", link="somewhere"),
        CorrectiveMeasure(text="Law", evidence=PAPER),
        CorrectiveMeasure(text="Law", link="https://example.org/law"),
    )
    assert problems(but(complete.reactivation_request(), measures=measures)) == [
        ("corrective.text.missing", "measures[0].text"),
        ("corrective.evidence.missing", "measures[0].evidence"),
        ("link.malformed", "measures[1].link"),
    ]


@pytest.mark.clause("REA-04")
def test_a_verification_looks_at_all_four_obligations() -> None:
    names = ["annual_report", "indicator_framework", "evidence_of_progress", "evidence_of_collaboration"]
    assert problems(ReactivationCheck()) == [("reactivation_check.judgement.missing", name) for name in names]


@pytest.mark.clause("REA-04")
def test_an_obligation_that_is_not_met_has_its_note() -> None:
    unmet = but(COMPLETE["reactivation_check"], indicator_framework=False)
    assert problems(unmet) == [("reactivation_check.note.missing", "note")]
    assert problems(but(unmet, note="Values of 2027 only")) == []
