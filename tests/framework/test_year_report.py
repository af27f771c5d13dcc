"""The state of a year's report: one word for every situation of a cycle, on every side of its dates."""

from dataclasses import replace
from datetime import date

import pytest

from framework.facts import Cycle
from framework.year_report import ReportState, YearReport, year_report

DUE = Cycle(
    year=2027,
    first_due_on=date(2027, 4, 30),
    due_on=date(2027, 4, 30),
    comments_due_on=date(2027, 5, 31),
    final_due_on=date(2027, 6, 20),
)
EXTENDED = replace(DUE, due_on=date(2027, 5, 15))
CAME = replace(DUE, report_on=date(2027, 4, 12))
COMMENTED = replace(CAME, comments_on=date(2027, 5, 20))
FINAL = replace(COMMENTED, final_on=date(2027, 6, 18))


def awaits(state: ReportState, kind: str = "", due_on: date | None = None) -> YearReport:
    return YearReport(state=state, awaits=kind, due_on=due_on)


@pytest.mark.parametrize(
    ("cycle", "today", "expected"),
    [
        (None, date(2027, 3, 1), awaits(ReportState.NOT_DUE)),
        (replace(DUE, report_due=False), date(2027, 6, 1), awaits(ReportState.NOT_DUE)),
        (DUE, date(2027, 1, 1), awaits(ReportState.DUE, "progress_report", DUE.due_on)),
        (DUE, date(2027, 4, 30), awaits(ReportState.DUE, "progress_report", DUE.due_on)),
        (DUE, date(2027, 5, 1), awaits(ReportState.LATE, "progress_report", DUE.due_on)),
        (EXTENDED, date(2027, 5, 1), awaits(ReportState.EXTENDED, "progress_report", EXTENDED.due_on)),
        (EXTENDED, date(2027, 5, 16), awaits(ReportState.LATE, "progress_report", EXTENDED.due_on)),
        (
            replace(DUE, closed=True),
            date(2028, 1, 2),
            awaits(ReportState.MISSING, "progress_report", DUE.due_on),
        ),
        (replace(DUE, report_due=False, closed=True), date(2028, 1, 2), awaits(ReportState.NOT_DUE)),
        (CAME, date(2027, 5, 2), awaits(ReportState.IN_REVISION, "mwg_comments", CAME.comments_due_on)),
        (CAME, date(2027, 9, 2), awaits(ReportState.IN_REVISION, "mwg_comments", CAME.comments_due_on)),
        (COMMENTED, date(2027, 6, 20), awaits(ReportState.IN_REVISION, "final_report", CAME.final_due_on)),
        (COMMENTED, date(2027, 6, 21), awaits(ReportState.LATE, "final_report", CAME.final_due_on)),
        (
            replace(COMMENTED, closed=True),
            date(2028, 1, 2),
            awaits(ReportState.MISSING, "final_report", CAME.final_due_on),
        ),
        (FINAL, date(2027, 6, 19), awaits(ReportState.FINAL)),
        (replace(FINAL, closed=True), date(2030, 1, 1), awaits(ReportState.FINAL)),
        (replace(DUE, due_on=None), date(2027, 12, 31), awaits(ReportState.DUE, "progress_report")),
    ],
)
@pytest.mark.clause("REP-02")
@pytest.mark.clause("REP-09")
def test_a_report_has_one_state_on_every_day(cycle: Cycle | None, today: date, expected: YearReport) -> None:
    assert year_report(cycle, today) == expected


def test_nothing_becomes_late_in_a_pause_but_what_was_late_before_stays_so() -> None:
    later = date(2027, 8, 1)
    assert year_report(DUE, later, paused_on=date(2027, 4, 1)).state is ReportState.DUE
    assert year_report(DUE, later, paused_on=date(2027, 5, 3)).state is ReportState.LATE
