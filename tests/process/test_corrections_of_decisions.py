"""Decisions taken by mistake: each is found by its own id, and what it did is undone, nothing else."""

from datetime import date

import pytest

from contracts.state import CountryState
from framework import records as r
from framework.policy import Policy
from framework.terms import DecisionKind, Status, TaskState
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, ready
from tests.process.test_dialogue import request

GRANTED = date(2025, 3, 1)
AUTUMN = date(2027, 8, 20)


def corrected(life: Life, decision: str, day: date, **more: object) -> None:
    """Corrects a decision that must be correctable."""
    named = {"id": f"correction of {decision}", "corrects": decision, "reason": "It was another country"}
    life.accepted(DecisionKind.CORRECTION, day, **{**named, **more})


def refused(life: Life, decision: str, day: date) -> dict[str, str]:
    """The keys with which a correction is refused, and the later change that each names."""
    named = p.decision(DecisionKind.CORRECTION, day, corrects=decision, reason="It was another country")
    return {one.key: str(one.values.get("latest", "")) for one in life.decide(named).reasons}


def declared_inactive(day: date = AUTUMN, granted: date = GRANTED) -> Life:
    """An active country that is declared inactive on a day, after a dialogue of that summer."""
    began = date(day.year, 6, 10)
    life = Life.active(date(day.year, 1, 5), granted).at(began)
    life.accepted(DecisionKind.OPEN_DIALOGUE, began, outcome="opened", statement="Progress is slow")
    life.at(day).accepted(DecisionKind.CLOSE_DIALOGUE, day, outcome="no_positive_outcome")
    life.accepted(DecisionKind.DECLARE_INACTIVE, day)
    return life


def asks_to_return(life: Life, *, complete: bool = True) -> None:
    """The country asks to return, and the Secretariat looks at its four obligations."""
    life.hand_in(request(life.now.date()), p.FOCAL_POINT)
    life.hand_in(
        r.ReactivationCheck(
            annual_report=True,
            indicator_framework=True,
            evidence_of_progress=True,
            evidence_of_collaboration=complete,
            note="" if complete else "Nothing was seen",
        )
    )


def status(state: CountryState) -> tuple[Status, date | None]:
    """The status and since when."""
    return state.status, state.status_since


@pytest.mark.clause("GEN-03")
def test_a_grant_corrected_after_a_declaration_fell_makes_a_candidate_again() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.GRANT, MEETING)
    later, day = date(2028, 11, 20), date(2028, 12, 5)
    life.at(later).accepted(DecisionKind.OPEN_DIALOGUE, later, outcome="opened", statement="Slow")
    life.at(day).accepted(DecisionKind.CLOSE_DIALOGUE, day, outcome="no_positive_outcome")
    life.accepted(DecisionKind.DECLARE_INACTIVE, day)
    corrected(life, f"declare_inactive-{day}", day)
    assert status(life.state) == (Status.ACTIVE, MEETING)
    corrected(life, f"grant-{MEETING}", day)
    assert status(life.state) == (Status.CANDIDATE, date(2028, 2, 1))


@pytest.mark.clause("GEN-03", "REA-05")
def test_a_return_that_no_decision_made_stands_against_correcting_what_came_before_it() -> None:
    life = declared_inactive()
    life.state.policy = Policy(reactivation_confirmed_by="secretariat")
    life.at(date(2027, 10, 1))
    asks_to_return(life)
    assert life.state.status is Status.ACTIVE
    verified = life.state.status_history[-1].because
    found = refused(life, f"declare_inactive-{AUTUMN}", date(2027, 10, 2))
    assert found == {"decision.correction.not_latest": verified}
    assert life.state.status is Status.ACTIVE


@pytest.mark.clause("GEN-03", "REP-01")
def test_a_year_that_opened_while_a_country_was_inactive_by_mistake_gets_its_report() -> None:
    life, day = declared_inactive(), date(2028, 1, 20)
    life.at(day)
    assert not life.state.cycles[-1].report_due
    corrected(life, f"declare_inactive-{AUTUMN}", day)
    assert (life.state.cycles[-1].year, life.state.cycles[-1].due_on) == (2028, date(2028, 4, 30))
    assert {"progress_report-2028", "indicator_framework-2028"} <= life.open_keys()
    life.at(date(2028, 10, 2))
    assert {"yearly_review-2028", "annual_status-2028"} <= life.open_keys()


