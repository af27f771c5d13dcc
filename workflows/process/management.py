"""What keeps the process true to life: extensions, waivers, people, withdrawal, policy, corrections of entries."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from contracts.state import CountryState, Entry
from framework import cycle as dates
from framework import policy_changes
from framework.records import (
    ContactChange,
    EntryCorrection,
    Extension,
    ExtensionRequest,
    PolicyChange,
    Waiver,
    Withdrawal,
)
from framework.terms import Role, Status, TaskState
from workflows.process import candidacy, comments, dialogue, reactivation, reporting, review, standing
from workflows.process.ledger import Ledger, seats

DUE_TOGETHER = ("progress_report", "indicator_framework")


def extension_request(ledger: Ledger, record: ExtensionRequest, entry: Entry, day: date) -> None:
    """REP-02: the Secretariat is asked to decide on a later date."""
    task = ledger.open_task(
        "extension", "REP-02", Role.SECRETARIAT, key=f"extension-{record.task}", until=record.until
    )
    ledger.mail(
        "extension_requested",
        seats(Role.SECRETARIAT),
        task=task.key,
        until=record.until,
        reason=record.reason,
    )


def extension(ledger: Ledger, record: Extension, entry: Entry, day: date) -> dict[str, Any]:
    """REP-02: a new date for the task; report and indicators, which are due together, move together."""
    ledger.close_tasks(TaskState.DONE, lambda task: task.key == f"extension-{record.task}")
    if not record.granted or record.until is None:
        ledger.mail("extension_refused", ledger.focal_point(), task=record.task, reason=record.reason)
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
        "extension_granted", ledger.focal_point(), task=record.task, until=record.until, reason=record.reason
    )
    return {"task": record.task, "due_on": before, "moved": moved}


def waiver(ledger: Ledger, record: Waiver, entry: Entry, day: date) -> None:
    """A task is waived, with its reason; a waived step of a candidate counts as met."""
    task = ledger.state.tasks[record.task]
    ledger.close_task(record.task, TaskState.WAIVED, entry=entry.number, reason=record.reason)
    state = ledger.state
    if state.status is Status.CANDIDATE and task.kind not in state.candidacy.waived:
        state.candidacy = replace(state.candidacy, waived=(*state.candidacy.waived, task.kind))
    if state.status is Status.CANDIDATE and task.kind == "reply_letter":
        candidacy.open_candidate_tasks(ledger)


def contact_change(ledger: Ledger, record: ContactChange, entry: Entry, day: date) -> None:
    """EOI-03: the mandate is the country's; open tasks and reminders follow the new person at once."""
    state, before = ledger.state, ledger.focal_point()
    if record.focal_point is not None:
        state.focal_point, state.language = record.focal_point, record.focal_point.language
    if record.deputies is not None:
        state.deputies = list(record.deputies)
    if record.ministry_email is not None:
        state.ministry_email = record.ministry_email
    ledger.touch()
    everybody = [*before, *ledger.focal_point(), *seats(Role.SECRETARIAT)]
    open_keys = [task.key for task in ledger.open_tasks() if task.role is Role.FOCAL_POINT]
    ledger.mail("contact_changed", everybody, open_tasks=open_keys)


def withdrawal(ledger: Ledger, record: Withdrawal, entry: Entry, day: date) -> None:
    """GEN-03: by its own letter the country leaves; its process ends, its record stays."""
    state = ledger.state
    if dialogue.open_one(ledger):
        dialogue.close_dialogue(ledger, "withdrawn", day)
    reactivation.withdraw(ledger, day)
    standing.set_status(
        ledger, Status.WITHDRAWN, record.dated or day, because=f"letter-{entry.number}", clause="GEN-03"
    )
    ledger.close_tasks(TaskState.VOID, lambda task: True, reason="withdrawn")
    ledger.mail("withdrawn", [*ledger.country_contacts(), *seats(Role.GCM, Role.MWG)], reason=record.reason)
    state.ended = True


def policy_change(ledger: Ledger, record: PolicyChange, entry: Entry, day: date) -> None:
    """REP-02: for the cycles that open from now on; the one under way keeps its own dates."""
    state = ledger.state
    state.next_policy, _ = policy_changes.changed(state.next_policy or state.policy, record.settings)
    entry.values["settings"] = sorted(record.settings)


def entry_correction(ledger: Ledger, record: EntryCorrection, entry: Entry, day: date) -> None:
    """A mistaken entry is taken back by this one; both stay on record, and the flags are computed anew."""
    undo = ledger.state.undo[str(record.entry)]
    entry.corrects = record.entry
    entry.values["kind_corrected"] = undo["kind"]
    ledger.state.corrected_entries.append(record.entry)
    _take_back(ledger, undo["kind"], undo, record.entry)
    ledger.mail(
        "corrected",
        [*ledger.focal_point(), *seats(Role.SECRETARIAT)],
        reason=record.reason,
        what=undo["kind"],
    )


