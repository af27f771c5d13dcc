"""What routes are given: the person, the parts of the installation, the country;
and the checks that come with them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response, Security
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext
from fastapi.security import HTTPBearer

import tokens
from access.deciding import in_scope, may, sees_country
from access.people import Principal, actor_of
from access.table import STRANGER, Action, Reach, reach, who_may
from api.attempts import Attempts
from api.auditing import Trail
from api.failures import Failures
from api.floods import Floods
from api.identity import ACTING_AS, Identity, IdentityError, cookie_name, of_machine, of_session
from api.oidc import Provider
from api.problems import ProblemError, not_found
from api.process import Processes
from api.quotas import Quotas
from api.same_origin import is_same_origin
from api.strict_json import StrictRequest
from contracts.messages import Actor
from contracts.rows import CountryRow
from settings import Settings
from storage import api_tokens, reading
from storage.documents import Documents
from storage.engine import Database
from storage.seen import LastSeen, last_seen
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
    `failures`: who asked for calendars that are not there. `attempts`: who tried to come in, how often. `provider`:
    of OpenID Connect, where one is set. `last_seen`: tells when people were last there. `floods`: what the audit counts
    within a minute. `quotas`: who changed how much of late.
    """

    settings: Settings
    secret: str
    processes: Processes
    database: Database
    documents: Documents
    ui_codec: str = ""
    now: Clock = utc_now
    failures: Failures = field(default_factory=Failures)
    attempts: Attempts = field(default_factory=Attempts)
    provider: Provider | None = None
    last_seen: LastSeen = last_seen
    floods: Floods = field(default_factory=Floods)
    quotas: Quotas = field(default_factory=Quotas)

    @property
    def session_idle(self) -> timedelta:
        """How long a session may sleep."""
        return timedelta(seconds=self.settings.session_idle_seconds)

    @property
    def session_lasts(self) -> timedelta:
        """After what time every session ends."""
        return timedelta(seconds=self.settings.session_seconds)


def parts_of(request: Request) -> Parts:
    """The parts that this application was made with."""
    found = request.app.state.parts
    assert isinstance(found, Parts)
    return found


InstalledParts = Annotated[Parts, Depends(parts_of)]


async def authenticate(request: Request) -> Principal:
    """Whom the request's bearer token or session speaks for; raises ProblemError 401 saying what is wrong with it, and
    403 where a session has no mandate to act in or another site asks."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        if scheme.lower() == "bearer" and token.strip():
            return await _of_bearer(request, token.strip())
        identity = await identity_of(request)
        if identity is None:
            raise _unknown(WHO, "")
        if not is_same_origin(request):
            raise ProblemError(403, "With a session, changes are taken from Pathfinder's own pages only.")
        return identity.principal
    except IdentityError as error:
        if error.choose:
            raise ProblemError(403, f"{error} Send one of /me/mandates in `{ACTING_AS}`.") from None
        raise _unknown(str(error), ', error="invalid_token"') from None


WHO = "Send a header `Authorization: Bearer TOKEN`, or sign in. A token comes from `pathfinder token` or /me/tokens."


async def identity_of(request: Request) -> Identity | None:
    """Who is signed in, by the cookie of this request; None where nobody is."""
    parts = parts_of(request)
    secret = request.cookies.get(cookie_name(parts.settings.public_url), "")
    idle = timedelta(seconds=parts.settings.session_idle_seconds)
    return await of_session(parts.database, secret, parts.now(), idle, request.headers.get(ACTING_AS, ""))


async def _of_bearer(request: Request, token: str) -> Principal:
    parts = parts_of(request)
    if token.startswith(api_tokens.PREFIX):
        return await of_machine(parts.database, token, parts.now(), request.headers.get(ACTING_AS, ""))
    try:
        return tokens.read(parts.secret, token)
    except TokenError as error:
        raise IdentityError(str(error)) from None


def _unknown(detail: str, hint: str) -> ProblemError:
    return ProblemError(401, detail, headers={"WWW-Authenticate": f'Bearer realm="pathfinder"{hint}'})


class GuardedRoute(APIRoute):
    """A route that asks who it is before it reads a body, then reads it strictly; and records what is done there."""

    counted = True
    """Whether its acts count as such: what a POST only reads does not."""

    def get_route_handler(self) -> Callable[[Request], Any]:
        """FastAPI's own handler, behind the guard."""
        handler = super().get_route_handler()
        action = rule_in(self.dependant)

        async def guarded(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            return await attended(self, action, strict, authenticate, handler)

        return guarded


async def attended(
    route: APIRoute,
    action: Action | None,
    request: Request,
    identify: Callable[[Request], Awaitable[Principal | None]],
    handler: Callable[[Request], Awaitable[Response]],
) -> Response:
    """Answers a request, and leaves its trail in the audit: who it is, what is attempted, what became of it.

    `identify` says who it is (None: nobody is signed in) or raises ProblemError. Raises what the handler raises, and what
    the database raises while there is no row of the attempt: then nothing was done.
    """
    trail = _trail(route, action, request)
    try:
        request.state.principal = trail.principal = await identify(request)
        if trail.principal is not None:
            _admit(route, trail.principal, request)
        if trail.principal is not None and not _is_denied(trail.principal, action, request):
            await trail.begin()
        response = await handler(request)
    except Exception as error:
        await trail.fail(error)
        raise
    await trail.end(response)
    return response


def _admit(route: APIRoute, principal: Principal, request: Request) -> None:
    """Raises ProblemError 429. A country counts only what comes from those who see it: nobody fills another's measure."""
    if request.method in READING or not getattr(route, "counted", True):
        return
    code = str(request.path_params.get("code", ""))
    country = code if code and sees_country(principal, code) else ""
    parts_of(request).quotas.admit((principal.role.value, principal.country, principal.name), country)


def _trail(route: APIRoute, action: Action | None, request: Request) -> Trail:
    parts = parts_of(request)
    operation = route.operation_id or route.name
    return Trail(
        parts.database, parts.floods, parts.now, request, operation, action.value if action else operation
    )


def _is_denied(principal: Principal, action: Action | None, request: Request) -> bool:
    """Whether the table alone says no, so that no row is due before the refusal: floods of those are counted."""
    code = request.path_params.get("code", "")
    return action is None or not may(principal, action) or bool(code and not sees_country(principal, code))


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
    return rule_in(route.dependant) if isinstance(route.original_route, APIRoute) else None


def rule_in(dependant: Dependant) -> Action | None:
    """The action that stands on a route's dependencies; None without one."""
    todo, found = [dependant], list[Action]()
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
