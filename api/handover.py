"""The mandate of a country passes on: named, accepted, withdrawn; and who helps with single papers (EOI-03)."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Body, Response

from access.people import Principal
from access.table import Action
from api.deps import Code, GuardedRoute, Parts, allow, own_country
from api.description import errors
from api.handing_in import Door, Handed, WayIn
from api.handover_examples import ACCEPTANCES, CONTRIBUTORS, ENDINGS, NAMINGS, WITHDRAWALS
from api.problems import refused
from api.views import ReceiptView
from contracts.people import SUCCESSOR, PendingSuccessor
from framework.findings import Finding
from framework.records import (
    ContributorEnded,
    ContributorNamed,
    SuccessorAccepted,
    SuccessorNamed,
    SuccessorWithdrawn,
)
from framework.terms import Role
from storage import reading

router = APIRouter(prefix="/countries/{code}", tags=["countries"], route_class=GuardedRoute)

Mandated = Annotated[Principal, allow(Action.HAND_OVER)]


@router.post("/handover", operation_id="name_successor", responses=errors(403, 404, 409, 413))
async def name_successor(
    code: Code,
    handed: Annotated[Handed[SuccessorNamed], Body(openapi_examples=NAMINGS)],
    principal: Mandated,
    door: WayIn,
) -> ReceiptView:
    """Name who follows as focal point; that person is asked to accept.

    The Secretariat names on the country's letter only. Until the acceptance nothing else changes.
    """
    return await door.hand_in(code, principal, handed)


@router.post("/handover/acceptance", operation_id="accept_mandate", responses=errors(403, 404, 409, 413))
async def accept_mandate(
    code: Code,
    handed: Annotated[Handed[SuccessorAccepted], Body(openapi_examples=ACCEPTANCES)],
    principal: Annotated[Principal, allow(Action.ACCEPT_MANDATE)],
    door: WayIn,
) -> ReceiptView:
    """Take up the mandate for which you were named.

    Open tasks and reminders move at once; the predecessor keeps access for the overlap.
    """
    own_country(principal, code)
    row = await reading.country(door.parts.database, code)
    named = row and row.pending_successor and _is_named(principal, row.pending_successor)
    if principal.role is Role.CONTRIBUTOR and not named:
        values = {"handover": handed.submission.handover}
        raise refused([Finding(key="handover.not_successor", clause="EOI-03", values=values)])
    return await door.hand_in(code, _as_focal_point(principal), handed)


@router.post("/handover/withdrawal", operation_id="withdraw_successor", responses=errors(403, 404, 409, 413))
async def withdraw_successor(
    code: Code,
    handed: Annotated[Handed[SuccessorWithdrawn], Body(openapi_examples=WITHDRAWALS)],
    principal: Mandated,
    door: WayIn,
) -> ReceiptView:
    """Take back a naming that was not accepted yet."""
    return await door.hand_in(code, principal, handed)


@router.post("/contributors", operation_id="name_contributor", responses=errors(403, 404, 409, 413))
async def name_contributor(
    code: Code,
    handed: Annotated[Handed[ContributorNamed], Body(openapi_examples=CONTRIBUTORS)],
    principal: Mandated,
    door: WayIn,
) -> ReceiptView:
    """Name somebody who helps with single kinds of paper; the same person again has the new ones."""
    return await door.hand_in(code, principal, handed)


@router.post("/contributors/ending", operation_id="end_contributor", responses=errors(403, 404, 409, 413))
async def end_contributor(
    code: Code,
    handed: Annotated[Handed[ContributorEnded], Body(openapi_examples=ENDINGS)],
    principal: Mandated,
    door: WayIn,
) -> ReceiptView:
    """End a contributor's part now."""
    return await door.hand_in(code, principal, handed)


async def accept_pending(parts: Parts, principal: Principal) -> ReceiptView | None:
    """Lets somebody who has just signed in take up the mandate that waits for them; None where none does.

    Whoever is named and has not accepted may be known to the country in no other way, or as its deputy. However often
    they sign in, it is one acceptance. Raises ProblemError with all that stands against it, and 503 when the country's
    process does not answer.
    """
    if not principal.for_country:
        return None
    row = await reading.country(parts.database, principal.country)
    pending = row.pending_successor if row else None
    if pending is None or not _is_named(principal, pending):
        return None
    door = Door(parts, f"acceptance-{principal.country}-{pending.id}", Response())
    handed = Handed(submission=SuccessorAccepted(handover=pending.id))
    return await door.hand_in(principal.country, _as_focal_point(principal), handed)


def _is_named(principal: Principal, pending: PendingSuccessor) -> bool:
    """Whether this is the person: let in by the naming itself, else (with a token, or as deputy) by name."""
    if principal.mandate is not None and principal.mandate.seat:
        return principal.mandate.seat == SUCCESSOR and principal.name == pending.contact.name
    return principal.name.split() == pending.contact.name.split()


def _as_focal_point(principal: Principal) -> Principal:
    """The country's process knows whoever takes up the mandate by what they become; a deputy acts for it already."""
    return replace(principal, role=Role.FOCAL_POINT) if principal.role is Role.CONTRIBUTOR else principal
