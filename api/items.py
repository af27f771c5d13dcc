"""Items of the GCM: what is to be decided on a country, positions beforehand, and the agenda of each meeting."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request
from pydantic import BaseModel, Field, TypeAdapter

from access.deciding import reaches
from access.people import Principal
from access.table import Action
from api.deps import Code, Country, GuardedRoute, InstalledParts, allow
from api.description import errors
from api.handing_in import Handed, WayIn
from api.item_examples import ITEM_ENDS, ITEMS, POSITIONS
from api.item_papers import seen_by
from api.paging import Listing, PageQuery, bad_cursor, listing, page_of
from api.problems import Reason, not_found, reasons
from api.views import ReceiptView
from contracts.rows import CountryRow
from contracts.state import Item
from framework.decision_record import GcmDecision, Position
from framework.findings import Finding
from framework.records import GcmItem, GcmItemEnd, GcmPosition
from framework.terms import Consensus, DecisionKind
from storage.paging import Page
from storage.reading_items import CountryItem, open_items
from wording import say

router = APIRouter(tags=["decisions"], route_class=GuardedRoute)

ItemReader = Annotated[Principal, allow(Action.READ_ITEMS)]
ItemKeeper = Annotated[Principal, allow(Action.KEEP_ITEMS)]
Speaker = Annotated[Principal, allow(Action.TAKE_POSITION)]
_FINDINGS = TypeAdapter(list[Finding])

ItemKey = Annotated[str, Path(pattern=r"^[a-z_]{1,40}(-[0-9]{4})?(\.[0-9]{1,4})?$", examples=["grant"])]


class ItemQuery(PageQuery):
    """Which items."""

    open: Annotated[bool | None, Field(description="Only open ones, or only closed ones.")] = None


class ItemView(BaseModel):
    """An item with its country. `positions` in it are all that were ever taken; those replaced say when.

    `recused`: you hold the seat of the country concerned.
    """

    country: str
    country_name: str
    title: str
    item: Item
    recused: bool

    @classmethod
    def of(cls, found: CountryItem, principal: Principal) -> "ItemView":
        """An item as this reader sees it."""
        return cls(
            country=found.country,
            country_name=found.country_name,
            title=say(f"decision_kind.{found.item.kind}", {}),
            item=found.item,
            recused=is_recused(principal, found.country),
        )


class ItemWhole(ItemView):
    """An item with what stands against its decision, and the decision as it would be sent with what is on record."""

    unmet: list[Reason]
    draft: GcmDecision


class MeetingView(BaseModel):
    """A meeting with the items to decide there. Without a name: items that wait for a meeting."""

    meeting: str
    meeting_on: date | None
    items: list[ItemView]


@router.get("/countries/{code}/items", operation_id="list_items", responses=errors(403, 404))
async def list_items(
    request: Request,
    principal: ItemReader,
    country: Country,
    query: Annotated[ItemQuery, Query()],
    parts: InstalledParts,
) -> Listing[ItemView]:
    """The GCM's items on a country: all that are open, and those that closed in this cycle."""
    found = [one for one in of_country(country) if query.open in (None, one.item.closed_at is None)]
    try:
        page = page_of(found, lambda one: (one.item.opened_at.isoformat(), one.item.key), query)
    except ValueError as error:
        raise bad_cursor(error) from None
    seen = [await seen_by(parts.database, principal, one) for one in page.items]
    return listing(request, Page(seen, page.next_cursor), lambda one: ItemView.of(one, principal))


@router.get("/countries/{code}/items/{key}", operation_id="read_item", responses=errors(403, 404))
async def read_item(
    principal: ItemReader, country: Country, key: ItemKey, parts: InstalledParts
) -> ItemWhole:
    """One item: papers, positions, what is unmet, and the decision filled in with what is on record."""
    found = await seen_by(parts.database, principal, item_in(country, key))
    return ItemWhole(
        **ItemView.of(found, principal).model_dump(),
        unmet=reasons(unmet_of(country, found.item)),
        draft=draft_of(country.code, found.item),
    )


@router.post("/countries/{code}/items", operation_id="open_item", responses=errors(403, 404, 409, 413))
async def open_item(
    code: Code,
    handed: Annotated[Handed[GcmItem], Body(openapi_examples=ITEMS)],
    principal: ItemKeeper,
    door: WayIn,
) -> ReceiptView:
    """Put an item on the agenda, or say more of one that is open: meeting, papers, a silence procedure."""
    return await door.hand_in(code, principal, handed)