@pytest.mark.clause("GEN-03", "REP-01")
def test_a_report_whose_day_passed_while_nobody_was_asked_is_not_due() -> None:
    life, day = declared_inactive(), date(2028, 6, 20)
    corrected(life.at(day), f"declare_inactive-{AUTUMN}", day)
    assert life.state.status is Status.ACTIVE
    assert not life.state.cycles[-1].report_due
    life.at(date(2029, 1, 10))
    assert "progress_report-2029" in life.open_keys()


@pytest.mark.clause("GEN-03", "REP-08", "REV-01")
def test_what_the_mwg_and_the_gcm_owe_a_year_comes_back_with_the_status() -> None:
    life = Life.active(date(2027, 1, 5), GRANTED).at(date(2027, 4, 10))
    life.hand_in(p.report(2027, date(2027, 4, 1)), p.FOCAL_POINT)
    day, later = date(2027, 10, 5), date(2027, 10, 20)
    life.at(date(2027, 6, 1)).accepted(
        DecisionKind.OPEN_DIALOGUE, date(2027, 6, 1), outcome="opened", statement="Slow"
    )
    life.at(day).accepted(DecisionKind.CLOSE_DIALOGUE, day, outcome="no_positive_outcome")
    asked = {"mwg_comments-2027", "yearly_review-2027", "annual_status-2027"}
    assert asked <= life.open_keys()
    life.accepted(DecisionKind.DECLARE_INACTIVE, day)
    assert not asked & life.open_keys()
    corrected(life.at(later), f"declare_inactive-{day}", later)
    life.at(date(2027, 10, 21))
    assert {f"{key}.2" for key in asked} <= life.open_keys()
    assert "progress_report-2027.2" not in life.state.tasks


@pytest.mark.clause("GEN-03", "REV-09")
def test_years_after_a_grant_that_fell_never_count_against_the_country() -> None:
    life = ready().at(date(2029, 2, 1))
    life.accepted(DecisionKind.GRANT, MEETING)
    assert [(one.year, one.report_due) for one in life.state.cycles] == [(2029, True)]
    corrected(life, f"grant-{MEETING}", date(2029, 2, 1))
    assert [one.report_due for one in life.state.cycles] == [False]
    day = date(2030, 2, 10)
    life.at(day).accepted(DecisionKind.GRANT, day, id="again")
    life.at(date(2031, 11, 1))
    assert life.flags() == {}
    assert [(one.year, one.report_due) for one in life.state.cycles[-2:]] == [(2030, False), (2031, True)]


@pytest.mark.clause("REA-05", "REP-03")
def test_a_return_decided_at_last_years_meeting_asks_for_this_years_report() -> None:
    life, meeting = declared_inactive(), date(2027, 11, 20)
    life.at(date(2027, 10, 1))
    asks_to_return(life)
    life.at(date(2028, 1, 10)).accepted(DecisionKind.REACTIVATE, meeting, outcome="confirmed")
    cycle = life.state.cycles[-1]
    assert (cycle.report_due, cycle.counts, cycle.due_on) == (True, True, date(2028, 4, 30))
    assert {"progress_report-2028", "indicator_framework-2028"} <= life.open_keys()
    life.at(date(2028, 4, 24))
    assert life.mails("reminder")[-1].task == "progress_report-2028"


@pytest.mark.clause("REA-05", "REP-08")
def test_a_return_replaced_by_one_with_the_right_text_keeps_the_year_as_it_was() -> None:
    life, meeting, day = declared_inactive(), date(2027, 11, 20), date(2028, 6, 10)
    life.at(date(2027, 10, 1))
    asks_to_return(life)
    life.at(date(2028, 1, 10)).accepted(DecisionKind.REACTIVATE, meeting, outcome="confirmed")
    life.at(date(2028, 4, 20)).hand_in(p.report(2028, date(2028, 4, 19)))
    right = p.decision(DecisionKind.REACTIVATE, meeting, id="right", outcome="confirmed")
    corrected(life.at(day), f"reactivate-{meeting}", day, replacement=right)
    cycle = life.state.cycles[-1]
    assert (cycle.report_due, cycle.counts, cycle.due_on) == (True, True, date(2028, 4, 30))
    assert {"mwg_comments-2028.2", "indicator_framework-2028.2"} <= life.open_keys()


