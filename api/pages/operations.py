"""For operators: what is not well, where to look at it in Temporal, and what to do (docs/operations.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from access.people import Principal
from access.table import Action
from api.deps import InstalledParts, allow
from api.health import readiness_of
from api.pages.board_views import refused_lately
from api.pages.board_words import in_words
from api.pages.catalogues import N_
from api.pages.guard import SignedInRoute
from api.pages.languages import language_of
from api.pages.mail_desk_words import FAILED, STATES
from api.pages.mail_desk_words import TODO as MAIL_TODO
from api.pages.shell import page
from api.pages.troubles import address_of, troubled
from contracts.names import country_id
from framework.terms import TaskState
from storage.ledger import ATTEMPTING, QUEUED
from storage.reading_board import Duty, Standing, duties, mail_counts, standings

router = APIRouter(prefix="/desk/operations", include_in_schema=False, route_class=SignedInRoute)

OperationsReader = Annotated[Principal, allow(Action.READ_OPERATIONS)]

LATE_AFTER = timedelta(hours=1)
"""A due date that passed so long ago without its task having become late: the timer behind it did not go off."""

GUIDE = "/desk/guide"
ANCHORS: Mapping[str, str] = MappingProxyType(
    {
        "parts": "the-parts-one-by-one",
        "stuck": "a-country-does-not-answer",
        "timers": "reminders-seem-late",
        "mail": "mail-does-not-arrive",
        "returns": "the-return-mailbox",
        "storage": "storage-is-away",
    }
)
"""The sections of the guide; a test sees to it that they are there."""

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "temporal": N_("Temporal server"),
        "worker": N_("Worker"),
        "database": N_("Database"),
        "documents": N_("Document store"),
        "mail": N_("Mail server"),
        "returns": N_("Return mailbox"),
    }
)
TODO: Mapping[str, str] = MappingProxyType(
    {
        "temporal": N_("Start the Temporal server again. Countries go on by themselves; nothing is lost."),
        "worker": N_("Start a worker. What waits is taken up within minutes."),
        "database": N_("Bring the database back, then run the migrations if its schema is behind."),
        "documents": N_("Bring the document store back. What waits for it goes on by itself."),
        "mail": N_("Mend the mail server. Messages are tried again for five days."),
        "returns": N_(
            "Mend the return mailbox, or its settings. The next look reads what has come meanwhile."
        ),
    }
)
SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "temporal": ANCHORS["parts"],
        "worker": ANCHORS["parts"],
        "database": ANCHORS["storage"],
        "documents": ANCHORS["storage"],
        "mail": ANCHORS["mail"],
        "returns": ANCHORS["returns"],
    }
)


class OperationsQuery(BaseModel):
    """Refused messages of one country only, or of all."""

    country: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A message to a country that changed nothing: when it came, what it was called, why it was refused."""

    code: str
    name: str
    at: datetime
    message: str
    reason: str


@router.get("")
async def show_operations(
    request: Request, query: Annotated[OperationsQuery, Query()], _: OperationsReader, parts: InstalledParts
) -> HTMLResponse:
    """Each part's health, processes that are stuck, timers that are late, mail that failed, messages that were refused."""
    language, now = language_of(request), parts.now()
    readiness = await readiness_of(parts)
    rows = await standings(parts.database)
    stuck = await troubled(parts)
    counts = await mail_counts(parts.database)
    return page(
        request,
        "desk/operations.html",
        readiness=readiness,
        parts_named=in_words(PARTS, language),
        todo=in_words(TODO, language),
        sections=SECTIONS,
        anchors=ANCHORS,
        guide=GUIDE,
        stuck=stuck,
        stuck_at={one.workflow: address_of(parts, one.workflow, one.run) for one in stuck or ()},
        late=late_timers(await duties(parts.database, now), rows, now),
        process_of=lambda code: address_of(parts, country_id(code)),
        failed={state: counts[state] for state in FAILED if counts.get(state)},
        waiting=sum(counts.get(state, 0) for state in (QUEUED, ATTEMPTING)),
        mail_states=in_words(STATES, language),
        mail_todo=in_words(MAIL_TODO, language),
        refused=_refused(rows, query.country, now),
        query=query,
        names={one.code: one.name for one in rows},
    )


def late_timers(found: Sequence[Duty], rows: Sequence[Standing], now: datetime) -> list[Duty]:
    """Tasks whose date has passed for some time without their becoming late; in a pause timers rest."""
    paused = {one.code for one in rows if one.paused_on is not None}
    waiting = (TaskState.OPEN, TaskState.EXTENDED)
    return [
        one
        for one in found
        if one.state in waiting and one.country not in paused and one.due_at and one.due_at < now - LATE_AFTER
    ]


def _refused(rows: Sequence[Standing], country: str, now: datetime) -> list[Refused]:
    found = [
        Refused(
            code=one.code,
            name=one.name,
            at=datetime.fromisoformat(each["at"]),
            message=each["message"],
            reason=each["reason"],
        )
        for one in rows
        if country in ("", one.code)
        for each in refused_lately(one, now)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)
