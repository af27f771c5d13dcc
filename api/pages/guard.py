"""Who looks at a page: asked of the session at every request; and what only our own pages may send."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.deps import attended, authenticate, identity_of, parts_of, rule_in
from api.identity import Identity, IdentityError, cookie_name
from api.pages.shell import is_secure, page
from api.problems import ProblemError
from api.same_origin import is_same_origin
from storage import sessions

SIGN_IN = "/sign-in"
ACTING_AS = "/account/acting-as"
_PLACE = "to"


class PageRoute(APIRoute):
    """A page for everybody. Where somebody is signed in, `request.state.principal` says who."""

    def get_route_handler(self) -> Callable[[Request], Any]:
        """FastAPI's own handler, behind the guard."""
        handler, action = super().get_route_handler(), rule_in(self.dependant)

        async def answer(request: Request) -> Response:
            by_token = request.state.identity is None and request.state.principal is not None
            refusal = None if by_token else await self.refusal(request, request.state.identity)
            return refusal or await handler(request)

        async def guarded(request: Request) -> Response:
            return await attended(self, action, request, _visitor, answer)

        return guarded

    async def refusal(self, request: Request, identity: Identity | None) -> Response | None:
        """What is answered instead of the page; None where the page may be seen."""
        return None


async def _visitor(request: Request) -> Principal | None:
    """Who looks at a page, by session or by token; None where nobody is signed in."""
    request.state.identity = request.state.principal = None
    if request.headers.get("Authorization"):
        return await authenticate(request)
    if not is_same_origin(request):
        raise ProblemError(403, "What changes something is taken from Pathfinder's own pages only.")
    request.state.identity = await identity_of(request)
    return _principal(request.state.identity)


class SignedInRoute(PageRoute):
    """A page for whoever is signed in; the others are led to where one signs in."""

    async def refusal(self, request: Request, identity: Identity | None) -> Response | None:
        """See PageRoute. Whoever has lost the last mandate is signed out, and told so."""
        if identity is None:
            return RedirectResponse(f"{SIGN_IN}?{_PLACE}={quote(_here(request), safe='/')}", 303)
        if not identity.mandates:
            return await _ended(request, identity)
        if identity.acting is None and request.url.path not in (ACTING_AS, "/sign-out"):
            return RedirectResponse(f"{ACTING_AS}?{_PLACE}={quote(_here(request), safe='/')}", 303)
        return None


def identity(request: Request) -> Identity:
    """Who is signed in, on a page that only those see. Raises ProblemError 403 for a token, which has no session."""
    found = request.state.identity
    if not isinstance(found, Identity):
        raise ProblemError(403, "This page is for whoever has signed in; a token has no account.")
    return found


SignedIn = Annotated[Identity, Depends(identity)]


def permit(action: Action) -> Any:
    """The dependency of a page that only those see who may do this; raises ProblemError 403 for the others."""

    def check(request: Request) -> None:
        principal = request.state.principal
        if isinstance(principal, Principal) and not may(principal, action):
            raise ProblemError(403, f"The role {principal.role.value} may not do this.")

    check.action = action  # type: ignore[attr-defined]
    return Depends(check)


def place(request: Request, default: str = "/desk") -> str:
    """Where somebody wanted to go before signing in: a page of ours, whatever the address says."""
    wanted = request.query_params.get(_PLACE, "")
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if ours and "\\" not in wanted and len(wanted) <= 500 else default


def keep_secret(response: Response, request: Request, secret: str) -> None:
    """Gives the browser the secret of its session; it forgets it when the session ends at the latest."""
    settings = parts_of(request).settings
    response.set_cookie(
        cookie_name(settings.public_url),
        secret,
        max_age=settings.session_seconds,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def drop_secret(response: Response, request: Request) -> None:
    """Takes the secret of the session back from the browser."""
    name = cookie_name(parts_of(request).settings.public_url)
    response.delete_cookie(name, path="/", secure=is_secure(request), httponly=True, samesite="lax")


async def _ended(request: Request, identity: Identity) -> Response:
    parts = parts_of(request)
    await sessions.end_all(parts.database, identity.person.id, parts.now())
    response = page(request, "ended.html", 403)
    drop_secret(response, request)
    return response


def _principal(identity: Identity | None) -> Principal | None:
    try:
        return identity.principal if identity else None
    except IdentityError:
        return None


def _here(request: Request) -> str:
    return request.url.path if request.method == "GET" else "/account"
