"""The Alliance's one door: submissions examined by the rules, entered, kept and acted upon."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from contracts.alliance import AllianceEnvelope, AllianceState, Compilation, PassingOn
from contracts.messages import Receipt
from contracts.state import Entry, Task
from framework import alliance as rules
from framework import policy_changes
from framework.findings import Findings, problem
from framework.records import FeaturedEvent, PolicyChange
from framework.records.alliance import (
    AllianceEvent,
    AlliancePolicyChange,
    AllianceSubgroup,
    AllianceWaiver,
    Appointment,
    AppointmentEnd,
    GcmMeeting,
    HlpfDigest,
    MwgReport,
)
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from workflows.alliance_books import AllianceLedger
from workflows.process.plain import plain

Handler = Callable[[AllianceLedger, Any, Entry], None]

KEPT_ANSWERS = 200


def examine(state: AllianceState, envelope: AllianceEnvelope, now: datetime) -> Findings:
    """Everything that speaks against a submission at this moment, and what is doubtful about it."""
    submission, actor = envelope.submission, envelope.actor
    standing = rules.admissible(submission.kind, actor.role)
    if envelope.on_behalf_of and actor.role is not Role.SECRETARIAT:
        standing += problem("submission.on_behalf", "on_behalf_of", "GEN-05")
    if not standing.ok:
        return standing
    return _examine_task(state, envelope) + rules.check(submission, facts(state, now))


def accept(ledger: AllianceLedger, envelope: AllianceEnvelope) -> Receipt:
    """Enters a submission that was examined: its entry, its version, its task, what follows from it."""
    state, submission = ledger.state, envelope.submission
    findings = rules.check(submission, facts(state, ledger.now))
    ledger.by, ledger.message, ledger.on_behalf_of = (
        envelope.actor,
        envelope.message_id,
        envelope.on_behalf_of,
    )
    if isinstance(submission, Appointment):
        submission = rules.identified(submission)
    year = getattr(submission, "year", None) or None
    task = _task_of(state, envelope)
    clause = rules.KINDS[submission.kind].clause
    entry = ledger.note(submission.kind, clause, task=task.key if task else "", year=year)
    version = ledger.keep_version(submission, entry, year=year, warnings=findings.warnings)
    entry.values["version"] = version.number
    if task is not None:
        ledger.close_task(task.key, TaskState.DONE, entry=entry.number)
    HANDLERS[submission.kind](ledger, submission, entry)
    return _receipt(ledger, envelope, entry, findings)


def facts(state: AllianceState, now: datetime) -> rules.AllianceFacts:
    """What the rules must know of the Alliance."""
    return rules.AllianceFacts(
        today=now.date(),
        policy=state.next_policy or state.policy,
        appointments=tuple(state.appointments),
        meetings=tuple(state.meetings),
        tasks={key: task.state in OPEN_TASK_STATES for key, task in state.tasks.items()},
    )


def country_started(ledger: AllianceLedger, code: str) -> None:
    """REP-02: a country is new (or back after a withdrawal): what all countries were told, it is told at once."""
    for order in ledger.state.passing_on:
        if order.countries is None:
            order.told = [one for one in order.told if one != code]
            order.next_at = ledger.now


def _examine_task(state: AllianceState, envelope: AllianceEnvelope) -> Findings:
    if not envelope.task:
        return Findings()
    task = state.tasks.get(envelope.task)
    if task is None:
        return problem("submission.task_unknown", "task", task=envelope.task)
    if task.state not in OPEN_TASK_STATES:
        return problem(
            "submission.task_closed", "task", task=task.key, state=task.state.value, who=task.closed_by
        )
    year = getattr(envelope.submission, "year", None)
    if task.kind != envelope.submission.kind or task.year != year:
        return problem("submission.task_mismatch", "task", task=task.key, kind=envelope.submission.kind)
    return Findings()


def _task_of(state: AllianceState, envelope: AllianceEnvelope) -> Task | None:
    submission = envelope.submission
    return state.tasks.get(f"{submission.kind}-{getattr(submission, 'year', '')}")


def _appointment(ledger: AllianceLedger, record: Appointment, entry: Entry) -> None:
    """The seat is taken; an appointment of the same id is corrected. Addresses stay out of the timeline."""
    corrected = _put_appointment(ledger, record)
    named = {
        "id": record.id,
        "role": record.role,
        "seat": record.seat,
        "country": record.country,
        "body": record.body,
    }
    _tell(
        entry,
        **named,
        name=record.name,
        from_on=record.from_on,
        until_on=record.until_on,
        corrected=corrected,
    )


def _appointment_end(ledger: AllianceLedger, record: AppointmentEnd, entry: Entry) -> None:
    held = next(one for one in ledger.state.appointments if one.id == record.id)
    _put_appointment(ledger, replace(held, until_on=record.until_on))
    _tell(entry, id=held.id, role=held.role, seat=held.seat, until_on=record.until_on, reason=record.reason)


def _put_appointment(ledger: AllianceLedger, record: Appointment) -> bool:
    state = ledger.state
    others = [one for one in state.appointments if one.id != record.id]
    corrected = len(others) < len(state.appointments)
    state.appointments = [*others, record]
    state.outbox.directory = True
    return corrected


def _meeting(ledger: AllianceLedger, record: GcmMeeting, entry: Entry) -> None:
    ledger.state.meetings.append(record)
    _tell(entry, name=record.name, on=record.on, place=record.place)


def _event(ledger: AllianceLedger, record: AllianceEvent, entry: Entry) -> None:
    """REP-11: on record here, and in the timeline of each country that was featured."""
    ledger.state.events.append(record)
    _tell(entry, title=record.title, on=record.on, place=record.place, countries=record.countries)
    event = FeaturedEvent(title=record.title, on=record.on, place=record.place)
    _pass_on(ledger, entry, event, list(record.countries))


def _policy_change(ledger: AllianceLedger, record: AlliancePolicyChange, entry: Entry) -> None:
    """REP-02: for the cycles that open from now on, here and in every country; those under way keep their own."""
    state = ledger.state
    state.next_policy, _ = policy_changes.changed(state.next_policy or state.policy, record.settings)
    _tell(entry, settings=dict(record.settings), reason=record.reason)
    _pass_on(ledger, entry, PolicyChange(settings=record.settings, reason=record.reason), None)


def _pass_on(
    ledger: AllianceLedger,
    entry: Entry,
    submission: FeaturedEvent | PolicyChange,
    countries: list[str] | None,
) -> None:
    order = PassingOn(
        message_id=ledger.message,
        entry=entry.number,
        actor=ledger.by,
        submission=submission,
        countries=countries,
    )
    ledger.state.passing_on.append(order)


def _subgroup(ledger: AllianceLedger, record: AllianceSubgroup, entry: Entry) -> None:
    """REV-02: review tasks can be assigned to it from now on."""
    state = ledger.state
    others = [one for one in state.subgroups if one.name.casefold() != record.name.casefold()]
    state.subgroups = [*others, record]
    _tell(entry, name=record.name, members=record.members, mandate=record.mandate, countries=record.countries)
    _tell(entry, directed_at=record.directed_at, dissolved_on=record.dissolved_on)


def _digest(ledger: AllianceLedger, record: HlpfDigest, entry: Entry) -> None:
    """REP-11: compiled anew each time; a later one is another number of the same year."""
    year = record.year
    events = [one for one in ledger.state.events if one.on is not None and one.on.year == year]
    _compile(
        ledger,
        entry,
        Compilation(kind="hlpf_digest", text=record.foreword, events=events, **_moment(ledger, year)),
    )


def _report(ledger: AllianceLedger, record: MwgReport, entry: Entry) -> None:
    """REV-06: the MWG's own words before what is on record; it goes to the GCM once it is compiled."""
    _compile(ledger, entry, Compilation(kind="mwg_report", text=record.text, **_moment(ledger, record.year)))


