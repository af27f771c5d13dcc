"""Connections: who waits for whom, and what is refused."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from contracts.rows import Batch
from storage.engine import Database, open_database
from storage.reading_history import timeline
from storage.sqlite_cursors import connection
from storage.writing import write_batch
from tests.storage.samples import entry

COUNTING = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT count(*) FROM n"
)
"""What takes a while."""

ONE_CYCLE = text("INSERT INTO cycle VALUES ('XAA', 2027, 1, '{}')")


async def test_an_open_database_answers_and_one_that_is_away_is_noticed(
    database: Database, tmp_path: Path
) -> None:
    await database.ping()
    away = open_database(f"postgresql+psycopg://postgres@/postgres?host={tmp_path}")
    with pytest.raises(SQLAlchemyError):
        await away.ping()
    await away.close()


@pytest.mark.parametrize("url", ["mysql://host/name", "sqlite:///file", "", "postgresql://host/name"])
def test_an_url_of_another_database_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite\+aiosqlite"):
        open_database(url)


async def test_many_writers_at_once_all_get_their_turn(database: Database) -> None:
    batches = [Batch(code="XAA", revision=n, entries=[entry(n)]) for n in range(1, 21)]
    await asyncio.gather(*(write_batch(database, batch, {}) for batch in batches))
    assert len((await timeline(database, "XAA")).items) == 20


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.writing() as session:
        await (await session.connection()).execute(ONE_CYCLE)
        async with asyncio.timeout(5):
            assert (await timeline(database, "XAA")).items == []


async def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    async def interrupted() -> None:
        async with database.writing() as session:
            await (await session.connection()).execute(ONE_CYCLE)
            raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError, match="interrupted"):
        await interrupted()
    async with database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM cycle"))).scalar() == 0


async def given_up(asked: asyncio.Task[Any]) -> None:
    """Gives up what was asked while it is being answered."""
    await asyncio.sleep(0.05)
    assert not asked.done(), "there was nothing to give up"
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked


async def test_a_statement_that_was_given_up_leaves_the_database_at_work(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.reading() as session:
        await given_up(asyncio.create_task(session.scalar(text(COUNTING))))
    await write_batch(database, Batch(code="XAA", revision=1, entries=[entry(1)]), {})
    assert len((await timeline(database, "XAA")).items) == 1
    assert not caplog.records, caplog.text


async def test_a_cursor_whose_statement_was_given_up_is_closed_when_that_has_ended() -> None:
    async with connection(":memory:", check_same_thread=False) as opened:
        cursor = await opened.cursor()
        await given_up(asyncio.create_task(cursor.execute(COUNTING)))
        await cursor.close()
        with pytest.raises(sqlite3.ProgrammingError, match="closed cursor"):
            await cursor.execute("SELECT 1")


async def test_only_what_cannot_be_rebuilt_waits_for_the_disk(tmp_path: Path) -> None:
    database = open_database(f"sqlite+aiosqlite:///{tmp_path}/rows.db")
    found = []
    for durable in (False, True, True, False):
        async with database.writing(durable=durable) as session:
            found.append(await session.scalar(text("PRAGMA synchronous")))
    await database.close()
    normal, full = 1, 2
    assert found == [normal, full, full, normal]
