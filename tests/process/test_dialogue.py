"""Dialogue, inactivity and the way back."""

from datetime import date

import pytest

from framework import records as r
from framework.benefits import benefits
from framework.terms import Addressee, CircumstanceForm, DecisionKind, Status, TaskState
from tests.process import papers as p
from tests.process.life import Life
from workflows.process import view

GRANTED = date(2026, 3, 1)
AUTUMN = date(2028, 10, 20)
LATER = date(2029, 6, 10)


def in_dialogue() -> Life:
    """A country silent for two years, with which the GCM has opened a dialogue."""
    life = Life.active(date(2027, 1, 5), GRANTED).at(AUTUMN)
    life.accepted(DecisionKind.OPEN_DIALOGUE, AUTUMN, outcome="opened", topics=("reports",))
    return life


def inactive() -> Life:
    """The same country, declared inactive after a dialogue without positive outcome."""
    life = in_dialogue().at(LATER)
    life.accepted(DecisionKind.CLOSE_DIALOGUE, LATER, outcome="no_positive_outcome")
    life.accepted(DecisionKind.DECLARE_INACTIVE, LATER)
    return life


def request(day: date) -> r.ReactivationRequest:
    """A complete request to return."""
    measure = r.CorrectiveMeasure(text="A unit was set up", taken=True, evidence=p.LETTER)
    return r.ReactivationRequest(
        addressee=Addressee.CHAIR, dated=day, letter=p.LETTER, roadmap_changes="none", measures=(measure,)
    )


@pytest.mark.clause("DIA-01", "REV-15")
def test_a_dialogue_is_a_child_process_with_a_first_meeting_within_thirty_days() -> None:
    life = in_dialogue()
    assert [child.id for child in life.state.outbox.children] == ["dialogue-XAA-1"]
    assert life.task("dialogue_meeting").due_on == date(2028, 11, 19)
    assert life.mails("dialogue_opened")


@pytest.mark.clause("DIA-01", "DIA-03", "DIA-04")
def test_meetings_guidance_and_a_special_subgroup_belong_to_the_dialogue() -> None:
    life = in_dialogue().at(date(2028, 11, 10))
    life.hand_in(r.DialogueMeeting(held_on=date(2028, 11, 9), topics=("reports",), notes="Open talk"))
    life.hand_in(r.Subgroup(name="Friends", leads_support=True, members=("m1",), mandate="Lead the support"))
    life.hand_in(r.DialogueGuidance(items=("Adapt the roadmap",), adapt_roadmap=True))
    assert life.state.dialogues[-1].meetings == 1
    assert life.state.dialogues[-1].subgroup == "Friends"
    assert "adapted_roadmap" in life.open_keys()
    life.hand_in(p.roadmap(date(2028, 11, 9)), p.FOCAL_POINT)
    assert life.task("adapted_roadmap").state is TaskState.DONE
    assert {note.name for note in life.told("dialogue-XAA-1")} == {"record"}


@pytest.mark.clause("DIA-02")
def test_special_circumstances_can_rest_the_dialogues_timer() -> None:
    life = in_dialogue().at(date(2028, 11, 10))
    life.hand_in(
        r.SpecialCircumstances(
            form=CircumstanceForm.HUMANITARIAN,
            starts_on=date(2028, 11, 1),
            ends_on=date(2029, 2, 1),
            note="Floods",
            pauses_dialogue=True,
        )
    )
    assert [(note.name, note.content.get("until")) for note in life.told("dialogue-XAA-1")] == [
        ("pause", "2029-02-01")
    ]


@pytest.mark.clause("DIA-06", "GEN-03", "GEN-04")
def test_only_a_dialogue_without_positive_outcome_leads_to_inactivity() -> None:
    life = in_dialogue().at(LATER)
    early = life.decide(p.decision(DecisionKind.DECLARE_INACTIVE, LATER, id="early"))
    assert early.answer == "refused"
    life.accepted(DecisionKind.CLOSE_DIALOGUE, LATER, outcome="no_positive_outcome")
    life.accepted(DecisionKind.DECLARE_INACTIVE, LATER)
    assert life.state.status is Status.INACTIVE
    assert life.mails("declared_inactive")
    assert {one.state for one in benefits(life.state.status, life.state.status_since)} == {"suspended"}
    asked = [key for key in life.open_keys() if life.task(key).role.value == "focal_point"]
    assert asked == ["contacts_confirmation-2029"]  # no duty: an inactive country can still be reached


@pytest.mark.clause("DIA-01")
def test_a_dialogue_that_ends_well_leaves_the_flags_considered() -> None:
    life = in_dialogue().at(LATER)
    life.accepted(DecisionKind.CLOSE_DIALOGUE, LATER, outcome="positive", statement="Agreed on a plan")
    assert life.flags() == {}
    assert life.state.status is Status.ACTIVE


