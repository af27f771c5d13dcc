"""Countries: the board, one country, its benefits, and why its flags are raised."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from access.deciding import may
from access.table import Action
from api.confidence import hidden_evidence
from api.deps import Country, GuardedRoute, InstalledParts, Reader
from api.description import errors
from api.paging import Listing, PageQuery, bad_cursor, listing
from api.views import BenefitView, CountrySummary, CountryView, Why
from framework.facts import COMBINATION, Indicator
from framework.terms import Stage, Status
from storage import reading

router = APIRouter(prefix="/countries", tags=["countries"], route_class=GuardedRoute)

Flag = Annotated[
    str, Field(pattern="^(" + "|".join([*(indicator.value for indicator in Indicator), COMBINATION]) + ")$")
]


class CountryQuery(PageQuery):
    """Which countries, in which order."""

    status: Annotated[Status | None, Field(description="Only those with this status.")] = None
    stage: Annotated[Stage | None, Field(description="Only those at this stage.")] = None
    late: Annotated[bool | None, Field(description="Only those that are (or are not) late with a task.")] = (
        None
    )
    undelivered: Annotated[
        bool | None, Field(description="Only those with (or without) mail that did not come to its reader.")
    ] = None
    flag: Annotated[Flag | None, Field(description="Only those with this flag raised.")] = None
    search: Annotated[
        str,
        Field(
            max_length=100,
            pattern=r"^[^\x00-\x1f]*$",
            description="Part of the name or code; accents do not matter.",
        ),
    ] = ""
    sort: Annotated[
        reading.CountrySort, Field(description="By name, code, or next deadline (soonest first).")
    ] = "name"


@router.get("", operation_id="list_countries", responses=errors(403))
async def list_countries(
    request: Request, query: Annotated[CountryQuery, Query()], principal: Reader, parts: InstalledParts
) -> Listing[CountrySummary]:
    """All countries that you may see, filtered and sorted."""
    chosen = reading.CountryFilter(
        status=query.status,
        stage=query.stage,
        late=query.late,
        flag=query.flag or "",
        undelivered=query.undelivered,
        search=query.search,
        codes=(principal.country,) if principal.for_country else None,
    )
    try:
        page = await reading.countries(
            parts.database, chosen, sort=query.sort, limit=query.limit, cursor=query.cursor
        )
    except ValueError as error:
        raise bad_cursor(error) from None
    return listing(request, page, CountrySummary.of)


@router.get("/{code}", operation_id="read_country", responses=errors(403, 404))
async def read_country(country: Country, principal: Reader) -> CountryView:
    """One country whole: status and its history, contacts, flags, dialogues, what a candidate still lacks."""
    return CountryView.whole(country, with_refusals=may(principal, Action.READ_REFUSALS))


@router.get("/{code}/benefits", operation_id="read_benefits", responses=errors(403, 404))
async def read_benefits(country: Country) -> list[BenefitView]:
    """The seven benefits of active status: not yet open, open, or suspended since when (GEN-04)."""
    return [BenefitView.of(benefit) for benefit in country.benefits]


@router.get("/{code}/why", operation_id="explain_flags", responses=errors(403, 404))
async def explain_flags(country: Country, principal: Reader, parts: InstalledParts) -> Why:
    """Each indicator of insufficient progress: raised or not, the years and dates behind it,
    what would clear it."""
    return Why.of(country, await hidden_evidence(parts.database, country.code, principal))
