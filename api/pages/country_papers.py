"""What a country has handed in, as its page shows it: versions and how they differ, indicators, comments, letters."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from access.deciding import sees_letter
from access.people import Principal
from access.table import Action
from api.deps import Country, InstalledParts, Parts, Reader, allow
from api.history import VersionContent, YearOnly, read_version
from api.letter_views import LetterView
from api.pages import country_views, fields_of_papers
from api.pages.comparing import compared
from api.pages.country_entries import entries
from api.pages.country_shell import show, spoken
from api.pages.guard import SignedInRoute
from api.pages.plots import plots_of
from contracts.rows import CountryRow
from storage import reading_history, reading_letters
from storage.publishing import PublicValue

router = APIRouter(prefix="/desk/countries/{code}", include_in_schema=False, route_class=SignedInRoute)

Year = Annotated[int | None, Query(ge=1900, le=9999)]
Number = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/reports")
async def show_reports(
    request: Request, country: Country, principal: Reader, parts: InstalledParts
) -> Response:
    """Everything that was handed in, by kind and year, each with its versions."""
    found = await reading_history.versions(parts.database, country.code)
    return show(request, country, principal, "reports", papers=country_views.papers_of(found))


@router.get("/versions/{kind}/{number}")
async def show_version(
    request: Request,
    country: Country,
    kind: str,
    number: int,
    principal: Reader,
    parts: InstalledParts,
    year: Year = None,
) -> Response:
    """One version with its content, field by field; 403 for what was given in confidence to others."""
    found = await read_version(country, kind, number, YearOnly(year=year), principal, parts)
    lines = fields_of_papers.lines(found.content or {}, spoken(request))
    return show(
        request,
        country,
        principal,
        "reports",
        "version",
        version=found.version,
        lines=lines,
        warnings=country_views.sentences(found.version.warnings, spoken(request)),
    )


@router.get("/compare/{kind}")
async def compare_versions(
    request: Request,
    country: Country,
    kind: str,
    principal: Reader,
    parts: InstalledParts,
    before: Number,
    after: Number,
    year: Year = None,
) -> Response:
    """Two versions of one thing, field by field: what is new, gone or changed."""
    one, other = [
        await read_version(country, kind, number, YearOnly(year=year), principal, parts)
        for number in (before, after)
    ]
    changes = compared(one.content or {}, other.content or {}, spoken(request))
    return show(
        request,
        country,
        principal,
        "reports",
        "compare",
        before=one.version,
        after=other.version,
        changes=changes,
    )


@router.get("/indicators")
async def show_indicators(
    request: Request, country: Country, principal: Reader, parts: InstalledParts
) -> Response:
    """Each indicator over its years, drawn and as a table: the last version of each year (REP-05)."""
    values = [
        PublicValue.model_validate(
            {key: one[key] for key in one.keys() & PublicValue.model_fields.keys()}
            | {"year": found.version.year}
        )
        for found in await _indicators(parts, country, principal)
        for one in (found.content or {}).get("values") or []
    ]
    return show(request, country, principal, "indicators", plots=plots_of(values))


@router.get("/comments")
async def show_comments(
    request: Request, country: Country, principal: Reader, parts: InstalledParts, state: str = ""
) -> Response:
    """The comment-and-answer matrix over the years (PLN-08, REP-08, REP-09)."""
    found = await reading_history.comments(parts.database, country.code)
    subjects = country_views.matrix_of(found, only_open=state == "open")
    waiting = sum(1 for one in found if one.answered_at is None and not one.withdrawn)
    return show(
        request,
        country,
        principal,
        "comments",
        subjects=subjects,
        state=state,
        waiting=waiting,
        count=len(found),
    )


@router.get("/evidence")
async def show_evidence(
    request: Request, country: Country, principal: Reader, parts: InstalledParts
) -> Response:
    """The ledger of evidence (REV-03); what was given in confidence is counted, not shown."""
    found = await entries(parts.database, country.code, "evidence", principal)
    return show(request, country, principal, "evidence", entries=found)


@router.get("/letters")
async def show_letters(
    request: Request,
    country: Country,
    principal: Annotated[Principal, allow(Action.READ)],
    parts: InstalledParts,
) -> Response:
    """The letters of record that the reader may see."""
    found = await reading_letters.letters(parts.database, country.code)
    seen = [LetterView.of(one, whole=False) for one in found if sees_letter(principal, one, country.code)]
    return show(request, country, principal, "letters", letters=list(reversed(seen)))


async def _indicators(parts: Parts, country: CountryRow, principal: Principal) -> list[VersionContent]:
    versions = await reading_history.versions(parts.database, country.code, kind="indicator_framework")
    latest = {one.year: one for one in versions}
    return [
        await read_version(country, one.kind, one.number, YearOnly(year=one.year), principal, parts)
        for one in latest.values()
    ]
