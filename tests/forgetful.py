"""A Temporal server for tests that forgets everything at the end: real time, production's search attributes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from contracts.names import SEARCH_ATTRIBUTES
from rehearsal.server import temporal_binary


@asynccontextmanager
async def forgetful_server() -> AsyncIterator[Client]:
    """A client of a server of its own."""
    async with await WorkflowEnvironment.start_local(
        data_converter=pydantic_data_converter,
        search_attributes=list(SEARCH_ATTRIBUTES),
        dev_server_existing_path=temporal_binary(),
        dev_server_log_level="error",
        dev_server_extra_args=["--output", "none"],
    ) as environment:
        yield environment.client