@pytest.mark.clause("INA-01")
def test_an_inactive_country_is_invited_once_a_year_and_may_still_report() -> None:
    life = inactive().at(date(2032, 3, 1))
    invited = [entry.at.date() for entry in life.state.entries if entry.kind == "inactive_invited"]
    assert invited == [date(2030, 1, 31), date(2031, 1, 31), date(2032, 1, 31)]
    lacking = life.mails("inactive_invitation")[-1].values["missing"]
    assert {"reactivation.annual_report.missing", "reactivation.indicator_framework.missing"} <= set(lacking)
    assert len(lacking) == 4
    life.hand_in(p.report(2032, date(2032, 2, 1)), p.FOCAL_POINT)
    assert life.state.cycles[-1].report_on == date(2032, 3, 1)
    asked = [mail for mail in life.mails("reminder") if mail.to[0].role != "secretariat"]
    assert all(mail.due_at.date() < LATER for mail in asked)


@pytest.mark.clause("REA-01", "REA-02", "REA-03", "REA-04", "REA-05")
def test_the_way_back_lists_what_is_missing_and_ends_in_a_new_count() -> None:
    life = inactive().at(date(2032, 3, 1))
    life.hand_in(request(date(2032, 2, 20)), p.FOCAL_POINT)
    assert life.state.outbox.children[-1].id == "reactivation-XAA-1"
    some = r.ReactivationCheck(
        annual_report=False,
        indicator_framework=True,
        evidence_of_progress=True,
        evidence_of_collaboration=True,
        note="The report is not in",
    )
    life.hand_in(some)
    assert {"reactivation_missing", "reactivation_check.2"} <= life.open_keys()
    early = life.decide(
        p.decision(DecisionKind.REACTIVATE, date(2032, 3, 1), outcome="confirmed", id="early")
    )
    assert early.answer == "refused"
    life.hand_in(r.ReactivationCheck(**{**vars(some), "annual_report": True}))
    life.accepted(DecisionKind.REACTIVATE, date(2032, 3, 1), outcome="confirmed")
    assert life.state.status is Status.ACTIVE
    assert not any(cycle.counts for cycle in life.state.cycles)
    assert life.flags() == {}
    life.at(date(2033, 1, 5))
    assert life.task("progress_report-2033").due_on == date(2033, 4, 30)


@pytest.mark.clause("REA-01")
def test_a_declined_request_can_be_tried_again() -> None:
    life = inactive().at(date(2030, 3, 1))
    life.hand_in(request(date(2030, 2, 20)), p.FOCAL_POINT)
    assert life.refusals(request(date(2030, 2, 20)), p.FOCAL_POINT) == {"submission.request_open"}
    life.accepted(DecisionKind.REACTIVATE, date(2030, 3, 1), outcome="declined", statement="More evidence")
    life.hand_in(request(date(2030, 2, 28)), p.FOCAL_POINT)
    assert life.state.reactivations[-1].number == 2


def flood(starts: date, ends: date | None = None) -> r.SpecialCircumstances:
    """A flood during which the dialogue rests."""
    return r.SpecialCircumstances(
        form=CircumstanceForm.HUMANITARIAN, starts_on=starts, ends_on=ends, note="Flood", pauses_dialogue=True
    )


@pytest.mark.clause("DIA-02")
def test_a_rest_that_begins_later_begins_on_its_day() -> None:
    life = in_dialogue().at(date(2028, 11, 10))
    life.hand_in(flood(date(2028, 12, 1), date(2029, 2, 1)))
    assert [note.name for note in life.told("dialogue-XAA-1")] == ["resume"]
    life.at(date(2028, 12, 1))
    assert [(note.name, note.content.get("until")) for note in life.told("dialogue-XAA-1")][1:] == [
        ("pause", "2029-02-01")
    ]
    life.at(date(2029, 1, 1))
    assert len(life.told("dialogue-XAA-1")) == 2


@pytest.mark.clause("DIA-02")
def test_circumstances_stand_beside_every_later_decision() -> None:
    life = in_dialogue().at(date(2028, 11, 10))
    life.hand_in(flood(date(2028, 11, 1), date(2029, 2, 1)))
    life.at(LATER).accepted(DecisionKind.CLOSE_DIALOGUE, LATER, outcome="no_positive_outcome")
    before, after = life.state.decisions[0], life.state.decisions[-1]
    assert (before.circumstances, [one.note for one in after.circumstances]) == ([], ["Flood"])
    entry = next(one for one in reversed(life.state.entries) if one.kind == "decision_accepted")
    assert entry.values["circumstances"] == ["humanitarian"]
    assert view.row(life.state).circumstances == life.state.circumstances


@pytest.mark.clause("REV-15")
def test_a_flag_during_a_dialogue_is_told_and_comes_to_the_gcm_when_the_dialogue_fails() -> None:
    life = Life.active(date(2026, 1, 15), date(2024, 6, 1)).at(date(2026, 3, 1))
    opened = {"outcome": "opened", "statement": "Why", "topics": ("reports",)}
    life.accepted(DecisionKind.OPEN_DIALOGUE, date(2026, 3, 1), **opened)
    life.at(date(2027, 11, 1))
    assert life.flags()["no_report"] == [2026, 2027]
    (told,) = life.mails("flag_raised")
    assert (told.values["in_dialogue"], told.task) == (True, "")
    assert "open_dialogue" not in life.open_keys()
    life.accepted(DecisionKind.CLOSE_DIALOGUE, date(2027, 11, 1), outcome="no_positive_outcome")
    assert "open_dialogue" in life.open_keys()
    life.accepted(DecisionKind.DECLARE_INACTIVE, date(2027, 11, 1))
    assert "open_dialogue" not in life.open_keys()
