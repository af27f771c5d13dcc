"""Reads tasks from the read model: by country, by role, by when they are due."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import ColumnElement
from sqlmodel import col, select

from contracts.state import Task
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from storage.engine import Database
from storage.paging import FAR_FUTURE, Page, after, checked, cursor_of, or_far_future, values_of
from storage.tables import CountryTable, TaskTable


@dataclass(frozen=True, kw_only=True)
class TaskFilter:
    """Which tasks: by default all open ones. Empty values do not filter; `due_before` is excluded.

    `kinds`: only of these; () is none.
    """

    country: str = ""
    roles: tuple[Role, ...] = ()
    states: tuple[TaskState, ...] = OPEN_TASK_STATES
    kind: str = ""
    kinds: tuple[str, ...] | None = None
    year: int | None = None
    due_after: datetime | None = None
    due_before: datetime | None = None


OPEN_TASKS = TaskFilter()


class TaskItem(BaseModel):
    """A task with the country that it belongs to."""

    country: str
    country_name: str
    task: Task


async def tasks(
    database: Database, filter: TaskFilter = OPEN_TASKS, *, limit: int = 50, cursor: str = ""
) -> Page[TaskItem]:
    """A page of tasks, soonest due first, without a due date last. Raises ValueError for a bad cursor."""
    due, country, key = or_far_future(col(TaskTable.due_at)), col(TaskTable.country), col(TaskTable.key)
    query = select(TaskTable, CountryTable.name)
    query = query.join(CountryTable, col(CountryTable.code) == country, isouter=True)
    query = query.where(*_conditions(filter)).order_by(due, country, key).limit(checked(limit) + 1)
    if cursor:
        query = query.where(after((due, country, key), values_of(cursor, datetime, str, str)))
    async with database.reading() as session:
        rows = list(await session.exec(query))
    last = rows[limit - 1][0] if len(rows) > limit else None
    return Page(
        [_item(row, name) for row, name in rows[:limit]],
        cursor_of(last.due_at or FAR_FUTURE, last.country, last.key) if last else None,
    )


async def task(database: Database, code: str, key: str) -> Task | None:
    """One task of a country, in whatever state, or None."""
    async with database.reading() as session:
        row = await session.get(TaskTable, (code, key))
    return Task.model_validate(row.content) if row else None


def _item(row: TaskTable, name: str | None) -> TaskItem:
    return TaskItem(
        country=row.country, country_name=name or row.country, task=Task.model_validate(row.content)
    )


def _conditions(filter: TaskFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filter.country:
        found.append(col(TaskTable.country) == filter.country)
    if filter.roles:
        found.append(col(TaskTable.role).in_([role.value for role in filter.roles]))
    if filter.states:
        found.append(col(TaskTable.state).in_([state.value for state in filter.states]))
    if filter.kinds is not None:
        found.append(col(TaskTable.kind).in_(filter.kinds))
    if filter.kind:
        found.append(col(TaskTable.kind) == filter.kind)
    if filter.year is not None:
        found.append(col(TaskTable.year) == filter.year)
    if filter.due_after:
        found.append(col(TaskTable.due_at) >= filter.due_after)
    if filter.due_before:
        found.append(col(TaskTable.due_at) < filter.due_before)
    return found
