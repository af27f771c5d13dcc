"""The edges of a pause: over the turn of the year, past a cycle's close, with half of a year done, in a dialogue."""

from datetime import date
from typing import Any

import pytest

from framework import records as r
from framework.facts import Cycle
from framework.review import assess
from framework.terms import CircumstanceForm, DecisionKind, TaskState
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_dialogue import inactive, request

GRANTED = date(2024, 6, 1)
REPORT, INDICATORS, FINAL = "progress_report-2027", "indicator_framework-2027", "final_report-2027"


def paused(life: Life, day: date) -> Life:
    """The country's letter comes in on a day."""
    life.at(day).hand_in(r.Pause(dated=day, letter=p.LETTER, reason="Change of government"))
    return life


def resumed(life: Life, day: date) -> Life:
    """The country goes on on a day."""
    life.at(day).hand_in(r.Resume(reason="The new government goes on"))
    return life


def year(life: Life, wanted: int) -> Cycle:
    """The record of one year."""
    return next(cycle for cycle in life.state.cycles if cycle.year == wanted)


def lapses(life: Life) -> dict[str, Any]:
    """The three obligations of 2027 as the rules see them now."""
    found = assess(life.state.cycles, life.now.date()).explanations[:3]
    return {one.indicator: one.years[-1].lapsed for one in found}


@pytest.mark.clause("REP-01", "REV-09")
def test_a_pause_around_new_year_neither_clears_flags_nor_frees_from_the_next_report() -> None:
    life = Life.active(date(2026, 1, 15), GRANTED)
    resumed(paused(life, date(2027, 12, 20)), date(2028, 1, 5))
    assert life.flags()["no_report"] == [2026, 2027]
    assert year(life, 2027).report_due
    assert life.task(REPORT).state is TaskState.MISSING
    assert life.task("progress_report-2028").due_on == date(2028, 4, 30)
    life.at(date(2028, 2, 1))
    assert [mail.task for mail in life.mails("reminder")][-1] == "progress_report-2028"


@pytest.mark.clause("REP-03")
def test_a_country_that_goes_on_in_the_middle_of_the_reminders_reports_next_year() -> None:
    life = Life.active(date(2027, 1, 15), GRANTED)
    resumed(paused(life, date(2027, 2, 1)), date(2028, 3, 5))
    assert [year(life, one).report_due for one in (2027, 2028)] == [False, False]
    life.at(date(2029, 1, 5))
    assert life.task("progress_report-2029").due_on == date(2029, 4, 30)


@pytest.mark.clause("REP-02")
def test_a_year_taken_up_again_keeps_its_own_policy() -> None:
    life = paused(Life.active(date(2027, 1, 15), GRANTED), date(2027, 12, 20)).at(date(2028, 1, 2))
    life.hand_in(r.PolicyChange(settings={"report_due": "05-15"}, reason="The HLPF moved"))
    resumed(life, date(2028, 1, 5))
    assert life.task("progress_report-2028").due_on == date(2028, 4, 30)


@pytest.mark.clause("REV-09")
def test_a_report_that_would_be_due_after_the_close_is_not_due() -> None:
    life = paused(Life.active(date(2027, 1, 15), date(2025, 6, 1)), date(2027, 4, 1))
    resumed(life, date(2027, 12, 20)).at(date(2028, 1, 3))
    assert life.task(REPORT).state is TaskState.VOID
    assert not year(life, 2027).report_due
    assert life.flags() == {}
    assert year(life, 2028).report_due


@pytest.mark.clause("REV-09")
def test_a_report_missed_before_the_pause_stays_missed() -> None:
    life = paused(Life.active(date(2027, 1, 15), date(2025, 6, 1)), date(2027, 5, 10))
    life.at(date(2028, 2, 5))
    assert life.task(REPORT).state is TaskState.MISSING
    assert year(life, 2027).report_due


