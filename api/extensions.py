"""Extensions of due dates: asked for by the country, granted or not by the Secretariat (REP-02)."""

from typing import Annotated

from fastapi import APIRouter, Body

from access.people import Principal
from access.table import Action
from api.deps import Code, GuardedRoute, allow
from api.description import errors
from api.examples import EXTENSION_REQUESTS, EXTENSIONS
from api.handing_in import Handed, WayIn
from api.views import ReceiptView
from framework.records import Extension, ExtensionRequest

router = APIRouter(prefix="/countries/{code}", tags=["submissions"], route_class=GuardedRoute)


@router.post("/extension-requests", operation_id="request_extension", responses=errors(403, 404, 409, 413))
async def request_extension(
    code: Code,
    handed: Annotated[Handed[ExtensionRequest], Body(openapi_examples=EXTENSION_REQUESTS)],
    principal: Annotated[Principal, allow(Action.REQUEST_EXTENSION)],
    door: WayIn,
) -> ReceiptView:
    """Ask for a later due date, before it has passed,
    with a reason and the support of the coordination body."""
    return await door.hand_in(code, principal, handed)


@router.post("/extensions", operation_id="grant_extension", responses=errors(403, 404, 409, 413))
async def grant_extension(
    code: Code,
    handed: Annotated[Handed[Extension], Body(openapi_examples=EXTENSIONS)],
    principal: Annotated[Principal, allow(Action.GRANT_EXTENSION)],
    door: WayIn,
) -> ReceiptView:
    """Grant a new due date, or not (`granted`: false), with a reason;
    `exceptional` for one granted afterwards."""
    return await door.hand_in(code, principal, handed)
