"""The application with a read model full of countries, while Temporal is away: pages of the desk are drawn without it."""

from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio

from api.app import create_app
from storage.documents import Documents
from storage.engine import Database, open_database
from storage.schema import migrate
from tests.api.conftest import served, settings_in
from tests.pages.many import NOW, SITUATIONS, fill


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def full(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """Forty countries."""
    folder = tmp_path_factory.mktemp("full")
    database = open_database(f"sqlite+aiosqlite:///{folder / 'rows.db'}")
    await migrate(database)
    await fill(database, 4 * len(SITUATIONS))
    yield database
    await database.close()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def desk(full: Database, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx2.AsyncClient]:
    """The application on 10 May 2027."""
    folder = tmp_path_factory.mktemp("desk")
    app = create_app(
        settings_in(folder), database=full, documents=Documents(folder.as_uri()), now=lambda: NOW
    )
    async with served(app) as client:
        yield client
