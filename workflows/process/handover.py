"""The mandate passes to another person: named, accepted or withdrawn, with an overlap that ends by itself (EOI-03)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from contracts.messages import Envelope
from contracts.names import address_digest
from contracts.people import FORMER, SUCCESSOR, FormerFocalPoint, PendingSuccessor
from contracts.state import CountryState, Entry, Recipient
from framework.records import Contact, SuccessorAccepted, SuccessorNamed, SuccessorWithdrawn
from framework.terms import Role
from workflows.process import catching_up, contacts, people, telling
from workflows.process.dating import deadline
from workflows.process.ledger import Ledger
from workflows.process.recipients import focal_point, seats

CLAUSE = "EOI-03"


def successor_named(ledger: Ledger, record: SuccessorNamed, entry: Entry, day: date) -> None:
    """The successor is asked to accept; until then nothing else changes."""
    state, policy = ledger.state, ledger.state.policy
    days = record.overlap_days if record.overlap_days is not None else policy.overlap_days
    pending = state.pending_successor = PendingSuccessor(
        id=f"handover-{entry.number}",
        contact=record.successor,
        named_on=ledger.today,
        open_until=ledger.today + timedelta(days=policy.successor_days),
        overlap_days=days,
    )
    entry.values |= {
        "handover": pending.id,
        "overlap_days": days,
        "open_until": pending.open_until.isoformat(),
    }
    ledger.touch()
    _tell_of_naming(ledger, pending)


def successor_accepted(ledger: Ledger, record: SuccessorAccepted, entry: Entry, day: date) -> None:
    """At once the successor is the focal point; open tasks, reminders and calendar entries follow in the same act."""
    state = ledger.state
    pending, before, known = state.pending_successor, state.focal_point, contacts.fingerprint_of(state)
    assert pending is not None  # the rules see to it
    last_day = ledger.today + timedelta(days=pending.overlap_days)
    state.pending_successor = None
    people.take_up(state, pending.contact)
    state.deputies = [one for one in state.deputies if not same_person(one, pending.contact)]
    state.contributors = [one for one in state.contributors if not same_person(one.contact, pending.contact)]
    _keep_predecessor(state, before, pending, last_day)
    entry.values |= {"until_on": last_day.isoformat(), "open_tasks": len(telling.owed(ledger))}
    ledger.touch()
    _tell_of_acceptance(ledger, _Passing(pending, before, last_day))
    catching_up.catch_up(ledger, before, step=pending.id)
    people.ask_again(ledger, known)


def successor_withdrawn(ledger: Ledger, record: SuccessorWithdrawn, entry: Entry, day: date) -> None:
    """The naming holds no longer; whoever was named is told, and so is the focal point."""
    _let_go(ledger, lapsed=False, reason=record.reason)


def lapse(ledger: Ledger) -> None:
    """Nobody has accepted in time: the naming is over, and the country can name again."""
    pending = ledger.state.pending_successor
    assert pending is not None
    ledger.note("successor_lapsed", CLAUSE, handover=pending.id, open_until=pending.open_until)
    _let_go(ledger, lapsed=True)


def end_overlap(ledger: Ledger, handover: str) -> None:
    """The overlap is over: the predecessor is none of the country's people any more, without anybody's doing."""
    state = ledger.state
    state.former_focal_points = [one for one in state.former_focal_points if one.id != handover]
    ledger.note("overlap_ended", CLAUSE, handover=handover)


def end_all(ledger: Ledger) -> None:
    """The country has left: nobody is expected, and nobody helps, any more. A predecessor's last day stays."""
    state = ledger.state
    if state.pending_successor is not None or state.contributors:
        state.pending_successor, state.contributors = None, []
        ledger.touch()


def overtaken(ledger: Ledger) -> None:
    """Whoever was named has become the focal point in another way: there is nothing left to accept."""
    pending = ledger.state.pending_successor
    if pending is not None and same_person(pending.contact, ledger.state.focal_point):
        ledger.state.pending_successor = None
        ledger.note("successor_overtaken", CLAUSE, handover=pending.id)


def same_person(one: Contact, other: Contact) -> bool:
    """Whether two contacts are reached at the same address; a person without one is like nobody."""
    return bool(one.email.strip()) and address_digest(one.email) == address_digest(other.email)


def accepts(envelope: Envelope, pending: PendingSuccessor) -> bool:
    """Whether it is the successor who accepts, or the Secretariat on behalf of that very person (GEN-05)."""
    who = envelope.actor.name if envelope.actor.role is Role.FOCAL_POINT else envelope.on_behalf_of
    return _folded(who) == _folded(pending.contact.name)


