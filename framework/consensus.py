"""Consensus in the GCM: who said what, who is recused, who blocks (PLN-09, DIA-06, REA-05)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from framework.decision_record import GcmDecision, Position
from framework.findings import Findings, problem, together, warning
from framework.policy import Policy
from framework.terms import Consensus, DecisionKind

POSITIONS = ("support", "comment", "abstain", "object")
"""What a seat can say on an item."""

NEGATIVE_KINDS = (DecisionKind.COMMENTS, DecisionKind.NOT_YET)
NEGATIVE_OUTCOMES = ("not_opened", "declined")
"""Decisions that leave things as they are: that consensus was blocked may be the very reason for them."""


def needs_consensus(decision: GcmDecision, policy: Policy) -> bool:
    """Whether a decision holds only by consensus. A correction needs none, its replacement may."""
    if decision.kind is DecisionKind.REACTIVATE:
        return decision.outcome != "declined" and policy.reactivation_confirmed_by == "gcm"
    return decision.kind in (DecisionKind.GRANT, DecisionKind.DECLARE_INACTIVE)


def check_consensus(
    decision: GcmDecision, code: str, policy: Policy, clause: str, beforehand: Sequence[Position] = ()
) -> Findings:
    """Whether positions are complete, the country's own seat is recused, and consensus stands if needed.

    `code` is the country concerned: a seat is its own when the code is a word of the seat's name. `beforehand` are the
    positions that members took before and of which the decision says nothing: they stand.
    """
    return together(
        [
            *(_position(position, number, clause) for number, position in enumerate(decision.positions)),
            _recusal(decision, code, clause),
            _recused_spoke(decision, code, clause),
            _declared(decision, code, policy, clause, beforehand),
        ]
    )


def _position(position: Position, number: int, clause: str) -> Findings:
    where, found = f"positions[{number}]", Findings()
    seat = position.seat.strip()
    if not seat:
        found += problem("decision.position.seat_missing", f"{where}.seat", clause, number=number + 1)
    if position.position not in POSITIONS:
        found += problem(
            "decision.position.unknown",
            f"{where}.position",
            clause,
            who=seat or f"{number + 1}",
            position=position.position[:60],
            allowed=", ".join(POSITIONS),
        )
    if position.position == "object" and not position.reason.strip():
        found += problem(
            "decision.position.reason_missing", f"{where}.reason", clause, who=seat or f"{number + 1}"
        )
    return found


def _recusal(decision: GcmDecision, code: str, clause: str) -> Findings:
    own = [seat for seat in _spoke(decision) if is_own(seat, code) and not _set_aside(seat, decision, code)]
    if not own:
        return Findings()
    return problem("decision.recusal.missing", "recusals", clause, who=_listed(own))


def _recused_spoke(decision: GcmDecision, code: str, clause: str) -> Findings:
    """Who is recused takes no part: else an objection could be listed away by a recusal (PLN-09)."""
    others = [
        seat
        for seat in _spoke(decision)
        if not is_own(seat, code) and any(_same(seat, recused) for recused in decision.recusals)
    ]
    if not others:
        return Findings()
    return problem("decision.recusal.spoke", "recusals", clause, who=_listed(others))


def _declared(
    decision: GcmDecision, code: str, policy: Policy, clause: str, beforehand: Sequence[Position]
) -> Findings:
    if decision.consensus is Consensus.BLOCKED:
        return _blocked(replace(decision, positions=(*decision.positions, *beforehand)), code, clause)
    needed = needs_consensus(decision, policy)
    if needed and decision.consensus is None:
        return problem("decision.consensus.missing", "consensus", clause)
    against, found = _against(decision, code), _objections_stand(beforehand, code, clause, needed=needed)
    if needed and against:
        found += problem("decision.consensus.contradicted", "consensus", clause, who=_listed(against))
    return found


def _objections_stand(beforehand: Sequence[Position], code: str, clause: str, *, needed: bool) -> Findings:
    """An objection on record blocks until its seat is heard otherwise; where no consensus is needed it is noted."""
    seats = [one.seat for one in beforehand if one.position == "object" and not is_own(one.seat, code)]
    if not seats:
        return Findings()
    if needed:
        return problem("decision.position.objection_stands", "positions", clause, who=_listed(seats))
    return warning("decision.position.objection_noted", "positions", clause, who=_listed(seats))


def _blocked(decision: GcmDecision, code: str, clause: str) -> Findings:
    who, why = _listed(_against(decision, code)), _reasons(decision, code)
    if decision.kind in NEGATIVE_KINDS or decision.outcome in NEGATIVE_OUTCOMES:
        return warning(
            "decision.consensus.blocked_noted", "consensus", clause, who=who or "-", why=why or "-"
        )
    found = Findings()
    if who and why:
        found += problem("decision.consensus.blocked", "consensus", clause, who=who, why=why)
    if not who:
        found += problem("decision.consensus.blocked_by_nobody", "blocked_by", clause)
    if not why:
        found += problem(
            "decision.consensus.blocked_without_reason", "blocked_because", clause, who=who or "-"
        )
    return found


def _against(decision: GcmDecision, code: str) -> list[str]:
    """The seats that stand against consensus; the country's own, recused, does not count."""
    objecting = [position.seat for position in decision.positions if position.position == "object"]
    named = [seat.strip() for seat in (*decision.blocked_by, *objecting) if seat.strip()]
    return [seat for seat in dict.fromkeys(named) if not _set_aside(seat, decision, code)]


def _reasons(decision: GcmDecision, code: str) -> str:
    objections = [
        position.reason.strip()
        for position in decision.positions
        if position.position == "object" and not _set_aside(position.seat, decision, code)
    ]
    return decision.blocked_because.strip() or "; ".join(reason for reason in objections if reason)


def _set_aside(seat: str, decision: GcmDecision, code: str) -> bool:
    """Whether a seat is the country's own, and recused: what it says is disregarded."""
    return is_own(seat, code) and any(is_own(other, code) for other in decision.recusals)


def _spoke(decision: GcmDecision) -> list[str]:
    """The seats that took part, by a position or a block, each once."""
    named = (*decision.blocked_by, *(position.seat for position in decision.positions))
    return list(dict.fromkeys(seat for seat in named if seat.strip()))


def _same(seat: str, other: str) -> bool:
    return seat.strip().casefold() == other.strip().casefold()


def is_own(seat: str, code: str) -> bool:
    """Whether a seat is the country's own: its code is a word of the seat's name."""
    return bool(code) and code.upper() in re.split(r"[^A-Z0-9]+", seat.upper())


def _listed(seats: list[str]) -> str:
    return ", ".join(seats)
