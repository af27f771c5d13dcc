"""The GCM's desk: meetings with their agenda, an item with what it rests on, a position, the agenda's keeping."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from access.deciding import may, reaches
from access.people import Principal
from access.table import Action
from api.deps import Code, Country, InstalledParts, Parts
from api.handing_in import Door, Handed
from api.item_papers import papers_for
from api.items import ItemKeeper, ItemKey, ItemReader, Speaker, by_meeting, draft_of, is_recused, item_in
from api.pages import items_options as options
from api.pages import items_words
from api.pages.catalogues import N_, words
from api.pages.decision_form import Typed, kinds_of, outcomes_of
from api.pages.guard import SignedInRoute
from api.pages.items_views import requirements, seats_of
from api.pages.languages import language_of
from api.pages.shell import page
from api.problems import ProblemError
from api.seats import seat_of
from contracts.rows import CountryRow
from contracts.state import Item
from correspondence.places import country_name
from framework.consensus import POSITIONS
from framework.items import SETTLES
from framework.records import GcmItem, GcmItemEnd, GcmPosition, Submission
from framework.terms import DecisionKind, Language
from storage import reading, reading_history
from storage.reading_items import decidable, open_items

router = APIRouter(prefix="/desk", include_in_schema=False, route_class=SignedInRoute)

FormKey = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
"""What names a form when it is drawn: sent twice, it is one act."""

Line = Annotated[str, Field(max_length=300)]
Words = Annotated[str, Field(max_length=20_000)]

ITEM_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "decides": "decides",
        "year": "year",
        "text": "text",
        "meeting": "item_meeting",
        "meeting_on": "item_meeting_on",
        "silence_until": "silence_until",
    }
)
POSITION_FIELDS: Mapping[str, str] = MappingProxyType(
    {"seat": "own_seat", "position": "own_position", "reason": "own_reason"}
)
DAYS = ("item_meeting_on", "silence_until")
NO_COUNTRY = N_("Choose the country that is to be decided on.")
NO_DAY = N_("This is not a date. Write it as 2027-11-18.")
NO_YEAR = N_("This is not a year. Write it as 2027.")
END_FIELDS: Mapping[str, str] = MappingProxyType({"reason": "end_reason"})


class Spoken(BaseModel):
    """A position as it was typed."""

    key: FormKey
    own_seat: Line = ""
    own_position: Line = ""
    own_reason: Words = ""


class Listed(BaseModel):
    """An item for the agenda as it was typed."""

    key: FormKey
    country: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""
    decides: DecisionKind | Literal[""] = ""
    year: Line = ""
    item_meeting: Line = ""
    item_meeting_on: Line = ""
    text: Words = ""
    silence_until: Line = ""

    def mistakes(self, language: Language) -> items_words.Errors:
        """What cannot even be handed in: no country, days and years that are none."""
        wrong = [("country", NO_COUNTRY)] if not self.country else []
        wrong += [(name, NO_DAY) for name in DAYS if not _is_day(getattr(self, name))]
        wrong += [("year", NO_YEAR)] if not re.fullmatch("([0-9]{4})?", self.year.strip()) else []
        return [(where, words(language).gettext(text)) for where, text in wrong]

    def record(self) -> GcmItem:
        """The item as it is handed in, once there are no mistakes."""
        return GcmItem(
            decides=self.decides or None,
            year=int(self.year) if self.year.strip() else None,
            meeting=self.item_meeting.strip(),
            meeting_on=_day(self.item_meeting_on),
            text=self.text.strip(),
            silence_until=_day(self.silence_until),
        )


class Ended(BaseModel):
    """Why an item is taken off the agenda, as it was typed."""

    key: FormKey
    end_reason: Words = ""


@router.get("/meetings")
async def show_meetings(request: Request, reader: ItemReader, parts: InstalledParts) -> HTMLResponse:
    """The agenda of every meeting to come, and what waits for one."""
    return await _meetings(request, reader, parts)


@router.post("/meetings")
async def put_on_agenda(
    request: Request, listed: Annotated[Listed, Form()], keeper: ItemKeeper, parts: InstalledParts
) -> Response:
    """Puts an item on the agenda, or says more of one that is open."""
    language, code = language_of(request), listed.country
    errors = listed.mistakes(language)
    try:
        if not errors:
            handed = Handed[Any](submission=listed.record())
            await Door(parts, listed.key, Response()).hand_in(code, keeper, handed)
    except ProblemError as error:
        errors = items_words.errors_of(error, language, ITEM_FIELDS)
    if errors:
        return await _meetings(request, keeper, parts, typed=listed, errors=errors)
    return RedirectResponse("/desk/meetings", 303)


@router.get("/items/{code}/{key}")
async def show_item(
    request: Request, reader: ItemReader, country: Country, key: ItemKey, parts: InstalledParts
) -> HTMLResponse:
    """One item: what is met and unmet, history, positions, one's own position, the decision to send."""
    return await item_page(request, reader, parts, country, item_in(country, key).item)


