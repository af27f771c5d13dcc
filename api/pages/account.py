"""A person's own matters: in which mandate they act, in which language, where they are signed in, their machines' tokens."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from access.deciding import may
from access.people import Principal
from access.table import Action
from api import personal_data
from api.deps import InstalledParts, Parts
from api.me_access import GRANTED
from api.pages.account_words import MAY
from api.pages.catalogues import words
from api.pages.guard import SignedIn, SignedInRoute, drop_secret, keep_secret, permit, place
from api.pages.languages import language_of
from api.pages.shell import page, remember
from api.problems import conflict, not_found
from correspondence.dates import zone_of
from framework.terms import Language
from storage import api_tokens, people, sessions
from storage.people import mandate_key

PATH = "/account"
DATA_FILE = "pathfinder-personal-data.json"
LONGEST_NAME = 100
LIFETIMES = (30, 90, 366)
"""Days for which a token can be made."""

router = APIRouter(include_in_schema=False, route_class=SignedInRoute)

_OWN = [permit(Action.KEEP_ACCOUNT)]
_TOKENS = [permit(Action.KEEP_TOKENS)]


@router.get(PATH, dependencies=_OWN)
async def show(request: Request, identity: SignedIn, parts: InstalledParts) -> Response:
    """All of a person's own matters, but for the tokens."""
    living = await sessions.living(parts.database, identity.person.id, parts.now(), parts.session_idle)
    return page(
        request,
        "account.html",
        person=identity.person,
        acting=identity.acting,
        several=len(identity.mandates) > 1,
        here=identity.session.id,
        sessions=living,
        wrong=request.query_params.get("wrong", ""),
    )


