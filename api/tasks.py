"""Tasks: what somebody must do, by when, and its completion."""

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request
from pydantic import AwareDatetime, BeforeValidator, Field

from access.deciding import sees_task
from access.people import Principal
from access.table import Action
from api.deps import Code, Country, GuardedRoute, InstalledParts, Parts, allow
from api.description import errors
from api.examples import SUBMISSIONS
from api.handing_in import Handed, WayIn
from api.paging import Listing, PageQuery, bad_cursor, listing
from api.problems import not_found
from api.timeline import Kind, Year
from api.views import ReceiptView, TaskView
from contracts.messages import AnySubmission
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from storage.reading_tasks import TaskFilter, TaskItem, task, tasks

router = APIRouter(tags=["tasks"], route_class=GuardedRoute)

TaskKey = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,200}$", examples=["progress_report-2027"])]
TaskReader = Annotated[Principal, allow(Action.READ_TASK)]
DISTANT = datetime(9000, 1, 1, tzinfo=UTC)


def _no_number(value: object) -> object:
    """A bare number would be taken for seconds since 1970."""
    if isinstance(value, str) and not re.match(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("write a moment such as 2027-04-30T12:00:00Z")
    return value


class TaskQuery(PageQuery):
    """Which tasks. Without `state` only those that are open (open, late, extended)."""

    state: Annotated[
        list[TaskState],
        Field(default_factory=list, max_length=10, description="Only in these states; may be repeated."),
    ]
    kind: Kind = ""
    year: Year = None
    due_before: Annotated[
        AwareDatetime | None,
        BeforeValidator(_no_number),
        Field(lt=DISTANT, description="Only what is due before; a moment with its offset."),
    ] = None

    def chosen(self, principal: Principal, *, country: str = "", roles: tuple[Role, ...] = ()) -> TaskFilter:
        """These parameters as the read model's filter, within what is there for the person."""
        own = principal.country if principal.for_country else ""
        return TaskFilter(
            country=country or own,
            roles=roles,
            kinds=principal.tasks if principal.role is Role.CONTRIBUTOR else None,
            states=tuple(self.state) or OPEN_TASK_STATES,
            kind=self.kind,
            year=self.year,
            due_before=self.due_before,
        )


class RoleTaskQuery(TaskQuery):
    """Which tasks, and whose."""

    role: Annotated[
        list[Role],
        Field(default_factory=list, max_length=10, description="Only those of these roles; may be repeated."),
    ]


@router.get("/tasks", operation_id="list_tasks", responses=errors(403))
async def list_tasks(
    request: Request, query: Annotated[RoleTaskQuery, Query()], principal: TaskReader, parts: InstalledParts
) -> Listing[TaskView]:
    """The tasks of all countries that you may see, soonest due first."""
    chosen = query.chosen(principal, roles=tuple(query.role))
    return await _listed(request, parts, query, chosen)


@router.get("/me/tasks", operation_id="list_my_tasks", responses=errors(403))
async def list_my_tasks(
    request: Request,
    query: Annotated[TaskQuery, Query()],
    principal: TaskReader,
    parts: InstalledParts,
) -> Listing[TaskView]:
    """The tasks of your role (and, for a focal point, your country), soonest due first."""
    chosen = query.chosen(principal, roles=_roles_of(principal))
    return await _listed(request, parts, query, chosen)


@router.get("/countries/{code}/tasks", operation_id="list_country_tasks", responses=errors(403, 404))
async def list_country_tasks(
    request: Request,
    country: Country,
    query: Annotated[RoleTaskQuery, Query()],
    principal: TaskReader,
    parts: InstalledParts,
) -> Listing[TaskView]:
    """A country's tasks, soonest due first."""
    chosen = query.chosen(principal, country=country.code, roles=tuple(query.role))
    return await _listed(request, parts, query, chosen)


@router.get("/countries/{code}/tasks/{key}", operation_id="read_task", responses=errors(403, 404))
async def read_task(country: Country, key: TaskKey, principal: TaskReader, parts: InstalledParts) -> TaskView:
    """One task, in whatever state: due when, reminded when, done by whom on whose behalf."""
    found = await task(parts.database, country.code, key)
    if found is None or not sees_task(principal, found.kind):
        raise not_found(f"task {key} of {country.code}")
    return TaskView.of(TaskItem(country=country.code, country_name=country.name, task=found))


@router.post(
    "/countries/{code}/tasks/{key}/completion",
    operation_id="complete_task",
    responses=errors(403, 404, 409, 413),
)
async def complete_task(
    code: Code,
    key: TaskKey,
    handed: Annotated[Handed[AnySubmission], Body(openapi_examples=SUBMISSIONS)],
    principal: Annotated[Principal, allow(Action.SUBMIT)],
    door: WayIn,
) -> ReceiptView:
    """Complete a task with the submission that it asks for; 409 says who has completed it already."""
    return await door.hand_in(code, principal, handed, key)


def _roles_of(principal: Principal) -> tuple[Role, ...]:
    """Whose tasks are a person's own: a contributor's are the focal point's that they were named for."""
    return (Role.FOCAL_POINT,) if principal.role is Role.CONTRIBUTOR else (principal.acts_as,)


async def _listed(request: Request, parts: Parts, query: TaskQuery, chosen: TaskFilter) -> Listing[TaskView]:
    try:
        page = await tasks(parts.database, chosen, limit=query.limit, cursor=query.cursor)
    except ValueError as error:
        raise bad_cursor(error) from None
    return listing(request, page, TaskView.of)