@pytest.mark.clause("GEN-03", "REA-05")
def test_a_return_by_mistake_is_undone_with_its_years_and_its_request() -> None:
    life, day = declared_inactive(), date(2027, 11, 20)
    life.at(date(2027, 10, 1))
    asks_to_return(life)
    life.at(day).accepted(DecisionKind.REACTIVATE, day, outcome="confirmed")
    assert not life.state.cycles[-1].report_due
    corrected(life, f"reactivate-{day}", day)
    assert status(life.state) == (Status.INACTIVE, AUTUMN)
    assert (life.state.cycles[-1].report_due, life.state.cycles[-1].counts) == (True, True)
    assert life.state.reactivations[-1].closed_on is None
    assert "reactivation_decision.2" in life.open_keys()


@pytest.mark.clause("GEN-03", "REA-01")
def test_a_return_that_is_replaced_by_a_refusal_is_on_record_as_declined() -> None:
    life, day = declared_inactive(), date(2027, 11, 20)
    life.at(date(2027, 10, 1))
    asks_to_return(life)
    life.at(day).accepted(DecisionKind.REACTIVATE, day, outcome="confirmed")
    no = p.decision(DecisionKind.REACTIVATE, day, id="no", outcome="declined", statement="Not this time")
    corrected(life, f"reactivate-{day}", day, replacement=no)
    assert life.state.status is Status.INACTIVE
    assert life.state.reactivations[-1].outcome == "declined"


@pytest.mark.clause("GEN-03", "REA-01")
def test_a_request_of_a_country_that_was_never_inactive_ends_with_the_declaration() -> None:
    life, day = declared_inactive(), date(2027, 10, 2)
    life.at(day)
    asks_to_return(life, complete=False)
    corrected(life, f"declare_inactive-{AUTUMN}", day)
    assert life.state.reactivations[-1].outcome == "overtaken"
    assert not {key for key in life.open_keys() if key.startswith("reactivation")}


@pytest.mark.clause("GEN-03", "REA-01")
def test_a_request_to_return_goes_on_when_only_the_date_of_the_declaration_was_wrong() -> None:
    life, day = declared_inactive(), date(2027, 10, 2)
    life.at(day)
    asks_to_return(life, complete=False)
    right = p.decision(DecisionKind.DECLARE_INACTIVE, day, id="right")
    corrected(life, f"declare_inactive-{AUTUMN}", day, replacement=right)
    assert status(life.state) == (Status.INACTIVE, day)
    assert life.state.reactivations[-1].closed_on is None
    assert "reactivation_missing" in life.open_keys()


def lapsed() -> Life:
    """A country that let two years lapse: its flags are before the GCM."""
    life = Life.active(date(2027, 1, 5), GRANTED).at(date(2028, 10, 5))
    assert life.flags()
    return life


@pytest.mark.clause("REV-15", "DIA-01")
def test_flags_set_aside_by_mistake_stand_again_and_no_other_dialogue_is_touched() -> None:
    life, day, later = lapsed(), date(2028, 10, 5), date(2028, 10, 9)
    life.accepted(DecisionKind.OPEN_DIALOGUE, day, outcome="not_opened", statement="An election")
    life.at(later).accepted(DecisionKind.OPEN_DIALOGUE, later, outcome="opened", statement="After all")
    corrected(life, f"open_dialogue-{day}", later)
    assert life.state.dialogues[-1].closed_on is None
    assert life.flags()


@pytest.mark.clause("REV-15", "DIA-01", "DIA-06")
def test_a_dialogue_opened_by_mistake_ends_and_the_flags_are_before_the_gcm_again() -> None:
    life, day = lapsed(), date(2028, 10, 5)
    life.accepted(DecisionKind.OPEN_DIALOGUE, day, outcome="opened")
    life.accepted(DecisionKind.CLOSE_DIALOGUE, day, outcome="no_positive_outcome")
    life.accepted(DecisionKind.OPEN_DIALOGUE, day, id="mistake", outcome="opened")
    corrected(life, "mistake", day)
    assert [one.outcome for one in life.state.dialogues] == ["no_positive_outcome", "opened_by_mistake"]
    assert {key for key in life.open_keys() if key.startswith("open_dialogue")}
    life.accepted(DecisionKind.DECLARE_INACTIVE, day)


