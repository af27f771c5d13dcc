"""The throwaway Temporal server on which rehearsals and journeys run.

It is the real development server, in memory, with one virtual clock per workflow (time skipping v2). Time skipping is
experimental in the SDK: everything that depends on it stays in this package.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client, WorkflowHandle
from temporalio.common import SearchAttributeKey
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import GrpcCompression
from temporalio.testing import TimeSkipper, TimeSkippingConfig, WorkflowEnvironment

# Each of these was measured: with the server's defaults ten years take minutes, or the clock leaps.
TIME_TRAVEL_SETTINGS: tuple[str, ...] = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    "frontend.WorkflowTimeSkippingMaxSkipPerSession=100000",
    'history.timerProcessorMaxTimeShift="1ms"',
    "history.timerProcessorMaxPollRPS=2000",
    "history.transferProcessorMaxPollRPS=2000",
    'history.workflowIdReuseMinimalInterval="0s"',
    "worker.perNamespaceWorkerCount=0",  # nothing here has a schedule
)


# One thread of the server's own at a time, and fewer rests to collect garbage: the work of one play hardly runs side by
# side, and spreading it over threads costs a quarter more processor time than it saves waiting (measured on 2 cores).
THRIFT = {"GOMAXPROCS": "1", "GOGC": "200"}


class NoServerBinary(RuntimeError):
    """The path in TEMPORAL_CLI does not lead to a file."""


def temporal_binary() -> str | None:
    """Path of the `temporal` binary: TEMPORAL_CLI, beside the interpreter, on PATH; None lets the SDK download it.

    Raises NoServerBinary when TEMPORAL_CLI is set but leads nowhere: a typing error there should not end in a
    silent download.
    """
    named = os.environ.get("TEMPORAL_CLI")
    if named:
        if not Path(named).is_file():
            raise NoServerBinary(f"TEMPORAL_CLI names {named!r}, which is not a file; correct it or unset it")
        return named
    beside = Path(sys.executable).with_name("temporal.exe" if os.name == "nt" else "temporal")
    return str(beside) if beside.is_file() else shutil.which("temporal")


class World:
    """Where workflows live in virtual time: `client` starts them, standing still until they are moved."""

    def __init__(self, client: Client) -> None:
        still = TimeSkippingConfig(enabled=False, disable_propagation=True)
        self._skipper = TimeSkipper(client, config=still)
        self.client = self._skipper.client

    async def fast_forward(self, handle: WorkflowHandle[Any, Any], by: timedelta) -> bool:
        """Moves one workflow on by a duration, as `temporalio.testing.TimeSkipper` does."""
        return await self._skipper.fast_forward(handle, by)


Opener = Callable[[tuple[str, ...], Sequence[SearchAttributeKey[Any]]], AbstractAsyncContextManager[Client]]
"""Opens a server with these settings and search attributes, and gives a client of it for as long as the block lasts."""


async def start_server(
    settings: tuple[str, ...], search_attributes: Sequence[SearchAttributeKey[Any]]
) -> WorkflowEnvironment:
    """Starts a server in memory, without a user interface. To be shut down by the caller.

    `settings`: the server's dynamic configuration, `key=value` each. Raises NoServerBinary, or RuntimeError when the
    server does not start.
    """
    flags = [part for setting in settings for part in ("--dynamic-config-value", setting)]
    with _inherited(THRIFT):
        return await WorkflowEnvironment.start_local(
            search_attributes=search_attributes,
            dev_server_existing_path=temporal_binary(),
            dev_server_log_level="error",
            # Without this the server writes its greeting to our standard output, which belongs to data.
            dev_server_extra_args=[*flags, "--output", "none"],
        )


@asynccontextmanager
async def server_of_its_own(
    settings: tuple[str, ...], search_attributes: Sequence[SearchAttributeKey[Any]]
) -> AsyncIterator[Client]:
    """A server that ends with the block. Raises as `start_server`."""
    async with await start_server(settings, search_attributes) as environment:
        yield await client_of(environment, environment.client.namespace)


async def client_of(environment: WorkflowEnvironment, namespace: str) -> Client:
    """A client that speaks pydantic, and compresses nothing on the way to this same machine."""
    return await Client.connect(
        environment.client.service_client.config.target_host,
        namespace=namespace,
        data_converter=pydantic_data_converter,
        grpc_compression=GrpcCompression.NONE,
    )


def settings_of(force_continue_as_new_every: int | None) -> tuple[str, ...]:
    """The settings of a server under virtual time that suggests continue-as-new so early."""
    if force_continue_as_new_every is None:
        return TIME_TRAVEL_SETTINGS
    suggests = f"limit.historyCount.suggestContinueAsNew={force_continue_as_new_every}"
    return (*TIME_TRAVEL_SETTINGS, suggests)


opener: Opener = server_of_its_own
"""Whoever needs many servers one after the other, as tests do, puts here what keeps them."""


@asynccontextmanager
async def throwaway_server(
    *,
    force_continue_as_new_every: int | None = None,
    search_attributes: Sequence[SearchAttributeKey[Any]] = (),
) -> AsyncIterator[World]:
    """A world that forgets everything at the end.

    `force_continue_as_new_every=N` makes the server suggest continue-as-new from N history events on, so that a
    journey crosses many seams. `search_attributes` are registered before the first workflow can start.
    Workflows started here stand still in virtual time until a `Clock` moves them. Raises as `start_server`.
    """
    async with opener(settings_of(force_continue_as_new_every), search_attributes) as client:
        yield World(client)


@contextmanager
def _inherited(variables: Mapping[str, str]) -> Iterator[None]:
    """What a process started within finds in its environment, unless the user has set it otherwise."""
    missing = {name: value for name, value in variables.items() if name not in os.environ}
    os.environ.update(missing)
    try:
        yield
    finally:
        for name in missing:
            os.environ.pop(name, None)
