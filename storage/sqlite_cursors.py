"""SQLite's connection as aiosqlite has it, but that a cursor is made and closed where it is asked for.

aiosqlite asks its thread for both. Each such errand wakes a thread and then the event loop, and takes longer than what is
done there: of 11,200 errands in the rehearsal of ten years 6,200 were for cursors.
"""

import sqlite3
from typing import Any

import aiosqlite
from aiosqlite.context import contextmanager

CHUNK = 64
"""Rows at a time where rows are streamed, as in aiosqlite."""


class Cursor(aiosqlite.Cursor):
    """A cursor that is closed at once."""

    async def close(self) -> None:
        """See base class. Where its statement was given up and still runs, it is closed after that, by the thread."""
        try:
            self._cursor.close()
        except sqlite3.ProgrammingError:
            await super().close()


class Connection(aiosqlite.Connection):
    """A connection whose cursors are made at once. Everything that touches rows is done by its thread."""

    @contextmanager
    async def cursor(self) -> aiosqlite.Cursor:
        """See base class."""
        return Cursor(self, self._conn.cursor())


def connection(database: str, **options: Any) -> Connection:
    """A connection that is yet to be opened, for `create_async_engine`; `options` are those of `sqlite3.connect`.

    SQLAlchemy's let any thread use it; a cursor is closed by another than its thread.
    """
    made = Connection(lambda: sqlite3.connect(database, **options), CHUNK)
    # As SQLAlchemy does: a connection that was forgotten keeps no process from its end.
    made._thread.daemon = True
    return made
