"""What an extension does to the dates by which a year is judged."""

from datetime import date

import pytest

from framework import records as r
from framework.facts import Indicator
from framework.indicators import verdict
from framework.terms import DecisionKind, TaskState
from tests.process import papers as p
from tests.process.life import Life

GRANTED = date(2026, 3, 1)
INDICATORS = "indicator_framework-2028"


def late_report() -> Life:
    """A report that came on 10 May, ten days late; the indicators then got an exceptional extension."""
    life = Life.active(date(2028, 1, 5), GRANTED).at(date(2028, 5, 10))
    life.hand_in(p.report(2028, date(2028, 5, 9)), p.FOCAL_POINT)
    life.hand_in(r.Extension(task=INDICATORS, until=date(2028, 6, 30), reason="Survey", exceptional=True))
    return life


@pytest.mark.clause("REP-02", "REP-05")
def test_more_time_for_the_indicators_does_not_make_a_late_report_punctual() -> None:
    life = late_report()
    cycle = life.state.cycles[-1]
    assert (cycle.due_on, cycle.indicators_due_on) == (date(2028, 4, 30), date(2028, 6, 30))
    report = verdict(cycle, Indicator.NO_REPORT, life.now.date())
    assert report.because.key == "review.no_report.came_late"
    receipt = life.at(date(2028, 6, 20)).hand_in(p.indicators(2028), p.FOCAL_POINT)
    entry = next(one for one in life.state.entries if one.number == receipt.entry)
    assert entry.values["late"] is False


@pytest.mark.clause("REP-02")
def test_an_extension_of_the_indicators_alone_is_taken_back_alone() -> None:
    life = late_report()
    number = next(one.number for one in life.state.entries if one.kind == "extension")
    life.hand_in(r.EntryCorrection(entry=number, reason="Another country's"))
    cycle = life.state.cycles[-1]
    assert (cycle.due_on, cycle.indicators_due_on) == (date(2028, 4, 30), None)
    assert life.task(INDICATORS).due_on == date(2028, 4, 30)


@pytest.mark.clause("REP-02")
def test_a_duty_that_outlives_its_cycle_can_still_be_extended() -> None:
    life = Life.active(date(2027, 1, 5), GRANTED).at(date(2027, 12, 28))
    life.accepted(
        DecisionKind.ANNUAL_STATUS, date(2027, 12, 27), year=2027, outcome="active", statement="As seen"
    )
    life.at(date(2028, 1, 5))
    life.hand_in(r.Extension(task="status_letter-2027", until=date(2028, 2, 15), reason="Translation"))
    assert life.task("status_letter-2027").state is TaskState.EXTENDED
    beyond = r.Extension(task="progress_report-2028", until=date(2029, 1, 15), reason="Elections")
    assert life.refusals(beyond) == {"extension.until.after_close"}
