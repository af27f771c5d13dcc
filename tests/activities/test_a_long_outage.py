"""The mail server is away for hours and for days: real Temporal, virtual time, real conversations (row 22)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from temporalio.client import Client
from temporalio.worker import Worker

from activities.correspondence import TemporalCourier
from activities.delivering import Postman
from activities.smtp import SmtpServer
from connection.sandbox import workflow_runner
from contracts.names import TASK_QUEUE, country_id, delivery_id
from contracts.rows import Outcome
from correspondence.message import Sender
from rehearsal.server import World
from storage import ledger
from storage.engine import Database
from storage.ledger import MailItem
from tests.activities.postbox import Postbox, postbox
from tests.activities.test_delivery_workflow import Listener, heard, listening
from tests.launch.stand_ins import free_ports
from tests.storage.samples import delivery
from tests.timetravel import travelling_env
from workflows.delivery import DeliveryWorkflow

SENDER = Sender(mail_from="Secretariat <mail@alliance.example>", public_url="https://pathfinder.example")
KEYS = [f"XAA-2027-reminder-{name}" for name in "abc"]


@asynccontextmanager
async def at_work(client: Client, postman: Postman) -> AsyncIterator[None]:
    """A worker with the real postman."""
    async with Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[DeliveryWorkflow, Listener],
        activities=[postman.deliver, postman.report_outcome],
        workflow_runner=workflow_runner(),
    ):
        yield


async def on_record(database: Database) -> list[MailItem]:
    """All rows of the ledger."""
    return (await ledger.mails(database)).items


async def forward(env: World, by: timedelta) -> None:
    """Lets time pass for all deliveries that are still under way."""
    handles = [env.client.get_workflow_handle(delivery_id(key)) for key in KEYS]
    async with asyncio.timeout(60):
        await asyncio.gather(*(env.fast_forward(handle, by) for handle in handles))


async def outcomes(client: Client) -> list[Outcome]:
    """What became of all deliveries."""
    handles = [client.get_workflow_handle(delivery_id(key), result_type=Outcome) for key in KEYS]
    async with asyncio.timeout(60):
        return [await handle.result() for handle in handles]


async def tried(database: Database, attempts: int) -> None:
    """Waits until each message was tried so often."""
    async with asyncio.timeout(60):
        while not all(item.attempts >= attempts for item in await on_record(database)):
            await asyncio.sleep(0.05)


async def posted(env: World, database: Database) -> None:
    """Three messages on their way, each tried once in vain."""
    deliveries = [delivery(key, to_email=f"{key[-1]}@land.example") for key in KEYS]
    await ledger.enqueue(database, deliveries)
    for one in deliveries:
        await TemporalCourier(env.client).take(one)
    await tried(database, 1)


def nobody_there() -> SmtpServer:
    """A server that is away; its port is kept for when it is back."""
    return SmtpServer("127.0.0.1", free_ports(1)[0], timeout=2)


@pytest.mark.clause("REP-07")
async def test_row_22_after_four_hours_without_a_mail_server_each_message_goes_out_once_late(
    database: Database,
) -> None:
    server = nobody_there()
    async with travelling_env() as env, at_work(env.client, Postman(database, server, SENDER)):
        await posted(env, database)
        await forward(env, timedelta(hours=4))
        await tried(database, 9)
        waiting = await on_record(database)
        assert {item.state for item in waiting} == {"queued"}
        async with postbox(port=server.port) as box:
            await forward(env, timedelta(hours=1))
            done = await outcomes(env.client)
    assert [(one.state, one.attempts, one.possible_duplicate) for one in done] == [("sent", 10, False)] * 3
    assert seen(box) == {f"<{key}@alliance.example>": 1 for key in KEYS}
    for item in await on_record(database):
        assert [one.what for one in item.story] == ["postponed"] * 9 + ["sent"]
        pauses = [one.again_at - one.at for one in item.story if one.again_at is not None]
        assert [pause / timedelta(minutes=1) for pause in pauses] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_row_22_after_five_days_it_is_given_up_and_the_country_is_told_once_of_each(
    database: Database,
) -> None:
    server = nobody_there()
    async with travelling_env() as env, at_work(env.client, Postman(database, server, SENDER)):
        await listening(env.client, country_id("XAA"))
        await posted(env, database)
        await forward(env, timedelta(days=6))
        done = await outcomes(env.client)
        told = await heard(env.client, country_id("XAA"))
    assert [one.state for one in done] == ["given_up"] * 3
    assert sorted(note["key"] for note in told) == KEYS
    for item in await on_record(database):
        assert item.attempts > 100
        assert (len(item.story), item.story[-1].what) == (40, "given_up")


def seen(box: Postbox) -> dict[str, int]:
    """How often each message came, by its identity."""
    return {
        identity: box.copies(identity) for identity in sorted(str(one["Message-ID"]) for one in box.messages)
    }
