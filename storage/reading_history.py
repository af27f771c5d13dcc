"""Reads what happened in a country: its timeline, versions, decisions, cycles and comments."""

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel
from sqlmodel import col, select

from contracts.state import Comment, DecisionRecord, Entry, Version
from framework.facts import Cycle
from storage.canonical import CYCLE
from storage.engine import Database
from storage.paging import FAR_FUTURE, Page, checked, cursor_of, values_of
from storage.tables import CommentTable, CountryTable, CycleTable, DecisionTable, EntryTable, VersionTable


class StoredVersion(BaseModel):
    """A version and what was handed in (None where only the fact is on record, as for imported history)."""

    version: Version
    body: dict[str, Any] | None


async def timeline(
    database: Database,
    code: str,
    *,
    kind: str = "",
    year: int | None = None,
    newest_first: bool = True,
    limit: int = 100,
    cursor: str = "",
) -> Page[Entry]:
    """A page of a country's timeline. `year`: the reporting year of an entry. ValueError for a bad cursor."""
    number = col(EntryTable.number)
    query = select(EntryTable).where(col(EntryTable.country) == code)
    if kind:
        query = query.where(col(EntryTable.kind) == kind)
    if year is not None:
        query = query.where(col(EntryTable.year) == year)
    if cursor:
        (last,) = values_of(cursor, int)
        query = query.where(number < last if newest_first else number > last)
    query = query.order_by(number.desc() if newest_first else number.asc()).limit(checked(limit) + 1)
    async with database.reading() as session:
        rows = list(await session.exec(query))
    items = [Entry.model_validate(row.content) for row in rows[:limit]]
    return Page(items, cursor_of(items[-1].number) if len(rows) > limit else None)


async def entry(database: Database, code: str, number: int) -> Entry | None:
    """One entry of a country's timeline, or None."""
    async with database.reading() as session:
        row = await session.get(EntryTable, (code, number))
    return Entry.model_validate(row.content) if row else None


async def entries_of_kinds(
    database: Database, kinds: Collection[str], *, country: str = ""
) -> list[tuple[str, str, Entry]]:
    """The entries of some kinds with the code and name of their country, in the order of codes and numbers."""
    code, number = col(EntryTable.country), col(EntryTable.number)
    query = select(EntryTable, CountryTable.name).join(
        CountryTable, col(CountryTable.code) == code, isouter=True
    )
    query = query.where(col(EntryTable.kind).in_(kinds)).order_by(code, number)
    if country:
        query = query.where(code == country)
    async with database.reading() as session:
        rows = list(await session.exec(query))
    return [(row.country, name or row.country, Entry.model_validate(row.content)) for row, name in rows]


async def kinds_of(database: Database, code: str) -> list[str]:
    """The kinds of entries that a country's timeline has, each once, in the order of their keys."""
    query = select(EntryTable.kind).where(col(EntryTable.country) == code).distinct()
    async with database.reading() as session:
        return sorted(await session.exec(query))


async def versions(
    database: Database, code: str, *, kind: str = "", year: int | None = None
) -> list[Version]:
    """A country's versions without their contents, by kind and number."""
    query = select(VersionTable.content).where(col(VersionTable.country) == code)
    if kind:
        query = query.where(col(VersionTable.kind) == kind)
    if year is not None:
        query = query.where(col(VersionTable.year) == year)
    query = query.order_by(col(VersionTable.kind), col(VersionTable.year), col(VersionTable.number))
    async with database.reading() as session:
        return [Version.model_validate(content) for content in await session.exec(query)]


async def version(
    database: Database, code: str, kind: str, number: int, year: int | None = None
) -> StoredVersion | None:
    """One version with its content, or None. `year` for kinds that are handed in every year."""
    async with database.reading() as session:
        row = await session.get(VersionTable, (code, kind, year or 0, number))
    return StoredVersion(version=Version.model_validate(row.content), body=row.body) if row else None


async def decisions(database: Database, code: str) -> list[DecisionRecord]:
    """A country's GCM decisions in the order in which they were answered, those still pending last."""
    query = select(DecisionTable).where(col(DecisionTable.country) == code)
    async with database.reading() as session:
        rows = list(await session.exec(query))
    rows.sort(key=lambda row: (row.at or FAR_FUTURE, row.id))
    return [DecisionRecord.model_validate(row.content) for row in rows]


async def decision(database: Database, code: str, decision_id: str) -> DecisionRecord | None:
    """One GCM decision on a country with its answer, or None."""
    async with database.reading() as session:
        row = await session.get(DecisionTable, (code, decision_id))
    return DecisionRecord.model_validate(row.content) if row else None


async def cycles(database: Database, code: str) -> list[Cycle]:
    """A country's yearly cycles, oldest first."""
    query = select(CycleTable.content).where(col(CycleTable.country) == code).order_by(col(CycleTable.year))
    async with database.reading() as session:
        return [CYCLE.validate_python(content) for content in await session.exec(query)]


async def comments(database: Database, code: str, *, about: str = "") -> list[Comment]:
    """A country's comments, those about one thing in the order of their numbers."""
    query = select(CommentTable.content).where(col(CommentTable.country) == code)
    if about:
        query = query.where(col(CommentTable.about) == about)
    query = query.order_by(col(CommentTable.about), col(CommentTable.number))
    async with database.reading() as session:
        return [Comment.model_validate(content) for content in await session.exec(query)]
