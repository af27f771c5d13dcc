"""The way back from inactivity: request, verification, the GCM's confirmation (REA clauses)."""

from dataclasses import replace
from datetime import date
from typing import Any

from contracts.names import REACTIVATION, reactivation_id
from contracts.state import ChildNote, ChildOrder, Entry, Reactivation
from framework import reactivation as rules
from framework.records import ReactivationCheck, ReactivationRequest
from framework.terms import LetterKind, Role, TaskState
from workflows.process import letters, standing, telling
from workflows.process.ledger import Ledger
from workflows.process.plain import plain
from workflows.process.recipients import country_contacts, focal_point, seats


def request(ledger: Ledger, record: ReactivationRequest, entry: Entry, day: date) -> None:
    """REA-01 to REA-03: the request gets its own child workflow; the Secretariat verifies the four obligations."""
    state = ledger.state
    number = len(state.reactivations) + 1
    state.reactivations.append(Reactivation(number=number, requested_on=day))
    prefilled = rules.from_cycle(ledger.cycle())
    _start_child(ledger, state.reactivations[-1])
    entry.values["number"] = number
    values = {name: value for name, value in vars(prefilled).items() if isinstance(value, bool)}
    ledger.open_task("reactivation_check", "REA-04", Role.SECRETARIAT, number=number, on_record=values)
    ledger.mail(
        "reactivation_received",
        [*focal_point(ledger.state), *seats(Role.SECRETARIAT, Role.GCM)],
        requested_on=day,
        sha256=ledger.state.versions[-1].sha256,
    )


def check(ledger: Ledger, record: ReactivationCheck, entry: Entry, day: date) -> None:
    """REA-04: what is missing is listed back to the country; a complete list goes to the GCM (or decides, by policy)."""
    current = open_one(ledger)
    if current is None:
        return
    current.missing = list(rules.missing(record))
    listed = [finding.key for finding in current.missing]
    entry.values["missing"] = listed
    _tell(ledger, "checked", missing=listed)
    if current.missing:
        current.verified_on = None
        asked = ledger.open_task("reactivation_missing", "REA-04", Role.FOCAL_POINT, missing=listed)
        ledger.open_task("reactivation_check", "REA-04", Role.SECRETARIAT, number=current.number)
        ledger.mail(
            "reactivation_missing",
            focal_point(ledger.state),
            task=asked.key,
            due_on=asked.due_on,
            missing=telling.findings(current.missing),
            note=record.note,
        )
        return
    current.verified_on = day
    ledger.close_tasks(TaskState.DONE, lambda task: task.kind == "reactivation_missing")
    if ledger.state.policy.reactivation_confirmed_by == "secretariat":
        confirm(ledger, day, because=f"verified-{entry.number}")
        return
    ledger.open_task("reactivation_decision", "REA-05", Role.GCM, number=current.number)


def confirm(ledger: Ledger, day: date, *, because: str) -> None:
    """REA-05: active again; the yearly cycle starts anew, and so does the count of consecutive years."""
    state = ledger.state
    reset = [cycle.year for cycle in state.cycles if cycle.counts]
    for year in reset:
        if (cycle := ledger.cycle(year)) is not None:
            ledger.put_cycle(replace(cycle, counts=False))
    _close(ledger, "confirmed", day)
    standing.become_active(ledger, day, because=because, clause="REA-05", resets=reset)
    letters.draft(
        ledger, LetterKind.REACTIVATED, because=letters.of_decision(because), said={"decided_on": day}
    )
    ledger.mail(
        "reactivated",
        [*country_contacts(ledger.state), *seats(Role.GCM, Role.MWG)],
        effective_on=day,
        first_report_on=telling.first_report_on(ledger, day),
    )


def decline(ledger: Ledger, day: date, *, reason: str) -> None:
    """REA-01: not this time; the country can ask again whenever it wants."""
    _close(ledger, "declined", day)
    ledger.mail("reactivation_declined", focal_point(ledger.state), reason=reason)


