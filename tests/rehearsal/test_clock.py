"""The clock keeps every date: timers, children, continue-as-new, messages, retries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.client import WorkflowHandle
from temporalio.common import SearchAttributeKey
from temporalio.worker import Worker

from rehearsal.clock import Clock, ClockStuck
from rehearsal.server import NoServerBinary, temporal_binary
from tests.rehearsal.calendars import ACTIVITIES, DAYS, WORKFLOWS, Diary, Talk, YearKeeper
from tests.timetravel import on_task_queue, travelling, travelling_env

QUEUE = "calendars"
START = datetime(2040, 1, 1, tzinfo=UTC)
INSTANT = timedelta(
    minutes=1
)  # virtual clocks tick on with ours while a busy machine works; a wrong moment is hours off


@asynccontextmanager
async def world(
    *, every: int | None = None, start_at: datetime | None = START, patience: float = 20.0
) -> AsyncIterator[Clock]:
    """A travelling server with a worker for the calendars."""
    async with (
        travelling(start_at=start_at, force_continue_as_new_every=every, patience=patience) as clock,
        Worker(clock.client, task_queue=QUEUE, workflows=WORKFLOWS, activities=ACTIVITIES),
    ):
        yield clock


async def keeper(
    clock: Clock, name: str = "keeper-XAA", *, until: int = 2042, queue: str = QUEUE
) -> WorkflowHandle[YearKeeper, None]:
    """Start a year-keeper at the clock's present."""
    handle = await clock.client.start_workflow(YearKeeper.run, Diary(2040, until), id=name, task_queue=queue)
    return clock.client.get_workflow_handle_for(YearKeeper.run, handle.id)


def expected_days(*years: int) -> list[datetime]:
    """The days on which a year-keeper wakes."""
    return [datetime(year, month, day, tzinfo=UTC) for year in years for month, day in DAYS]


def on_time(moment: datetime, due: datetime) -> bool:
    """Whether `moment` is at `due`, but for what passes while the machine is busy."""
    return timedelta(0) <= moment - due < INSTANT


@pytest.mark.parametrize("every", [None, 8])
async def test_every_wake_up_of_three_years_happens_on_its_own_date(every: int | None) -> None:
    async with world(every=every) as clock:
        country = await keeper(clock)
        await clock.advance_to(datetime(2043, 6, 1, tzinfo=UTC))
        diary = await country.query(YearKeeper.read)
    due = expected_days(2040, 2041, 2042)
    woken = [moment for label, moment in diary.moments if label in {f"{day:%F}" for day in due}]
    assert len(woken) == len(due)
    assert all(on_time(moment, day) for moment, day in zip(woken, due, strict=True)), woken
    assert diary.runs == 7 if every is None else diary.runs > 15


@pytest.mark.parametrize("every", [None, 8])
async def test_what_an_abandoned_child_says_is_heard_on_the_same_day(every: int | None) -> None:
    async with world(every=every) as clock:
        country = await keeper(clock)
        await clock.advance_to(datetime(2041, 1, 20, 9, tzinfo=UTC))
        await clock.client.get_workflow_handle("talk-keeper-XAA-2040").signal(Talk.reply, "agreed")
        await clock.advance_to(datetime(2042, 3, 1, tzinfo=UTC))
        diary = await country.query(YearKeeper.read)
    heard = {label: moment for label, moment in diary.moments if " " in label}
    assert list(heard) == ["agreed 2041-01-20", "silence 2042-02-09"]
    assert on_time(heard["agreed 2041-01-20"], datetime(2041, 1, 20, 9, tzinfo=UTC))
    assert on_time(heard["silence 2042-02-09"], datetime(2042, 2, 9, tzinfo=UTC))


async def test_messages_arrive_at_the_clocks_present() -> None:
    asked, noted = datetime(2040, 2, 29, 12, tzinfo=UTC), datetime(2041, 5, 31, 23, 59, 59, tzinfo=UTC)
    async with world() as clock:
        country = await keeper(clock)
        await clock.advance_to(asked)
        assert on_time(await country.execute_update(YearKeeper.ask, "asked"), asked)
        await clock.advance_to(noted - timedelta(seconds=1))
        await clock.advance_to(noted)
        await country.signal(YearKeeper.note, "noted")
        await clock.settled()
        diary = await country.query(YearKeeper.read)
    assert on_time(dict(diary.moments)["noted"], noted)


