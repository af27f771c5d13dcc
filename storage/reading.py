"""Reads countries from the read model. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from contracts.rows import CountryRow
from framework.terms import Stage, Status
from storage.engine import Database
from storage.paging import FAR_FUTURE, Page, after, checked, cursor_of, or_far_future, values_of
from storage.tables import CountryTable
from storage.writing import folded

CountrySort = Literal["name", "code", "deadline"]


@dataclass(frozen=True, kw_only=True)
class CountryFilter:
    """Which countries. `search`: part of a name or code, whatever case and accents. `codes`: () is none."""

    status: Status | None = None
    stage: Stage | None = None
    late: bool | None = None
    flag: str = ""
    undelivered: bool | None = None
    search: str = ""
    codes: tuple[str, ...] | None = None


EVERY_COUNTRY = CountryFilter()


async def countries(
    database: Database,
    filter: CountryFilter = EVERY_COUNTRY,
    *,
    sort: CountrySort = "name",
    limit: int = 50,
    cursor: str = "",
) -> Page[CountryRow]:
    """A page of countries; by deadline, those without one come last. Raises ValueError for a bad cursor."""
    order, kind = _order(sort)
    code = col(CountryTable.code)
    query = select(CountryTable).where(*_conditions(filter)).order_by(order, code).limit(checked(limit) + 1)
    if cursor:
        query = query.where(after((order, code), values_of(cursor, kind, str)))
    async with database.reading() as session:
        rows = list(await session.exec(query))
    page = [CountryRow.model_validate(row.content) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(page, cursor_of(_sort_value(last, sort), last.code) if last else None)


async def country(database: Database, code: str) -> CountryRow | None:
    """One country as it stands, or None."""
    async with database.reading() as session:
        row = await session.get(CountryTable, code)
    return CountryRow.model_validate(row.content) if row else None


def _conditions(filter: CountryFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filter.status:
        found.append(col(CountryTable.status) == filter.status.value)
    if filter.stage:
        found.append(col(CountryTable.stage) == filter.stage.value)
    if filter.late is not None:
        found.append(col(CountryTable.late).is_(filter.late))
    if filter.flag:
        found.append(col(CountryTable.flags).contains(f"|{filter.flag}|", autoescape=True))
    if filter.undelivered is not None:
        found.append(col(CountryTable.undelivered).is_(filter.undelivered))
    if filter.search:
        found.append(col(CountryTable.search).contains(folded(filter.search), autoescape=True))
    if filter.codes is not None:
        found.append(col(CountryTable.code).in_(filter.codes))
    return found


def _order(sort: CountrySort) -> tuple[ColumnElement[Any], type]:
    if sort == "deadline":
        return or_far_future(col(CountryTable.next_deadline)), datetime
    column: Any = col(CountryTable.code) if sort == "code" else col(CountryTable.sort_name)
    return column, str


def _sort_value(row: CountryTable, sort: CountrySort) -> object:
    if sort == "deadline":
        return row.next_deadline or FAR_FUTURE
    return row.code if sort == "code" else row.sort_name
