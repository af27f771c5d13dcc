"""Submissions: everything that a living country is handed, by one door (architecture: updates)."""

from typing import Annotated

from fastapi import APIRouter, Body

from access.people import Principal
from access.table import Action
from api.deps import Code, GuardedRoute, allow
from api.description import errors
from api.examples import SUBMISSIONS
from api.handing_in import AnyHanded, WayIn
from api.views import ReceiptView

router = APIRouter(prefix="/countries/{code}", tags=["submissions"], route_class=GuardedRoute)


@router.post("/submissions", operation_id="submit", responses=errors(403, 404, 409, 413))
async def submit(
    code: Code,
    handed: Annotated[AnyHanded, Body(openapi_examples=SUBMISSIONS)],
    principal: Annotated[Principal, allow(Action.SUBMIT)],
    door: WayIn,
) -> ReceiptView:
    """Hand something in: a roadmap, a report, comments, a review.

    Refused with all reasons, or accepted with a receipt.
    """
    return await door.hand_in(code, principal, handed, handed.task)
