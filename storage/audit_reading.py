"""Reads the record of acts: a page, a country's or a person's rows, and what came to countries by another door."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from framework.terms import Role
from storage.audit import Outcome, message_id, opened
from storage.audit_table import AuditTable
from storage.engine import Database
from storage.paging import Page, checked, cursor_of, values_of
from storage.tables import EntryTable

AT_ONCE = 500

PASSED_ON = "alliance-"
"""How messages begin that the Alliance passes on: they have a row where it was handed them."""


class AuditItem(BaseModel):
    """One row. `detail` is what is left of its particulars; `erased` the names of those that were erased."""

    sequence: int
    at: datetime
    outcome: Outcome
    action: str
    person: str
    role: str
    mandate: str
    country: str
    object: str
    message: str
    event_entry: int | None
    event_revision: int | None
    reasons: list[str]
    refers_to: list[int]
    count: int
    detail: dict[str, Any]
    erased: list[str]
    sha256: str


class OtherDoor(BaseModel):
    """An entry of a timeline that came from outside and not through the API or a command: by the Temporal UI, say."""

    country: str
    entry: int
    at: datetime
    kind: str
    message: str


@dataclass(frozen=True, kw_only=True)
class AuditFilter:
    """Which rows. `person`: by id. `country_side`: only what the country itself did or what was done about it, without
    what others were denied."""

    country: str = ""
    person: str = ""
    action: str = ""
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None
    country_side: bool = False


EVERYTHING = AuditFilter()


async def acts(
    database: Database, filter: AuditFilter = EVERYTHING, *, limit: int = 50, cursor: str = ""
) -> Page[AuditItem]:
    """A page of rows, the newest first. Raises ValueError for a bad cursor."""
    query = select(AuditTable).where(*_conditions(filter))
    if cursor:
        query = query.where(col(AuditTable.sequence) < values_of(cursor, int)[0])
    query = query.order_by(col(AuditTable.sequence).desc()).limit(checked(limit) + 1)
    async with database.reading() as session:
        rows = list(await session.exec(query))
    last = rows[limit - 1] if len(rows) > limit else None
    return Page([item(row) for row in rows[:limit]], cursor_of(last.sequence) if last else None)


async def all_acts(
    database: Database, filter: AuditFilter = EVERYTHING, concerns: Callable[[AuditItem], bool] | None = None
) -> AsyncIterator[AuditItem]:
    """All rows of which `concerns` is true, the oldest first."""
    last = -1
    async with database.reading() as session:
        while rows := await _after(session, filter, last):
            for row in rows:
                found = item(row)
                if concerns is None or concerns(found):
                    yield found
            last = rows[-1].sequence
            session.expunge_all()


async def by_other_doors(database: Database, country: str = "") -> list[OtherDoor]:
    """The entries from outside that no row knows. They are no error: a signal may come by Temporal's own ways."""
    known = select(AuditTable.message).where(
        col(AuditTable.message) != "", col(AuditTable.outcome) != Outcome.DENIED.value
    )
    query = select(EntryTable).order_by(col(EntryTable.country), col(EntryTable.number))
    if country:
        query = query.where(col(EntryTable.country) == country)
    async with database.reading() as session:
        messages = set(await session.exec(known.distinct()))
        return [_door(row) for row in await session.exec(query) if _is_unknown(row.content, messages)]


def item(row: AuditTable) -> AuditItem:
    """A row as it is read."""
    values = row.model_dump(exclude={"detail", "seals", "previous"})
    erased = sorted(row.seals.keys() - row.detail.keys())
    return AuditItem(**values, detail=opened(row), erased=erased)


async def _after(session: AsyncSession, filter: AuditFilter, last: int) -> list[AuditTable]:
    query = select(AuditTable).where(*_conditions(filter), col(AuditTable.sequence) > last)
    return list(await session.exec(query.order_by(col(AuditTable.sequence)).limit(AT_ONCE)))


def _conditions(filter: AuditFilter) -> list[ColumnElement[bool]]:
    equal = {"country": filter.country, "person": filter.person, "action": filter.action}
    found = [getattr(AuditTable, name) == value for name, value in equal.items() if value]
    if filter.outcome is not None:
        found.append(col(AuditTable.outcome) == filter.outcome.value)
    if filter.since is not None:
        found.append(col(AuditTable.at) >= filter.since)
    if filter.until is not None:
        found.append(col(AuditTable.at) < filter.until)
    if filter.country_side:
        own = col(AuditTable.role).in_([Role.FOCAL_POINT.value, Role.DEPUTY.value, Role.CONTRIBUTOR.value])
        found.append(or_(own, col(AuditTable.outcome) != Outcome.DENIED.value))
    return found


def _is_unknown(entry: Mapping[str, Any], known: set[str]) -> bool:
    message, role = entry.get("message", ""), entry.get("role", "")
    if not message or role == Role.SYSTEM.value or message.startswith(PASSED_ON):
        return False
    return message_id(message) not in known


def _door(row: EntryTable) -> OtherDoor:
    message = row.content.get("message", "")
    return OtherDoor(
        country=row.country, entry=row.number, at=row.at, kind=row.kind, message=message_id(message)
    )
