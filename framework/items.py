"""Items of the GCM: what is to be decided on a country, and the positions that its members take beforehand (PLN-09)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from framework.decision_record import GcmDecision, Position
from framework.policy import Policy
from framework.terms import DecisionKind

SETTLES: Mapping[DecisionKind, DecisionKind] = MappingProxyType(
    {
        DecisionKind.GRANT: DecisionKind.GRANT,
        DecisionKind.NOT_YET: DecisionKind.GRANT,
        DecisionKind.ANNUAL_STATUS: DecisionKind.ANNUAL_STATUS,
        DecisionKind.OPEN_DIALOGUE: DecisionKind.OPEN_DIALOGUE,
        DecisionKind.CLOSE_DIALOGUE: DecisionKind.CLOSE_DIALOGUE,
        DecisionKind.DECLARE_INACTIVE: DecisionKind.DECLARE_INACTIVE,
        DecisionKind.REACTIVATE: DecisionKind.REACTIVATE,
    }
)
"""Which item a decision settles. Comments on a roadmap and corrections settle none."""

ITEM_OF_TASK: Mapping[str, DecisionKind] = MappingProxyType(
    {
        "roadmap_decision": DecisionKind.GRANT,
        "annual_status": DecisionKind.ANNUAL_STATUS,
        "open_dialogue": DecisionKind.OPEN_DIALOGUE,
        "reactivation_decision": DecisionKind.REACTIVATE,
    }
)
"""The item that opens with a task of the GCM."""

REMINDED_BEFORE = timedelta(days=3)
"""So long before the last day of a silence procedure its one reminder goes out."""


def item_name(kind: DecisionKind, year: int | None) -> str:
    """The name of what is to be decided: `grant`, `annual_status-2027`."""
    yearly = kind is DecisionKind.ANNUAL_STATUS and year
    return f"{kind.value}-{year}" if yearly else kind.value


def settled_by(decision: GcmDecision) -> str:
    """The name of the item that a decision settles; empty for one that settles none."""
    kind = SETTLES.get(decision.kind)
    return item_name(kind, decision.year) if kind else ""


def unsaid(decision: GcmDecision, on_record: Iterable[Position]) -> tuple[Position, ...]:
    """The positions on record of those seats of which the decision itself says nothing: they still stand.

    What a decision says of a seat is what its meeting heard last. An objection is withdrawn there by being replaced.
    """
    said = {seat_key(position.seat) for position in decision.positions}
    return tuple(position for position in on_record if seat_key(position.seat) not in said)


def with_positions(decision: GcmDecision, on_record: Iterable[Position]) -> GcmDecision:
    """The decision with the positions of all seats: those that it says, then those on record that still stand."""
    return replace(decision, positions=decision.positions + unsaid(decision, on_record))


def seat_key(seat: str) -> str:
    """A seat's name as it is compared."""
    return seat.strip().casefold()


def shortest_silence(today: date, policy: Policy) -> date:
    """The earliest last day of a silence procedure that begins today."""
    return today + timedelta(days=policy.silence_days)