@router.post(f"{PATH}/person", dependencies=_OWN)
async def change_person(
    request: Request,
    identity: SignedIn,
    parts: InstalledParts,
    language: Annotated[Language, Form()],
    time_zone: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Keeps how a person wants to be addressed."""
    zone = time_zone.strip()
    if zone and zone != "UTC" and zone_of(zone) is None and zone != "Europe/Zurich":
        return RedirectResponse(f"{PATH}?wrong=time_zone", 303)
    await people.put_person(parts.database, identity.person.id, language=language, time_zone=zone)
    response = RedirectResponse(PATH, 303)
    remember(response, request, language)
    return response


@router.get(f"{PATH}/acting-as", dependencies=_OWN)
async def ask_for_mandate(request: Request, identity: SignedIn) -> Response:
    """The mandates that a person holds now."""
    return _mandates(request, identity)


@router.post(f"{PATH}/acting-as", dependencies=_OWN)
async def act_in(
    request: Request,
    identity: SignedIn,
    parts: InstalledParts,
    mandate: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Changes the mandate in which a person acts, and the secret of the session with it."""
    if mandate not in {mandate_key(one.mandate) for one in identity.mandates}:
        return _mandates(request, identity, wrong=True)
    secret = await sessions.act_in(parts.database, identity.session.id, mandate, parts.now())
    response = RedirectResponse(place(request, PATH), 303)
    if secret is not None:
        keep_secret(response, request, secret)
    return response


@router.post(f"{PATH}/data", dependencies=[permit(Action.EXPORT_OWN_DATA)])
async def take_data(identity: SignedIn, parts: InstalledParts) -> Response:
    """What is held about a person as their own, as a file."""
    found = await personal_data.of_own(parts, identity.person.id)
    headers = {"Content-Disposition": f'attachment; filename="{DATA_FILE}"'}
    return Response(found.model_dump_json(indent=2), headers=headers, media_type="application/json")


@router.post(f"{PATH}/sessions/end-all", dependencies=_OWN)
async def end_all(request: Request, identity: SignedIn, parts: InstalledParts) -> Response:
    """Signs a person out everywhere, here too."""
    await sessions.end_all(parts.database, identity.person.id, parts.now())
    response = RedirectResponse("/sign-in", 303)
    drop_secret(response, request)
    return response


@router.post(f"{PATH}/sessions/{{id}}/end", dependencies=_OWN)
async def end_one(id: str, identity: SignedIn, parts: InstalledParts) -> Response:
    """Signs a person out in one browser."""
    if not await sessions.end(parts.database, identity.person.id, id, parts.now()):
        raise not_found("session of this id")
    return RedirectResponse(PATH, 303)


@router.get(f"{PATH}/tokens", dependencies=_TOKENS)
async def show_tokens(request: Request, identity: SignedIn, parts: InstalledParts) -> Response:
    """The tokens of a person's machines, and a form for a new one."""
    return await _tokens(request, identity, parts)


@router.post(f"{PATH}/tokens", dependencies=_TOKENS)
async def make_token(
    request: Request,
    identity: SignedIn,
    parts: InstalledParts,
    scopes: Annotated[list[str], Form(default_factory=list, max_length=100)],
    name: Annotated[str, Form(max_length=1000)] = "",
    days: Annotated[int, Form()] = LIFETIMES[0],
) -> Response:
    """Makes a token for the mandate in which the person acts, and shows it, this once."""
    if identity.acting is not None and people.is_granted(identity.acting):
        raise conflict(GRANTED)
    errors = _wrong(name.strip(), days, scopes, identity.principal)
    if errors:
        return await _tokens(request, identity, parts, 422, errors, name=name, days=days, chosen=scopes)
    now = parts.now()
    try:
        _, secret = await api_tokens.create(
            parts.database,
            identity.person.id,
            identity.session.mandate,
            name.strip(),
            scopes,
            at=now,
            ends_at=now + timedelta(days=days),
        )
    except api_tokens.TooManyTokens:
        return await _tokens(request, identity, parts, 409, [("", "many")], name=name, chosen=scopes)
    return await _tokens(request, identity, parts, secret=secret)


@router.post(f"{PATH}/tokens/{{id}}/revoke", dependencies=_TOKENS)
async def revoke_token(id: str, identity: SignedIn, parts: InstalledParts) -> Response:
    """Ends a token for good."""
    if not await api_tokens.revoke(parts.database, identity.person.id, id, parts.now()):
        raise not_found("token of this id")
    return RedirectResponse(f"{PATH}/tokens", 303)


def scopes_of(principal: Principal) -> list[Action]:
    """The actions for which a person can make a token: what the mandate allows, but for making tokens."""
    return [one for one in MAY if may(principal, one)]


def _wrong(name: str, days: int, scopes: list[str], principal: Principal) -> list[tuple[str, str]]:
    """What is wrong with a new token: the field, and which of its texts the page shows."""
    able = set(scopes_of(principal))
    found = [("name", "name")] if not name or len(name) > LONGEST_NAME or not name.isprintable() else []
    found += [("days", "days")] if days not in LIFETIMES else []
    return found + ([("scopes", "scopes")] if not scopes or not set(scopes) <= able else [])


async def _tokens(
    request: Request,
    identity: SignedIn,
    parts: Parts,
    status: int = 200,
    errors: Sequence[tuple[str, str]] = (),
    *,
    secret: str = "",
    name: str = "",
    days: int = LIFETIMES[0],
    chosen: Sequence[str] = (),
) -> Response:
    return page(
        request,
        "tokens.html",
        status,
        tokens=await api_tokens.living(parts.database, identity.person.id, parts.now()),
        mandates={mandate_key(one.mandate): one.mandate for one in identity.mandates},
        acting=identity.acting,
        scopes=[
            (one, words(language_of(request)).gettext(MAY[one])) for one in scopes_of(identity.principal)
        ],
        lifetimes=LIFETIMES,
        errors=dict(errors),
        secret=secret,
        name=name,
        days=days,
        chosen=chosen,
    )


def _mandates(request: Request, identity: SignedIn, *, wrong: bool = False) -> Response:
    acting = mandate_key(identity.acting) if identity.acting else ""
    return page(
        request,
        "acting_as.html",
        422 if wrong else 200,
        mandates=[(mandate_key(one.mandate), one.mandate) for one in identity.mandates],
        chosen=acting,
        wrong=wrong,
    )
