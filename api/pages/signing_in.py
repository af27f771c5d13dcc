"""Signing in by an e-mailed link, or by the code in the same message on the device where the address was typed.

Looking at a page uses nothing up, so that programmes that open links do no harm; only the button does. Whatever address
is typed, the answer is the same.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, BackgroundTasks, Form, Request, Response
from fastapi.responses import RedirectResponse

from access.table import Action
from api import sign_in_mail
from api.attempts import ASKING, ENDING, FOR_ADDRESS, TOO_MANY, place_of
from api.deps import InstalledParts, Parts, open_to_all, parts_of
from api.pages.guard import (
    ACTING_AS,
    PageRoute,
    SignedIn,
    SignedInRoute,
    drop_secret,
    keep_secret,
    permit,
    place,
)
from api.pages.shell import is_secure, page
from api.problems import ProblemError
from api.taking_up import take_up
from api.user_agents import short_agent
from contracts.names import address_digest
from correspondence.signing_in import TOKEN, code_of, token_of, typed_code
from framework.terms import Language, Role
from storage import people, sessions, sign_ins
from storage.contact_addresses import LONGEST
from storage.people import mandate_key
from storage.sign_ins import SignIn

COOKIE = "pathfinder-sign-in"
PATH = "/sign-in"
GRANTED_FOR = timedelta(hours=12)
"""How long what a provider says of somebody's roles is believed."""

open_router = APIRouter(include_in_schema=False, route_class=PageRoute)
signed_in = APIRouter(include_in_schema=False, route_class=SignedInRoute)

_FOR_ALL = [open_to_all(Action.SIGN_IN)]


@open_router.get(PATH, dependencies=_FOR_ALL)
async def ask(request: Request) -> Response:
    """Asks for an address."""
    return _form(request)


