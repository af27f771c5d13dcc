"""Time travel for tests: a throwaway server and a clock over everything that runs on it.

Each test has a world of its own, a namespace of a server that stays (`tests.servers`), and none sees another's workflows:

    async with travelling(start_at=datetime(2040, 1, 1, tzinfo=UTC)) as clock, Worker(clock.client, ...):
        country = await clock.client.start_workflow(...)
        await clock.advance_to(datetime(2041, 6, 1, tzinfo=UTC))

Tests may also share one `throwaway_server`, each with a task queue of its own and `Clock(env,
discover=on_task_queue("..."))`; all of them must then run on the event loop on which the server was started.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from temporalio.common import SearchAttributeKey

from rehearsal.clock import RUNNING, Clock
from rehearsal.server import World, throwaway_server


@asynccontextmanager
async def travelling_env(
    *,
    force_continue_as_new_every: int | None = None,
    search_attributes: Sequence[SearchAttributeKey[Any]] = (),
) -> AsyncIterator[World]:
    """A server under virtual time, for tests that want clocks of their own."""
    async with throwaway_server(
        force_continue_as_new_every=force_continue_as_new_every, search_attributes=search_attributes
    ) as env:
        yield env


@asynccontextmanager
async def travelling(
    *,
    start_at: datetime | None = None,
    step: timedelta = timedelta(days=92),
    patience: float = 30.0,
    force_continue_as_new_every: int | None = None,
    search_attributes: Sequence[SearchAttributeKey[Any]] = (),
) -> AsyncIterator[Clock]:
    """A server with a clock over all that runs on it; `clock.client` is for workflows, workers and services."""
    async with throwaway_server(
        force_continue_as_new_every=force_continue_as_new_every, search_attributes=search_attributes
    ) as env:
        yield Clock(env, start_at=start_at, step=step, patience=patience)


def on_task_queue(task_queue: str) -> str:
    """The query for a clock that takes along only what runs on one task queue."""
    return f"{RUNNING} AND TaskQueue = '{task_queue}'"
