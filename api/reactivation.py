"""Requests of inactive countries to return (REA-01 to REA-03)."""

from typing import Annotated

from fastapi import APIRouter, Body

from access.people import Principal
from access.table import Action
from api.deps import Code, GuardedRoute, allow
from api.description import errors
from api.examples import REACTIVATIONS
from api.handing_in import Handed, WayIn
from api.views import ReceiptView
from framework.records import ReactivationRequest

router = APIRouter(prefix="/countries/{code}", tags=["submissions"], route_class=GuardedRoute)


@router.post(
    "/reactivation-requests", operation_id="request_reactivation", responses=errors(403, 404, 409, 413)
)
async def request_reactivation(
    code: Code,
    handed: Annotated[Handed[ReactivationRequest], Body(openapi_examples=REACTIVATIONS)],
    principal: Annotated[Principal, allow(Action.REQUEST_REACTIVATION)],
    door: WayIn,
) -> ReceiptView:
    """Ask to return: a letter to the Chair, changes in the roadmap (or 'none'),
    corrective measures with evidence."""
    return await door.hand_in(code, principal, handed)
