"""Whether a hand-over, or the naming of a contributor, can be taken from this person at this moment (EOI-03)."""

from datetime import datetime
from typing import Any

from contracts.messages import Envelope
from contracts.state import CountryState
from framework import cycle as dates
from framework.findings import Findings, problem
from framework.obligations.context import attached, unless
from framework.obligations.kinds import OF_THE_MANDATE
from framework.records import ContributorEnded, ContributorNamed, SuccessorNamed
from framework.terms import Role
from workflows.process import handover
from workflows.process.handover import CLAUSE

MOST_CONTRIBUTORS = 40
"""From there on the state would grow with people: a country whose ministries all write names one for each."""

REFUSED_TO_FORMERS = OF_THE_MANDATE - {"successor_accepted"}
"""Whoever handed the mandate over can be named again, and then accepts like anybody else."""

OF_A_NAMING = ("successor_accepted", "successor_withdrawn")


def examine(state: CountryState, envelope: Envelope, now: datetime) -> Findings:
    """Everything that only the country's own course can tell of these papers; nothing of any other kind."""
    record: Any = envelope.submission
    found = Findings()
    if record.kind in REFUSED_TO_FORMERS and handover.is_former(state, envelope):
        found += problem("handover.former", "actor.name", CLAUSE)
    if record.kind == "successor_named":
        return found + _naming(state, record, envelope)
    if record.kind in OF_A_NAMING:
        return found + _of_naming(state, envelope, now)
    if record.kind == "contributor_named":
        return found + _contributor(state, record)
    return found + (_ending(state, record) if record.kind == "contributor_ended" else Findings())


def _naming(state: CountryState, record: SuccessorNamed, envelope: Envelope) -> Findings:
    pending, same = state.pending_successor, handover.same_person(record.successor, state.focal_point)
    found = unless(not same, problem("successor_named.same_person", "successor.email", CLAUSE))
    if pending is not None:
        until, named = pending.open_until, pending.id
        found += problem("handover.pending", "successor", CLAUSE, handover=named, date=until)
    if envelope.actor.role is Role.SECRETARIAT:
        found += unless(attached(record.letter), problem("successor_named.letter.needed", "letter", CLAUSE))
    return found


def _of_naming(state: CountryState, envelope: Envelope, now: datetime) -> Findings:
    record: Any = envelope.submission
    pending, named = state.pending_successor, record.handover.strip()
    if pending is None:
        return problem("handover.none", "handover", CLAUSE)
    found = Findings()
    if named and named != pending.id:
        found += problem("handover.other", "handover", CLAUSE, handover=named[:60], pending=pending.id)
    if record.kind != "successor_accepted":
        return found
    if now > dates.end_of_day(pending.open_until):
        found += problem("handover.lapsed", "handover", CLAUSE, date=pending.open_until)
    stranger = problem("handover.not_successor", "actor.name", CLAUSE, handover=pending.id)
    return found + unless(handover.accepts(envelope, pending), stranger)


def _contributor(state: CountryState, record: ContributorNamed) -> Findings:
    person, known = record.contributor, [one.contact for one in state.contributors]
    holder = handover.same_person(person, state.focal_point)
    again = any(handover.same_person(person, one) for one in known)
    too_many = problem("contributor_named.too_many", "contributor", CLAUSE, limit=MOST_CONTRIBUTORS)
    return unless(not holder, problem("contributor_named.same_person", "contributor.email", CLAUSE)) + unless(
        again or len(known) < MOST_CONTRIBUTORS, too_many
    )


def _ending(state: CountryState, record: ContributorEnded) -> Findings:
    named = record.contributor.strip()
    known = [one.id for one in state.contributors]
    unknown = problem("contributor_ended.unknown", "contributor", CLAUSE, contributor=named[:60])
    return unless(not named or named in known, unknown)
