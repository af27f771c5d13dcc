"""One act in many countries: first what would happen in each, then the act, with its progress and a result per country.

Each country gets a submission of its own, by the same way in as everything else, under a key made of the form's: a form
that is sent again does nothing twice.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from pydantic import Field

from access.people import Principal
from access.table import Action
from api.deps import InstalledParts, Parts, allow
from api.handing_in import Door, Handed
from api.pages.board_reading import read_board
from api.pages.board_views import BoardQuery, Line, chosen
from api.pages.bulk_views import (
    BulkChoice,
    Prospect,
    is_exceptional,
    kinds_in,
    prospect,
    shared,
    submission_of,
)
from api.pages.guard import SignedInRoute
from api.pages.languages import language_of
from api.pages.sentences import sentences, why_not
from api.pages.shell import environment, page
from api.problems import ProblemError
from contracts.record import Task
from correspondence.places import country_name
from framework.records import Extension, Nudge
from framework.terms import Language
from storage.reading_board import Standing, open_tasks, standings

log = logging.getLogger(__name__)

router = APIRouter(prefix="/desk/bulk", include_in_schema=False, route_class=SignedInRoute)

Doer = Annotated[Principal, allow(Action.ACT_IN_BULK)]
Codes = Annotated[list[Annotated[str, Field(pattern="^[A-Z]{3}$")]], Field(max_length=1000)]
Items = Annotated[
    list[Annotated[str, Field(pattern=r"^[A-Z]{3}/[A-Za-z0-9_.-]{1,200}$")]], Field(max_length=1000)
]

AT_ONCE = 8
"""So many countries are asked at the same time: one that does not answer holds up no other for long."""

HERE = "\x00here\x00"
"""Stands in the drawn page where results come in."""


class Asked(BulkChoice, BoardQuery):
    """The countries and the act, as the address of a preview has them. `all`: every country that the filters let through.

    `looked`: the person has filled in the form and wants to see what would happen now.
    """

    code: Annotated[Codes, Field(default_factory=list)]
    all: Literal["1", ""] = ""
    looked: Literal["1", ""] = ""


class Ordered(BulkChoice):
    """The act as it is sent: `item` names each country with its task, `key` this form."""

    item: Annotated[Items, Field(default_factory=list)]
    key: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of it in one country: done, or all the reasons why not."""

    code: str
    name: str
    task: str
    done: bool
    reasons: Sequence[str] = ()


@router.get("")
async def preview_bulk(
    request: Request, asked: Annotated[Asked, Query()], _: Doer, parts: InstalledParts
) -> HTMLResponse:
    """What would happen in each chosen country, and why it would not in others. Nothing happens yet."""
    language, now = language_of(request), parts.now()
    picked = _picked((await read_board(parts, language)).lines, asked)
    tasks = await _tasks(parts, [one.code for one in picked])
    found = [prospect(one, tasks.get(one.code, ()), asked, now, language) for one in picked]
    common = shared(found)
    return page(
        request,
        "board/bulk.html",
        asked=asked,
        prospects=[
            (one, _reasons(one, common, language), sentences(one.warnings, language)) for one in found
        ],
        possible=sum(one.possible for one in found),
        errors=_errors(common, language) if asked.looked else [],
        kinds=kinds_in(tasks),
        key=uuid4().hex,
        today=now.date(),
    )


@router.post("")
async def act_in_bulk(
    request: Request, ordered: Annotated[Ordered, Form()], doer: Doer, parts: InstalledParts
) -> Response:
    """Does it, country by country; the page grows as they answer."""
    language = language_of(request)
    drawn = page(request, "board/done.html", act=ordered.act, count=len(ordered.item), here=HERE)
    head, _, tail = bytes(drawn.body).decode().partition(HERE)
    headers = {name: value for name, value in drawn.headers.items() if name != "content-length"}

    async def content() -> AsyncIterator[str]:
        yield head
        outcomes = []
        async for one in _acted(parts, doer, ordered, language):
            outcomes.append(one)
            yield _drawn(language, "board/result.html", one=one, act=ordered.act)
        done = sum(one.done for one in outcomes)
        yield _drawn(language, "board/summary.html", done=done, left=len(outcomes) - done, act=ordered.act)
        yield tail

    return StreamingResponse(content(), headers=headers)


async def _acted(
    parts: Parts, doer: Principal, ordered: Ordered, language: Language
) -> AsyncIterator[Outcome]:
    """The outcomes, in the order in which countries answer."""
    items = [item.split("/", 1) for item in dict.fromkeys(ordered.item)]
    tasks = await _tasks(parts, [code for code, _ in items])
    names = {one.code: country_name(one.code, language, one.name) for one in await standings(parts.database)}
    gate = asyncio.Semaphore(AT_ONCE)

    async def one_of(code: str, key: str) -> Outcome:
        task = next((one for one in tasks.get(code, ()) if one.key == key), None)
        late = task is not None and is_exceptional(task, parts.now())
        about = {"code": code, "name": names.get(code, code), "task": key}
        try:
            async with gate:
                await _hand_in(parts, doer, ordered, code, submission_of(ordered, key, exceptional=late))
        except Exception as error:  # whatever it is: the other countries go on, and this one is named
            _note(code, error)
            return Outcome(**about, done=False, reasons=why_not(error, language))
        return Outcome(**about, done=True)

    for finished in asyncio.as_completed([one_of(code, key) for code, key in items]):
        yield await finished


async def _hand_in(
    parts: Parts, doer: Principal, ordered: Ordered, code: str, record: Nudge | Extension
) -> None:
    door = Door(parts, f"{ordered.key}-{code}-{record.task}", Response())
    await door.hand_in(code, doer, Handed(submission=record))


def _note(code: str, error: Exception) -> None:
    if not isinstance(error, ProblemError):
        log.error("an act in bulk failed in %s", code, exc_info=error)


def _drawn(language: Language, template: str, **values: Any) -> str:
    return environment(language).get_template(template).render(values)


def _picked(lines: Sequence[Line], asked: Asked) -> list[Standing]:
    """The chosen countries: those that were ticked, or all that the filters let through."""
    there = (
        chosen(lines, asked) if asked.all else [line for line in lines if line.standing.code in asked.code]
    )
    return [line.standing for line in there]


async def _tasks(parts: Parts, codes: Sequence[str]) -> Mapping[str, list[Task]]:
    found: dict[str, list[Task]] = defaultdict(list)
    for code, task in await open_tasks(parts.database, codes):
        found[code].append(task)
    return found


def _reasons(one: Prospect, common: Sequence[Any], language: Language) -> list[str]:
    """Why it cannot be done in a country, without what lies in the form."""
    keys = {finding.key for finding in common}
    return sentences([finding for finding in one.problems if finding.key not in keys], language)


def _errors(common: Sequence[Any], language: Language) -> list[tuple[str, str]]:
    fields = ["until" if one.where == "until" else "text" for one in common]
    return list(zip(fields, sentences(common, language), strict=True))
