"""What a country has on record by year and by version: cycles, versions with their contents,
comments and answers."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field

from access.deciding import sees_content
from api.confidence import from_country, hidden_evidence, sees_kind, without
from api.deps import Country, GuardedRoute, InstalledParts, Parts, Reader
from api.description import errors
from api.paging import Listing, PageQuery, bad_cursor, listing, page_of
from api.problems import ProblemError, not_found
from api.timeline import Kind, Year
from contracts.state import Comment, Version
from framework.facts import Cycle
from storage import reading_history

router = APIRouter(prefix="/countries/{code}", tags=["countries"], route_class=GuardedRoute)


class VersionQuery(PageQuery):
    """Which versions."""

    kind: Kind = ""
    year: Year = None


class CommentQuery(PageQuery):
    """Which comments."""

    about: Annotated[
        str,
        Field(
            max_length=60,
            pattern=r"^[a-z_0-9-]*$",
            description="Only those about this: `roadmap`, `report-2027`.",
        ),
    ] = ""


class YearOnly(BaseModel):
    """The year of a version, for kinds that are handed in every year."""

    model_config = {"extra": "forbid"}

    year: Year = None


class VersionContent(BaseModel):
    """A version with what was handed in; `content` is null for a history on paper."""

    version: Version
    content: dict[str, Any] | None


@router.get("/cycles", operation_id="list_cycles", responses=errors(403, 404))
async def list_cycles(
    request: Request,
    country: Country,
    query: Annotated[PageQuery, Query()],
    principal: Reader,
    parts: InstalledParts,
) -> Listing[Cycle]:
    """A country's yearly cycles, oldest first: what was due, what came when, what was judged."""
    hidden = await hidden_evidence(parts.database, country.code, principal)
    try:
        page = page_of(
            await reading_history.cycles(parts.database, country.code), lambda cycle: (cycle.year,), query
        )
    except ValueError as error:
        raise bad_cursor(error) from None
    return listing(request, page, lambda cycle: without(cycle, hidden))


@router.get("/versions", operation_id="list_versions", responses=errors(403, 404))
async def list_versions(
    request: Request,
    country: Country,
    query: Annotated[VersionQuery, Query()],
    parts: InstalledParts,
) -> Listing[Version]:
    """The versions of everything that was handed in, in the order in which it came."""
    found = await reading_history.versions(parts.database, country.code, kind=query.kind, year=query.year)
    try:
        page = page_of(found, lambda version: (version.entry, version.kind, version.number), query)
    except ValueError as error:
        raise bad_cursor(error) from None
    return listing(request, page, lambda version: version)


@router.get("/versions/{kind}/{number}", operation_id="read_version", responses=errors(403, 404))
async def read_version(
    country: Country,
    kind: Annotated[str, Path(pattern=r"^[a-z_]{1,60}$", examples=["roadmap"])],
    number: Annotated[int, Path(ge=1, le=1_000_000)],
    query: Annotated[YearOnly, Query()],
    principal: Reader,
    parts: InstalledParts,
) -> VersionContent:
    """One version with its content. What is handed in every year is numbered by year: give its `year` too."""
    found = await reading_history.version(parts.database, country.code, kind, number, query.year)
    if found is None:
        raise not_found(await _what(parts, country.code, kind, number, query.year))
    entry = await reading_history.entry(parts.database, country.code, found.version.entry)
    own = entry is not None and from_country(entry)
    if not sees_kind(principal, kind, country.code) or not sees_content(
        principal, found.body or {}, country.code, from_country=own
    ):
        raise ProblemError(403, "This was given in confidence, and not to your role.")
    return VersionContent(version=found.version, content=found.body)


async def _what(parts: Parts, code: str, kind: str, number: int, year: int | None) -> str:
    """What is not there; of a kind that is numbered by year, the years that have that number."""
    if year:
        return f"version {number} of {kind} for {year}"
    found = await reading_history.versions(parts.database, code, kind=kind)
    years = [str(one.year) for one in found if one.number == number and one.year]
    if not years:
        return f"version {number} of {kind}"
    return f"version {number} of {kind} without a year (give ?year=; there is one for {', '.join(years)})"


@router.get("/comments", operation_id="list_comments", responses=errors(403, 404))
async def list_comments(
    request: Request,
    country: Country,
    query: Annotated[CommentQuery, Query()],
    parts: InstalledParts,
) -> Listing[Comment]:
    """The numbered comments of GCM and MWG, each with its answer once there is one (PLN-08, REP-08,
    REP-09)."""
    found = await reading_history.comments(parts.database, country.code, about=query.about)
    try:
        page = page_of(found, lambda comment: (comment.about, comment.number), query)
    except ValueError as error:
        raise bad_cursor(error) from None
    return listing(request, page, lambda comment: comment)
