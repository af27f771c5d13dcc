"""The timeline: everything that happened in a country, what, when, by whom, under which clause,
from which message."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field

from api.confidence import sees_entry
from api.deps import Country, GuardedRoute, InstalledParts, Reader
from api.description import errors
from api.paging import Listing, PageQuery, bad_cursor, listing
from api.views import EntryView
from contracts.state import Entry
from storage import reading_history

router = APIRouter(prefix="/countries/{code}", tags=["countries"], route_class=GuardedRoute)

Kind = Annotated[str, Field(max_length=60, pattern=r"^[a-z_]*$", description="Only this kind.")]
Year = Annotated[int | None, Field(ge=1900, le=9999, description="Only what belongs to this reporting year.")]


class TimelineQuery(PageQuery):
    """Which entries, in which order."""

    kind: Kind = ""
    year: Year = None
    order: Annotated[Literal["newest", "oldest"], Field(description="Which come first.")] = "newest"


@router.get("/timeline", operation_id="read_timeline", responses=errors(403, 404))
async def read_timeline(
    request: Request,
    country: Country,
    query: Annotated[TimelineQuery, Query()],
    principal: Reader,
    parts: InstalledParts,
) -> Listing[EntryView]:
    """A country's timeline, newest first unless asked otherwise."""
    try:
        page = await reading_history.timeline(
            parts.database,
            country.code,
            kind=query.kind,
            year=query.year,
            newest_first=query.order == "newest",
            limit=query.limit,
            cursor=query.cursor,
        )
    except ValueError as error:
        raise bad_cursor(error) from None

    def view(entry: Entry) -> EntryView:
        return EntryView.of(entry, withheld=not sees_entry(principal, entry, country.code))

    return listing(request, page, view)
