"""kill -9 of the worker while countries are reminded and people hand in (reliability.md, rows 1 and 2)."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contracts.messages import Receipt
from contracts.names import SEARCH_ATTRIBUTES
from rehearsal.clock import Clock
from storage.engine import Database
from tests.faults import countries, on_record
from tests.faults.countries import Country
from tests.faults.house import open_house
from tests.faults.sink import open_sink
from tests.timetravel import travelling_env

COUNTRIES = "ExecutionStatus = 'Running' AND WorkflowType = 'country'"
BEGINS = datetime(2028, 4, 22, 9, tzinfo=UTC)
DAY_BEFORE = datetime(2028, 4, 29, 7, tzinfo=UTC)
REMINDED = datetime(2028, 4, 29, 9, tzinfo=UTC)
AFTER = datetime(2028, 4, 30, 9, tzinfo=UTC)
CODES = countries.codes(4)


async def _hand_in(country: Country, code: str) -> list[Receipt]:
    """Three submissions of one country at once, each kept on until it is acknowledged."""
    day = date(2028, 4, 29)
    what = [
        countries.envelope(code, "consultation", day, f"{code}-consultation"),
        countries.envelope(code, "support_action", day, f"{code}-support"),
        countries.envelope(code, "indicator_framework", day, f"{code}-indicators"),
    ]
    return list(await asyncio.gather(*[countries.hand_in(country, one) for one in what]))


@pytest.mark.clause("REP-07")
async def test_rows_1_and_2_a_worker_killed_in_a_reporting_month_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    async with (
        open_sink() as sink,
        travelling_env(search_attributes=SEARCH_ATTRIBUTES) as env,
        open_house(tmp_path, smtp_port=sink.port, temporal=env.client) as house,
    ):
        clock = Clock(env, start_at=BEGINS, discover=COUNTRIES, patience=60)
        await house.start_worker()
        handles = {code: await countries.start(clock.client, countries.active(code)) for code in CODES}
        await clock.advance_to(DAY_BEFORE)
        sink.answers = len(sink.received) + 2

        passing = asyncio.create_task(clock.advance_to(REMINDED))
        await asyncio.wait_for(sink.silent.wait(), 30)
        handing = [asyncio.create_task(_hand_in(handles[code], code)) for code in CODES]
        await asyncio.wait(handing, return_when=asyncio.FIRST_COMPLETED)
        await house.kill_worker()
        sink.recover()
        await house.start_worker()
        receipts = await asyncio.gather(*handing)
        await passing
        await clock.advance_to(AFTER)
        await on_record.eventually(lambda: _all_gone(house.database, 3 * len(CODES)))

        for code, given in zip(CODES, receipts, strict=True):
            await on_record.assert_once(house.database, handles[code], code, given)
            assert await _reminders(house.database, code) == [3, 4, 5]
        await on_record.assert_each_mail_visible_once(house.database, sink)
        await on_record.assert_replays(env.client, CODES[0])
        assert any(not one.answered for one in sink.received), "nothing was under way when the worker died"


async def _all_gone(database: Database, count: int) -> bool:
    reminders = [row for row in await on_record.mails(database) if row.delivery.order.kind == "reminder"]
    return len(reminders) == count and all(row.finished_at for row in await on_record.mails(database))


async def _reminders(database: Database, code: str) -> list[int]:
    """The rungs of the report's ladder that are on record as reached."""
    found = [one for one in await on_record.entries(database, code) if one.kind == "reminder"]
    return [one.values["rung"] for one in found if one.task == "progress_report-2028"]
