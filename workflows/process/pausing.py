"""A pause by the country's letter: its timers stop; afterwards what was still to come is due as much later."""

from dataclasses import replace
from datetime import date, timedelta

from contracts.state import Entry, Task
from framework import cycle as dates
from framework.extending import WITHIN_THE_YEAR
from framework.facts import Cycle
from framework.records import Pause, Resume
from framework.terms import OPEN_TASK_STATES, Role, Status, TaskState
from workflows.process import dialogue, reactivation, reporting, telling
from workflows.process.ledger import Ledger
from workflows.process.recipients import focal_point, seats

OBLIGATIONS = {"progress_report", "indicator_framework", "final_report"}
"""What a country owes within a cycle, and is judged by."""


def pause(ledger: Ledger, record: Pause, entry: Entry, day: date) -> None:
    """By the country's letter: its timers stop, nothing is late and nobody is reminded; the GCM is told."""
    ledger.state.paused_on = dates.day_of(ledger.now)
    _tell_children(ledger)
    since = ledger.state.paused_on
    ledger.mail("paused", [*focal_point(ledger.state), *seats(Role.GCM)], since=since, reason=record.reason)


def resume(ledger: Ledger, record: Resume, entry: Entry, day: date) -> None:
    """The timers go on: what was still to come when they stopped is due as much later as the pause was long."""
    state, today = ledger.state, dates.day_of(ledger.now)
    began = state.paused_on or today
    state.paused_on = None
    cycle = ledger.cycle()
    _postpone_all(ledger, cycle, began, today)
    if cycle is not None and not cycle.report_due and began < dates.opens(cycle.year, state.policy):
        _take_up_year(ledger, cycle, today)
    _tell_children(ledger)
    waiting = [task for task in ledger.open_tasks() if task.role is Role.FOCAL_POINT]
    ledger.mail(
        "resumed",
        [*focal_point(ledger.state), *seats(Role.GCM)],
        since=began,
        due_dates=telling.due_dates(waiting),
        reason=record.reason,
    )


def _take_up_year(ledger: Ledger, cycle: Cycle, today: date) -> None:
    """A year that opened during the pause: its report is due if the country still has all the notice there is."""
    state = ledger.state
    state.resumed_on = today
    since = state.status_since
    if state.status is not Status.ACTIVE or since is None:
        return
    if dates.first_report_year(since, state.policy) <= cycle.year and dates.in_time_for(
        cycle.year, today, state.policy
    ):
        reporting.make_due(ledger, cycle.year)


def _postpone_all(ledger: Ledger, cycle: Cycle | None, began: date, today: date) -> None:
    later = {task.key: day for task in ledger.open_tasks() if (day := _later(task, began, today)) is not None}
    if cycle is None:
        _redate(ledger, later)
        return
    last, tasks = dates.closes(cycle.year, ledger.state.policy), ledger.state.tasks
    ending = [key for key in later if tasks[key].year == cycle.year and tasks[key].kind in WITHIN_THE_YEAR]
    if any(later[key] > last for key in ending if tasks[key].kind in OBLIGATIONS):
        _excuse(ledger, cycle, began)
    _redate(ledger, later | {key: min(later[key], last) for key in ending})
    _move_cycle(ledger, [key for key in ending if tasks[key].state in OPEN_TASK_STATES])


def _redate(ledger: Ledger, days: dict[str, date]) -> None:
    open_keys = [task.key for task in ledger.open_tasks()]
    for key in [one for one in days if one in open_keys]:
        ledger.redate_task(key, days[key])


def _later(task: Task, began: date, today: date) -> date | None:
    """The new date of a task that was still to come when the pause began; None for one that keeps its date."""
    opened = dates.day_of(task.opened_at)
    by = today - max(began, opened)
    if task.due_on is None or task.due_on < began or by <= timedelta(0):
        return None
    return task.due_on + by


def _excuse(ledger: Ledger, cycle: Cycle, began: date) -> None:
    """What would be due after the cycle's close can no longer be done: the year does not count."""
    if not (cycle.report_due and dates.excused(cycle, began)):
        return
    ledger.put_cycle(replace(cycle, report_due=False))
    ledger.close_tasks(
        TaskState.VOID,
        lambda task: task.year == cycle.year and task.kind in {*OBLIGATIONS, "annual_activities"},
        reason="paused",
    )
    ledger.note("year_excused", "REP-01", year=cycle.year)


def _move_cycle(ledger: Ledger, keys: list[str]) -> None:
    """The year is judged by the dates that its duties have now."""
    cycle, tasks = ledger.cycle(), [ledger.state.tasks[key] for key in keys]
    due = {task.kind: task.due_on for task in tasks if task.kind in OBLIGATIONS and task.due_on}
    if cycle is None or not due:
        return
    if report := due.get("progress_report"):
        cycle = dates.moved(cycle, report, "paused", ledger.state.policy, report=True, indicators=False)
    if indicators := due.get("indicator_framework"):
        alone = None if indicators == cycle.due_on else indicators
        cycle = replace(cycle, indicators_due_on=alone, extended_because="paused")
    if final := due.get("final_report"):
        cycle = replace(cycle, final_due_on=final)
    ledger.put_cycle(cycle)


def _tell_children(ledger: Ledger) -> None:
    dialogue.pass_on_circumstances(ledger)
    reactivation.pass_on_rest(ledger)
