"""Writes what a country's process hands over: a batch is one transaction; an older one undoes nothing."""

import logging
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError
from sqlmodel import SQLModel, col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.letters import Letter
from contracts.rows import Batch, CountryRow
from contracts.state import Comment, DecisionRecord, Entry, Task, Version
from framework.facts import Cycle
from storage import contact_addresses
from storage.canonical import CYCLE
from storage.engine import Database
from storage.tables import (
    OF_A_COUNTRY,
    CommentTable,
    CountryTable,
    CycleTable,
    DecisionTable,
    EntryTable,
    LetterTable,
    TaskTable,
    VersionTable,
)

Rows = list[dict[str, Any]]
Bodies = Mapping[str, dict[str, Any]]
"""Contents of versions by their sha256."""

ROWS_PER_STATEMENT = 500

PROGRAM_LIMIT_EXCEEDED = "54000"
"""What PostgreSQL answers to a key that is too long for its index."""

log = logging.getLogger(__name__)


async def write_batch(database: Database, batch: Batch, bodies: Bodies) -> list[str]:
    """Writes a batch in one transaction. Rows that already have a later revision stay as they are.

    `bodies` holds the contents of the batch's versions. Raises KeyError when one is not there.
    Returns the rows that the database refuses for good: they are left out, or they would keep out the others.
    """
    tables = _tables_and_rows(batch, bodies)
    try:
        async with database.writing() as session:
            await _put_contacts(session, batch)
            await _put_rows(session, tables)
        return []
    except (StatementError, OverflowError) as error:
        if not _for_good(error):
            raise
    async with database.writing() as session:
        await _put_contacts(session, batch)
        return await _put_one_by_one(session, tables)


async def put_batch(session: AsyncSession, batch: Batch, bodies: Bodies) -> list[str]:
    """The same within a transaction that is already open, and that goes on where rows are refused."""
    tables = _tables_and_rows(batch, bodies)
    await _put_contacts(session, batch)
    try:
        async with session.begin_nested():
            await _put_rows(session, tables)
    except (StatementError, OverflowError) as error:
        if not _for_good(error):
            raise
        return await _put_one_by_one(session, tables)
    return []


async def _put_contacts(session: AsyncSession, batch: Batch) -> None:
    if batch.country is not None:
        await contact_addresses.put(session, batch.country, batch.revision)


async def _put_rows(session: AsyncSession, tables: Sequence[tuple[type[SQLModel], Rows]]) -> None:
    for table, rows in tables:
        await upsert(session, table, rows, guarded=True)


async def _put_one_by_one(session: AsyncSession, tables: Sequence[tuple[type[SQLModel], Rows]]) -> list[str]:
    refused = []
    for table, row in ((table, row) for table, rows in tables for row in rows):
        try:
            async with session.begin_nested():
                await upsert(session, table, [row], guarded=True)
        except (StatementError, OverflowError) as error:
            if not _for_good(error):
                raise
            refused.append(_name(table, row))
            log.error("a row was refused for good", extra={"row": refused[-1], "why": str(error)[:300]})
    return refused


def _for_good(error: Exception) -> bool:
    """Whether the same row would be refused again: it is about the row's values, not about the database's state."""
    if not isinstance(error, DBAPIError):
        return True  # a value that no column of its type can take: the statement never reached the database
    limit = getattr(error.orig, "sqlstate", None) == PROGRAM_LIMIT_EXCEEDED
    return limit or isinstance(error, DataError | IntegrityError)


def _name(model: type[SQLModel], row: dict[str, Any]) -> str:
    table = _table(model)
    return f"{table.name} " + "/".join(str(row[column.name])[:60] for column in table.primary_key)


async def replace_country(
    database: Database, code: str, batches: Iterable[tuple[Batch, Bodies]], revision: int
) -> None:
    """Deletes a country's rows up to `revision` and writes the batches instead, in one transaction.

    Rows with a later revision were written meanwhile by the living process: they stay.
    """
    async with database.writing() as session:
        await delete_country(session, code, revision)
        for batch, bodies in batches:
            await put_batch(session, batch, bodies)


async def delete_country(session: AsyncSession, code: str, revision: int) -> None:
    """Deletes all rows of a country that are not newer than `revision`."""
    await session.exec(
        delete(CountryTable).where(col(CountryTable.code) == code, col(CountryTable.revision) <= revision)
    )
    for table in OF_A_COUNTRY:
        await session.exec(delete(table).where(col(table.country) == code, col(table.revision) <= revision))
    await contact_addresses.forget(session, code)


