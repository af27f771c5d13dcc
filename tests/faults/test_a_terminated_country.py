"""An operator ends a country by mistake, and brings it back from what it carried (reliability.md, row 36)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from temporalio.service import RPCError

from cli.bringing_back import bring_back
from contracts.names import country_id
from rehearsal import templates
from rehearsal.stage import stage
from tests.faults import countries, on_record

BEGINS = datetime(2028, 4, 10, 9, tzinfo=UTC)
REPORT = countries.envelope("XAA", "progress_report", date(2028, 4, 10), "report")


@pytest.mark.clause("GEN-03", "REP-01")
async def test_row_36_a_terminated_country_is_started_again_from_what_it_carried_and_knows_what_it_did() -> (
    None
):
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        receipt = await countries.hand_in(country, REPORT)
        await on.clock.settled()
        await country.terminate("by mistake")
        with pytest.raises(RPCError):
            await countries.hand_in(country, REPORT.model_copy(update={"message_id": "another"}))
        carried = await bring_back(on.clock.client, "XAA")
        assert carried.next_entry > receipt.entry
        again: countries.Country = on.clock.client.get_workflow_handle(country_id("XAA"))
        assert await countries.hand_in(again, REPORT) == receipt
        await on.clock.advance_to(datetime(2028, 5, 15, tzinfo=UTC))
        await on_record.assert_once(on.database, again, "XAA", [receipt])
        kept = await on_record.entries(on.database, "XAA")
        reminded = [
            one.task for one in kept if one.kind == "reminder" and one.task.startswith("progress_report")
        ]
        assert reminded == [], "it was handed in before"
        assert any(one.kind == "task_late" for one in kept), "it lives on"
