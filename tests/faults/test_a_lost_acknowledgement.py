"""The worker dies or freezes after the mail server took a message and before that is on record (rows 2, 3 and 24)."""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from temporalio.client import Client

from activities.correspondence import TemporalCourier
from contracts.names import delivery_id
from contracts.rows import Outcome
from storage import ledger
from tests.faults import on_record
from tests.faults.house import House, open_house
from tests.faults.sink import Sink, open_sink
from tests.storage.samples import delivery

ONE = delivery()


@asynccontextmanager
async def under_way(folder: Path) -> AsyncIterator[tuple[House, Sink, Client]]:
    """A house whose worker has handed a message over and waits for an answer that does not come."""
    async with open_sink() as sink, open_house(folder, smtp_port=sink.port) as house:
        await house.start_server()
        client = await house.client()
        await house.start_worker()
        sink.answers = 0
        await TemporalCourier(client).take(ONE)
        await asyncio.wait_for(sink.silent.wait(), 60)
        yield house, sink, client


async def outcome(client: Client) -> Outcome:
    """What became of the delivery."""
    handle = client.get_workflow_handle(delivery_id(ONE.key), result_type=Outcome)
    return await asyncio.wait_for(handle.result(), 90)


async def assert_marked(house: House, sink: Sink, stood: Outcome) -> None:
    """Two copies of one message, which the ledger says are possible."""
    await on_record.assert_each_mail_visible_once(house.database, sink)
    assert (stood.state, stood.attempts, stood.possible_duplicate) == ("sent", 2, True)
    (identity,) = sink.identities()
    assert sink.copies(identity) == 2
    item = await ledger.mail(house.database, ONE.key)
    assert item is not None
    assert item.possible_duplicate
    assert item.story == stood.story


@pytest.mark.clause("REP-07")
async def test_rows_2_and_24_a_worker_killed_before_it_recorded_the_answer(tmp_path: Path) -> None:
    async with under_way(tmp_path) as (house, sink, client):
        await house.kill_worker()
        sink.recover()
        await house.start_worker()
        stood = await outcome(client)
        await assert_marked(house, sink, stood)
        assert [(one.what, one.attempt) for one in stood.story] == [("attempting", 1), ("sent", 2)]


async def test_row_3_a_worker_that_freezes_for_longer_than_an_attempt_may_take_and_wakes_again(
    tmp_path: Path,
) -> None:
    async with under_way(tmp_path) as (house, sink, client):
        frozen: Process | None = house.worker
        assert frozen is not None
        os.kill(frozen.pid, signal.SIGSTOP)
        try:
            sink.recover()
            await house.start_worker()
            stood = await outcome(client)
            sink.answer_late()
            os.kill(frozen.pid, signal.SIGCONT)
            await asyncio.sleep(3)
            assert frozen.returncode is None
            await assert_marked(house, sink, stood)
        finally:
            os.kill(frozen.pid, signal.SIGKILL)
            await frozen.wait()
