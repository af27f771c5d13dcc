"""A message's whole way on a real Temporal server: handed over, sent back, read, told, and the same after a rebuild."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import delete
from temporalio.client import Client
from temporalio.worker import Worker

from activities.correspondence import TemporalCourier
from activities.delivering import Postman
from activities.return_mailbox import ImapServer
from activities.returns import Returns
from connection.sandbox import workflow_runner
from contracts.names import RETURNS, TASK_QUEUE, bounce_id, country_id, delivery_id, returns_id
from contracts.returns import Collected
from contracts.rows import Outcome
from correspondence.message import Sender
from storage import ledger
from storage.documents import Documents
from storage.dump import dump_rows
from storage.engine import Database
from storage.rebuilding import check_rebuild_from, rebuild_from
from storage.sources import TemporalSource
from storage.tables import metadata
from tests.activities import bounces
from tests.activities.imap_box import imap_box
from tests.activities.postbox import OK, Postbox, postbox
from tests.activities.test_delivery_workflow import Listener, heard, listening
from tests.storage.samples import delivery, order
from tests.timetravel import travelling_env
from workflows.delivery import BounceWorkflow, DeliveryWorkflow
from workflows.returns import ReturnsWorkflow

SENDER = Sender(mail_from="Secretariat <mail@alliance.example>", public_url="https://pathfinder.example")
PATH = "bounces+{token}@alliance.example"


@asynccontextmanager
async def at_work(
    client: Client, database: Database, documents: Documents, box: Postbox, mailbox: ImapServer
) -> AsyncIterator[None]:
    """A worker that sends and reads what comes back."""
    postman = Postman(database, box.server, SENDER, return_path=PATH)
    returns = Returns(database, documents, TemporalCourier(client), mailbox)
    async with Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[DeliveryWorkflow, BounceWorkflow, ReturnsWorkflow, Listener],
        activities=[postman.deliver, postman.report_outcome, returns.collect_returns],
        workflow_runner=workflow_runner(),
    ):
        yield


async def sent(client: Client, database: Database, key: str, country: str) -> None:
    """A message is on its way, and there."""
    one = delivery(key, order=order(country=country), role="focal_point")
    await ledger.enqueue(database, [one])
    await TemporalCourier(client).take(one)
    outcome = await client.get_workflow_handle(delivery_id(key), result_type=Outcome).result()
    assert outcome.state == "sent"


async def looked(client: Client) -> Collected:
    """One look into the mailbox."""
    collected: Collected = await client.execute_workflow(
        RETURNS, id=returns_id(), task_queue=TASK_QUEUE, result_type=Collected
    )
    return collected


@pytest.mark.clause("REP-07")
async def test_what_comes_back_is_told_once_and_a_rebuild_knows_all_of_it(
    database: Database, documents: Documents
) -> None:
    async with travelling_env() as env, postbox(OK, OK) as box, imap_box() as mailbox:
        client = env.client
        async with at_work(client, database, documents, box, mailbox.server()):
            await sent(client, database, "XAA-1", "XAA")
            await sent(client, database, "XAB-1", "XAB")
            came_from = [envelope.mail_from or "" for envelope in box.envelopes]
            mailbox.put(
                *(bounces.report(original="", kind="text/plain", To=address) for address in came_from)
            )
            mailbox.put(
                bounces.persons_answer(), *(bounces.report(To=came_from[0], X=str(n)) for n in range(3))
            )
            await listening(client, country_id("XAB"))
            assert sorted((await looked(client)).bounced) == ["XAA-1"] * 4 + ["XAB-1"]
            assert await looked(client) == Collected()
            await client.get_workflow_handle(bounce_id("XAB-1")).result()
            (note,) = await heard(client, country_id("XAB"))
            assert (note["key"], note["state"], note["role"]) == ("XAB-1", "bounced", "focal_point")
            assert "@" not in note["answer"]
            await client.get_workflow_handle(country_id("XAB")).terminate()
        await _assert_rebuilds(client, database, documents)


class NoCountries(TemporalSource):
    """The namespace, in which a listener only stood in for a country."""

    async def codes(self) -> set[str]:
        """None."""
        return set()


async def _assert_rebuilds(client: Client, database: Database, documents: Documents) -> None:
    """A ledger that was whole, and one that was lost, are after a rebuild what they were."""
    source, before = NoCountries(client), await dump_rows(database)
    assert {row["state"] for row in before["mail"]} == {"bounced"}
    assert (await check_rebuild_from(source, database, documents)).differences == []
    async with database.writing() as session:
        for table in metadata.sorted_tables:
            await (await session.connection()).execute(delete(table))
    assert (await rebuild_from(source, database, documents))["returned"] == len(before["returned"]) == 6
    assert await dump_rows(database) == before
