"""How the report of a year stands on a day: one word for a country's cycle, and what is waited for (REP-02, REP-09)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from framework.facts import Cycle


class ReportState(StrEnum):
    """The states of a year's report, in the order in which they ask for attention.

    `late`: overdue while the cycle is open. `missing`: never came in its cycle. `in_revision`: the first version is
    there, the final one is to come.
    """

    LATE = "late"
    MISSING = "missing"
    EXTENDED = "extended"
    DUE = "due"
    IN_REVISION = "in_revision"
    FINAL = "final"
    NOT_DUE = "not_due"


@dataclass(frozen=True, kw_only=True)
class YearReport:
    """The state, the kind of task that is waited for (empty: none) and the day by which it is or was due."""

    state: ReportState
    awaits: str = ""
    due_on: date | None = None


NOTHING_DUE = YearReport(state=ReportState.NOT_DUE)


def year_report(cycle: Cycle | None, today: date, paused_on: date | None = None) -> YearReport:
    """How a cycle's report stands. `today` is the date Anywhere on Earth; while a country is paused nothing becomes late.

    A final version is owed once the MWG has commented: before that the report waits for the comments.
    """
    if cycle is None:
        return NOTHING_DUE
    if cycle.final_on is not None:
        return YearReport(state=ReportState.FINAL)
    day = today if paused_on is None else min(today, paused_on)
    if cycle.report_on is None:
        return _first_version(cycle, day) if cycle.report_due else NOTHING_DUE
    if cycle.comments_on is None:
        return YearReport(state=ReportState.IN_REVISION, awaits="mwg_comments", due_on=cycle.comments_due_on)
    return _owed("final_report", cycle.final_due_on, cycle, day, ReportState.IN_REVISION)


def _first_version(cycle: Cycle, day: date) -> YearReport:
    extended = (
        cycle.due_on is not None and cycle.first_due_on is not None and cycle.due_on > cycle.first_due_on
    )
    to_come = ReportState.EXTENDED if extended else ReportState.DUE
    return _owed("progress_report", cycle.due_on, cycle, day, to_come)


def _owed(kind: str, due_on: date | None, cycle: Cycle, day: date, to_come: ReportState) -> YearReport:
    over = due_on is not None and day > due_on
    state = ReportState.MISSING if cycle.closed else ReportState.LATE if over else to_come
    return YearReport(state=state, awaits=kind, due_on=due_on)
