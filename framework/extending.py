"""Whether the due date of a task can be moved to another day (REP-02)."""

from datetime import date

from framework import cycle
from framework.findings import Findings
from framework.policy import Policy

WITHIN_THE_YEAR = frozenset(
    {
        "progress_report",
        "indicator_framework",
        "final_report",
        "annual_activities",
        "mwg_comments",
        "yearly_review",
    }
)
"""Duties that end with their cycle; a letter about a year, or an exchange that a report asked for, can come later."""


def check(
    kind: str,
    year: int | None,
    due: date | None,
    until: date | None,
    *,
    today: date,
    exceptional: bool,
    policy: Policy,
) -> Findings:
    """Whether a task of this kind and year, due then, can be due at `until`; nothing is found without both days.

    `today` is the date Anywhere on Earth. What belongs to a cycle cannot be due after its close.
    """
    if due is None or until is None:
        return Findings()
    closes = cycle.closes(year, policy) if year and kind in WITHIN_THE_YEAR else None
    return cycle.check_extension(due, until, today=today, exceptional=exceptional, cycle_closes=closes)
