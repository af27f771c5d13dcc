"""kill -9 of the Temporal server under load, and its return on the same file (reliability.md, row 5)."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.service import RPCError

from contracts.messages import Receipt
from contracts.names import GCM_DECISION
from storage.engine import Database
from tests.faults import countries, on_record
from tests.faults.countries import Country
from tests.faults.house import House, open_house
from tests.faults.sink import open_sink

CODES = countries.codes(4)
EACH = 6


async def _load(country: Country, code: str, day: datetime) -> tuple[list[Receipt], list[str]]:
    """Submissions and decisions one after the other; returns what was acknowledged."""
    receipts, decided = list[Receipt](), list[str]()
    for number in range(EACH):
        what = countries.envelope(code, "consultation", day.date(), f"{code}-m{number}")
        receipts.append(await countries.until_acknowledged(country, what))
        decision = countries.decision("comments", day.date(), f"{code}-d{number}")
        try:
            await country.signal(GCM_DECISION, decision)
        except RPCError:
            await asyncio.sleep(0.2)
        else:
            decided.append(decision["id"])
    return receipts, decided


@pytest.mark.clause("REP-07", "PLN-08")
async def test_row_5_what_a_killed_server_had_acknowledged_is_there_and_its_timers_fire_once(
    tmp_path: Path,
) -> None:
    async with open_sink() as sink, open_house(tmp_path, smtp_port=sink.port) as house:
        await house.start_server()
        await house.start_worker()
        client, now = await house.client(), datetime.now(UTC)
        first = countries.begun(countries.candidate(CODES[0]), now)
        handles = {CODES[0]: await countries.start(client, first)}
        await on_record.settled(handles[CODES[0]])
        due = datetime.now(UTC) + timedelta(seconds=3)
        for code in CODES[1:]:
            state = countries.with_reminders(countries.begun(countries.candidate(code), now), due)
            handles[code] = await countries.start(client, state)

        load = [asyncio.create_task(_load(handles[code], code, now)) for code in CODES]
        await on_record.eventually(lambda: _written(house.database, 3))
        await house.kill_server()
        await _past(due)
        await house.start_server()
        acknowledged = await asyncio.gather(*load)

        for code, (receipts, decided) in zip(CODES, acknowledged, strict=True):
            await on_record.assert_once(house.database, handles[code], code, receipts)
            await _assert_answered_once(house, handles[code], code, decided)
        await on_record.eventually(lambda: _all_mail_gone(house.database))
        for code in CODES[1:]:
            await _assert_reminded_once(house.database, handles[code], code, due)
        await on_record.assert_each_mail_visible_once(house.database, sink)
        await on_record.assert_replays(client, CODES[1])


async def _past(moment: datetime) -> None:
    """Until the timers have come due without a server."""
    await asyncio.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()) + 0.5)


async def _written(database: Database, count: int) -> bool:
    found = [
        one for code in CODES for one in await on_record.entries(database, code) if one.kind == "consultation"
    ]
    return len(found) >= count


async def _all_mail_gone(database: Database) -> bool:
    return all(row.finished_at for row in await on_record.mails(database))


async def _assert_answered_once(house: House, country: Country, code: str, decided: list[str]) -> None:
    kept = [one for one in await on_record.entries(house.database, code) if one.kind == "decision_accepted"]
    counted = Counter(one.values["decision"] for one in kept)
    assert set(decided) <= set(counted), "an acknowledged decision is not on record"
    assert set(counted.values()) == {1}
    carried = Counter(record.decision.id for record in (await on_record.state_of(country)).decisions)
    assert carried == counted


async def _assert_reminded_once(database: Database, country: Country, code: str, due: datetime) -> None:
    reminded = [one.task for one in await on_record.entries(database, code) if one.kind == "reminder"]
    tasks = (await on_record.state_of(country)).tasks.values()
    owed = [task.key for task in tasks if task.rungs and task.rungs[0].at == due]
    assert owed, "no timer came due while the server was away"
    assert sorted(reminded) == sorted(owed)