def correctable(state: CountryState, entry: int) -> bool:
    """True when this entry can be taken back: it did something that is known, and was not taken back before."""
    return str(entry) in state.undo and entry not in state.corrected_entries


def _take_back(ledger: Ledger, kind: str, undo: dict[str, Any], entry: int) -> None:
    if kind == "workshop":
        candidacy.take_back_workshop(ledger, undo)
    elif kind == "presentation":
        candidacy.take_back_presentation(ledger)
    elif kind == "evidence":
        _take_back_evidence(ledger, undo)
    elif kind == "extension" and "task" in undo:
        _take_back_extension(ledger, undo)
    elif kind == "special_circumstances":
        ledger.state.circumstances.pop(undo["index"])
        dialogue.pass_on_circumstances(ledger)
    elif kind in {"progress_report", "indicator_framework", "mwg_comments", "final_report", "yearly_review"}:
        _take_back_from_cycle(ledger, kind, undo, entry)


def _take_back_from_cycle(ledger: Ledger, kind: str, undo: dict[str, Any], entry: int) -> None:
    year = undo["year"]
    before = {name: _restored(name, value) for name, value in undo["before"].items()}
    ledger.change_cycle(year, **before)
    if kind == "mwg_comments":
        comments.withdraw(ledger, str(entry))
    cycle = ledger.cycle(year)
    if ledger.state.status is not Status.ACTIVE or cycle is None or cycle.closed:
        return
    if kind == "progress_report" and cycle.report_on is None:
        ledger.close_tasks(
            TaskState.VOID, lambda task: task.key == f"mwg_comments-{year}", reason="report corrected"
        )
    if kind in DUE_TOGETHER:
        reporting.open_reporting_tasks(ledger)
    elif kind == "final_report" and cycle.final_on is None:
        ledger.open_task("final_report", "REP-09", Role.FOCAL_POINT, year=year, due_on=cycle.final_due_on)
    elif kind == "mwg_comments" and cycle.comments_on is None:
        ledger.close_tasks(
            TaskState.VOID, lambda task: task.key == f"final_report-{year}", reason="comments corrected"
        )
        ledger.open_task(
            "mwg_comments", "REP-08", Role.MWG, year=year, due_on=ledger.today + timedelta(days=31)
        )
    elif kind == "yearly_review":
        review.open_review(ledger)


def _take_back_evidence(ledger: Ledger, undo: dict[str, Any]) -> None:
    cycle = ledger.cycle(undo["year"])
    if cycle is not None:
        left = {title: about for title, about in cycle.evidence.items() if title != undo["before"]["title"]}
        ledger.put_cycle(replace(cycle, evidence=left))


def _take_back_extension(ledger: Ledger, undo: dict[str, Any]) -> None:
    before = undo["before"]
    if not before.get("due_on"):
        return
    due = date.fromisoformat(before["due_on"])
    open_keys = {task.key for task in ledger.open_tasks()}
    for key in [one for one in before["moved"] if one in open_keys]:
        ledger.redate_task(key, due)
        ledger.state.tasks[key].state = TaskState.OPEN
    task = ledger.state.tasks.get(before["task"])
    if task and task.year and task.kind in DUE_TOGETHER:
        _restore_dates(ledger, task.year, due, before["moved"])


def _restore_dates(ledger: Ledger, year: int, due: date, keys: list[str]) -> None:
    cycle, policy = ledger.cycle(year), ledger.state.policy
    kinds = {ledger.state.tasks[key].kind for key in keys if key in ledger.state.tasks}
    if cycle is not None and kinds == {"indicator_framework"}:
        alone = None if due == cycle.due_on else due
        ledger.put_cycle(replace(cycle, indicators_due_on=alone))
    elif cycle is not None:
        moved = dates.extended(cycle, due, "", policy)
        ledger.put_cycle(replace(moved, final_due_on=dates.final_due(year, cycle.comments_on, policy)))


def _redate_together(ledger: Ledger, key: str, until: date) -> list[str]:
    task = ledger.state.tasks[key]
    together = [
        other.key for other in ledger.open_tasks() if other.kind in DUE_TOGETHER and other.year == task.year
    ]
    moved = together if task.kind in DUE_TOGETHER else [key]
    for one in moved:
        ledger.redate_task(one, until)
    return moved


def _restored(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_on") and isinstance(value, str) else value
