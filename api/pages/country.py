"""The page of a country for people who are signed in: where it stands, why, what happened; each role what it may see."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import ConfigDict

from access.deciding import may, may_hand_in, reaches, sees_task
from access.people import Principal
from access.table import Action
from api.confidence import hidden_evidence, sees_entry
from api.deps import Country, InstalledParts, Parts, Reader, allow
from api.focal_points import read_contacts
from api.pages import country_views, fields_of_papers, timeline_drawing
from api.pages.country_shell import show, spoken
from api.pages.desk_views import Offer, acts, offers
from api.pages.guard import SignedInRoute
from api.problems import not_found
from api.tasks import TaskReader
from api.timeline import TimelineQuery, read_timeline
from api.views import EntryView
from contracts.rows import CountryRow
from framework.obligations import KINDS
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from storage import drafts, reading_history
from storage.engine import Database
from storage.paging import MAXIMUM_LIMIT
from storage.reading_tasks import TaskFilter, TaskItem, tasks

router = APIRouter(prefix="/desk/countries/{code}", include_in_schema=False, route_class=SignedInRoute)

ContactReader = Annotated[Principal, allow(Action.READ_CONTACTS)]
SOON = 6
"""Open tasks that the overview names; the others are one step away."""


@router.get("")
async def show_overview(
    request: Request, country: Country, principal: Reader, parts: InstalledParts
) -> Response:
    """Status, stage, what is open, flags with why, and the years drawn."""
    hidden = await hidden_evidence(parts.database, country.code, principal)
    coming = await _tasks(parts.database, country.code, principal, OPEN_TASK_STATES)
    cycles = await reading_history.cycles(parts.database, country.code)
    decisions = await reading_history.decisions(parts.database, country.code)
    events = timeline_drawing.events_of(country, cycles, decisions, spoken(request))
    return show(
        request,
        country,
        principal,
        "",
        tasks=coming[:SOON],
        more=len(coming) - SOON,
        flags=country_views.flags_of(country, hidden, spoken(request)),
        drawing=timeline_drawing.drawn(events, parts.now().date(), spoken(request)),
        events=events,
        unmet=country_views.sentences(country.unmet, spoken(request)),
        refusals=country.refusals if may(principal, Action.READ_REFUSALS) else [],
    )


@router.get("/tasks")
async def show_tasks(
    request: Request, principal: TaskReader, country: Country, parts: InstalledParts, state: str = ""
) -> Response:
    """The country's tasks, the soonest first; the open ones, or all, or those in one state."""
    states = tuple(one for one in TaskState if one.value == state) or (
        () if state == "all" else OPEN_TASK_STATES
    )
    found = await _tasks(parts.database, country.code, principal, states)
    own, for_country = await _offered(request, parts, country, principal)
    return show(
        request,
        country,
        principal,
        "tasks",
        tasks=found,
        state=state,
        states=list(TaskState),
        acts=own,
        papers=for_country,
    )


@router.get("/people")
async def show_people(request: Request, principal: ContactReader, country: Country) -> Response:
    """Who speaks for the country (EOI-03)."""
    brief = reaches(principal, Action.READ_BRIEF, country.code)
    return show(request, country, principal, "people", contacts=await read_contacts(country), brief=brief)


class HistoryQuery(TimelineQuery):
    """Which entries; a page's address may say more, as its language."""

    model_config = ConfigDict(extra="ignore")


@router.get("/history")
async def show_history(
    request: Request,
    country: Country,
    query: Annotated[HistoryQuery, Query()],
    principal: Reader,
    parts: InstalledParts,
) -> Response:
    """Everything that happened, newest first, filtered by kind and year; what was given in confidence is withheld."""
    listing = await read_timeline(request, country, query, principal, parts)
    return show(
        request,
        country,
        principal,
        "history",
        entries=listing.items,
        next=listing.next,
        asked=query,
        kinds=await reading_history.kinds_of(parts.database, country.code),
        years=[one.year for one in await reading_history.cycles(parts.database, country.code)],
    )


@router.get("/history/{number}")
async def show_entry(
    request: Request, country: Country, number: int, principal: Reader, parts: InstalledParts
) -> Response:
    """One entry of the timeline."""
    entry = await reading_history.entry(parts.database, country.code, number)
    if entry is None:
        raise not_found(f"entry {number} of {country.code}")
    shown = EntryView.of(entry, withheld=not sees_entry(principal, entry, country.code))
    told = fields_of_papers.lines(shown.values, spoken(request))
    mistaken = entry.kind in KINDS and KINDS[entry.kind].corrigible
    correctable = mistaken and may_hand_in(principal.role, "entry_correction")
    return show(
        request, country, principal, "history", "entry", entry=shown, lines=told, correctable=correctable
    )


async def _offered(
    request: Request, parts: Parts, country: CountryRow, principal: Principal
) -> tuple[list[Offer], list[Offer]]:
    """What the Secretariat puts on record although no task asks for it: its own acts, and papers for the country."""
    if principal.for_country or not reaches(principal, Action.SAVE_TASK_DRAFT, country.code):
        return [], []
    begun, language = await drafts.keys(parts.database, country.code), spoken(request)
    return acts(country, principal, begun, language), offers(country, principal, begun, language)


async def _tasks(
    database: Database, code: str, principal: Principal, states: tuple[TaskState, ...]
) -> list[TaskItem]:
    kinds = principal.tasks if principal.role is Role.CONTRIBUTOR else None
    chosen = TaskFilter(country=code, kinds=kinds, states=states)
    found = (await tasks(database, chosen, limit=MAXIMUM_LIMIT)).items
    return [one for one in found if sees_task(principal, one.task.kind)]
