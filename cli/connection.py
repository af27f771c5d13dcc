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
    from temporalio.client import Client
    from temporalio.contrib.pydantic import pydantic_data_converter

    used = settings or load_settings()
    advice = "start one with `pathfinder up`, or set TEMPORAL_ADDRESS"
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await Client.connect(
                used.temporal_address,
                namespace=used.temporal_namespace,
                data_converter=pydantic_data_converter,
            )
    except (RuntimeError, TimeoutError):  # the SDK has no type of its own for a connection that fails
        raise Failed(f"No Temporal server answers at {used.temporal_address}; {advice}.") from None


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
