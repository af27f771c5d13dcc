"""The connection to the read model: SQLite by default, PostgreSQL by URL."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.sqlite_cursors import connection as with_quick_cursors

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another on SQLite, in milliseconds."""

SYNCHRONOUS = "synchronous"
"""Where a connection's record tells whether it waits for the disk at the end of a transaction, and the pragma of that."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
)


class Database:
    """The read model's engine. One per process; close it at the end."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(writes=True)
        self._durable_writer = engine.execution_options(writes=True, durable=True)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one state of the rows and writes none."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self, *, durable: bool = False) -> AsyncGenerator[AsyncSession]:
        """One transaction: all of it is written when the block ends, nothing when it raises.

        `durable`: a power cut does not undo it either. What workflows write needs none of that: it can be rebuilt.
        """
        engine = self._durable_writer if durable else self._writer
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            yield session

    async def ping(self) -> None:
        """Raises what the driver raises when the database does not answer."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Gives all connections back."""
        await self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at `sqlite+aiosqlite:///file` or `postgresql+psycopg://…`; ValueError for others."""
    if url.startswith("sqlite+aiosqlite:"):
        return Database(_sqlite(url))
    if url.startswith("postgresql+psycopg:"):
        return Database(create_async_engine(url, pool_pre_ping=True, pool_recycle=1800))
    scheme = url.partition(":")[0]
    raise ValueError(
        f"{scheme}: is not supported; write sqlite+aiosqlite:///file or postgresql+psycopg://host/name"
    )


def _sqlite(url: str) -> AsyncEngine:
    # There is nothing to reset: each transaction is ended by whoever began it.
    engine = create_async_engine(
        url, connect_args={"async_creator_fn": with_quick_cursors}, pool_reset_on_return=None
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # or the driver begins transactions by itself, and not for DDL
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
    record.info[SYNCHRONOUS] = "NORMAL"


def _begin(connection: Connection) -> None:
    # A transaction that starts as a reader cannot wait for its turn to write: SQLite refuses it at once.
    options = connection.get_execution_options()
    writes = options.get("writes", False)
    wanted = "FULL" if options.get("durable") else "NORMAL"  # PostgreSQL waits for the disk in any case
    if writes and connection.info[SYNCHRONOUS] != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
        connection.info[SYNCHRONOUS] = wanted
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
