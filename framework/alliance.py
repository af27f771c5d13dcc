"""What the Alliance's own process accepts, from whom, and the calendar of its year (REP-02, REP-11, REV-02, REV-06).

Like all rules it names everything that is wrong, never only the first thing.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from framework import cycle as dates
from framework import members, policy_changes
from framework.findings import Findings, problem, together, warning
from framework.policy import Policy
from framework.records.alliance import (
    AllianceEvent,
    AlliancePolicyChange,
    AllianceSubgroup,
    AllianceSubmission,
    AllianceWaiver,
    Appointment,
    AppointmentEnd,
    GcmMeeting,
    HlpfDigest,
    MwgReport,
    SeatRole,
)
from framework.terms import Role

EMAIL = re.compile(r"[^@\s,;<>|\"]+@[^@\s,;<>|\"]+\.[^@\s,;<>|\".]+")
ZONES = timedelta(days=1)
"""It may be tomorrow already where somebody writes: a date that far ahead is not in the future."""

DIGEST_DAYS = 39
"""The digest is asked for so many days before it is due: on 1 June where it is due on 10 July."""

AFTER_REVIEW = timedelta(hours=1)
"""The countries judge their year at the last second of the review's due date; an hour later that is on record."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Who may submit a kind, and under which clause it stands (empty: a default of this system)."""

    clause: str
    roles: frozenset[Role]


_STAFF = frozenset({Role.SECRETARIAT})
_DIRECTORY = frozenset({Role.SECRETARIAT, Role.OPERATOR})
_REVIEWERS = frozenset({Role.SECRETARIAT, Role.MWG})

KINDS: Mapping[str, Kind] = {
    "appointment": Kind(clause="", roles=_DIRECTORY),
    "appointment_end": Kind(clause="", roles=_DIRECTORY),
    "gcm_meeting": Kind(clause="PLN-07", roles=_STAFF),
    "alliance_event": Kind(clause="REP-11", roles=_STAFF),
    "alliance_policy_change": Kind(clause="REP-02", roles=_STAFF),
    "alliance_subgroup": Kind(clause="REV-02", roles=_REVIEWERS | {Role.GCM}),
    "hlpf_digest": Kind(clause="REP-11", roles=_STAFF),
    "mwg_report": Kind(clause="REV-06", roles=_REVIEWERS),
    "alliance_waiver": Kind(clause="", roles=_STAFF),
}


@dataclass(frozen=True, kw_only=True)
class AllianceFacts:
    """What the rules must know of the Alliance. `tasks`: keys and whether open; `policy` is that of future cycles."""

    today: date
    policy: Policy
    appointments: tuple[Appointment, ...] = ()
    meetings: tuple[GcmMeeting, ...] = ()
    tasks: Mapping[str, bool] = field(default_factory=dict)


def admissible(kind: str, role: Role) -> Findings:
    """Whether somebody in this role may submit this kind."""
    allowed = KINDS[kind]
    if role in allowed.roles:
        return Findings()
    named = ", ".join(sorted(one.value for one in allowed.roles))
    return problem("alliance.role", "actor.role", allowed.clause, kind=kind, role=role.value, allowed=named)


def check(submission: AllianceSubmission, facts: AllianceFacts) -> Findings:
    """All that is missing, wrong or doubtful about a submission."""
    return _CHECKS[submission.kind](submission, facts)


def identified(appointment: Appointment) -> Appointment:
    """The appointment with its id: the one it names, or one made of role, seat, address and first day."""
    if appointment.id:
        return appointment
    role = appointment.role.value if appointment.role else ""
    parts = (
        role,
        appointment.seat.strip().lower(),
        appointment.email.strip().lower(),
        str(appointment.from_on),
    )
    return replace(appointment, id=f"{role}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:12]}")


def codes_in(seat: str) -> tuple[str, ...]:
    """The country codes that are words of a seat's name: `Government, XAC` is the seat of XAC."""
    words = re.split(r"[^A-Z0-9]+", seat.upper())
    return tuple(word for word in words if members.is_member(word) or members.is_invented(word))


def digest_opens_at(year: int, policy: Policy) -> datetime:
    """The moment (UTC) at which the Secretariat is asked for the year's digest."""
    return dates.reminder_moment(digest_due(year, policy) - timedelta(days=DIGEST_DAYS), policy)


def digest_due(year: int, policy: Policy) -> date:
    """The day of the HLPF side event."""
    return dates.on(policy.hlpf_on, year)


def report_opens_at(year: int, policy: Policy) -> datetime:
    """The moment (UTC) at which the MWG is asked for its report: the reviews of the year are due and on record."""
    return dates.end_of_day(dates.review_due(year, policy)) + AFTER_REVIEW


def report_due(year: int, policy: Policy) -> date:
    """The day by which the MWG reports to the GCM."""
    return dates.on(policy.mwg_report_due, year)


def year_closes_at(year: int, policy: Policy) -> datetime:
    """The moment (UTC) at which a year of the Alliance ends, with the countries' cycles."""
    return dates.end_of_day(dates.closes(year, policy))


def year_of(now: datetime, policy: Policy) -> int:
    """The year that a moment lies in; a year ends with its last day anywhere on Earth."""
    if now <= year_closes_at(now.year - 1, policy):
        return now.year - 1
    return now.year + 1 if now > year_closes_at(now.year, policy) else now.year


def _appointment(record: Appointment, facts: AllianceFacts) -> Findings:
    found = _needed(record, "appointment", "role", "seat", "name", "email", "from_on")
    if record.email and not EMAIL.fullmatch(record.email):
        found += problem("appointment.email.invalid", "email", email=record.email)
    if record.until_on and record.from_on and record.until_on < record.from_on:
        found += problem(
            "appointment.until_before_from", "until_on", until=record.until_on, start=record.from_on
        )
    if record.role is SeatRole.GCM:
        found += _seat_of_gcm(record)
    elif record.country or record.body:
        found += problem("appointment.seat_of_gcm_only", "country" if record.country else "body")
    return found + (_beside_others(record, facts.appointments) if found.ok else Findings())