@router.post(
    "/countries/{code}/items/{key}/positions",
    operation_id="take_position",
    responses=errors(403, 404, 409, 413),
)
async def take_position(
    code: Code,
    key: ItemKey,
    handed: Annotated[Handed[GcmPosition], Body(openapi_examples=POSITIONS)],
    principal: Speaker,
    door: WayIn,
) -> ReceiptView:
    """Take your seat's position before the item is decided; a later one replaces it, both stay on record.

    The seat of the country concerned is recused (403). The Secretariat registers a position on a seat's behalf.
    """
    return await door.hand_in(code, principal, about(handed, key))


@router.post(
    "/countries/{code}/items/{key}/end", operation_id="end_item", responses=errors(403, 404, 409, 413)
)
async def end_item(
    code: Code,
    key: ItemKey,
    handed: Annotated[Handed[GcmItemEnd], Body(openapi_examples=ITEM_ENDS)],
    principal: ItemKeeper,
    door: WayIn,
) -> ReceiptView:
    """Take an item off the agenda without a decision."""
    return await door.hand_in(code, principal, about(handed, key))


@router.get("/meetings", operation_id="list_meetings", responses=errors(403))
async def list_meetings(principal: ItemReader, parts: InstalledParts) -> list[MeetingView]:
    """The agenda: open items of all countries by meeting, the next meeting first; those without one last."""
    found = [await seen_by(parts.database, principal, one) for one in await open_items(parts.database)]
    return [
        MeetingView(meeting=name, meeting_on=day, items=[ItemView.of(one, principal) for one in each])
        for (name, day), each in by_meeting(found)
    ]


def by_meeting(found: Iterable[CountryItem]) -> list[tuple[tuple[str, date | None], list[CountryItem]]]:
    """Items by meeting, in the order of their days; those without a day after them, those without a meeting last."""
    meetings: dict[tuple[str, date | None], list[CountryItem]] = {}
    for one in found:
        meetings.setdefault((one.item.meeting.strip(), one.item.meeting_on), []).append(one)
    return sorted(meetings.items(), key=lambda pair: (not pair[0][0], pair[0][1] or date.max, pair[0][0]))


def of_country(country: CountryRow) -> list[CountryItem]:
    """The items of one country."""
    return [CountryItem(country=country.code, country_name=country.name, item=item) for item in country.items]


def item_in(country: CountryRow, key: str) -> CountryItem:
    """One item of a country; raises ProblemError 404 when it is not there."""
    found = next((one for one in of_country(country) if one.item.key == key), None)
    if found is None:
        raise not_found(f"item {key} of {country.code}")
    return found


def is_recused(principal: Principal, code: str) -> bool:
    """Whether somebody holds the seat of the country concerned."""
    return not reaches(principal, Action.TAKE_POSITION, code) and principal.country == code


def unmet_of(country: CountryRow, item: Item) -> list[Finding]:
    """What stands against the decision: a candidate's requirements, what a request to return still lacks."""
    if item.kind is DecisionKind.GRANT:
        return _FINDINGS.validate_python(country.unmet)
    if item.kind is DecisionKind.REACTIVATE and country.reactivations:
        return list(country.reactivations[-1].missing)
    return []


def standing(item: Item) -> tuple[Position, ...]:
    """What each seat said last."""
    return tuple(
        Position(seat=one.seat, position=one.position, reason=one.reason)
        for one in item.positions
        if one.replaced_at is None
    )


def draft_of(code: str, item: Item) -> GcmDecision:
    """The decision as it would be sent if nothing else is said: an id of its own, consensus by the positions."""
    blocked = any(one.position == "object" for one in standing(item))
    return GcmDecision(
        id=f"gcm-{item.opened_at:%Y}-{code.lower()}-{item.key.replace('_', '-')}",
        kind=item.kind,
        meeting=item.meeting,
        meeting_on=item.meeting_on or item.silence_until,
        consensus=Consensus.BLOCKED if blocked else Consensus.REACHED,
        positions=standing(item),
        year=item.year,
    )


def about(handed: Handed[Any], key: str) -> Handed[Any]:
    """What was handed in, about the item in the address."""
    return handed.model_copy(update={"submission": replace(handed.submission, item=key)})
