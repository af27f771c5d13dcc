"""What is no message at all, by client and by the Temporal UI's own HTTP call (reliability.md, row 21)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import RawValue
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError

from connection.clients import connect
from contracts import sealed
from contracts.messages import Arrived, Refusal
from contracts.names import GCM_DECISION, SUBMIT, country_id
from contracts.rows import CountryRow
from tests.faults import countries, on_record
from tests.faults.countries import Country
from tests.faults.house import open_house
from tests.faults.malformed import JSON, MALFORMED, Malformed, payload
from tests.faults.ui import Ui
from workflows import inbox

pytestmark = pytest.mark.asyncio(loop_scope="module")

GIVES_UP = 3.0
"""Seconds after which a client stops offering an update that the server does not let in."""

PROMPT = 2.0
"""Seconds within which a country must answer whatever was sent to it."""


def _encoded(data: bytes, encoding: str) -> Payload:
    return Payload(metadata={"encoding": encoding.encode("utf-8", "replace")}, data=data)


@dataclass
class Place:
    """A country on a real server with its UI, and a worker process.

    `stranger`: the country as somebody without keys reaches it, such as `temporal workflow signal`.
    """

    client: Client
    country: Country
    stranger: Country
    ui: Ui

    async def overview(self) -> CountryRow:
        """What the country answers, promptly."""
        async with asyncio.timeout(PROMPT):
            row: CountryRow = await self.country.query("overview", result_type=CountryRow)
        return row

    async def refused(self, before: CountryRow) -> list[Refusal]:
        """The refusals that have been added since, which are counted too; no workflow task has failed."""
        now = await self.overview()
        assert await on_record.failed_workflow_tasks(self.client, "XAA") == []
        added = now.refusal_count - before.refusal_count
        return now.refusals[-added:] if added else []


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    folder: Path = tmp_path_factory.mktemp("house")
    async with open_house(folder) as house:
        await house.start_server()
        await house.start_worker()
        client = await house.client()
        country = await countries.start(client, countries.active("XAA"))
        await on_record.settled(country)
        await house.answers(ui=True)
        keyless = await connect(house.settings, converter=pydantic_data_converter)
        stranger: Country = keyless.get_workflow_handle(country.id)
        yield Place(
            client, country, stranger, Ui(house.settings.temporal_ui_port, house.settings.temporal_namespace)
        )


async def _assert_refused(place: Place, before: CountryRow, what: Malformed) -> None:
    refusals = await place.refused(before)
    if what.arrives:
        (refusal,) = refusals
        assert refusal.reason
        assert refusal.message == "".join(c if c.isprintable() else "?" for c in what.name or GCM_DECISION)
    else:
        assert refusals == []


@pytest.mark.parametrize("what", MALFORMED, ids=str)
async def test_row_21_a_malformed_signal_is_refused_on_record_and_the_country_answers(
    place: Place, what: Malformed
) -> None:
    before = await place.overview()
    sent = place.stranger.signal(what.name or GCM_DECISION, args=[RawValue(one) for one in what.payloads])
    if what.arrives:
        await sent
    else:
        with pytest.raises(RPCError):
            await sent
    await _assert_refused(place, before, what)


@pytest.mark.parametrize("what", MALFORMED, ids=str)
async def test_row_21_a_malformed_signal_by_the_temporal_ui_is_refused_on_record(
    place: Place, what: Malformed
) -> None:
    before = await place.overview()
    status = await place.ui.signal(country_id("XAA"), what.name or GCM_DECISION, what.payloads)
    assert (status == 200) is what.arrives
    await _assert_refused(place, before, what)


@pytest.mark.parametrize("what", MALFORMED, ids=str)
async def test_row_21_a_malformed_update_is_rejected_and_leaves_no_trace(
    place: Place, what: Malformed
) -> None:
    before = await place.overview()
    arguments = [RawValue(one) for one in what.payloads]
    with pytest.raises(
        (WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, RPCError, TimeoutError)
    ):
        async with asyncio.timeout(None if what.arrives else GIVES_UP):
            await place.stranger.execute_update(what.name or SUBMIT, args=arguments)
    assert await place.refused(before) == []
    assert (await place.overview()).revision == before.revision


@pytest.mark.parametrize("what", MALFORMED, ids=str)
async def test_row_21_a_malformed_update_by_the_temporal_ui_leaves_no_trace(
    place: Place, what: Malformed
) -> None:
    before = await place.overview()
    await place.ui.update(country_id("XAA"), what.name or SUBMIT, f"ui-{what.label}", what.payloads)
    assert await place.refused(before) == []
    assert (await place.overview()).revision == before.revision


async def test_row_21_the_temporal_ui_refuses_a_call_without_its_token(place: Place) -> None:
    before = await place.overview()
    stranger = Ui(place.ui.port, place.client.namespace, with_token=False)
    assert await stranger.signal(country_id("XAA"), GCM_DECISION, [payload(b"{}")]) == 400
    assert await place.refused(before) == []


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
ANY_BYTES = st.binary(max_size=2000) | ANY_JSON.map(
    lambda value: json.dumps(value).encode("utf-8", "surrogatepass")
)
ENCODINGS = st.sampled_from([JSON, "json/protobuf", "", "binary/null", sealed.ENCODING.decode()]) | st.text(
    max_size=20
)
NAMES = st.sampled_from([GCM_DECISION, "dialogue_ended", "mail_failed", "reactivation_idle"]) | st.text(
    st.characters(codec="utf-8"), min_size=1, max_size=120
)
PAYLOADS = st.lists(st.builds(_encoded, ANY_BYTES, ENCODINGS), max_size=3)
NOW = datetime(2028, 1, 10, tzinfo=UTC)


@given(NAMES, PAYLOADS)
@settings(max_examples=300, deadline=None)
async def test_row_21_whatever_the_bytes_what_lies_in_the_inbox_can_be_carried_to_the_next_run(
    name: str, payloads: list[Payload]
) -> None:
    found = inbox.arrived(name, [RawValue(one) for one in payloads], NOW)
    assert Arrived.model_validate_json(found.model_dump_json()) == found
    assert found.content is None or not found.undecodable
    assert len(found.name) <= 100


@given(st.lists(st.tuples(NAMES, PAYLOADS), min_size=5, max_size=10))
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_row_21_whatever_arrives_the_country_answers(
    place: Place, sent: list[tuple[str, list[Payload]]]
) -> None:
    for name, payloads in sent:
        await place.stranger.signal(name, args=[RawValue(one) for one in payloads])
    assert (await place.overview()).code == "XAA"
    assert await on_record.failed_workflow_tasks(place.client, "XAA") == []
