"""Mail: what became of every message to every recipient, and what came back to the return mailbox."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from access import deciding
from access.people import Principal
from access.table import Action
from api.deps import GuardedRoute, InstalledParts, Parts, allow, own_country
from api.description import errors
from api.mail_views import MailState, MailStory, MailView, ReturnState, ReturnView
from api.paging import Listing, PageQuery, bad_cursor, listing
from api.problems import not_found
from framework.terms import Role
from storage import ledger, returned
from storage.documents import DocumentMissing
from storage.ledger import MailFilter, MailItem
from storage.reading import country
from storage.returned import ReturnItem

router = APIRouter(tags=["mail"], route_class=GuardedRoute)

MailReader = Annotated[Principal, allow(Action.READ_MAIL)]
ReturnReader = Annotated[Principal, allow(Action.READ_RETURNS)]
MailKey = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,400}$", examples=["XAJ-2026-reminder-1-0123456789ab"])
]
ReturnId = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="As the list shows it.")]


class MailQuery(PageQuery):
    """Which messages."""

    country: Annotated[
        str,
        Field(
            pattern="^([A-Z]{3}|ALLIANCE)?$", description="Only those of this country (or of the Alliance)."
        ),
    ] = ""
    kind: Annotated[str, Field(pattern="^[a-z_]{0,60}$", description="Only those of this kind.")] = ""
    task: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_.-]{0,200}$", description="Only those about this task.")
    ] = ""
    state: Annotated[
        list[MailState],
        Field(default_factory=list, max_length=8, description="Only in these states; may be repeated."),
    ]
    possible_duplicate: Annotated[
        bool | None, Field(description="Only those of which the reader may have two copies (or surely not).")
    ] = None


class ReturnQuery(PageQuery):
    """Which returned messages."""

    state: Annotated[ReturnState | None, Field(description="Only in this state.")] = None


class SeenTo(BaseModel):
    """What whoever has seen to a returned message says of it."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(max_length=500)]


@router.get("/mails", operation_id="list_mails", responses=errors(403, 404))
async def list_mails(
    request: Request, query: Annotated[MailQuery, Query()], principal: MailReader, parts: InstalledParts
) -> Listing[MailView]:
    """The ledger of mail, in the order in which messages were made.

    A focal point sees the own country's, without other people's names and addresses.
    """
    if query.country:
        own_country(principal, query.country)
    chosen = MailFilter(
        country=query.country or (principal.country if principal.for_country else ""),
        kind=query.kind,
        task=query.task,
        states=tuple(query.state),
        possible_duplicate=query.possible_duplicate,
    )
    own = await _own_address(principal, parts)
    try:
        page = await ledger.mails(parts.database, chosen, limit=query.limit, cursor=query.cursor)
    except ValueError as error:
        raise bad_cursor(error) from None
    return listing(request, page, lambda item: MailView.of(item, whole=_sees(principal, item, own)))


@router.get("/mails/{key}", operation_id="read_mail", responses=errors(403, 404))
async def read_mail(key: MailKey, principal: MailReader, parts: InstalledParts) -> MailStory:
    """One message with all that happened to it."""
    item = await ledger.mail(parts.database, key)
    if item is None or not deciding.sees_country(principal, item.delivery.order.country):
        raise not_found(f"mail {key}")
    return MailStory.told(item, whole=_sees(principal, item, await _own_address(principal, parts)))


@router.get("/returns", operation_id="list_returns", responses=errors(403))
async def list_returns(
    request: Request, query: Annotated[ReturnQuery, Query()], principal: ReturnReader, parts: InstalledParts
) -> Listing[ReturnView]:
    """What came back to the return mailbox, oldest first; `state=open` is what somebody must look at."""
    try:
        page = await returned.all_returned(
            parts.database, query.state or "", limit=query.limit, cursor=query.cursor
        )
    except ValueError as error:
        raise bad_cursor(error) from None
    return listing(request, page, ReturnView.of)


@router.get("/returns/{id}", operation_id="read_return", responses=errors(403, 404))
async def read_return(id: ReturnId, principal: ReturnReader, parts: InstalledParts) -> ReturnView:
    """One returned message: what it is, and which message of ours it is about."""
    return ReturnView.of(await _returned(parts, id))


@router.get(
    "/returns/{id}/content",
    operation_id="download_return",
    response_class=Response,
    responses={
        200: {
            "description": "The message.",
            "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}},
        },
        **errors(403, 404),
    },
)
async def download_return(id: ReturnId, principal: ReturnReader, parts: InstalledParts) -> Response:
    """A returned message as it came, as an attachment. Strangers wrote it: open it with care."""
    await _returned(parts, id)
    try:
        content = await returned.content(parts.documents, id)
    except DocumentMissing:
        raise not_found(f"returned message {id}") from None
    headers = {
        "Content-Disposition": f'attachment; filename="{id[:16]}.eml"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type="message/rfc822", headers=headers)


@router.post("/returns/{id}/seen", operation_id="see_to_return", responses=errors(403, 404, 413))
async def see_to_return(
    id: ReturnId,
    seen: Annotated[SeenTo, Body(openapi_examples={"spam": {"value": {"note": "Advertising"}}})],
    principal: Annotated[Principal, allow(Action.SEE_TO_RETURN)],
    parts: InstalledParts,
) -> ReturnView:
    """Say that a returned message has been seen to: by you, now. Again: the last word stands."""
    item = await returned.see_to(
        parts.database, parts.documents, id, by=principal.name, at=parts.now(), note=seen.note
    )
    if item is None:
        raise not_found(f"returned message {id}")
    return ReturnView.of(item)


async def _own_address(principal: Principal, parts: Parts) -> str:
    row = await country(parts.database, principal.country) if principal.for_country else None
    if row is None:
        return ""
    if principal.role is Role.FOCAL_POINT:
        return row.focal_point.email
    return next((one.email for one in row.deputies if one.name == principal.name), "")


def _sees(principal: Principal, item: MailItem, own: str) -> bool:
    email = item.delivery.to_email
    return deciding.sees_recipient(principal, email, own) and bool(email or not principal.for_country)


async def _returned(parts: Parts, return_id: str) -> ReturnItem:
    item = await returned.returned(parts.database, return_id)
    if item is None:
        raise not_found(f"returned message {return_id}")
    return item
