"""How long the Secretariat's board takes for 40 and for 400 countries, and how many queries it asks.

    python -m bench.board

Promise: 400 countries within half a second, with as many queries as for 40. The baseline is what comes to mind first: the
list of countries as the API gives it, and for each of them a query for its cycles and one for its tasks.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
from sqlalchemy import event

from api.app import create_app
from framework.terms import Role
from storage import reading, reading_history, reading_tasks
from storage.documents import Documents
from storage.engine import Database, open_database
from storage.reading_tasks import TaskFilter
from storage.schema import migrate
from tests.api.conftest import bearer, served, settings_in
from tests.pages.many import NOW, fill

TIMES = 15
PROMISE = 0.5


async def measure(count: int) -> None:
    """Prints what the board and the baseline take for so many countries."""
    with TemporaryDirectory(prefix="bench-") as folder:
        database = open_database(f"sqlite+aiosqlite:///{Path(folder) / 'rows.db'}")
        await migrate(database)
        await fill(database, count)
        app = create_app(
            settings_in(Path(folder)),
            database=database,
            documents=Documents(Path(folder).as_uri()),
            now=lambda: NOW,
        )
        async with served(app) as client:
            await report(f"the board, {count} countries", database, lambda: _drawn(client))
            await report(f"a query or two per country, {count} countries", database, lambda: _naive(database))
        await database.close()


async def report(what: str, database: Database, act: Callable[[], Awaitable[None]]) -> None:
    """Prints the median and the slowest of some runs, and the queries of one."""
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    await act()
    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    await act()
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        await act()
        took.append(time.perf_counter() - began)
    queries = sum(one.startswith("SELECT") for one in asked)
    print(f"{what}: {statistics.median(took):.3f} s, at most {max(took):.3f} s, {queries} queries")


async def _drawn(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/desk/board", headers={"Authorization": bearer(Role.SECRETARIAT)})
    answer.raise_for_status()


async def _naive(database: Database) -> None:
    for row in (await reading.countries(database, limit=500)).items:
        await reading_history.cycles(database, row.code)
        await reading_tasks.tasks(database, TaskFilter(country=row.code))


def main() -> None:
    """Measures and prints."""
    for count in (40, 400):
        asyncio.run(measure(count))
    print(f"promise: {PROMISE:g} s for 400 countries")


if __name__ == "__main__":
    main()
