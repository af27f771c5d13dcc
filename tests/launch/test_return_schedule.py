"""The schedule of the return mailbox: there when a mailbox is set, the same after every start, gone when none is."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.client import Client, ScheduleDescription, ScheduleOverlapPolicy
from temporalio.service import RPCError, RPCStatusCode

from contracts.names import returns_id
from contracts.returns import Collected
from launch.return_schedule import ensure_returns
from settings import Settings
from tests.forgetful import forgetful_server
from tests.servers import WITH_SCHEDULES
from worker import build_worker


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    """A client of a server that keeps schedules."""
    async with forgetful_server(settings=WITH_SCHEDULES) as found:
        yield found


def with_mailbox(folder: Path, seconds: int = 1800) -> Settings:
    """Settings that name a return mailbox."""
    return Settings(var_dir=folder, imap_host="imap.example", imap_poll_seconds=seconds)


async def described(client: Client) -> ScheduleDescription | None:
    """The schedule, or None."""
    try:
        return await client.get_schedule_handle(returns_id()).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise


async def test_it_follows_the_settings_and_a_pause_by_an_operator_stays(
    client: Client, tmp_path: Path
) -> None:
    await ensure_returns(client, Settings(var_dir=tmp_path))
    assert await described(client) is None
    for seconds in (1800, 1800, 600):
        await ensure_returns(client, with_mailbox(tmp_path, seconds))
    await client.get_schedule_handle(returns_id()).pause(note="the mailbox moves")
    await ensure_returns(client, with_mailbox(tmp_path, 900))
    found = await described(client)
    assert found is not None
    assert [one.every for one in found.schedule.spec.intervals] == [timedelta(minutes=15)]
    assert found.schedule.policy.overlap is ScheduleOverlapPolicy.SKIP
    assert (found.schedule.state.paused, found.schedule.state.note) == (True, "the mailbox moves")
    await ensure_returns(client, Settings(var_dir=tmp_path))
    assert await described(client) is None


async def test_it_starts_a_look_that_answers_what_it_found(client: Client, tmp_path: Path) -> None:
    looked = asyncio.Event()

    @activity.defn(name="collect_returns")
    async def collect_returns() -> Collected:
        looked.set()
        return Collected(noted=2, bounced=["XAA-1"])

    async with build_worker(client, [collect_returns]):
        await ensure_returns(client, with_mailbox(tmp_path))
        await client.get_schedule_handle(returns_id()).trigger()
        await asyncio.wait_for(looked.wait(), 30)
        found = await described(client)
        while found is not None and not found.info.recent_actions:
            found = await described(client)
        assert found is not None
        started = found.info.recent_actions[0].action
        handle = client.get_workflow_handle(started.workflow_id, result_type=Collected)  # type: ignore[attr-defined]
        assert await handle.result() == Collected(noted=2, bounced=["XAA-1"])