def _moment(ledger: AllianceLedger, year: int) -> dict[str, Any]:
    return {"year": year, "as_of": ledger.today, "made_at": ledger.now}


def _compile(ledger: AllianceLedger, entry: Entry, order: Compilation) -> None:
    order.number = ledger.version or 1
    order.entry, order.actor, order.message_id = entry.number, ledger.by, ledger.message
    order.on_behalf_of = ledger.on_behalf_of
    _tell(entry, number=order.number)
    ledger.state.outbox.compilations.append(order)


def _waiver(ledger: AllianceLedger, record: AllianceWaiver, entry: Entry) -> None:
    entry.task = record.task
    ledger.close_task(record.task, TaskState.WAIVED, entry=entry.number, reason=record.reason)
    _tell(entry, reason=record.reason)


def _tell(entry: Entry, **values: Any) -> None:
    entry.values.update({name: plain(value) for name, value in values.items() if value not in (None, "", ())})


def _receipt(ledger: AllianceLedger, envelope: AllianceEnvelope, entry: Entry, findings: Findings) -> Receipt:
    receipt = Receipt(
        message_id=envelope.message_id,
        entry=entry.number,
        revision=ledger.state.revision,
        at=ledger.now,
        closed=list(ledger.closed),
        opened=list(ledger.opened),
        version=ledger.version,
        warnings=list(findings.warnings),
    )
    handled = ledger.state.handled
    handled[envelope.message_id] = receipt
    while len(handled) > KEPT_ANSWERS:
        del handled[next(iter(handled))]
    return receipt


HANDLERS: dict[str, Handler] = {
    "appointment": _appointment,
    "appointment_end": _appointment_end,
    "gcm_meeting": _meeting,
    "alliance_event": _event,
    "alliance_policy_change": _policy_change,
    "alliance_subgroup": _subgroup,
    "hlpf_digest": _digest,
    "mwg_report": _report,
    "alliance_waiver": _waiver,
}
"""What follows from each kind of submission."""
