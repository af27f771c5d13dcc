"""One's own way in, over the API: mandates, sessions, and the tokens of one's machines."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.deps import GuardedRoute, InstalledParts, allow
from api.description import errors
from api.problems import ProblemError, conflict, not_found
from framework.terms import Role
from storage import api_tokens, people, sessions
from storage.people import Found, mandate_key

router = APIRouter(tags=["person"], route_class=GuardedRoute)

Owner = Annotated[Principal, allow(Action.KEEP_ACCOUNT)]
Maker = Annotated[Principal, allow(Action.KEEP_TOKENS)]
Id = Annotated[str, Path(pattern=r"^[0-9a-f]{24}$", examples=["0123456789abcdef01234567"])]

EXAMPLES: dict[str, Any] = {
    "reading": {
        "summary": "A program that reads the country's tasks, for a quarter",
        "value": {"name": "Reporting tool", "scopes": ["read", "read_task"], "days": 90},
    }
}

NOBODY = "The token that you sent names nobody on record. Sign in, and make tokens for machines in your own mandate."
GRANTED = (
    "Your organisation grants you this role for a session. Tokens are for those who are appointed on record."
)


class MandateView(BaseModel):
    """A mandate that you hold now. `key` is what the header Pathfinder-Acting-As takes."""

    key: str
    role: Role
    country: str
    seat: str
    body: str
    tasks: list[str]
    from_on: date | None
    until_on: date | None


class Mandates(BaseModel):
    """All mandates that you hold now."""

    items: list[MandateView]


class SessionView(BaseModel):
    """A browser in which you are signed in. `agent`: what it says of itself; `ends_at`: at the latest (UTC)."""

    id: str
    agent: str
    door: str
    mandate: str
    created_at: datetime
    last_used_at: datetime
    ends_at: datetime


class Sessions(BaseModel):
    """Where you are signed in."""

    items: list[SessionView]


class NewToken(BaseModel):
    """A token for a machine: what it is for, for which actions, and for how many days it is valid."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")
    scopes: list[Action] = Field(min_length=1, max_length=100)
    days: int = Field(default=30, ge=1, le=366)


class TokenView(BaseModel):
    """A machine's token, without what the machine sends."""

    id: str
    name: str
    mandate: str
    scopes: list[str]
    created_at: datetime
    ends_at: datetime
    last_used_on: date | None


class MadeToken(TokenView):
    """A token as it was made. `token` is shown this once."""

    token: str


class Tokens(BaseModel):
    """The living tokens of your machines."""

    items: list[TokenView]


@router.get("/me/mandates", operation_id="list_my_mandates", responses=errors(403))
async def list_my_mandates(principal: Owner, parts: InstalledParts) -> Mandates:
    """The mandates that you hold now, and in one of which you act."""
    found = await people.mandates_of(parts.database, principal.person, parts.now())
    acting = principal.mandate
    if acting is not None and people.is_granted(acting):
        found.append(Found(mandate=acting, language=principal.language))
    return Mandates(
        items=[
            MandateView(
                key=mandate_key(one.mandate),
                role=one.mandate.role,
                country=one.mandate.country,
                seat=one.mandate.seat,
                body=one.mandate.body,
                tasks=list(one.mandate.tasks),
                from_on=one.mandate.from_on,
                until_on=one.mandate.until_on,
            )
            for one in found
        ]
    )


@router.get("/me/sessions", operation_id="list_my_sessions", responses=errors(403))
async def list_my_sessions(principal: Owner, parts: InstalledParts) -> Sessions:
    """Where you are signed in."""
    found = await sessions.living(parts.database, principal.person, parts.now(), parts.session_idle)
    return Sessions(items=[SessionView.model_validate(one, from_attributes=True) for one in found])


@router.delete("/me/sessions", operation_id="end_my_sessions", status_code=204, responses=errors(403))
async def end_my_sessions(principal: Owner, parts: InstalledParts) -> Response:
    """Signs you out everywhere."""
    await sessions.end_all(parts.database, principal.person, parts.now())
    return Response(status_code=204)


@router.delete(
    "/me/sessions/{id}", operation_id="end_my_session", status_code=204, responses=errors(403, 404)
)
async def end_my_session(id: Id, principal: Owner, parts: InstalledParts) -> Response:
    """Signs you out in one browser."""
    if not await sessions.end(parts.database, principal.person, id, parts.now()):
        raise not_found("session of this id")
    return Response(status_code=204)


@router.get("/me/tokens", operation_id="list_my_tokens", responses=errors(403))
async def list_my_tokens(principal: Maker, parts: InstalledParts) -> Tokens:
    """The living tokens of your machines."""
    found = await api_tokens.living(parts.database, principal.person, parts.now())
    return Tokens(items=[TokenView.model_validate(one, from_attributes=True) for one in found])


@router.post("/me/tokens", operation_id="make_my_token", status_code=201, responses=errors(403, 409, 422))
async def make_my_token(
    new: Annotated[NewToken, Body(openapi_examples=EXAMPLES)], principal: Maker, parts: InstalledParts
) -> MadeToken:
    """A token for a machine, in the mandate in which you act now. It is shown this once."""
    if not principal.person or principal.mandate is None:
        raise conflict(NOBODY)
    if people.is_granted(principal.mandate):
        raise conflict(GRANTED)
    beyond = sorted(one.value for one in new.scopes if not may(principal, one))
    if beyond:
        raise ProblemError(422, f"Your mandate does not allow these scopes: {', '.join(beyond)}.")
    now = parts.now()
    try:
        made, token = await api_tokens.create(
            parts.database,
            principal.person,
            mandate_key(principal.mandate),
            new.name.strip(),
            [one.value for one in new.scopes],
            at=now,
            ends_at=now + timedelta(days=new.days),
        )
    except api_tokens.TooManyTokens:
        raise conflict(f"You have {api_tokens.MOST_TOKENS} tokens; revoke one first.") from None
    seen = TokenView.model_validate(made, from_attributes=True)
    return MadeToken(**seen.model_dump(), token=token)


@router.delete("/me/tokens/{id}", operation_id="revoke_my_token", status_code=204, responses=errors(403, 404))
async def revoke_my_token(id: Id, principal: Maker, parts: InstalledParts) -> Response:
    """Ends a token for good."""
    if not await api_tokens.revoke(parts.database, principal.person, id, parts.now()):
        raise not_found("token of this id")
    return Response(status_code=204)