def reopen(ledger: Ledger, number: int) -> None:
    """The decision on a request was a mistake: the request is open again, unless the country has made a newer one."""
    requests = ledger.state.reactivations
    if not requests or requests[-1].number != number or requests[-1].closed_on is None:
        return
    current = requests[-1]
    current.closed_on, current.outcome = None, ""
    _start_child(ledger, current)
    if current.verified_on is not None or current.missing:
        _tell(ledger, "checked", missing=[finding.key for finding in current.missing])
    if current.verified_on is not None:
        ledger.open_task("reactivation_decision", "REA-05", Role.GCM, number=number)
        return
    if listed := [finding.key for finding in current.missing]:
        ledger.open_task("reactivation_missing", "REA-04", Role.FOCAL_POINT, missing=listed)
    ledger.open_task("reactivation_check", "REA-04", Role.SECRETARIAT, number=number)


def overtake(ledger: Ledger) -> None:
    """The country was never inactive: a request to return that is open has nothing left to ask for."""
    _close(ledger, "overtaken", ledger.today)


def withdraw(ledger: Ledger, day: date) -> None:
    """GEN-03: the country leaves, and its request with it: another life needs another letter (REA-02)."""
    ledger.close_tasks(TaskState.VOID, lambda task: task.kind == "reactivation_decision", reason="withdrawn")
    _close(ledger, "withdrawn", day)


def open_one(ledger: Ledger) -> Reactivation | None:
    """The request that is open, if there is one."""
    requests = ledger.state.reactivations
    return requests[-1] if requests and requests[-1].closed_on is None else None


def pass_on_rest(ledger: Ledger) -> None:
    """Tells an open request whether its timer rests: it does while the country pauses."""
    if open_one(ledger) is not None:
        _tell(ledger, "pause" if ledger.state.paused_on is not None else "resume")


def idle(ledger: Ledger, content: dict[str, Any]) -> None:
    """The child says that nothing has moved for the policy's days: the Secretariat is reminded."""
    current = open_one(ledger)
    if current is None or content.get("number") != current.number:
        return
    ledger.note("reactivation_idle", "REA-04", number=current.number)
    ledger.mail(
        "reactivation_idle",
        seats(Role.SECRETARIAT),
        number=current.number,
        requested_on=current.requested_on,
        missing=telling.findings(current.missing),
    )


def _start_child(ledger: Ledger, request: Reactivation) -> None:
    """Orders the child workflow of a request; one that was not told of its end yet goes on instead."""
    state, child = ledger.state, reactivation_id(ledger.state.code, request.number)
    kept = [note for note in state.outbox.notes if (note.id, note.name) != (child, "close")]
    if len(kept) < len(state.outbox.notes):
        state.outbox.notes = kept
        return
    input_ = {
        "code": state.code,
        "name": state.name,
        "number": request.number,
        "requested_on": request.requested_on.isoformat(),
        "check_days": state.policy.days_by_task.get("reactivation_check", 30),
    }
    state.outbox.children.append(ChildOrder(workflow=REACTIVATION, id=child, input=input_))


def _close(ledger: Ledger, outcome: str, day: date) -> None:
    current = open_one(ledger)
    if current is None:
        return
    _tell(ledger, "close", outcome=outcome, on=day.isoformat())
    current.closed_on, current.outcome = day, outcome
    ledger.close_tasks(TaskState.DONE, lambda task: task.kind == "reactivation_decision", reason=outcome)
    kinds = {"reactivation_check", "reactivation_missing"}
    ledger.close_tasks(TaskState.VOID, lambda task: task.kind in kinds, reason=outcome)
    ledger.note("reactivation_closed", "REA-01", number=current.number, outcome=outcome, effective_on=day)


def _tell(ledger: Ledger, name: str, **content: Any) -> None:
    number = len(ledger.state.reactivations)
    note = ChildNote(id=reactivation_id(ledger.state.code, number), name=name, content=plain(content))
    ledger.state.outbox.notes.append(note)