@pytest.mark.clause("REV-10", "REV-11")
def test_final_version_and_indicators_are_judged_by_their_postponed_dates() -> None:
    life = Life.active(date(2027, 1, 15), date(2025, 6, 1)).at(date(2027, 4, 1))
    life.hand_in(p.report(2027, date(2027, 4, 1)))
    life.at(date(2027, 4, 20)).hand_in(r.MwgComments(year=2027, comments=("Source?",)), by=p.MWG)
    resumed(paused(life, date(2027, 4, 25)), date(2027, 10, 25)).at(date(2027, 10, 28))
    assert life.task(INDICATORS).due_on == year(life, 2027).indicators_due_on == date(2027, 10, 30)
    assert life.task(FINAL).due_on == year(life, 2027).final_due_on == date(2027, 12, 20)
    assert lapses(life) == {"no_report": False, "not_finalised": None, "no_indicators": None}
    assert year(life, 2027).due_on == date(2027, 4, 30)
    life.at(date(2027, 11, 1))
    assert lapses(life)["no_indicators"] is True
    assert life.task(INDICATORS).state is TaskState.LATE


@pytest.mark.clause("REV-09")
def test_a_resting_year_is_not_called_missing_while_it_rests() -> None:
    life = Life.active(date(2026, 1, 15), GRANTED).at(date(2027, 1, 5))
    paused(life, date(2027, 4, 1)).at(date(2027, 11, 1))
    life.hand_in(r.SpecialCircumstances(form=CircumstanceForm.POLITICAL, starts_on=life.now.date(), note="x"))
    assert life.flags() == {}


@pytest.mark.clause("DIA-02")
def test_the_dialogue_rests_while_its_country_does() -> None:
    life = Life.active(date(2027, 1, 15), date(2025, 6, 1)).at(date(2027, 3, 1))
    life.accepted(DecisionKind.OPEN_DIALOGUE, date(2027, 3, 1), outcome="opened", statement="Why")
    resumed(paused(life, date(2027, 4, 1)), date(2027, 5, 1))
    told = [(note.name, note.content.get("until")) for note in life.told("dialogue-XAA-1")]
    assert told == [("pause", None), ("resume", None)]


@pytest.mark.clause("DIA-02")
def test_a_dialogue_whose_circumstances_last_goes_on_resting_after_the_pause() -> None:
    life = Life.active(date(2027, 1, 15), date(2025, 6, 1)).at(date(2027, 3, 1))
    life.accepted(DecisionKind.OPEN_DIALOGUE, date(2027, 3, 1), outcome="opened", statement="Why")
    flood = r.SpecialCircumstances(
        form=CircumstanceForm.HUMANITARIAN,
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 9, 1),
        note="Floods",
        pauses_dialogue=True,
    )
    life.hand_in(flood)
    resumed(paused(life, date(2027, 4, 1)), date(2027, 5, 1))
    told = [(note.name, note.content.get("until")) for note in life.told("dialogue-XAA-1")]
    assert told == [("pause", "2027-09-01"), ("pause", None), ("pause", "2027-09-01")]


@pytest.mark.clause("REA-01")
def test_a_request_to_return_rests_as_well() -> None:
    life = inactive().at(date(2030, 3, 1))
    life.hand_in(request(date(2030, 2, 20)), p.FOCAL_POINT)
    resumed(paused(life, date(2030, 4, 1)), date(2030, 5, 1))
    assert [note.name for note in life.told("reactivation-XAA-1")] == ["pause", "resume"]


@pytest.mark.clause("REP-09")
def test_the_final_version_of_a_report_that_came_during_the_pause_is_postponed_with_its_year() -> None:
    life = paused(Life.active(date(2027, 1, 15), GRANTED), date(2027, 12, 1)).at(date(2028, 5, 1))
    life.hand_in(p.report(2028, date(2028, 5, 1)), p.FOCAL_POINT)
    life.at(date(2028, 5, 20)).hand_in(r.MwgComments(year=2028), by=p.MWG)
    resumed(life, date(2028, 7, 20))
    assert life.task("final_report-2028").due_on == year(life, 2028).final_due_on == date(2028, 8, 20)


@pytest.mark.clause("REV-07")
def test_only_duties_that_end_with_their_cycle_are_held_within_it() -> None:
    life = Life.active(date(2027, 1, 15), date(2025, 6, 1)).at(date(2027, 10, 10))
    told = {"outcome": "active", "statement": "As seen", "year": 2027}
    life.accepted(DecisionKind.ANNUAL_STATUS, date(2027, 10, 9), **told)
    resumed(paused(life, date(2027, 10, 12)), date(2027, 12, 30))
    assert life.task("status_letter-2027").due_on == date(2028, 1, 11)
