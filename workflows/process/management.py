"""What keeps the process true to life: extensions, waivers, people, withdrawal, policy."""

from dataclasses import replace
from datetime import date
from typing import Any

from contracts.state import Entry
from framework import cycle as dates
from framework import policy_changes
from framework.facts import Cycle
from framework.records import (
    ContactChange,
    Extension,
    ExtensionRequest,
    PolicyChange,
    Waiver,
    Withdrawal,
)
from framework.terms import LetterKind, Role, Status, TaskState
from workflows.process import (
    candidacy,
    contacts,
    dialogue,
    handover,
    letters,
    people,
    reactivation,
    standing,
    telling,
)
from workflows.process.correcting import DATES
from workflows.process.ledger import Ledger
from workflows.process.plain import plain
from workflows.process.recipients import country_contacts, focal_point, seats
from workflows.process.reporting import DUE_TOGETHER


def extension_request(ledger: Ledger, record: ExtensionRequest, entry: Entry, day: date) -> None:
    """REP-02: the Secretariat is asked to decide on a later date."""
    task = ledger.open_task(
        "extension", "REP-02", Role.SECRETARIAT, key=f"extension-{record.task}", until=record.until
    )
    ledger.mail(
        "extension_requested",
        seats(Role.SECRETARIAT),
        task=task.key,
        about=record.task,
        until=record.until,
        due_on=ledger.state.tasks[record.task].due_on,
        reason=record.reason,
    )


def extension(ledger: Ledger, record: Extension, entry: Entry, day: date) -> dict[str, Any]:
    """REP-02: a new date for the task; report and indicators, which are due together, move together."""
    ledger.close_tasks(TaskState.DONE, lambda task: task.key == f"extension-{record.task}")
    _write(ledger, record, entry)
    if not record.granted or record.until is None:
        due = ledger.state.tasks[record.task].due_on
        ledger.mail(
            "extension_refused", focal_point(ledger.state), task=record.task, due_on=due, reason=record.reason
        )
        return {}
    task = ledger.state.tasks[record.task]
    before = task.due_on.isoformat() if task.due_on else None
    moved = _redate_together(ledger, record.task, record.until)
    cycle = ledger.cycle(task.year) if task.year else None
    if cycle is not None and task.kind in DUE_TOGETHER:
        kinds = {ledger.state.tasks[key].kind for key in moved}
        policy, report, indicators = ledger.state.policy, *(kind in kinds for kind in DUE_TOGETHER)
        ledger.put_cycle(
            dates.moved(cycle, record.until, record.reason, policy, report=report, indicators=indicators)
        )
    elif cycle is not None and task.kind == "final_report":
        ledger.put_cycle(replace(cycle, final_due_on=record.until))
    ledger.mail(
        "extension_granted",
        focal_point(ledger.state),
        task=record.task,
        until=record.until,
        date_before=before,
        reason=record.reason,
    )
    return {
        "task": record.task,
        "year": task.year,
        "due_on": before,
        "moved": moved,
        "dates_before": _dates_of(cycle),
        "dates_after": _dates_of(ledger.cycle(cycle.year) if cycle else None),
    }


def _write(ledger: Ledger, record: Extension, entry: Entry) -> None:
    """The country has it in a letter whether it has more time; what the Secretariat owes is its own matter."""
    task = ledger.state.tasks[record.task]
    if task.role is not Role.FOCAL_POINT:
        return
    said = {
        "granted": record.granted,
        "until": record.until if record.granted else None,
        "reason": record.reason,
        "due_on": task.due_on,
        "task_kind": task.kind,
    }
    because = letters.of_entry(entry.number)
    letters.draft(ledger, LetterKind.EXTENSION, because=because, year=task.year, said=said)


def waiver(ledger: Ledger, record: Waiver, entry: Entry, day: date) -> None:
    """A task is waived, with its reason; a waived step of a candidate counts as met."""
    task = ledger.state.tasks[record.task]
    ledger.close_task(record.task, TaskState.WAIVED, entry=entry.number, reason=record.reason)
    letters.let_all_fall(ledger, record.reason, task=record.task)
    state = ledger.state
    if state.status is Status.CANDIDATE and task.kind not in state.candidacy.waived:
        state.candidacy = replace(state.candidacy, waived=(*state.candidacy.waived, task.kind))
    if state.status is Status.CANDIDATE and task.kind == "reply_letter":
        candidacy.open_candidate_tasks(ledger)


def contact_change(ledger: Ledger, record: ContactChange, entry: Entry, day: date) -> None:
    """EOI-03: the mandate is the country's; open tasks and reminders follow the new person at once."""
    state, before = ledger.state, focal_point(ledger.state)
    known = contacts.fingerprint_of(state)
    if record.focal_point is not None:
        people.take_up(state, record.focal_point)
    if record.deputies is not None:
        state.deputies = list(record.deputies)
    if record.ministry_email is not None:
        state.ministry_email = record.ministry_email
    ledger.touch()
    everybody = [*before, *focal_point(ledger.state), *seats(Role.SECRETARIAT)]
    waiting = telling.owed(ledger)
    ledger.mail(
        "contact_changed",
        everybody,
        open_tasks=[task.key for task in waiting],
        due_dates=telling.due_dates(waiting),
        new_focal_point=record.focal_point is not None,
        focal_point=state.focal_point.name,
        deputies=[deputy.name for deputy in state.deputies],
        ministry=state.ministry,
    )
    people.ask_again(ledger, known)
    handover.overtaken(ledger)


def withdrawal(ledger: Ledger, record: Withdrawal, entry: Entry, day: date) -> None:
    """GEN-03: by its own letter the country leaves; its process ends, its record stays."""
    state = ledger.state
    if dialogue.open_one(ledger):
        dialogue.close_dialogue(ledger, "withdrawn", day)
    reactivation.withdraw(ledger, day)
    standing.set_status(
        ledger, Status.WITHDRAWN, record.dated or day, because=f"letter-{entry.number}", clause="GEN-03"
    )
    letters.let_all_fall(ledger, "withdrawn")
    ledger.close_tasks(TaskState.VOID, lambda task: True, reason="withdrawn")
    ledger.mail(
        "withdrawn",
        [*country_contacts(ledger.state), *seats(Role.GCM, Role.MWG)],
        effective_on=record.dated or day,
        reason=record.reason,
    )
    handover.end_all(ledger)
    state.ended = True


def policy_change(ledger: Ledger, record: PolicyChange, entry: Entry, day: date) -> None:
    """REP-02: for the cycles that open from now on; the one under way keeps its own dates."""
    state = ledger.state
    state.next_policy, _ = policy_changes.changed(state.next_policy or state.policy, record.settings)
    entry.values["settings"] = sorted(record.settings)


def _dates_of(cycle: Cycle | None) -> dict[str, Any]:
    return {name: plain(getattr(cycle, name, None)) for name in DATES}


def _redate_together(ledger: Ledger, key: str, until: date) -> list[str]:
    task = ledger.state.tasks[key]
    together = [
        other.key for other in ledger.open_tasks() if other.kind in DUE_TOGETHER and other.year == task.year
    ]
    moved = together if task.kind in DUE_TOGETHER else [key]
    for one in moved:
        ledger.redate_task(one, until)
    return moved
