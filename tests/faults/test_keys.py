"""Keys that are not where they are needed: nothing is lost, and no country is wedged for good (reliability.md, row 21)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio import activity
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.common import RawValue, RetryPolicy
from temporalio.service import RPCError
from temporalio.worker import Worker

from connection import clients
from connection.clients import sealing_converter
from connection.keys import new_entry, parse_ring
from connection.sandbox import workflow_runner
from contracts.messages import DecisionAnswer
from contracts.names import DELIVERY, GCM_DECISION
from contracts.rows import CountryRow, Delivery, Outcome
from contracts.sealed import ENCODING, KEY_ID
from contracts.state import MailOrder
from framework.terms import Language
from launch.temporal_server import find_binary
from tests.faults import countries, on_record
from tests.faults.countries import Country
from tests.faults.house import House, open_house
from tests.histories.replaying import replayer
from workflows import options
from workflows.delivery import DeliveryWorkflow

UNOPENED = "is encrypted, and no key here opens it"


@dataclass
class Place:
    """A candidate on a real server, its worker process, and the file with its keys."""

    house: House
    client: Client
    country: Country

    async def keys(self, *entries: str) -> None:
        """The worker is killed, its ring is exchanged, and it starts again: it must replay everything."""
        await self.house.kill_worker()
        self.house.settings.payload_keys_place.write_text("\n".join(entries))
        await self.house.start_worker()

    async def overview(self, seconds: float = 30.0) -> CountryRow:
        """What the country answers."""
        async with asyncio.timeout(seconds):
            row: CountryRow = await self.country.query("overview", result_type=CountryRow)
        return row

    async def answered(self) -> bool:
        """Whether the decision of these tests has been read and judged."""
        answer = await self.country.query("decision", GRANT["id"], result_type=DecisionAnswer)
        return bool(answer.answer != "pending")

    async def with_keys(self, *entries: str) -> Country:
        """The country as seen by somebody with these keys."""
        converter = sealing_converter(parse_ring("\n".join(entries), "the test's ring"))
        client = await clients.connect(self.house.settings, converter=converter)
        found: Country = client.get_workflow_handle(self.country.id)
        return found

    async def history_replays(self, *entries: str) -> None:
        """The country's history replays for a worker with these keys."""
        converter = sealing_converter(parse_ring("\n".join(entries), "the test's ring"))
        await replayer(converter=converter).replay_workflow(await self.country.fetch_history())


@pytest_asyncio.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with open_house(tmp_path) as house:
        house.settings.payload_keys_place.write_text(FIRST)
        await house.start_server()
        await house.start_worker()
        client = await house.client()
        country = await countries.start(client, countries.candidate("XAA"))
        await on_record.settled(country)
        yield Place(house, client, country)


NOW = datetime.now(UTC)
PROMPT = 30.0
"""Seconds within which a decision must be answered."""
FIRST, LATER = new_entry(), new_entry()
GRANT = countries.decision("grant", NOW.date(), "GCM-1")


async def test_what_is_typed_by_the_temporal_program_in_clear_is_read_as_ever(place: Place) -> None:
    settings = place.house.settings
    binary = await find_binary(settings.var_dir / "bin")
    server = ("--address", settings.temporal_address, "--namespace", settings.temporal_namespace)
    signal = ("workflow", "signal", "--workflow-id", place.country.id, "--name", GCM_DECISION)
    typed = await asyncio.create_subprocess_exec(
        str(binary), *signal, "--input", json.dumps(GRANT), *server, stdout=asyncio.subprocess.DEVNULL
    )
    assert await typed.wait() == 0
    await on_record.eventually(place.answered, PROMPT)
    await place.history_replays(FIRST)


async def test_a_signal_under_a_key_that_is_missing_is_refused_for_good_and_one_sent_later_is_read(
    place: Place,
) -> None:
    before = await place.overview()
    early = await place.with_keys(LATER)
    await early.signal(GCM_DECISION, GRANT)
    after = await place.overview()
    assert after.refusal_count == before.refusal_count + 1
    assert (after.refusals[-1].message, after.refusals[-1].reason) == (GCM_DECISION, UNOPENED)

    await place.keys(FIRST, LATER)
    assert await place.overview() == after, "what was refused is not read by a replay that has the key"
    await early.signal(GCM_DECISION, GRANT)

    await on_record.eventually(place.answered, PROMPT)
    assert (await place.overview()).refusals[-1] == after.refusals[-1]
    await place.history_replays(FIRST, LATER)
    assert await on_record.failed_workflow_tasks(place.client, "XAA") == []


