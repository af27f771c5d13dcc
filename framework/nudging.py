"""How often somebody may be asked by hand about the same task, beside the reminders (REP-07)."""

from collections.abc import Iterable
from datetime import date, timedelta

from framework.findings import Findings, problem

EVERY = timedelta(days=7)
"""A task is nudged once in this time, whoever nudges."""


def again_on(nudged_on: Iterable[date]) -> date | None:
    """The first day on which a task can be nudged again; None for one that never was."""
    last = max(nudged_on, default=None)
    return None if last is None else last + EVERY


def check_pace(task: str, nudged_on: Iterable[date], today: date) -> Findings:
    """Whether a task can be nudged today (UTC); the refusal says when it can be again."""
    possible = again_on(nudged_on)
    if possible is None or today >= possible:
        return Findings()
    return problem("nudge.too_soon", "task", "REP-07", task=task, date=possible)
