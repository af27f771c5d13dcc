"""What routes are given: the person, the parts of the installation, the country;
and the checks that come with them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response, Security
from fastapi.routing import APIRoute, RouteContext
from fastapi.security import HTTPBearer

import tokens
from access.deciding import in_scope, may, sees_country
from access.people import Principal, actor_of
from access.table import STRANGER, Action, Reach, reach, who_may
from api.failures import Failures
from api.floods import Floods
from api.problems import ProblemError, not_found
from api.process import Processes
from api.strict_json import StrictRequest
from contracts.messages import Actor
from contracts.rows import CountryRow
from settings import Settings
from storage import reading
from storage.documents import Documents
from storage.engine import Database
from tokens import TokenError

READING = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The wall clock, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The parts of the installation that the API works with.

    `ui_codec`: the secret path on which the Temporal UI of `up` has payloads opened; empty where there is none.
    `failures`: who asked for calendars that are not there. `floods`: who changed how much of late.
    """

    settings: Settings
    secret: str
    processes: Processes
    database: Database
    documents: Documents
    ui_codec: str = ""
    now: Clock = utc_now
    failures: Failures = field(default_factory=Failures)
    floods: Floods = field(default_factory=Floods)


def parts_of(request: Request) -> Parts:
    """The parts that this application was made with."""
    found = request.app.state.parts
    assert isinstance(found, Parts)
    return found


InstalledParts = Annotated[Parts, Depends(parts_of)]


def authenticate(request: Request) -> Principal:
    """Whom the request's bearer token speaks for; raises ProblemError 401 saying what is wrong with it."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _unknown(
            "Send a header `Authorization: Bearer TOKEN`. A token comes from `pathfinder token`.", ""
        )
    try:
        return tokens.read(parts_of(request).secret, token.strip())
    except TokenError as error:
        raise _unknown(str(error), ', error="invalid_token"') from None


def _unknown(detail: str, hint: str) -> ProblemError:
    return ProblemError(401, detail, headers={"WWW-Authenticate": f'Bearer realm="pathfinder"{hint}'})


class GuardedRoute(APIRoute):
    """A route that asks who it is before it reads a body, and then reads it strictly."""

    counted = True
    """Whether its acts count as such: what a POST only reads does not."""

    def get_route_handler(self) -> Callable[[Request], Any]:
        """FastAPI's own handler, behind the guard."""
        handler = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            request.state.principal = authenticate(request)
            if self.counted and request.method not in READING:
                _no_flood(request, request.state.principal)
            return await handler(StrictRequest(request.scope, request.receive))

        return guarded


def _no_flood(request: Request, principal: Principal) -> None:
    """Raises ProblemError 429. A country counts only what comes from those who see it: nobody fills another's measure."""
    code = str(request.path_params.get("code", ""))
    country = code if code and sees_country(principal, code) else ""
    parts_of(request).floods.admit((principal.role.value, principal.country, principal.name), country)


_bearer = HTTPBearer(auto_error=False, description="A token from `pathfinder token`.")


def allow(action: Action) -> Any:
    """The dependency that lets only those pass who may do this (403 for the others); it gives the person."""

    def check(request: Request, _: Annotated[object, Security(_bearer)] = None) -> Principal:
        principal = request.state.principal
        assert isinstance(principal, Principal)
        if not in_scope(principal, action):
            raise ProblemError(403, f"This token was not made for this: its scopes leave out {action.value}.")
        if not may(principal, action):
            able = ", ".join(sorted(role.value for role in who_may(action)))
            raise ProblemError(403, f"The role {principal.role.value} may not do this. Who may: {able}.")
        return principal

    check.__annotations__["return"] = Principal
    check.action = action  # type: ignore[attr-defined]
    return Depends(check)


def open_to_all(action: Action) -> Any:
    """The dependency of a route that asks nobody who they are, as the table says of this action: its line's last column.

    Raises ValueError, when the route is made, for an action that strangers may not do.
    """
    if reach(STRANGER, action) is not Reach.ALL:
        raise ValueError(f"{action.value} is not open to strangers in the table of access")

    def check() -> None:
        return None

    check.action = action  # type: ignore[attr-defined]
    return Depends(check)


def action_of(route: RouteContext) -> Action | None:
    """What a route does, by the rule that guards it; None for a route without one, which must not be."""
    todo = [route.dependant] if isinstance(route.original_route, APIRoute) else []
    found: list[Action] = []
    while todo:
        one = todo.pop(0)
        action = getattr(one.call, "action", None)
        found += [action] if action else []
        todo += one.dependencies
    return next((one for one in found if one is not Action.READ), found[0] if found else None)


Reader = Annotated[Principal, allow(Action.READ)]

Code = Annotated[
    str, Path(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3 code of the country.", examples=["XAA"])
]


def own_country(principal: Principal, code: str) -> None:
    """Raises ProblemError 404 when the country does not exist for this person."""
    if not sees_country(principal, code):
        raise not_found(f"country {code}")


async def readable_country(code: Code, principal: Reader, parts: InstalledParts) -> CountryRow:
    """The country of the path; raises ProblemError 404 when it is not there, or not for this person."""
    own_country(principal, code)
    row = await reading.country(parts.database, code)
    if row is None:
        raise not_found(f"country {code}")
    return row


Country = Annotated[CountryRow, Depends(readable_country)]


def actor(principal: Principal) -> Actor:
    """The person as the country's process knows them."""
    return actor_of(principal)
