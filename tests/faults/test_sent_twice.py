"""The same submission again and again: double clicks, retries, seams, restarts (reliability.md, row 18)."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest

from contracts.messages import Receipt
from contracts.names import GCM_DECISION, country_id
from rehearsal import templates
from rehearsal.stage import Stage, stage
from tests.faults import countries, on_record
from tests.faults.countries import Country

BEGINS = datetime(2028, 4, 10, 9, tzinfo=UTC)
TODAY = date(2028, 4, 10)
REPORT = countries.envelope("XAA", "progress_report", TODAY, "double-click")
AT_ONCE = 10
"""Updates that the server takes at once."""


async def _twenty_at_once(country: Country, *, one_id: bool) -> list[Receipt]:
    """`one_id`: the server sees one update (a browser's retry); otherwise twenty that carry the same message."""
    free = asyncio.Semaphore(AT_ONCE)

    async def send(number: int) -> Receipt:
        async with free:
            return await countries.hand_in(country, REPORT, update_id="" if one_id else f"click-{number}")

    return list(await asyncio.gather(*[send(number) for number in range(20)]))


async def _assert_one(on: Stage, country: Country, receipts: list[Receipt]) -> None:
    await on.clock.settled()
    assert all(receipt == receipts[0] for receipt in receipts)
    await on_record.assert_once(on.database, country, "XAA", receipts[:1])
    versions = [one for one in await on_record.versions(on.database, "XAA") if one.kind == "progress_report"]
    assert len(versions) == 1


async def _runs(on: Stage) -> int:
    query = f"WorkflowId = '{country_id('XAA')}'"
    return len([run async for run in on.clock.env.client.list_workflows(query)])


@pytest.mark.clause("REP-01", "GEN-03")
async def test_row_18_twenty_at_once_and_again_after_a_restart_are_one_entry_with_one_receipt() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        receipts = await _twenty_at_once(country, one_id=True)
        receipts += await _twenty_at_once(country, one_id=False)
        await on.stop_worker()
        await on.start_worker()
        receipts += await _twenty_at_once(country, one_id=True)
        await _assert_one(on, country, receipts)


@pytest.mark.clause("REP-01", "GEN-03")
async def test_row_18_the_same_message_in_a_later_run_gets_its_first_receipt() -> None:
    async with stage(BEGINS, templates.seats(), force_continue_as_new_every=8) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        receipts = [await countries.hand_in(country, REPORT)]
        await on.clock.settled()
        before = await _runs(on)
        await on.clock.advance_to(datetime(2028, 6, 15, tzinfo=UTC))
        assert await _runs(on) > before, "no seam lies between"
        receipts += await _twenty_at_once(country, one_id=True)
        await _assert_one(on, country, receipts)


@pytest.mark.clause("PLN-08")
async def test_row_18_a_decision_that_is_sent_twenty_times_is_carried_out_once() -> None:
    async with stage(BEGINS, templates.seats(), force_continue_as_new_every=20) as on:
        country = await countries.start(on.clock.client, countries.candidate("XAA"))
        same = countries.decision("comments", TODAY, "d1")
        await asyncio.gather(*[country.signal(GCM_DECISION, same) for _ in range(20)])
        await on.clock.settled()
        await country.signal(GCM_DECISION, same)
        await on.clock.settled()
        state = await on_record.state_of(country)
        assert [comment.number for comment in state.comments] == [1]
        assert [record.decision.id for record in state.decisions] == ["d1"]