async def test_a_workflow_started_by_an_activity_begins_on_the_day_of_that_activity() -> None:
    async with world() as clock:
        await keeper(clock)
        await clock.advance_to(datetime(2040, 6, 2, tzinfo=UTC))
        for due in expected_days(2040)[:4]:
            began = await clock.client.get_workflow_handle(
                f"letter-keeper-XAA-{due:%F}", result_type=datetime
            ).result()
            assert on_time(began, due)


async def test_countries_wake_in_the_order_of_their_dates_whoever_started_first() -> None:
    async with world() as clock:
        first = await keeper(clock)
        await clock.advance_to(datetime(2040, 4, 1, tzinfo=UTC))
        second = await keeper(clock, "keeper-XAB")
        await clock.advance_to(datetime(2040, 7, 1, tzinfo=UTC))
        diaries = [await country.query(YearKeeper.read) for country in (first, second)]
    late = [moment for _, moment in diaries[1].moments[:2]]
    assert all(on_time(moment, datetime(2040, 4, 1, tzinfo=UTC)) for moment in late)
    assert [f"{moment:%F}" for _, moment in diaries[1].moments[2:]] == ["2040-05-31", "2040-06-01"]
    assert [f"{moment:%F}" for _, moment in diaries[0].moments] == [
        f"{day:%F}" for day in expected_days(2040)[:4]
    ]


async def test_a_failed_activity_is_tried_again_after_its_virtual_interval() -> None:
    async with world() as clock:
        await clock.client.start_workflow("patient", id="patient", task_queue=QUEUE)
        await clock.advance_to(START + timedelta(days=1))
        began, ended = await clock.client.get_workflow_handle("patient", result_type=list[datetime]).result()
    assert on_time(ended, began + timedelta(hours=2))


async def test_a_run_that_waits_for_its_child_is_named_instead_of_hanging() -> None:
    async with world() as clock:
        await clock.client.start_workflow("clinger", id="clinger-XAA", task_queue=QUEUE)
        with pytest.raises(
            ClockStuck, match="clinger-XAA cannot move in time while its child clung-to is open"
        ):
            await clock.advance_to(START + timedelta(days=2))


async def test_a_wedged_workflow_is_named_with_its_fault() -> None:
    async with world(patience=1.0) as clock:
        await clock.client.start_workflow("wedged", id="wedged-XAA", task_queue=QUEUE)
        with pytest.raises(ClockStuck, match=r"wedged-XAA: .*workflow task.*a fault in the code"):
            await clock.advance_to(START + timedelta(days=2))
        await clock.client.get_workflow_handle("wedged-XAA").terminate()


async def test_two_clocks_share_a_server_without_moving_each_others_workflows() -> None:
    async with travelling_env() as env:
        clocks = [Clock(env, start_at=START, discover=on_task_queue(queue)) for queue in ("left", "right")]
        workers = [
            Worker(clock.client, task_queue=queue, workflows=WORKFLOWS, activities=ACTIVITIES)
            for clock, queue in zip(clocks, ("left", "right"), strict=True)
        ]
        async with workers[0], workers[1]:
            left, right = [
                await keeper(clock, f"keeper-{queue}", queue=queue)
                for clock, queue in zip(clocks, ("left", "right"), strict=True)
            ]
            await clocks[0].advance_to(datetime(2041, 1, 1, tzinfo=UTC))
            assert len((await left.query(YearKeeper.read)).moments) == len(DAYS)
            assert (await right.query(YearKeeper.read)).moments == []


async def test_a_world_without_workflows_moves_too() -> None:
    async with travelling(start_at=START) as clock:
        await clock.advance_to(datetime(2050, 1, 1, tzinfo=UTC))
        assert on_time(await clock.now(), datetime(2050, 1, 1, tzinfo=UTC))


async def test_a_start_in_the_past_or_without_time_zone_is_refused() -> None:
    async with travelling_env() as env:
        with pytest.raises(ValueError, match="cannot start in the past"):
            Clock(env, start_at=datetime(2020, 1, 1, tzinfo=UTC))
        with pytest.raises(ValueError, match="no time zone"):
            Clock(env, start_at=datetime(2040, 1, 1))
        with pytest.raises(ValueError, match="no time zone"):
            await Clock(env).advance_to(datetime(2040, 1, 1))


async def test_search_attributes_are_there_from_the_first_workflow_on() -> None:
    status = SearchAttributeKey.for_keyword("CountryStatus")
    async with travelling(start_at=START, search_attributes=[status]) as clock:
        assert [found.id async for found in clock.client.list_workflows("CountryStatus = 'candidate'")] == []


def test_a_server_path_that_leads_nowhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_CLI", "no/such/temporal")
    with pytest.raises(NoServerBinary, match="no/such/temporal"):
        temporal_binary()