@pytest.mark.parametrize(
    "payload",
    [
        Payload(metadata={"encoding": ENCODING}),
        Payload(metadata={"encoding": ENCODING, KEY_ID: b"\xff\x00"}, data=b"x"),
        Payload(metadata={"encoding": ENCODING, KEY_ID: FIRST.partition(":")[0].encode()}, data=b"d" * 60),
    ],
    ids=["empty", "nonsense", "damaged"],
)
async def test_a_forged_or_damaged_signal_is_refused_on_record_whatever_keys_come_and_go(
    place: Place, payload: Payload
) -> None:
    await place.country.signal(GCM_DECISION, args=[RawValue(payload)])
    refused = await place.overview()
    assert refused.refusals[-1].reason == UNOPENED
    for ring in ((FIRST,), (LATER, FIRST)):
        await place.history_replays(*ring)
    assert await on_record.failed_workflow_tasks(place.client, "XAA") == []


async def test_a_rotation_reads_what_was_and_a_lost_key_stops_a_country_until_it_is_back(
    place: Place,
) -> None:
    decided = await place.with_keys(FIRST)
    await decided.signal(GCM_DECISION, GRANT)
    await on_record.settled(place.country)
    before = await place.overview()

    await place.keys(LATER, FIRST)
    new = await place.with_keys(LATER, FIRST)
    assert await new.query("overview", result_type=CountryRow) == before
    with pytest.raises(Exception, match="is encrypted with the key"):
        await place.overview()

    async def stops() -> bool:
        log = (place.house.settings.var_dir / "worker.log").read_text(encoding="utf-8")
        identity = FIRST.partition(":")[0]
        return f"a payload is encrypted with a key that is not here: '{identity}'" in log

    await place.keys(LATER)
    await new.signal("nudge")
    await on_record.eventually(stops)
    with pytest.raises((RPCError, WorkflowQueryFailedError, TimeoutError)):
        async with asyncio.timeout(3):
            await new.query("overview", result_type=CountryRow)
    with pytest.raises(Exception, match="encrypted with the key"):
        await place.history_replays(LATER)

    await place.keys(LATER, FIRST)

    async def goes_on() -> bool:
        try:
            async with asyncio.timeout(5):
                return bool(await new.query("overview", result_type=CountryRow) == before)
        except (RPCError, WorkflowQueryFailedError, TimeoutError):
            return False

    await on_record.eventually(goes_on)


@activity.defn(name="deliver")
async def deliver(delivery: Delivery) -> Outcome:
    """Hands a message over at once."""
    return Outcome(state="sent", at=NOW, answer=delivery.to_name)


async def test_an_activity_whose_input_cannot_be_opened_fails_loudly_and_is_tried_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "DELIVERY", RetryPolicy(initial_interval=timedelta(milliseconds=200)))
    queue = "mail of this test"
    order = MailOrder(kind="reminder", country="XAA", cycle="2026", to=[], due_at=NOW, made_at=NOW)
    message = Delivery(
        key="k", order=order, to_name="Ada", to_email="ada@land.example", language=Language.ENGLISH
    )
    full = await clients.connect(place.house.settings)
    lacking = await clients.connect(
        place.house.settings, converter=sealing_converter(parse_ring(LATER, "without the first"))
    )
    async with Worker(
        full, task_queue=queue, workflows=[DeliveryWorkflow], workflow_runner=workflow_runner()
    ):
        async with Worker(lacking, task_queue=queue, activities=[deliver]):
            handle = await full.start_workflow(DELIVERY, message, id="mail-k", task_queue=queue)

            async def failed_once() -> bool:
                pending = (await handle.describe()).raw_description.pending_activities
                return bool(pending and pending[0].attempt > 1)

            await on_record.eventually(failed_once)
        async with Worker(full, task_queue=queue, activities=[deliver]):
            outcome: Outcome = await full.get_workflow_handle("mail-k", result_type=Outcome).result()
    assert outcome.answer == "Ada"
