"""What comes in while a run continues as new, and lives that are longer than any run (reliability.md, row 17)."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from contracts.messages import Receipt
from contracts.names import GCM_DECISION, country_id
from framework.policy import Ladder
from rehearsal import templates
from rehearsal.stage import Stage, stage
from tests.faults import countries, on_record
from tests.faults.countries import Country
from workflows import options

BEGINS = datetime(2028, 1, 10, 9, tzinfo=UTC)
TODAY = date(2028, 1, 10)
SIGNALS, UPDATES = 300, 60
AT_ONCE = 8
"""Updates in flight; the server takes ten."""

SUGGESTED_AT, MOST_EVENTS = 4_096, 51_200
HEAVIEST = 200_000


async def _runs(on: Stage, code: str) -> list[int]:
    """The number of events of each run."""
    query = f"WorkflowId = '{country_id(code)}'"
    return [run.history_length async for run in on.clock.env.client.list_workflows(query)]


async def _hand_in_all(country: Country, count: int, at_once: int) -> list[Receipt]:
    free = asyncio.Semaphore(at_once)

    async def one(number: int) -> Receipt:
        async with free:
            what = countries.envelope("XAA", "consultation", TODAY, f"m{number}")
            return await countries.until_acknowledged(country, what)

    return list(await asyncio.gather(*[one(number) for number in range(count)]))


async def _signal_all(country: Country) -> None:
    for number in range(SIGNALS):
        await country.signal(GCM_DECISION, countries.decision("comments", TODAY, f"d{number}"))


@pytest.mark.clause("PLN-08", "GEN-02")
async def test_row_17_300_signals_and_60_updates_racing_forced_seams_are_all_there_in_order() -> None:
    async with stage(BEGINS, templates.seats(), force_continue_as_new_every=12) as on:
        country = await countries.start(on.clock.client, countries.candidate("XAA"))
        _, receipts = await asyncio.gather(_signal_all(country), _hand_in_all(country, UPDATES, AT_ONCE))
        await on.clock.settled()
        await on_record.assert_once(on.database, country, "XAA", receipts)
        kept = await on_record.entries(on.database, "XAA")
        decided = [one.values["decision"] for one in kept if one.kind == "decision_accepted"]
        assert decided == [f"d{number}" for number in range(SIGNALS)]
        assert len(await _runs(on, "XAA")) > 3, "too few seams to race with"


@pytest.mark.clause("GEN-02")
async def test_row_17_a_run_continues_before_the_server_refuses_more_updates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(options, "UPDATES_PER_RUN", 20)
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        receipts = await _hand_in_all(country, 70, 1)
        await on.clock.settled()
        await on_record.assert_once(on.database, country, "XAA", receipts)
        assert len(await _runs(on, "XAA")) >= 3


def test_row_17_the_limit_on_updates_leaves_the_server_room_for_those_in_flight() -> None:
    refused_by_the_server = 2_000
    assert refused_by_the_server > options.UPDATES_PER_RUN + AT_ONCE


@pytest.mark.clause("REP-01", "GEN-01")
async def test_row_17_twenty_years_of_one_country_lose_nothing_and_stay_light() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        state = countries.active("XAA")
        rare = Ladder(offsets=(14,))
        state.policy = replace(state.policy, report_ladder=rare, task_ladder=Ladder(), staff_ladder=Ladder())
        country = await countries.start(on.clock.client, state)
        chosen = random.Random(17).sample(range(2028, 2048), 3)
        for year in sorted(chosen):
            await on.clock.advance_to(datetime(year, 4, 10, 9, tzinfo=UTC))
            what = countries.envelope("XAA", "progress_report", date(year, 4, 10), f"report-{year}")
            await countries.hand_in(country, what)
        await on.clock.advance_to(datetime(2048, 2, 1, tzinfo=UTC))
        kept, state = await on_record.entries(on.database, "XAA"), await on_record.state_of(country)
        assert [one.number for one in kept] == list(range(1, state.next_entry))
        assert [one.year for one in kept if one.kind == "cycle_closed"] == list(range(2028, 2048))
        assert sorted(cycle.year for cycle in state.cycles if cycle.report_on) == sorted(chosen)
        runs = await _runs(on, "XAA")
        assert (len(runs), len(state.archives)) == (21, 20)
        assert max(runs) < SUGGESTED_AT < MOST_EVENTS
        assert len(state.model_dump_json()) < HEAVIEST
