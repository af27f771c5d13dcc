"""Connections: who waits for whom, and what is refused."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from contracts.rows import Batch
from storage.engine import Database, open_database
from storage.reading_history import timeline
from storage.writing import write_batch
from tests.storage.samples import entry

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
