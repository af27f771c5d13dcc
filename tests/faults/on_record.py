"""What is on record after a fault, and what must hold of it: everything once, nothing failed, every history replays."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from email.utils import parseaddr

from temporalio.api.enums.v1 import WorkflowTaskFailedCause
from temporalio.client import Client, WorkflowHistory

from contracts.messages import Receipt
from contracts.names import country_id
from contracts.state import CountryState, Entry, Version
from correspondence.message import message_id
from settings import Settings
from storage import ledger, reading_history
from storage.engine import Database
from storage.ledger import MailItem
from tests.faults.countries import Country
from tests.faults.sink import Sink
from tests.histories.replaying import replayer

MOST = 500
PATIENCE = timedelta(seconds=60)
"""How long a question may wait behind a crowd of others: longer than the ten seconds of the SDK."""
UNHANDLED_COMMAND = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND
HOST = parseaddr(Settings().mail_from)[1].rpartition("@")[2]


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 60.0) -> None:
    """Waits until it holds; fails when it does not within the time."""
    async with asyncio.timeout(seconds):
        while not await holds():
            await asyncio.sleep(0.05)


async def entries(database: Database, code: str) -> list[Entry]:
    """A country's whole timeline in the read model, oldest first."""
    found, cursor = list[Entry](), ""
    while True:
        page = await reading_history.timeline(database, code, newest_first=False, limit=MOST, cursor=cursor)
        found += page.items
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


async def versions(database: Database, code: str) -> list[Version]:
    """What was handed in, by kind and number."""
    return await reading_history.versions(database, code)


async def mails(database: Database) -> list[MailItem]:
    """The whole ledger of mail."""
    found, cursor = list[MailItem](), ""
    while True:
        page = await ledger.mails(database, limit=MOST, cursor=cursor)
        found += page.items
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


async def state_of(country: Country) -> CountryState:
    """The state that the process carries."""
    state: CountryState = await country.query("state", result_type=CountryState)
    return state


async def settled(country: Country, seconds: float = 60.0) -> None:
    """Waits until the country has nothing unread, unwritten or unposted."""

    async def quiet() -> bool:
        return bool(await country.query("settled", result_type=bool, rpc_timeout=PATIENCE))

    await eventually(quiet, seconds)


async def assert_once(database: Database, country: Country, code: str, receipts: list[Receipt]) -> None:
    """Every acknowledged submission is the entry that its receipt names, once; the process may have archived it."""
    await settled(country)
    kept, carried = await entries(database, code), (await state_of(country)).entries
    for receipt in receipts:
        assert [one.number for one in kept if one.message == receipt.message_id] == [receipt.entry]
        assert [one.number for one in carried if one.message == receipt.message_id] in ([receipt.entry], [])
    numbers = [entry.number for entry in kept]
    assert numbers == list(range(1, len(numbers) + 1)), "the timeline has a gap or a double"


async def assert_each_mail_visible_once(database: Database, sink: Sink) -> None:
    """One `sent` row and one Message-ID for each mail; a second copy only where the ledger says that it is possible."""
    rows = await mails(database)
    assert {row.state for row in rows} <= {ledger.SENT}
    by_identity = {message_id(row.key, HOST): row for row in rows}
    assert sink.identities() == set(by_identity), "what was sent is not what the ledger holds"
    doubled = [
        row.key
        for identity, row in by_identity.items()
        if sink.copies(identity) > 1 and not row.possible_duplicate
    ]
    assert doubled == [], "these came twice and the ledger does not know"


def failed_tasks(history: WorkflowHistory) -> list[str]:
    """Why workflow tasks failed. Not counted: those that the server asks for again, as something came in meanwhile."""
    attributes = [event.workflow_task_failed_event_attributes for event in history.events]
    return [
        f"{one.cause}: {one.failure.message}" for one in attributes if one.cause not in (0, UNHANDLED_COMMAND)
    ]


async def failed_workflow_tasks(client: Client, code: str) -> list[str]:
    """Why workflow tasks of the country's present run have failed."""
    return failed_tasks(await client.get_workflow_handle(country_id(code)).fetch_history())


async def assert_replays(client: Client, code: str) -> None:
    """Every run of the country replays with the worker of production; none of its tasks has failed."""
    async for run in client.list_workflows(f"WorkflowId = '{country_id(code)}'"):
        history = await client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history()
        assert failed_tasks(history) == []
        await replayer(converter=client.data_converter).replay_workflow(history)
