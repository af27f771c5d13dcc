"""Signing in with an organisation's own provider: there, and back."""

import logging

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from access.people import Mandate
from access.table import Action
from api import oidc
from api.attempts import ENDING, place_of
from api.audited_request import SIGNED_IN_BY_PROVIDER
from api.deps import InstalledParts, Parts, open_to_all
from api.oidc import NotVouchedFor, ProviderAway
from api.oidc_roles import Vouched
from api.pages.guard import PageRoute, place
from api.pages.shell import is_secure, page
from api.pages.signing_in import enter
from api.problems import RETRY_AFTER_SECONDS, not_found
from framework.terms import Language
from storage import people
from storage.people import Found

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


@router.get(oidc.BACK, name=SIGNED_IN_BY_PROVIDER)
async def back(request: Request, parts: InstalledParts, code: str = "", state: str = "") -> Response:
    """Takes whom the provider vouches for, if our record knows them, or the settings map what it says of them to a role."""
    provider = parts.provider
    if provider is None:
        raise not_found("provider")
    parts.attempts.count(ENDING, place_of(request, parts.settings.proxies))
    now = parts.now()
    try:
        begun = oidc.opened(request.cookies.get(COOKIE, ""), state, parts.secret, now)
        vouched = await provider.vouched(code, begun, now)
    except (ProviderAway, NotVouchedFor) as error:
        return _failed(request, error)
    person = await _known(parts, vouched)
    if not person:
        return _failed(request, NotVouchedFor("nobody holds a mandate at the address"))
    response = await enter(request, parts, person, "oidc", begun.to, vouched.roles)
    response.delete_cookie(COOKIE, path=PATH, secure=is_secure(request), httponly=True, samesite="lax")
    return response


async def _known(parts: Parts, vouched: Vouched) -> str:
    """The person, as our record knows them or as the provider does; empty where neither gives a mandate."""
    now = parts.now()
    found = await people.mandates_at(parts.database, vouched.address, now)
    if not found and vouched.roles:
        mandate = Mandate(role=vouched.roles[0], name=vouched.name or vouched.address)
        found = [Found(mandate=mandate, language=Language.ENGLISH)]
    return await people.known(parts.database, vouched.address, found[0], now) if found else ""


def _failed(request: Request, error: ProviderAway | NotVouchedFor) -> Response:
    log.warning("nobody was signed in by the provider: %s", error)
    away = isinstance(error, ProviderAway)
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if away else {}
    return page(request, "oidc_failed.html", 503 if away else 403, headers=headers, away=away)
