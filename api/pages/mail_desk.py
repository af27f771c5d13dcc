"""The mail desk: what did not come to its reader, what came back, and what is to be done about it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.deps import InstalledParts, allow
from api.mails import ReturnId
from api.pages.board_words import in_words
from api.pages.guard import SignedInRoute
from api.pages.languages import language_of
from api.pages.mail_desk_words import FAILED, RETURNS, STATES, TODO
from api.pages.shell import page
from api.problems import ProblemError, not_found
from contracts.returns import OPEN
from storage import ledger, returned
from storage.reading_board import mail_counts, standings

router = APIRouter(prefix="/desk/mail", include_in_schema=False, route_class=SignedInRoute)

MailReader = Annotated[Principal, allow(Action.READ_RETURNS)]
PER_PAGE = 100


class DeskQuery(BaseModel):
    """Which messages: of a country, in a state (empty: those that failed), or those that may have come twice."""

    country: Annotated[str, Field(pattern="^([A-Z]{3}|ALLIANCE)?$")] = ""
    state: Literal[
        "",
        "refused",
        "given_up",
        "bounced",
        "no_recipient",
        "unknown",
        "queued",
        "attempting",
        "held",
        "in_digest",
        "sent",
    ] = ""
    twice: Literal["1", ""] = ""
    cursor: Annotated[str, Field(max_length=400)] = ""


@router.get("")
async def show_mail(
    request: Request, query: Annotated[DeskQuery, Query()], reader: MailReader, parts: InstalledParts
) -> HTMLResponse:
    """What waits to be seen to, the messages that failed, and what came back."""
    language = language_of(request)
    states = (query.state,) if query.state else () if query.twice else FAILED
    chosen = ledger.MailFilter(
        country=query.country, states=states, possible_duplicate=True if query.twice else None
    )
    try:
        mails = await ledger.mails(parts.database, chosen, limit=PER_PAGE, cursor=query.cursor)
    except ValueError:
        raise ProblemError(422, "This is no place in the list of messages.") from None
    rows = await standings(parts.database)
    return page(
        request,
        "desk/mail.html",
        query=query,
        unsettled=[
            (one, each) for one in rows if query.country in ("", one.code) for each in one.undelivered
        ],
        mails=mails.items,
        next=mails.next_cursor,
        names={one.code: one.name for one in rows},
        returns=(await returned.all_returned(parts.database, OPEN, limit=PER_PAGE)).items,
        counts=await mail_counts(parts.database),
        states=in_words(STATES, language),
        todo=in_words(TODO, language),
        kinds=in_words(RETURNS, language),
        can_act=may(reader, Action.SEE_TO_RETURN),
    )


@router.post("/returns/{id}")
async def see_to(
    id: ReturnId,
    note: Annotated[str, Form(max_length=500)],
    doer: Annotated[Principal, allow(Action.SEE_TO_RETURN)],
    parts: InstalledParts,
) -> Response:
    """Notes that somebody has looked at a returned message, and what they say of it."""
    found = await returned.see_to(
        parts.database, parts.documents, id, by=doer.name, at=parts.now(), note=note
    )
    if found is None:
        raise not_found(f"returned message {id}")
    return RedirectResponse("/desk/mail#returns", 303)
