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


def check(
    task: str, nudged_on: Iterable[date], *, today: date, paused_on: date | None, reachable: bool
) -> Findings:
    """Whether a task can be nudged today (UTC): not too soon, not in a pause, and somebody there to be written to."""
    found = check_pace(task, nudged_on, today)
    if paused_on is not None:
        found += problem("nudge.paused", "task", "REP-07", date=paused_on)
    if not reachable:
        found += problem("nudge.nobody", "task", "REP-07", task=task)
    return found
