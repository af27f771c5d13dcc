"""A Temporal server for tests that forgets everything at the end: real time, production's search attributes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter

from contracts.names import SEARCH_ATTRIBUTES
from tests.servers import REAL_TIME, SERVERS


@asynccontextmanager
async def forgetful_server(
    converter: DataConverter = pydantic_data_converter, settings: tuple[str, ...] = REAL_TIME
) -> AsyncIterator[Client]:
    """A client of a namespace that nobody else knows; it speaks pydantic unless told otherwise."""
    async with SERVERS.open(settings, SEARCH_ATTRIBUTES) as client:
        config = client.config()
        config["data_converter"] = converter
        yield Client(**config)