def _seat_of_gcm(record: Appointment) -> Findings:
    """A country's seat has its code in its name: that is how the seat is known that must be recused."""
    if bool(record.country) == bool(record.body):
        return problem("appointment.country_or_body", "country", seat=record.seat)
    found = _codes((record.country,), "country", "") if record.country else Findings()
    if record.country and found.ok and record.country not in codes_in(record.seat):
        found += problem("appointment.seat.without_code", "seat", seat=record.seat, code=record.country)
    return found


def _beside_others(record: Appointment, others: Iterable[Appointment]) -> Findings:
    """One Chair at a time; nobody twice in one seat; a second person in a seat of the GCM is doubtful."""
    known = identified(record)
    found = Findings()
    for other in (
        one for one in others if one.id != known.id and one.role is record.role and _overlap(one, record)
    ):
        same_person = other.email.lower() == record.email.lower() and other.seat == record.seat
        if same_person or record.role is SeatRole.CHAIR:
            key = "appointment.held_already" if same_person else "appointment.one_chair"
            found += problem(key, "from_on", id=other.id, name=other.name, start=other.from_on)
        elif record.role is SeatRole.GCM and other.seat == record.seat:
            found += warning("appointment.seat_shared", "seat", id=other.id, name=other.name, seat=other.seat)
    return found


def _overlap(one: Appointment, other: Appointment) -> bool:
    first, second = (one.from_on or date.min, other.from_on or date.min)
    return first <= (other.until_on or date.max) and second <= (one.until_on or date.max)


def _appointment_end(record: AppointmentEnd, facts: AllianceFacts) -> Findings:
    found = _needed(record, "appointment", "id", "until_on")
    held = next((one for one in facts.appointments if one.id == record.id), None)
    if record.id and held is None:
        return found + problem("appointment.unknown", "id", id=record.id)
    if held and record.until_on and held.from_on and record.until_on < held.from_on:
        found += problem(
            "appointment.until_before_from", "until_on", until=record.until_on, start=held.from_on
        )
    if held and found.ok:
        found += _beside_others(replace(held, until_on=record.until_on), facts.appointments)
    return found


def _meeting(record: GcmMeeting, facts: AllianceFacts) -> Findings:
    found = _needed(record, "meeting", "name", "on", clause="PLN-07")
    if any(one.name.lower() == record.name.lower() and one.on == record.on for one in facts.meetings):
        found += problem("meeting.known", "name", "PLN-07", name=record.name, date=record.on)
    return found


def _event(record: AllianceEvent, facts: AllianceFacts) -> Findings:
    found = _needed(record, "event", "title", "on", "place", "countries", clause="REP-11")
    if record.on is not None and record.on > facts.today + ZONES:
        found += problem("event.in_future", "on", "REP-11", date=record.on)
    return found + _codes(record.countries, "countries", "REP-11")


def _policy_change(record: AlliancePolicyChange, facts: AllianceFacts) -> Findings:
    found = _needed(record, "policy", "settings", "reason", clause="REP-02")
    return found + (
        policy_changes.changed(facts.policy, record.settings)[1] if record.settings else Findings()
    )


def _subgroup(record: AllianceSubgroup, facts: AllianceFacts) -> Findings:
    found = _needed(record, "subgroup", "name", "members", "mandate", clause="REV-02")
    if any(not member.strip() for member in record.members):
        found += problem("subgroup.member_blank", "members", "REV-02")
    if not record.directed_at:
        found += warning("subgroup.direction.missing", "directed_at", "REV-02")
    return found + _codes(record.countries, "countries", "REV-02")


def _digest(record: HlpfDigest, facts: AllianceFacts) -> Findings:
    return _of_year("hlpf_digest", record.year, "REP-11", facts)


def _report(record: MwgReport, facts: AllianceFacts) -> Findings:
    return _needed(record, "mwg_report", "text", clause="REV-06") + _of_year(
        "mwg_report", record.year, "REV-06", facts
    )


def _of_year(kind: str, year: int, clause: str, facts: AllianceFacts) -> Findings:
    if f"{kind}-{year}" in facts.tasks:
        return Findings()
    asked = ", ".join(key.rpartition("-")[2] for key in facts.tasks if key.startswith(f"{kind}-"))
    return problem(f"{kind}.not_asked_for", "year", clause, year=year, asked_for=asked)


def _waiver(record: AllianceWaiver, facts: AllianceFacts) -> Findings:
    found = _needed(record, "waiver", "task", "reason")
    if record.task and record.task not in facts.tasks:
        found += problem("submission.task_unknown", "task", task=record.task)
    elif record.task and not facts.tasks[record.task]:
        found += problem("submission.task_closed", "task", task=record.task)
    return found


def _needed(record: object, subject: str, *names: str, clause: str = "") -> Findings:
    absent = [name for name in names if not _filled(getattr(record, name))]
    return together(problem(f"{subject}.{name}.missing", name, clause) for name in absent)


def _filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _codes(codes: tuple[str, ...], where: str, clause: str) -> Findings:
    found = together(
        problem("country.code", where, clause, code=code)
        for code in codes
        if not (members.is_member(code) or members.is_invented(code))
    )
    twice = sorted({code for code in codes if codes.count(code) > 1})
    return found + together(problem("country.twice", where, clause, code=code) for code in twice)


_CHECKS: Mapping[str, Callable[[Any, AllianceFacts], Findings]] = {
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
