"""Public data for programs: feeds (Atom, RFC 4287), JSON with its state and date, a badge. Final data only."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response

from access.table import Action
from api.deps import InstalledParts, Parts, open_to_all
from api.documents import as_attachment
from api.pages.caching import kept
from api.pages.feeds import MEDIA_TYPE, feed, published, said
from api.pages.guard import PageRoute
from api.pages.languages import language_of
from api.pages.public import known
from api.pages.shell import environment
from api.problems import not_found
from storage.reading_public import public_countries, public_letter

router = APIRouter(
    include_in_schema=False, route_class=PageRoute, dependencies=[open_to_all(Action.READ_PUBLIC_PAGES)]
)

ABOUT = "Final data only: statuses and what countries have published. No drafts, comments or personal data."
VERSION = 1
HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}
IN_A_LANGUAGE = HEADERS | {"Vary": "Accept-Language, Cookie"}
FOR_ALL_SITES = HEADERS | {"Access-Control-Allow-Origin": "*"}


@router.get("/countries.json")
async def export_countries(request: Request, parts: InstalledParts) -> Response:
    """Every country with its status and the dated history of it."""
    countries = await public_countries(parts.database)
    rows = [
        one.model_dump(mode="json") | {"profile": f"{_site(parts)}/countries/{one.code}/profile.json"}
        for one in countries
    ]
    return _exported(request, parts, {"countries": rows})


@router.get("/countries/{code}/profile.json")
async def export_profile(request: Request, code: str, parts: InstalledParts) -> Response:
    """All that is public of one country."""
    profile = await known(parts, code)
    return _exported(request, parts, {"country": profile.model_dump(mode="json")})


@router.get("/feeds/status.atom")
async def feed_of_statuses(request: Request, parts: InstalledParts) -> Response:
    """Every change of a country's status, newest first."""
    language = language_of(request)
    events = [one for country in await public_countries(parts.database) for one in said(country, language)]
    made = feed(events, _site(parts), "/feeds/status.atom", language)
    return _atom(request, made)


@router.get("/countries/{code}/feed.atom")
async def feed_of_country(request: Request, code: str, parts: InstalledParts) -> Response:
    """One country's changes of status and final reports, newest first."""
    profile, language = await known(parts, code), language_of(request)
    events = [*said(profile, language), *published(profile, language)]
    address = f"/countries/{profile.code}/feed.atom"
    return _atom(request, feed(events, _site(parts), address, language, profile))


@router.get("/countries/{code}/badge.svg")
async def badge(request: Request, code: str, parts: InstalledParts) -> Response:
    """A country's status as a small picture for other sites."""
    profile, language = await known(parts, code), language_of(request)
    drawn = environment(language).get_template("public/badge.svg").render(country=profile)
    headers = IN_A_LANGUAGE | {
        "Content-Language": language.value,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return kept(request, Response(drawn, media_type="image/svg+xml", headers=headers))


@router.get("/countries/{code}/letters/{year}/{place}")
async def download_letter(code: str, year: int, place: int, parts: InstalledParts) -> Response:
    """A letter of record that the Secretariat has made public, as it was sent."""
    profile = await known(parts, code)
    number = f"A8.7/{profile.code}/{year}/{place}"
    stored = await public_letter(parts.database, parts.documents, profile.code, number)
    if stored is None:
        raise not_found(f"letter {number}")
    return await as_attachment(parts, stored)


def _exported(request: Request, parts: Parts, content: dict[str, Any]) -> Response:
    head = {"about": ABOUT, "version": VERSION, "state": "final", "as_of": parts.now().date().isoformat()}
    text = json.dumps(head | content, ensure_ascii=False, indent=1)
    return kept(request, Response(text, media_type="application/json", headers=FOR_ALL_SITES))


def _atom(request: Request, made: bytes) -> Response:
    return kept(request, Response(made, media_type=MEDIA_TYPE, headers=IN_A_LANGUAGE))


def _site(parts: Parts) -> str:
    return parts.settings.public_url.rstrip("/")
