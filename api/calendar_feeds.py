"""Calendars to subscribe to: an address for each program of a person, and the calendar that lies there.

Programs that show calendars cannot send a bearer token; the address itself is the key. It is shown once, and
whoever has it reads the calendar until it is revoked.
"""

from datetime import datetime
from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request, Response
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.calendar_rows import calendar_of
from api.client_address import client_address
from api.deps import GuardedRoute, InstalledParts, Parts, allow, open_to_all, own_country
from api.description import errors
from api.problems import TITLES, Problem, ProblemError, conflict, not_found, problem_response
from framework.terms import Language, Role
from storage import calendar_feeds, reading
from storage.calendar_feeds import MOST_FEEDS, CalendarFeed, Person, TooManyFeeds
from storage.canonical import sha256
from tokens import LONGEST_NAME

router = APIRouter(tags=["calendars"], route_class=GuardedRoute)
open_router = APIRouter(tags=["calendars"], dependencies=[open_to_all(Action.READ_OPEN_CALENDAR)])

MEDIA_TYPE = "text/calendar; charset=utf-8"
HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""`no-cache`: a program asks each time, so that an address which is revoked is over at the next request."""

WAIT = {"Retry-After": "60"}
FOR_OTHERS = (
    "Name neither a country nor a person to get your own calendar."
    " Only the Secretariat gets one for somebody else, who acts for a country."
)
EXAMPLES: dict[str, Example] = {
    "own": {"summary": "Your own calendar, in French", "value": {"language": "fr"}},
    "for_a_person": {
        "summary": "The Secretariat for a focal point",
        "value": {"language": "es", "country": "XAJ", "name": "The Director of Labour Inspection"},
    },
}

Owner = Annotated[Principal, allow(Action.KEEP_CALENDAR)]
FeedId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="As the list gives it.")]
CountryCode = Annotated[str, Field(pattern=r"^([A-Z]{3})?$", examples=["XAA"])]


class NewFeed(BaseModel):
    """Whose calendar: your own; or (Secretariat only) that of a person who acts for `country`, by name."""

    model_config = ConfigDict(extra="forbid")

    language: Annotated[Language, Field(description="In which the calendar is written.")]
    country: CountryCode = ""
    name: str = Field(
        default="",
        max_length=LONGEST_NAME,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="The person who acts for `country`.",
    )


class FeedView(BaseModel):
    """An address that is in use: whose it is, who gave it out and when. The address itself is not kept."""

    id: str
    role: Role
    country: str
    name: str
    language: Language
    created_at: datetime
    created_by: str
    created_role: Role

    @classmethod
    def of(cls, feed: CalendarFeed) -> "FeedView":
        """What of an address can be shown again."""
        return cls(**feed.model_dump())


class CreatedFeed(FeedView):
    """A new address. `url` is shown this once."""

    url: str


class Feeds(BaseModel):
    """Addresses in use, oldest first."""

    items: list[FeedView]


class FeedQuery(BaseModel):
    """Whose: your own; or (Secretariat only) those of all who act for a country."""

    model_config = ConfigDict(extra="forbid")

    country: CountryCode = ""


@router.post(
    "/calendar-feeds",
    operation_id="create_calendar_feed",
    status_code=201,
    responses=errors(403, 404, 409, 413),
)
async def create_calendar_feed(
    new: Annotated[NewFeed, Body(openapi_examples=EXAMPLES)],
    principal: Owner,
    parts: InstalledParts,
    response: Response,
) -> CreatedFeed:
    """Get an address at which a calendar program can subscribe to your deadlines and meetings.

    It is shown once. Whoever has it can read the calendar: revoke it when it got into other hands.
    """
    person = await _for_whom(parts, principal, new)
    try:
        feed, address = await calendar_feeds.create(
            parts.database, person, new.language, by=_person(principal), at=parts.now()
        )
    except TooManyFeeds:
        raise conflict(f"There are {MOST_FEEDS} addresses already; revoke one of them first.") from None
    response.headers["Cache-Control"] = "no-store"
    url = calendar_feeds.url_of(parts.settings.public_url, address)
    return CreatedFeed(**FeedView.of(feed).model_dump(), url=url)


@router.get("/calendar-feeds", operation_id="list_calendar_feeds", responses=errors(403, 404))
async def list_calendar_feeds(
    query: Annotated[FeedQuery, Query()], principal: Owner, parts: InstalledParts
) -> Feeds:
    """The addresses of your calendar that are in use; for the Secretariat also those of a country."""
    if query.country and may(principal, Action.KEEP_CALENDARS_OF_OTHERS):
        found = await calendar_feeds.feeds_of_country(parts.database, query.country)
    else:
        if query.country:
            own_country(principal, query.country)
        found = await calendar_feeds.feeds(parts.database, _person(principal))
    return Feeds(items=[FeedView.of(one) for one in found])


@router.delete(
    "/calendar-feeds/{id}",
    operation_id="revoke_calendar_feed",
    status_code=204,
    responses=errors(403, 404),
)
async def revoke_calendar_feed(id: FeedId, principal: Owner, parts: InstalledParts) -> None:
    """Revoke an address: from the next request on there is nothing at it any more. A new one is another address."""
    feed = await calendar_feeds.feed(parts.database, id)
    if feed is None or not _may_revoke(principal, feed):
        raise not_found(f"calendar {id}")
    if not await calendar_feeds.revoke(parts.database, id, parts.now()):
        raise not_found(f"calendar {id}")


@open_router.get(
    "/calendar/{address}.ics",
    operation_id="read_calendar",
    response_class=Response,
    responses={
        200: {"description": "The calendar.", "content": {"text/calendar": {"schema": {"type": "string"}}}},
        304: {"description": "It is still what it was when its ETag was given."},
        **{status: {"model": Problem, "description": TITLES[status]} for status in (404, 422, 429, 500, 503)},
    },
)
async def read_calendar(
    request: Request,
    address: Annotated[
        str, Path(description="As it was given out.", examples=["0123456789-abcdefghijklmnopqrst_"])
    ],
    parts: InstalledParts,
) -> Response:
    """The calendar at an address: deadlines and meetings of a person, as iCalendar (RFC 5545). No token needed.

    Where there is none, the answer does not tell whether there ever was one.
    """
    whom, now = client_address(request), parts.now()
    if parts.failures.too_many(whom, now):
        raise ProblemError(429, "Too many addresses were wrong. Try again later.", headers=WAIT)
    feed = await calendar_feeds.feed_at(parts.database, address)
    if feed is None:
        parts.failures.note(whom, now)
        return problem_response(404, "There is no calendar here.", headers=HEADERS)
    found = await calendar_of(parts, feed)
    etag = f'"{sha256(found.content)[:32]}"'
    headers = {**HEADERS, "ETag": etag, "Last-Modified": format_datetime(found.told_at, usegmt=True)}
    if _has_it(request.headers.get("If-None-Match", ""), etag):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="pathfinder.ics"'
    return Response(found.content, headers=headers, media_type=MEDIA_TYPE)


def _has_it(tags: str, etag: str) -> bool:
    return tags.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]


async def _for_whom(parts: Parts, principal: Principal, new: NewFeed) -> Person:
    """The person whose calendar is asked for. Raises ProblemError 403 or 404 for somebody else's."""
    if not new.country and not new.name:
        return _person(principal)
    if new.country:
        own_country(principal, new.country)
    if not may(principal, Action.KEEP_CALENDARS_OF_OTHERS) or not new.country:
        raise ProblemError(403, FOR_OTHERS)
    if await reading.country(parts.database, new.country) is None:
        raise not_found(f"country {new.country}")
    return Person(role=Role.FOCAL_POINT, country=new.country, name=new.name)


def _person(principal: Principal) -> Person:
    country = principal.country if principal.for_country else ""
    return Person(role=principal.acts_as, country=country, name=principal.name)


def _may_revoke(principal: Principal, feed: CalendarFeed) -> bool:
    own = Person(role=feed.role, country=feed.country, name=feed.name) == _person(principal)
    return own or (may(principal, Action.KEEP_CALENDARS_OF_OTHERS) and bool(feed.country))