@router.post("/items/{code}/{key}/position")
async def take_position(
    request: Request,
    speaker: Speaker,
    code: Code,
    key: ItemKey,
    spoken: Annotated[Spoken, Form()],
    parts: InstalledParts,
) -> Response:
    """Takes one's seat's position."""
    said = GcmPosition(
        item=key, seat=spoken.own_seat, position=spoken.own_position, reason=spoken.own_reason.strip()
    )
    return await _act(request, speaker, parts, code, key, spoken, said, POSITION_FIELDS)


@router.post("/items/{code}/{key}/end")
async def end_item(
    request: Request,
    keeper: ItemKeeper,
    code: Code,
    key: ItemKey,
    ended: Annotated[Ended, Form()],
    parts: InstalledParts,
) -> Response:
    """Takes an item off the agenda."""
    said = GcmItemEnd(item=key, reason=ended.end_reason.strip())
    return await _act(request, keeper, parts, code, key, ended, said, END_FIELDS)


async def item_page(
    request: Request,
    reader: Principal,
    parts: Parts,
    country: CountryRow,
    item: Item,
    *,
    typed: Any = None,
    errors: items_words.Errors | None = None,
    status: int = 200,
) -> HTMLResponse:
    """An item as this reader sees it. `typed`: a form that was refused, with what was typed; `errors`: why."""
    language, database = language_of(request), parts.database
    cycles = await reading_history.cycles(database, country.code)
    spoken = typed if isinstance(typed, Spoken) else None
    return page(
        request,
        "meetings/item.html",
        status,
        country=country,
        country_name=country_name(country.code, language, country.name),
        item=item,
        papers=await papers_for(database, reader, item),
        levels=options.levels(language),
        requirements=requirements(country, item, cycles, language),
        decisions=list(reversed(await reading_history.decisions(database, country.code))),
        seats=seats_of(item),
        recused=is_recused(reader, country.code),
        speaks=reaches(reader, Action.TAKE_POSITION, country.code) and item.closed_at is None,
        own_seat=seat_of(reader),
        decides=may(reader, Action.DECIDE) and item.closed_at is None,
        keeps=may(reader, Action.KEEP_ITEMS) and item.closed_at is None and bool(item.text or item.silence),
        keeps_papers=may(reader, Action.KEEP_ITEMS),
        spoken=spoken or Spoken(key=uuid4().hex),
        ended=typed if isinstance(typed, Ended) else Ended(key=uuid4().hex),
        sent=typed if isinstance(typed, Typed) else Typed.of(draft_of(country.code, item)),
        kind_options=options.kinds(kinds_of(item), language),
        outcomes=outcomes_of(item),
        outcome_options=options.outcomes(outcomes_of(item), language),
        consensus_options=options.consensus(language),
        marks_of_positions=options.positions(language),
        positions=POSITIONS,
        words=items_words.Sayings(language),
        key=uuid4().hex,
        errors=errors or [],
    )


async def _act(
    request: Request,
    actor: Principal,
    parts: Parts,
    code: str,
    key: str,
    typed: Spoken | Ended,
    submission: Submission,
    fields: Mapping[str, str],
) -> Response:
    try:
        await Door(parts, typed.key, Response()).hand_in(code, actor, Handed[Any](submission=submission))
    except ProblemError as error:
        country = await reading.country(parts.database, code)
        if country is None:
            raise
        again = typed.model_copy(update={"key": uuid4().hex})
        errors = items_words.errors_of(error, language_of(request), fields)
        item = item_in(country, key).item
        return await item_page(request, actor, parts, country, item, typed=again, errors=errors, status=422)
    return RedirectResponse(f"/desk/items/{code}/{key}", 303)


async def _meetings(
    request: Request,
    reader: Principal,
    parts: Parts,
    *,
    typed: Listed | None = None,
    errors: items_words.Errors | None = None,
) -> HTMLResponse:
    language = language_of(request)
    found = await open_items(parts.database)
    keeps = may(reader, Action.KEEP_ITEMS)
    rows = await decidable(parts.database) if keeps else []
    names = sorted((country_name(code, language, name), code) for code, name in rows)
    return page(
        request,
        "meetings/meetings.html",
        422 if errors else 200,
        meetings=by_meeting(found),
        recused=reader.country,
        keeps=keeps,
        countries=[("", ""), *((code, name) for name, code in names)],
        kind_options=options.kinds(list(dict.fromkeys(SETTLES.values())), language),
        typed=(typed or Listed(key="0" * 32)).model_copy(update={"key": uuid4().hex}),
        errors=errors or [],
        words=items_words.Sayings(language),
        now=parts.now(),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None


def _is_day(text: str) -> bool:
    try:
        _day(text)
    except ValueError:
        return False
    return True
