"""Temporal servers that stay for all tests of a process; each test has a namespace of its own on one of them.

Starting a server takes 0.65 s of processor time, most of it to read the sum of its own program of 165 MB; a namespace takes
0.03 s (measured). Servers of rare settings are started and ended as they are needed: each costs a little while it waits.
"""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.testing import WorkflowEnvironment

from launch.temporal_server import prepare_namespace
from rehearsal.server import client_of, server_of_its_own, settings_of, start_server

EVERY = 36
"""History events after which continue-as-new is forced in journeys: after every third or fourth thing that happens."""

REAL_TIME: tuple[str, ...] = ("worker.perNamespaceWorkerCount=0",)
"""Settings of servers on which time passes as it does. A worker for the schedules of each namespace would use a tenth of a
processor where there are a hundred (measured)."""

WITH_SCHEDULES: tuple[str, ...] = ()
"""Settings of servers on which schedules are kept."""


class Servers:
    """The servers of a process, started when they are first asked for. Any thread and event loop may ask."""

    def __init__(self, kept: Sequence[tuple[str, ...]]) -> None:
        self._kept = frozenset(kept)
        self._running: dict[tuple[str, ...], WorkflowEnvironment] = {}
        self._starting = threading.Lock()

    @asynccontextmanager
    async def open(
        self, settings: tuple[str, ...], search_attributes: Sequence[SearchAttributeKey[Any]]
    ) -> AsyncIterator[Client]:
        """A client of a namespace of its own where servers of such settings are kept, else of a server of its own."""
        if settings not in self._kept:
            async with server_of_its_own(settings, search_attributes) as client:
                yield client
            return
        client = await client_of(await self._server(settings), f"world-{uuid.uuid4().hex[:12]}")
        await prepare_namespace(client, search_attributes)
        yield client

    async def _server(self, settings: tuple[str, ...]) -> WorkflowEnvironment:
        await asyncio.to_thread(self._starting.acquire)
        try:
            if settings not in self._running:
                self._running[settings] = await start_server(settings, ())
            return self._running[settings]
        finally:
            self._starting.release()

    def end(self) -> None:
        """Ends them all."""
        asyncio.run(self._end_all())

    async def _end_all(self) -> None:
        while self._running:
            await self._running.popitem()[1].shutdown()


SERVERS = Servers([REAL_TIME, settings_of(None), settings_of(EVERY)])
