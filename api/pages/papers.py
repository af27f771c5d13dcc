"""Documents for people who come from a message: whoever is not signed in is led to where one signs in, and then to it."""

from typing import Annotated

from fastapi import APIRouter, Response

from access.people import Principal
from access.table import Action
from api.deps import InstalledParts, allow
from api.documents import DocumentId, download_document
from api.pages.guard import SignedInRoute

router = APIRouter(include_in_schema=False, route_class=SignedInRoute)


@router.get("/desk/documents/{id}")
async def show_document(
    id: DocumentId, principal: Annotated[Principal, allow(Action.READ_DOCUMENT)], parts: InstalledParts
) -> Response:
    """The document itself, as an attachment; 404 for one that is not there for this person."""
    return await download_document(id, principal, parts)