async def upsert(session: AsyncSession, model: type[SQLModel], rows: Rows, *, guarded: bool) -> None:
    """Inserts rows or overwrites those with the same key; guarded: only where theirs is no later revision."""
    if not rows:
        return
    keys = _keys(model)
    ordered = sorted(
        rows, key=lambda row: tuple(row[key] for key in keys)
    )  # one order: two writers never deadlock
    statement = _upserting(model, session.get_bind().dialect.name, guarded)
    connection = await session.connection()
    for start in range(0, len(ordered), ROWS_PER_STATEMENT):
        await connection.execute(statement, ordered[start : start + ROWS_PER_STATEMENT])


@cache  # a country writes some rows at every step, and making the statement costs more than running it
def _upserting(model: type[SQLModel], dialect: str, guarded: bool) -> Any:
    table, keys = _table(model), _keys(model)
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement: Any = insert(table)
    new = {
        column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys
    }
    where = statement.excluded.revision >= table.c.revision if guarded else None
    return statement.on_conflict_do_update(index_elements=keys, set_=new, where=where)


def _keys(model: type[SQLModel]) -> list[str]:
    return [column.name for column in _table(model).primary_key]


def _table(model: type[SQLModel]) -> Table:
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
    return found


def folded(value: str) -> str:
    """Text for searching and sorting: without accents and in lower case."""
    letters = unicodedata.normalize("NFKD", value)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _tables_and_rows(batch: Batch, bodies: Bodies) -> list[tuple[type[SQLModel], Rows]]:
    code, revision = batch.code, batch.revision
    mark = {"country": code, "revision": revision}
    return [
        (CountryTable, [_country(batch.country, revision)] if batch.country else []),
        (EntryTable, [mark | _entry(entry) for entry in batch.entries]),
        (TaskTable, [mark | _task(task) for task in batch.tasks]),
        (VersionTable, [mark | _version(version, bodies) for version in batch.versions]),
        (DecisionTable, [mark | _decision(decision) for decision in batch.decisions]),
        (CycleTable, [mark | _cycle(cycle) for cycle in batch.cycles]),
        (CommentTable, [mark | _comment(comment) for comment in batch.comments]),
        (LetterTable, [mark | _letter(letter) for letter in batch.letters]),
    ]


def _country(row: CountryRow, revision: int) -> dict[str, Any]:
    open_flags = sorted(flag.indicator for flag in row.flags if flag.cleared_on is None)
    return {
        "code": row.code,
        "name": row.name,
        "sort_name": folded(row.name),
        "search": f"{folded(row.name)} {folded(row.code)}",
        "status": row.status.value,
        "stage": row.stage.value,
        "late": row.late,
        "undelivered": bool(row.undelivered),
        "flags": "".join(f"|{flag}" for flag in open_flags) + "|",
        "next_deadline": row.next_deadline,
        "revision": revision,
        "content": row.model_dump(mode="json"),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    columns = {"number": entry.number, "at": entry.at, "kind": entry.kind, "year": entry.year}
    return columns | {"content": entry.model_dump(mode="json")}


def _task(task: Task) -> dict[str, Any]:
    return {
        "key": task.key,
        "kind": task.kind,
        "role": task.role.value,
        "year": task.year,
        "state": task.state.value,
        "due_at": task.due_at,
        "content": task.model_dump(mode="json"),
    }


def _version(version: Version, bodies: Bodies) -> dict[str, Any]:
    return {
        "kind": version.kind,
        "year": version.year or 0,
        "number": version.number,
        "sha256": version.sha256,
        "content": version.model_dump(mode="json"),
        "body": bodies[version.sha256] if version.sha256 else None,
    }


def _decision(record: DecisionRecord) -> dict[str, Any]:
    return {
        "id": record.decision.id,
        "kind": record.decision.kind.value,
        "answer": record.answer.answer,
        "at": record.answer.at,
        "content": record.model_dump(mode="json"),
    }


def _cycle(cycle: Cycle) -> dict[str, Any]:
    return {"year": cycle.year, "content": CYCLE.dump_python(cycle, mode="json")}


def _comment(comment: Comment) -> dict[str, Any]:
    return {"about": comment.about, "number": comment.number, "content": comment.model_dump(mode="json")}


def _letter(letter: Letter) -> dict[str, Any]:
    columns = {"number": letter.number, "kind": letter.kind.value, "state": letter.state.value}
    more = {"public": letter.public, "drafted_at": letter.drafted_at}
    return columns | more | {"content": letter.model_dump(mode="json")}
