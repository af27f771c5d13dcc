"""What a step of a country costs on its server: one timer that stands, one workflow task with rows and mail."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import pytest
from temporalio import activity
from temporalio.api.enums.v1 import EventType
from temporalio.exceptions import ApplicationError

from activities.records import Records
from contracts.rows import Batch
from framework.facts import Cycle
from rehearsal import templates
from rehearsal.stage import Stage, stage
from storage.engine import Database
from storage.writing import Bodies, write_batch
from tests.faults import countries, on_record
from tests.faults.countries import Country

BEGINS, TODAY = datetime(2028, 10, 2, 9, tzinfo=UTC), date(2028, 10, 2)
MARKED = EventType.EVENT_TYPE_MARKER_RECORDED
SCHEDULED = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
SET, TAKEN_BACK = EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_TIMER_CANCELED


async def activities_of(country: Country) -> Counter[str]:
    """How often each activity was asked for, as an activity of its own."""
    events = (await country.fetch_history()).events
    asked = [one.activity_task_scheduled_event_attributes for one in events if one.event_type == SCHEDULED]
    return Counter(one.activity_type.name for one in asked)


async def within_tasks(country: Country) -> Counter[str]:
    """How often each was done, or given up, within a workflow task."""
    events = (await country.fetch_history()).events
    marked = [one.marker_recorded_event_attributes for one in events if one.event_type == MARKED]
    local = [one.details["data"].payloads[0].data for one in marked if "data" in one.details]
    return Counter(json.loads(one)["activity_type"] for one in local)


async def tasks_of(country: Country) -> int:
    """How many workflow tasks it took."""
    events = (await country.fetch_history()).events
    return sum(one.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED for one in events)


async def timers_of(country: Country) -> tuple[int, int]:
    """How many timers were set, and how many of them taken back."""
    kinds = Counter(event.event_type for event in (await country.fetch_history()).events)
    return kinds[SET], kinds[TAKEN_BACK]


async def settled_country(on: Stage) -> Country:
    """A country that begins with rows and with mail: a flag is raised for two silent years."""
    silent = [Cycle(year=year, report_due=True, closed=True) for year in (2026, 2027)]
    country = await countries.start(on.clock.client, countries.active("XAA", cycles=silent))
    await on.clock.settled()
    return country


async def test_a_timer_stands_over_whatever_does_not_change_the_next_moment() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        country = await settled_country(on)
        assert await timers_of(country) == (1, 0)
        for number in range(3):
            what = countries.envelope("XAA", "consultation", TODAY, f"m{number}")
            await countries.hand_in(country, what)
        await on.clock.settled()
        assert await timers_of(country) == (1, 0)
        await on.clock.advance_to(datetime(2028, 12, 1, tzinfo=UTC))
        was_set, taken_back = await timers_of(country)
        assert was_set > 1, "it rings at the moment and is set for the next one"
        assert taken_back < was_set
        await on_record.assert_replays(on.clock.client, "XAA")


async def test_a_step_takes_one_workflow_task_in_which_rows_and_mail_go_out_together() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        country = await settled_country(on)
        assert await within_tasks(country) == {"write_and_post": 1}
        began = await tasks_of(country)
        await countries.hand_in(country, countries.envelope("XAA", "consultation", TODAY, "m1"))
        await on.clock.settled()
        assert await within_tasks(country) == {"write_and_post": 1, "write_rows": 1}
        assert (await tasks_of(country), await activities_of(country)) == (began + 1, {})
        assert on.letterbox.mails
        await on_record.assert_replays(on.clock.client, "XAA")


def fails_at_first(monkeypatch: pytest.MonkeyPatch, how: Callable[[], Awaitable[None]]) -> None:
    """Rows are written from the second attempt on."""
    attempts = itertools.count()

    async def flaky(database: Database, batch: Batch, bodies: Bodies) -> list[str]:
        if next(attempts) == 0:
            await how()
        return await write_batch(database, batch, bodies)

    monkeypatch.setattr("activities.records.write_batch", flaky)


async def away() -> None:
    raise OSError("the database does not answer")


async def hanging() -> None:
    await asyncio.sleep(60)


@pytest.mark.parametrize("how", [away, hanging])
async def test_rows_that_storage_does_not_take_at_once_are_left_to_an_activity(
    monkeypatch: pytest.MonkeyPatch, how: Callable[[], Awaitable[None]]
) -> None:
    fails_at_first(monkeypatch, how)
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        began = time.monotonic()
        receipt = await countries.hand_in(country, countries.envelope("XAA", "consultation", TODAY, "m1"))
        answered = time.monotonic() - began
        await on.clock.settled()
        assert answered < 8, "no answer waits for storage for longer"
        assert await activities_of(country) == {"write_rows": 1}
        written = await on_record.entries(on.database, "XAA")
        assert receipt.entry in {one.number for one in written}
        await on_record.assert_replays(on.clock.client, "XAA")


@pytest.mark.clause("GEN-03")
async def test_mail_goes_out_although_its_rows_were_refused_as_a_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @activity.defn(name="write_rows")
    async def refuse(_records: Records, _batch: Batch) -> list[str]:
        raise ApplicationError("no such table", non_retryable=True)

    monkeypatch.setattr(Records, "write_rows", refuse)
    async with stage(BEGINS, templates.seats()) as on:
        country = await settled_country(on)
        assert await within_tasks(country) == {"write_and_post": 1, "post": 1}
        assert await activities_of(country) == {}, "what is refused for good is not tried again"
        assert [one.order.kind for one in on.letterbox.mails].count("flag_raised") > 0
        assert await on_record.entries(on.database, "XAA") == []
