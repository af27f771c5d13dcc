"""What a step of a country costs on its server: one timer that stands, one activity for rows and mail."""

from __future__ import annotations

from collections import Counter
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
from tests.faults import countries, on_record
from tests.faults.countries import Country

BEGINS, TODAY = datetime(2028, 10, 2, 9, tzinfo=UTC), date(2028, 10, 2)
SCHEDULED = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
SET, TAKEN_BACK = EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_TIMER_CANCELED


async def activities_of(country: Country) -> Counter[str]:
    """How often each activity was asked for."""
    events = (await country.fetch_history()).events
    asked = [one.activity_task_scheduled_event_attributes for one in events if one.event_type == SCHEDULED]
    return Counter(one.activity_type.name for one in asked)


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


async def test_rows_and_mail_of_a_step_go_out_by_one_activity() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        country = await settled_country(on)
        assert await activities_of(country) == {"write_and_post": 1}
        await countries.hand_in(country, countries.envelope("XAA", "consultation", TODAY, "m1"))
        await on.clock.settled()
        assert await activities_of(country) == {"write_and_post": 1, "write_rows": 1}
        assert on.letterbox.mails


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
        assert await activities_of(country) == {"write_and_post": 1, "post": 1}
        assert [one.order.kind for one in on.letterbox.mails].count("flag_raised") > 0
        assert await on_record.entries(on.database, "XAA") == []
