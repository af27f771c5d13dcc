"""The people of a country: focal point, deputies, the ministry's address (EOI-03)."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import BaseModel

from access.people import Principal
from access.table import Action
from api.deps import Code, Country, GuardedRoute, allow
from api.description import errors
from api.examples import CONTACTS
from api.handing_in import Handed, WayIn
from api.views import ReceiptView
from framework.records import Contact, ContactChange

router = APIRouter(prefix="/countries/{code}", tags=["countries"], route_class=GuardedRoute)


class Contacts(BaseModel):
    """Who speaks for a country; whether deputies get every reminder; when the contacts were last confirmed."""

    focal_point: Contact
    deputies: list[Contact]
    ministry: str
    ministry_email: str
    copy_deputies: bool = False
    confirmed_on: date | None = None


@router.get("/contacts", operation_id="read_contacts", responses=errors(403, 404))
async def read_contacts(country: Country) -> Contacts:
    """The focal point, the deputies and the ministry of a country."""
    return Contacts(
        focal_point=country.focal_point,
        deputies=country.deputies,
        ministry=country.ministry,
        ministry_email=country.ministry_email,
        copy_deputies=country.copy_deputies,
        confirmed_on=country.contacts_confirmed_on,
    )


@router.post("/contacts", operation_id="change_contacts", responses=errors(403, 404, 409, 413))
async def change_contacts(
    code: Code,
    handed: Annotated[Handed[ContactChange], Body(openapi_examples=CONTACTS)],
    principal: Annotated[Principal, allow(Action.CHANGE_CONTACTS)],
    door: WayIn,
) -> ReceiptView:
    """Replace the focal point or the deputies; open tasks and reminders follow at once.

    What is left out stays.
    """
    return await door.hand_in(code, principal, handed)
