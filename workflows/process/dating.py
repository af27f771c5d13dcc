"""Which dates a message brings into its readers' calendars, moves there, or takes out (REP-07, PLN-07)."""

from collections.abc import Iterable, Mapping
from datetime import date

from contracts.dates import Dated
from contracts.state import MailOrder, Task
from framework.terms import OPEN_TASK_STATES, TaskState

TOGETHER = ("progress_report", "indicator_framework")
"""What is due together is asked for in one message."""


def date_order(order: MailOrder, tasks: Mapping[str, Task], touched: Iterable[str]) -> None:
    """Writes into an order what its readers' calendars are to hold.

    For everybody who reads it: the task that it is about, with what is due together. For those who act in the role of
    a task: the tasks that were opened, moved or ended by the same act (`touched`).
    """
    about = _about(order, tasks)
    found = [deadline(task) for task in about]
    found += [deadline(task, for_its_role=True) for task in _known(tasks, touched) if task not in about]
    found += [_event_of(task, order) for task in _known(tasks, touched)]
    order.dates = [one for one in found if one is not None]


def deadline(task: Task, *, for_its_role: bool = False) -> Dated | None:
    """A task's due date, or None for a task without one. One that has ended is cancelled, above all that was sent before."""
    if task.due_on is None:
        return None
    over = task.state not in OPEN_TASK_STATES
    return Dated(
        key=task.key,
        kind=task.kind,
        on=task.due_on,
        year=task.year,
        until=task.due_at,
        sequence=task.sequence + over,
        cancelled=over,
        role=task.role.value if for_its_role else "",
    )


def _about(order: MailOrder, tasks: Mapping[str, Task]) -> list[Task]:
    task = tasks.get(order.task)
    if task is None:
        return []
    others = [
        other
        for other in tasks.values()
        if {other.kind, task.kind} == {*TOGETHER}
        and (other.year, other.due_on) == (task.year, task.due_on)
        and other.state in OPEN_TASK_STATES
    ]
    return [task, *others]


def _known(tasks: Mapping[str, Task], keys: Iterable[str]) -> list[Task]:
    return [tasks[key] for key in keys if key in tasks]


def _event_of(task: Task, order: MailOrder) -> Dated | None:
    """The presentation on which a decision waits, when the decision falls before that day, or is asked for again (PLN-07).

    What was sent first has the number 0; it is taken out with 1, restored with 2, taken out for the second time with 3.
    """
    entry, restored = task.values.get("presentation"), task.values.get("restored_on")
    fallen = task.state is TaskState.VOID
    day = date.fromisoformat(restored) if restored else task.due_on
    if entry is None or day is None or day < order.made_at.date() or not (fallen or restored):
        return None
    return Dated(
        key=f"presentation-{entry}",
        kind="presentation",
        on=day,
        event=True,
        title=str(task.values.get("meeting", "")),
        sequence=fallen + (2 if restored else 0),
        cancelled=fallen,
    )