def is_former(state: CountryState, envelope: Envelope) -> bool:
    """Whether somebody acts for the country who has handed its mandate over."""
    actor = envelope.actor
    names = {_folded(one.contact.name) for one in state.former_focal_points}
    holder = _folded(state.focal_point.name)
    return actor.role is Role.FOCAL_POINT and _folded(actor.name) in names - {holder}


@dataclass(frozen=True)
class _Passing:
    """One hand-over: what was named, who held the mandate before, and the last day of their access."""

    pending: PendingSuccessor
    before: Contact
    last_day: date


def _keep_predecessor(
    state: CountryState, before: Contact, pending: PendingSuccessor, last_day: date
) -> None:
    others = [one for one in state.former_focal_points if not same_person(one.contact, pending.contact)]
    state.former_focal_points = [one for one in others if not same_person(one.contact, before)]
    if before.email.strip() and pending.overlap_days:
        state.former_focal_points.append(FormerFocalPoint(id=pending.id, contact=before, until_on=last_day))


def _tell_of_naming(ledger: Ledger, pending: PendingSuccessor) -> None:
    said: dict[str, Any] = {
        "named_by": ledger.by.name,
        "by_role": ledger.by.role,
        "successor": pending.contact.name,
        "ministry": ledger.state.ministry,
        "open_until": pending.open_until,
        "overlap_days": pending.overlap_days,
    }
    named = _at_all_addresses(pending.contact, SUCCESSOR)
    ledger.mail("successor_named", named, step=pending.id, reader=SUCCESSOR, leads_to="sign_in", **said)
    if holder := focal_point(ledger.state):
        ledger.mail("successor_named", holder, step=pending.id, reader=Role.FOCAL_POINT, **said)


def _tell_of_acceptance(ledger: Ledger, passing: _Passing) -> None:
    waiting, step = telling.owed(ledger), passing.pending.id
    said: dict[str, Any] = {
        "predecessor": passing.before.name,
        "focal_point": passing.pending.contact.name,
        "until_on": passing.last_day if passing.pending.overlap_days else None,
        "open_tasks": [task.key for task in waiting],
        "due_dates": telling.due_dates(waiting),
    }
    # What the mandate's holder owes goes into the successor's calendar with the message that hands it over.
    ledger.dated += [task.key for task in waiting if task.key not in ledger.dated]
    ledger.mail(
        "handed_over", focal_point(ledger.state), step=step, reader=SUCCESSOR, leads_to="brief", **said
    )
    ledger.mail("handed_over", seats(Role.SECRETARIAT), step=step, reader=Role.SECRETARIAT, **said)
    if passing.before.email.strip():
        _tell_predecessor(ledger, passing, said)


def _tell_predecessor(ledger: Ledger, passing: _Passing, said: dict[str, Any]) -> None:
    """With what takes the deadlines out of the predecessor's calendar: they are another person's now."""
    to = _at_all_addresses(passing.before, FORMER)
    ledger.mail("handed_over", to, step=passing.pending.id, reader=FORMER, **said)
    order = ledger.ordered.pop()  # later changes of dates in this act are not the predecessor's either
    found = [deadline(task) for task in telling.owed(ledger)]
    order.dates = [
        one.model_copy(update={"sequence": one.sequence + 1, "cancelled": True})
        for one in found
        if one is not None
    ]


def _let_go(ledger: Ledger, *, lapsed: bool, reason: str = "") -> None:
    pending = ledger.state.pending_successor
    assert pending is not None
    ledger.state.pending_successor = None
    ledger.touch()
    to = [*_at_all_addresses(pending.contact, SUCCESSOR), *focal_point(ledger.state)]
    ledger.mail(
        "successor_withdrawn",
        to,
        step=pending.id,
        successor=pending.contact.name,
        focal_point=ledger.state.focal_point.name,
        lapsed=lapsed,
        reason=reason.strip(),
    )
    # An answer to what happened, not a reminder: a late wake must not take it for one, nor drop others for it.
    ledger.ordered[-1].by_timer = False


def _at_all_addresses(person: Contact, role: str) -> list[Recipient]:
    """A person at each address that they have."""
    return [
        Recipient(
            role=role, name=person.name, email=email, language=person.language, time_zone=person.time_zone
        )
        for email in (person.email, person.second_email)
        if email.strip()
    ]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
