"""The inbox: what is asked of a country, by when, what has been sent, what happens next."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from access.deciding import reaches
from access.people import Principal
from access.table import Action
from api.deps import InstalledParts, Parts, allow
from api.pages.desk_views import TaskShown, offers, reader_of, shown
from api.pages.guard import SignedInRoute
from api.pages.languages import language_of
from api.pages.shell import page
from api.problems import not_found
from contracts.rows import CountryRow
from contracts.state import Task
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from storage import drafts, reading
from storage.reading_tasks import TaskFilter, tasks

router = APIRouter(include_in_schema=False, route_class=SignedInRoute)

DESKS: Mapping[Role, str] = MappingProxyType(
    {
        Role.SECRETARIAT: "/desk/board",
        Role.AUDITOR: "/desk/board",
        Role.OPERATOR: "/desk/operations",
        Role.CHAIR: "/desk/meetings",
        Role.GCM: "/desk/meetings",
        Role.MWG: "/desk/reviews",
    }
)
"""Where those begin who act for no single country."""

MOST_SENT, MOST_OPEN = 20, 100


@router.get("/desk")
async def show_desk(
    request: Request, principal: Annotated[Principal, allow(Action.READ_TASK)], parts: InstalledParts
) -> Response:
    """What waits for this person: the inbox of a country, or the desk of the role."""
    if principal.for_country:
        return await inbox(request, principal, parts)
    return RedirectResponse(DESKS[principal.role], 303)


async def inbox(request: Request, principal: Principal, parts: Parts) -> Response:
    """The inbox of whoever acts for a country."""
    row = await reading.country(parts.database, principal.country)
    if row is None:
        raise not_found(f"country {principal.country}")
    reader = reader_of(principal, row, language_of(request), parts.now())
    begun = await drafts.keys(parts.database, row.code)
    everything = await _tasks(parts, principal, row)
    listed = [shown(row.code, one, begun, reader) for one in everything]
    sent = [one for one in listed if one.task.state is TaskState.DONE and one.task.closed_at]
    waiting = [one for one in listed if one.task.state in OPEN_TASK_STATES]
    return page(
        request,
        "desk/inbox.html",
        row=row,
        zone=reader.zone,
        open=waiting,
        sent=sorted(sent, key=_sent_at, reverse=True)[:MOST_SENT],
        offers=offers(row, principal, begun, reader.language, {one.kind for one in waiting}),
        brief=reaches(principal, Action.READ_BRIEF, row.code),
        may_send=principal.role is not Role.CONTRIBUTOR,
    )


async def _tasks(parts: Parts, principal: Principal, row: CountryRow) -> list[Task]:
    """The tasks of the focal point, open and done; for a contributor those of the kinds it was named for."""
    own = TaskFilter(
        country=row.code,
        roles=(Role.FOCAL_POINT,),
        kinds=principal.tasks if principal.role is Role.CONTRIBUTOR else None,
    )
    waiting = await tasks(parts.database, own, limit=MOST_OPEN)
    done = await tasks(parts.database, replace(own, states=(TaskState.DONE,)), limit=MOST_OPEN * 5)
    return [item.task for item in (*waiting.items, *done.items)]


def _sent_at(one: TaskShown) -> float:
    return one.task.closed_at.timestamp() if one.task.closed_at else 0.0