@pytest.mark.clause("DIA-01", "REV-15")
def test_a_dialogue_closed_by_mistake_goes_on_and_its_flags_stand_again() -> None:
    life, day = lapsed(), date(2028, 10, 5)
    life.accepted(DecisionKind.OPEN_DIALOGUE, day, outcome="opened")
    flags = life.flags()
    life.accepted(DecisionKind.CLOSE_DIALOGUE, day, outcome="positive", statement="All is well")
    assert life.flags() == {}
    corrected(life, f"close_dialogue-{day}", day)
    assert life.flags() == flags
    assert [one.closed_on is None for one in life.state.dialogues] == [False, True]
    corrected(life, f"open_dialogue-{day}", day)
    assert life.state.dialogues[-1].closed_on is not None


@pytest.mark.clause("DIA-01")
def test_correcting_an_old_close_leaves_the_dialogue_that_is_open_alone() -> None:
    life, day = lapsed(), date(2028, 10, 5)
    life.accepted(DecisionKind.OPEN_DIALOGUE, day, outcome="opened")
    life.accepted(DecisionKind.CLOSE_DIALOGUE, day, outcome="no_positive_outcome")
    life.accepted(DecisionKind.OPEN_DIALOGUE, day, id="second", outcome="opened")
    corrected(life, f"close_dialogue-{day}", day)
    assert [one.number for one in life.state.dialogues] == [1, 2]
    assert life.state.dialogues[-1].closed_on is None


@pytest.mark.clause("REV-07")
def test_of_two_years_decided_at_one_meeting_only_the_corrected_one_is_asked_for_again() -> None:
    life, day = lapsed(), date(2028, 11, 10)
    life.at(day)
    for year in (2027, 2028):
        more = {"id": f"status-{year}", "year": year, "outcome": "commitments_not_met", "statement": "Seen"}
        life.accepted(DecisionKind.ANNUAL_STATUS, day, **more)
    corrected(life, "status-2028", day)
    assert [one.status_decided_on for one in life.state.cycles if one.year in {2027, 2028}] == [day, None]
    assert {"status_letter-2027", "annual_status-2028.2"} <= life.open_keys()
    assert life.task("status_letter-2028").state is TaskState.VOID


@pytest.mark.clause("PLN-07", "PLN-09", "PLN-11")
def test_a_roadmap_sent_back_by_mistake_is_before_the_gcm_again_and_can_be_granted() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.NOT_YET, MEETING, statement="The budget is missing")
    corrected(life, f"not_yet-{MEETING}", MEETING)
    assert life.state.candidacy.presented_on == MEETING
    assert "roadmap_decision.2" in life.open_keys()
    assert "presentation.2" not in life.open_keys()
    assert life.state.dialogues[-1].closed_on is not None
    life.accepted(DecisionKind.GRANT, MEETING)


@pytest.mark.clause("PLN-11", "GEN-03")
def test_the_support_that_a_mistaken_grant_ended_goes_on() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.NOT_YET, MEETING, statement="The budget is missing")
    day = date(2028, 11, 20)
    life.hand_in(r.Presentation(meeting="Extra meeting", meeting_on=day, place="Geneva"))
    life.at(day).accepted(DecisionKind.GRANT, day)
    assert life.state.dialogues[-1].closed_on == day
    corrected(life, f"grant-{day}", day)
    assert [one.number for one in life.state.dialogues if one.closed_on is None and one.for_candidate] == [2]


@pytest.mark.clause("PLN-11", "GEN-03")
def test_a_grant_with_a_wrong_text_is_replaced_without_a_word_to_those_in_the_dialogue() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.NOT_YET, MEETING, statement="The budget is missing")
    day = date(2028, 11, 20)
    life.hand_in(r.Presentation(meeting="Extra meeting", meeting_on=day, place="Geneva"))
    life.at(day).accepted(DecisionKind.GRANT, day)
    told = len(life.mails("dialogue_opened", "dialogue_closed"))
    corrected(life, f"grant-{day}", day, replacement=p.decision(DecisionKind.GRANT, day, id="right"))
    assert len(life.mails("dialogue_opened", "dialogue_closed")) == told
    assert len(life.state.dialogues) == 1
    corrected(life, "right", day)
    assert life.state.dialogues[-1].closed_on is None
