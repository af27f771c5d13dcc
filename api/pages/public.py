"""The pages for the world: which countries, how each stands, what they reported, how the framework works."""

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from access.table import Action
from api.deps import InstalledParts, Parts, open_to_all
from api.pages import glossary, process_drawing
from api.pages.caching import kept
from api.pages.guard import PageRoute
from api.pages.languages import language_of
from api.pages.public_views import Asked, ProfileView, asked_day, by_status, chosen
from api.pages.shell import page
from api.problems import not_found
from framework.terms import Status
from storage.publishing import PublicProfile
from storage.reading_public import public_countries, public_profile

router = APIRouter(
    include_in_schema=False, route_class=PageRoute, dependencies=[open_to_all(Action.READ_PUBLIC_PAGES)]
)

FEW = 60
"""Countries of one status that the front page names; where there are more, the list has them all."""

Text = Annotated[str, Query(max_length=100)]


@router.get("/")
async def show_home(request: Request, parts: InstalledParts) -> Response:
    """What Pathfinder is, which countries there are, and where to go from here."""
    groups = by_status(await public_countries(parts.database))
    return kept(request, page(request, "public/home.html", groups=groups, few=FEW))


@router.get("/countries")
async def show_countries(
    request: Request, parts: InstalledParts, status: Text = "", search: Text = "", sort: Text = ""
) -> Response:
    """All countries by status; what is searched for stands in the address. Words that mean nothing do not filter."""
    everybody = await public_countries(parts.database)
    asked = Asked(status=status if status in {*Status} else "", search=search.strip(), sort=sort)
    found = chosen(everybody, asked, language_of(request))
    shown = page(request, "public/countries.html", found=found, asked=asked, count=len(everybody))
    return kept(request, shown)


@router.get("/countries/{code}")
async def show_profile(request: Request, code: str, parts: InstalledParts, on: Text = "") -> Response:
    """A country's public profile (PLN-10), and its status on a day."""
    profile = await known(parts, code)
    day = asked_day(on)
    status = 422 if on and day is None else 200
    view = ProfileView.of(profile, day)
    return kept(request, page(request, "public/profile.html", status, view=view, country=profile, on=on))


@router.get("/countries/{code}/reports/{year}")
async def show_report(request: Request, code: str, year: int, parts: InstalledParts) -> Response:
    """The final report of a year (REP-10)."""
    profile = await known(parts, code)
    report = next((one for one in profile.reports if one.year == year), None)
    if report is None:
        raise not_found(f"final report of {code} for {year}")
    years = [one.year for one in profile.reports]
    return kept(request, page(request, "public/report.html", country=profile, report=report, years=years))


@router.get("/glossary")
async def show_glossary(request: Request) -> Response:
    """The terms of the framework in three languages."""
    return kept(request, page(request, "public/glossary.html", terms=glossary.terms(language_of(request))))


@router.get("/how-it-works")
async def show_process(request: Request) -> Response:
    """The process, drawn, each step with its clause."""
    drawing = process_drawing.drawn(language_of(request))
    return kept(request, page(request, "public/process.html", drawing=drawing))


async def known(parts: Parts, code: str) -> PublicProfile:
    """The public profile of a country; raises ProblemError 404 where there is none."""
    found = await public_profile(parts.database, code) if re.fullmatch("[A-Z]{3}", code) else None
    if found is None:
        raise not_found(f"country {code[:3]}")
    return found
