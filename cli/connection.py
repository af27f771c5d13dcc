"""What commands connect to: the Temporal server and the database that the settings name."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from cli.failing import Failed
from settings import Settings, load_settings

if TYPE_CHECKING:
    from temporalio.client import Client

    from storage.documents import Documents
    from storage.engine import Database

PATIENCE_SECONDS = 10.0


async def temporal(settings: Settings | None = None) -> "Client":
    """A client of the Temporal server. Raises Failed when none answers, SettingsError for bad settings."""
    from connection import clients

    used = settings or load_settings()
    advice = "start one with `pathfinder up`, or set TEMPORAL_ADDRESS"
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await clients.connect(used)
    except (
        RuntimeError,
        TimeoutError,
    ) as error:  # the SDK has no type of its own for a connection that fails
        why = f" by TLS ({error})" if used.uses_temporal_tls else ""
        raise Failed(f"No Temporal server answers at {used.temporal_address}{why}; {advice}.") from None


@asynccontextmanager
async def read_model(settings: Settings | None = None) -> AsyncIterator["Database"]:
    """The database, closed at the end. Raises SettingsError for unusable settings."""
    from storage.engine import open_database

    database = open_database((settings or load_settings()).database_url)
    try:
        yield database
    finally:
        await database.close()


def documents(settings: Settings | None = None) -> "Documents":
    """The document store. Raises SettingsError for unusable settings."""
    from storage.documents import Documents

    return Documents((settings or load_settings()).documents_url)
