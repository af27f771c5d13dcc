"""The hand-over brief as a page: where a new focal point begins (EOI-03)."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.briefs import MayRead, brief_of
from api.deps import Country, InstalledParts
from api.pages.guard import SignedInRoute
from api.pages.languages import language_of
from api.pages.shell import page
from correspondence.brief_text import sheet_of

router = APIRouter(include_in_schema=False, route_class=SignedInRoute)


@router.get("/countries/{code}/brief")
async def show_brief(
    request: Request, principal: MayRead, country: Country, parts: InstalledParts
) -> HTMLResponse:
    """Where the country stands, what is due, what it has promised, what is open, who acts for it."""
    sheet = sheet_of(await brief_of(parts, country.code), language_of(request))
    return page(request, "brief.html", sheet=sheet)
