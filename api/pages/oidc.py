"""Signing in with an organisation's own provider: there, and back."""

import logging

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from access.table import Action
from api import oidc
from api.attempts import ENDING, place_of
from api.deps import InstalledParts, open_to_all
from api.oidc import NotVouchedFor, ProviderAway
from api.pages.guard import PageRoute, place
from api.pages.shell import is_secure, page
from api.pages.signing_in import enter
from api.problems import RETRY_AFTER_SECONDS, not_found
from storage import people

COOKIE = "pathfinder-oidc"
PATH = "/sign-in/oidc"

router = APIRouter(include_in_schema=False, route_class=PageRoute, dependencies=[open_to_all(Action.SIGN_IN)])

log = logging.getLogger(__name__)


@router.get(PATH)
async def go(request: Request, parts: InstalledParts) -> Response:
    """Leads to the provider. A link and no form: the page's policy lets forms go nowhere but here."""
    provider = parts.provider
    if provider is None:
        raise not_found("provider")
    parts.attempts.count(ENDING, place_of(request, parts.settings.proxies))
    begun, now = oidc.begin(place(request)), parts.now()
    try:
        response = RedirectResponse(await provider.address(begun, now), 303)
    except (ProviderAway, NotVouchedFor) as error:
        return _failed(request, error)
    response.set_cookie(
        COOKIE,
        oidc.sealed(begun, parts.secret, now),
        max_age=int(oidc.WITHIN.total_seconds()),
        path=PATH,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )
    return response


@router.get(oidc.BACK)
async def back(request: Request, parts: InstalledParts, code: str = "", state: str = "") -> Response:
    """Takes whom the provider vouches for, if our record knows them."""
    provider = parts.provider
    if provider is None:
        raise not_found("provider")
    parts.attempts.count(ENDING, place_of(request, parts.settings.proxies))
    now = parts.now()
    try:
        begun = oidc.opened(request.cookies.get(COOKIE, ""), state, parts.secret, now)
        address = await provider.verified_address(code, begun, now)
    except (ProviderAway, NotVouchedFor) as error:
        return _failed(request, error)
    found = await people.mandates_at(parts.database, address, now)
    if not found:
        return _failed(request, NotVouchedFor("nobody holds a mandate at the address"))
    person = await people.known(parts.database, address, found[0], now)
    response = await enter(request, parts, person, "oidc", begun.to)
    response.delete_cookie(COOKIE, path=PATH, secure=is_secure(request), httponly=True, samesite="lax")
    return response


def _failed(request: Request, error: ProviderAway | NotVouchedFor) -> Response:
    log.warning("nobody was signed in by the provider: %s", error)
    away = isinstance(error, ProviderAway)
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if away else {}
    return page(request, "oidc_failed.html", 503 if away else 403, headers=headers, away=away)
