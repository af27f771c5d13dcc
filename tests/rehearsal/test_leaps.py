"""A clock that leaps keeps every date of a workflow that is alone, and takes only its own workflows along."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from temporalio.worker import Worker

from rehearsal.clock import Clock
from tests.rehearsal.calendars import ACTIVITIES, WORKFLOWS, Diary, YearKeeper
from tests.timetravel import travelling_env

START = datetime(2040, 1, 1, tzinfo=UTC)
QUEUE = "leaps"


async def test_a_workflow_alone_is_taken_over_its_wake_ups_and_each_happens_at_its_time() -> None:
    async with travelling_env() as env:
        clock = Clock(env, start_at=START, discover="", leaps=True)
        async with Worker(clock.client, task_queue=QUEUE, workflows=WORKFLOWS, activities=ACTIVITIES):
            await clock.client.start_workflow("patient", id="patient", task_queue=QUEUE)
            await clock.advance_to(START + timedelta(days=1))
            began, ended = await clock.client.get_workflow_handle(
                "patient", result_type=list[datetime]
            ).result()
    assert timedelta(0) <= ended - began - timedelta(hours=2) < timedelta(minutes=1)


async def test_two_workflows_still_wake_in_the_order_of_their_dates() -> None:
    async with travelling_env() as env:
        clock = Clock(env, start_at=START, discover="", leaps=True)
        async with Worker(clock.client, task_queue=QUEUE, workflows=WORKFLOWS, activities=ACTIVITIES):
            diary = Diary(2040, 2041)
            keeper = await clock.client.start_workflow(
                YearKeeper.run, diary, id="keeper-XAA", task_queue=QUEUE
            )
            talker = await clock.client.start_workflow("talk", keeper.id, id="talk-XAA", task_queue=QUEUE)
            await clock.advance_to(datetime(2040, 3, 2, tzinfo=UTC))
            moments = dict((await keeper.query(YearKeeper.read)).moments)
            assert await talker.result() is None
    heard = next(at for what, at in moments.items() if what.startswith("silence"))
    assert heard.date() == (START + timedelta(days=40)).date()


async def test_without_discovery_workflows_of_others_stay_where_they_are() -> None:
    async with travelling_env() as env:
        clock = Clock(env, start_at=START, discover="")
        async with Worker(env.client, task_queue=QUEUE, workflows=WORKFLOWS, activities=ACTIVITIES):
            other = await env.client.start_workflow(
                YearKeeper.run, Diary(2040, 2041), id="keeper-XAB", task_queue=QUEUE
            )
            await clock.advance_to(datetime(2041, 1, 1, tzinfo=UTC))
            assert (await other.query(YearKeeper.read)).moments == []