@open_router.post(PATH, dependencies=_FOR_ALL)
async def send(
    request: Request,
    parts: InstalledParts,
    later: BackgroundTasks,
    address: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Has a link sent, if anybody is known at the address; the answer is always the same. 429 for too many attempts."""
    parts.attempts.count(ASKING, place_of(request, parts.settings.proxies))
    address = address.strip()
    if not _is_address(address):
        return _form(request, address, 422)
    parts.attempts.count(FOR_ADDRESS, address_digest(address))
    now, id, browser = parts.now(), secrets.token_hex(16), secrets.token_urlsafe(24)
    await _count(parts, address, now)
    made = sign_ins.Secrets(token=token_of(parts.secret, id), code=code_of(parts.secret, id), browser=browser)
    ends_at = now + sign_in_mail.VALID_FOR
    await sign_ins.begin(parts.database, id, address, made, at=now, ends_at=ends_at)
    later.add_task(sign_in_mail.send, parts, id, address, now)
    response = RedirectResponse(f"{PATH}/code{_query(request)}", 303, background=later)
    _remember(response, request, browser)
    return response


@open_router.get(f"{PATH}/code", dependencies=_FOR_ALL)
async def ask_for_code(request: Request) -> Response:
    """Says what to do now, and takes the code."""
    return page(request, "sign_in_code.html", error="", query=_query(request))


@open_router.post(f"{PATH}/code", dependencies=_FOR_ALL)
async def take_code(
    request: Request, parts: InstalledParts, code: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Signs in by the code, in the browser where the address was typed; five wrong ones, and it takes no more."""
    parts.attempts.count(ENDING, place_of(request, parts.settings.proxies))
    now = parts.now()
    pending = await sign_ins.in_browser(parts.database, request.cookies.get(COOKIE, ""), now)
    if pending is None:
        return page(request, "sign_in_over.html", 410)
    typed = typed_code(code)
    if not typed:
        return page(request, "sign_in_code.html", 422, error="shape", query=_query(request))
    if not await sign_ins.use_code(parts.database, pending, typed, now):
        return page(request, "sign_in_code.html", 422, error="wrong", query=_query(request))
    return await enter(request, parts, pending.person, "code")


@open_router.get(f"{PATH}/link/{{token}}", dependencies=_FOR_ALL)
async def open_link(request: Request, token: str, parts: InstalledParts) -> Response:
    """The page behind a link, with the button that signs in. Looking uses nothing up."""
    if await _pending(parts, token) is None:
        return page(request, "sign_in_over.html", 410)
    return page(request, "sign_in_link.html")


@open_router.post(f"{PATH}/link/{{token}}", dependencies=_FOR_ALL)
async def follow_link(request: Request, token: str, parts: InstalledParts) -> Response:
    """Signs in by a link, once."""
    parts.attempts.count(ENDING, place_of(request, parts.settings.proxies))
    pending = await _pending(parts, token)
    if pending is None or not await sign_ins.use(parts.database, pending.id, parts.now()):
        return page(request, "sign_in_over.html", 410)
    return await enter(request, parts, pending.person, "link")


@signed_in.post("/sign-out", dependencies=[permit(Action.KEEP_ACCOUNT)])
async def sign_out(request: Request, identity: SignedIn, parts: InstalledParts) -> Response:
    """Ends this session."""
    await sessions.end(parts.database, identity.person.id, identity.session.id, parts.now())
    response = RedirectResponse("/", 303)
    drop_secret(response, request)
    return response


async def enter(
    request: Request, parts: Parts, person: str, door: str, to: str = "", roles: Sequence[Role] = ()
) -> Response:
    """Begins a session for a person, under a new secret; whoever holds one mandate acts in it. `to`: a page of ours.

    `roles`: those that an organisation's provider says of them. A session with such ends sooner: it is asked again.
    """
    now, granted = parts.now(), [role.value for role in roles]
    request.state.signed_in = person
    before = getattr(request.state, "identity", None)
    if before is not None:  # a browser that was signed in is so once, under the new secret
        await sessions.end(parts.database, before.person.id, before.session.id, now)
    await take_up(parts, person, now + parts.session_lasts)
    mandates = await people.mandates_of(parts.database, person, now)
    mandates += people.granted(granted, mandates, Language.ENGLISH)
    if not mandates:  # the last one ended since the link was sent
        return page(request, "ended.html", 403)
    _, secret = await sessions.begin(
        parts.database,
        person,
        mandate=mandate_key(mandates[0].mandate) if len(mandates) == 1 else "",
        agent=short_agent(request.headers.get("User-Agent", "")),
        door=door,
        at=now,
        ends_at=now + (min(parts.session_lasts, GRANTED_FOR) if granted else parts.session_lasts),
        granted=granted,
    )
    wanted = to or place(request)
    response = RedirectResponse(
        wanted if len(mandates) == 1 else f"{ACTING_AS}?to={quote(wanted, safe='/')}", 303
    )
    keep_secret(response, request, secret)
    response.delete_cookie(COOKIE, path=PATH, secure=is_secure(request), httponly=True, samesite="lax")
    return response


async def _pending(parts: Parts, token: str) -> SignIn | None:
    readable = TOKEN.fullmatch(token)
    return await sign_ins.with_token(parts.database, token, parts.now()) if readable else None


async def _count(parts: Parts, address: str, now: datetime) -> None:
    """The same limit over all processes, for addresses that are known here and others. Raises ProblemError 429."""
    if (
        await sign_ins.asked_since(parts.database, address, now - sign_in_mail.VALID_FOR)
        >= FOR_ADDRESS.amount
    ):
        wait = str(int(sign_in_mail.VALID_FOR.total_seconds()))
        raise ProblemError(429, TOO_MANY, headers={"Retry-After": wait})


def _form(request: Request, address: str = "", status: int = 200) -> Response:
    provider = parts_of(request).settings
    return page(
        request,
        "sign_in.html",
        status,
        address=address if len(address) <= LONGEST else "",
        wrong=status != 200,
        query=_query(request),
        provider=provider.oidc_issuer and (provider.oidc_name or provider.oidc_issuer.partition("://")[2]),
    )


def _is_address(text: str) -> bool:
    before, at, after = text.rpartition("@")
    return bool(before and at and after) and len(text) <= LONGEST and text.isprintable() and " " not in text


def _query(request: Request) -> str:
    wanted = place(request, "")
    return f"?to={quote(wanted, safe='/')}" if wanted else ""


def _remember(response: Response, request: Request, browser: str) -> None:
    response.set_cookie(
        COOKIE,
        browser,
        max_age=int(sign_in_mail.VALID_FOR.total_seconds()),
        path=PATH,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


router = APIRouter()
router.include_router(open_router)
router.include_router(signed_in)
