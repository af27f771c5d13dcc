"""Reminders: the rungs of a task's ladder, each once, to whom it concerns, with what is known by then (REP-07)."""

from datetime import date, datetime
from typing import Any

from contracts.state import CountryState, Recipient, Rung, Task
from framework.terms import OPEN_TASK_STATES, Role
from workflows.process import contacts
from workflows.process.ledger import Ledger
from workflows.process.recipients import country_contacts, deputies, focal_point, seats

REPORT_KINDS = ("progress_report", "indicator_framework")


def remind(ledger: Ledger, task: Task, number: int) -> None:
    """Lets a rung of a task's ladder happen: one message to those whom it concerns, or none and the reason why."""
    rung = next(rung for rung in task.rungs if rung.number == number)
    ledger.touch_task(task.key)
    if _goes_with_report(ledger.state, task, rung):
        rung.outcome = "with the report"
        return
    rung.outcome = "sent"
    day = rung.at.date()
    ledger.note(
        "reminder", "REP-07", task=task.key, year=task.year, rung=rung.number, due_on=task.due_on, on=day
    )
    to = recipients(ledger, task, rung)
    if not to:
        rung.outcome = "nobody to remind"
        return
    facts = facts_of(ledger, task, day, earlier(task, rung.at))
    task.reminded_on.append(day)
    ledger.mail(
        _kind(task, rung),
        to,
        step=f"{task.key}-{day.isoformat()}",
        task=task.key,
        due_at=rung.at,
        rung=rung.number,
        rungs=len(task.rungs),
        **facts,
    )


def _kind(task: Task, rung: Rung) -> str:
    """What goes up reads differently; contacts to be confirmed come with the link by which they are."""
    if rung.escalates and task.role is Role.FOCAL_POINT:
        return "escalation"
    return contacts.KIND if task.kind == contacts.KIND else "reminder"


def recipients(ledger: Ledger, task: Task, rung: Rung | None = None) -> list[Recipient]:
    """Who is written to about a task: whoever owes it; on some rungs the deputies, on those that go up everybody."""
    up = rung is not None and rung.escalates
    if task.role is not Role.FOCAL_POINT:
        return seats(*dict.fromkeys([task.role, *([Role.SECRETARIAT] if up else [])]))
    if up:
        return [*country_contacts(ledger.state), *seats(Role.SECRETARIAT)]
    copied = ledger.state.copy_deputies or (rung is not None and rung.to_deputies)
    return [*focal_point(ledger.state), *(deputies(ledger.state) if copied else [])]


def facts_of(ledger: Ledger, task: Task, day: date, reminded_on: list[date]) -> dict[str, Any]:
    """What every message about an open task says: what is asked, by when, what came so far, what went before."""
    of_contacts = contacts.to_confirm(ledger.state) if task.kind == contacts.KIND else {}
    return of_contacts | {
        "task_kind": task.kind,
        "year": task.year,
        "due_on": task.due_on,
        "deadline": task.due_at,
        "days_left": (task.due_on - day).days if task.due_on else None,
        "outstanding": _outstanding(ledger.state, task),
        "received": _received(ledger, task),
        "reminded_on": reminded_on,
    }


def earlier(task: Task, before: datetime) -> list[date]:
    """The days on which a task was reminded of before a moment, for whatever due date it had then."""
    sent = {rung.at.date() for rung in task.rungs if rung.outcome == "sent" and rung.at < before}
    return sorted(sent | {day for day in task.reminded_on if day < before.date()})


def forget(task: Task, rung: Rung) -> None:
    """A reminder that was overtaken was never sent: nobody may read later that it was."""
    task.reminded_on = [day for day in task.reminded_on if day != rung.at.date()]


def _goes_with_report(state: CountryState, task: Task, rung: Rung) -> bool:
    """One mail per matter: report and indicators are due together and asked for together."""
    if task.kind != "indicator_framework":
        return False
    reports = [one for one in _open_in(state, task.year) if one.kind == "progress_report"]
    return any(other.at == rung.at for report in reports for other in report.rungs)


def _outstanding(state: CountryState, task: Task) -> list[str]:
    if task.kind not in REPORT_KINDS:
        return [task.kind]
    standing = {one.kind for one in _open_in(state, task.year)}
    return [kind for kind in REPORT_KINDS if kind in standing]


def _open_in(state: CountryState, year: int | None) -> list[Task]:
    return [one for one in state.tasks.values() if one.year == year and one.state in OPEN_TASK_STATES]


def _received(ledger: Ledger, task: Task) -> dict[str, str]:
    cycle = ledger.cycle(task.year) if task.year else None
    if cycle is None:
        return {}
    came = {"progress_report": cycle.report_on, "indicator_framework": cycle.indicators_on}
    return {kind: day.isoformat() for kind, day in came.items() if day is not None}
