"""A flood of signals that nobody understands, sent straight to the process engine (reliability.md, row 33)."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from contracts.names import GCM_DECISION
from contracts.state import CountryState
from rehearsal import templates
from rehearsal.stage import stage
from tests.faults import countries, on_record
from tests.faults.countries import Country

BEGINS = datetime(2028, 1, 10, 9, tzinfo=UTC)
TODAY = date(2028, 1, 10)
SIGNALS, AT_ONCE = 1_000, 100


async def _flood(country: Country) -> None:
    """Sends many at once: a batch that takes longer than a workflow task may would come again, larger each time."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with free:
            await country.signal(GCM_DECISION, {"id": f"bad-{number}", "kind": "abolish"})

    await asyncio.gather(*[one(number) for number in range(SIGNALS)])


@pytest.mark.clause("PLN-08")
async def test_row_33_a_country_that_is_flooded_counts_what_came_and_goes_on_and_others_are_not_concerned() -> (
    None
):
    async with stage(BEGINS, templates.seats()) as on:
        flooded = await countries.start(on.clock.client, countries.candidate("XAA"))
        other = await countries.start(on.clock.client, countries.candidate("XAB"))
        handed = countries.envelope("XAB", "consultation", TODAY, "beside")
        _, beside = await asyncio.gather(_flood(flooded), countries.until_acknowledged(other, handed))
        after = countries.envelope("XAA", "consultation", TODAY, "after")
        receipt = await countries.until_acknowledged(flooded, after)
        await on.clock.settled()
        await on_record.assert_once(on.database, flooded, "XAA", [receipt])
        await on_record.assert_once(on.database, other, "XAB", [beside])
        state = await flooded.query("state", result_type=CountryState)
        assert state.refusal_count == SIGNALS
        assert state.decisions == []
