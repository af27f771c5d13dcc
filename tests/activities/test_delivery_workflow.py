"""The delivery workflow and its courier on a real Temporal server."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from temporalio import activity, workflow
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from activities.correspondence import TemporalCourier
from activities.delivering import Postman
from connection.sandbox import workflow_runner
from contracts.names import TASK_QUEUE, alliance_id, bounce_id, country_id, delivery_id
from contracts.rows import Bounced, Delivery, Outcome
from correspondence.message import Sender
from rehearsal.server import World
from storage import ledger
from storage.engine import Database
from storage.sources import TemporalSource
from tests.activities.postbox import postbox
from tests.storage.samples import delivery, order
from tests.timetravel import travelling_env
from workflows import options
from workflows.delivery import BounceWorkflow, DeliveryWorkflow

AT = datetime(2027, 1, 30, 8, tzinfo=UTC)


@workflow.defn(name="country", sandboxed=False)
class Listener:
    """Takes the place of a country: keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    @workflow.run
    async def run(self) -> None:
        """Waits for ever."""
        await workflow.wait_condition(lambda: False)

    @workflow.signal
    def mail_failed(self, note: dict[str, Any]) -> None:
        """A message failed."""
        self.told.append(note)

    @workflow.query
    def heard(self) -> list[dict[str, Any]]:
        """All that it was told."""
        return self.told


class Post:
    """Activities that end as a test wants, and count."""

    def __init__(self, ending: str = "sent") -> None:
        self.ending = ending
        self.answer = "550 nobody" if ending == "refused" else "250 OK"
        self.attempts = 0
        self.reported: list[Outcome] = []
        self.tried, self.released = asyncio.Event(), asyncio.Event()

    @activity.defn(name="deliver")
    async def deliver(self, one: Delivery) -> Outcome:
        """One attempt."""
        self.attempts += 1
        self.tried.set()
        if self.ending == "hanging":
            await self.released.wait()
        if self.ending == "given_up":
            raise ApplicationError("not accepted: 451 for ever", non_retryable=True)
        if self.ending == "waiting":
            raise ApplicationError("not accepted yet: 451 later")
        return Outcome(state=self.ending, at=AT, answer=self.answer)

    @activity.defn(name="report_outcome")
    async def report_outcome(self, one: Delivery, outcome: Outcome) -> Outcome:
        """The outcome that stands."""
        self.reported.append(outcome)
        return outcome


@workflow.defn(name="impatient", sandboxed=False)
class Impatient:
    """A delivery that is repeated at once."""

    @workflow.run
    async def run(self, one: Delivery) -> Outcome:
        """Tries until it is done."""
        outcome: Outcome = await workflow.execute_activity(
            "deliver",
            one,
            result_type=Outcome,
            start_to_close_timeout=timedelta(seconds=20),
            retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=1)),
        )
        return outcome


@pytest.fixture
async def environment() -> AsyncIterator[World]:
    """A server of its own."""
    async with travelling_env() as env:
        yield env


def at_work(client: Client, post: Post) -> Worker:
    """A worker as in production, but with these activities."""
    return Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[DeliveryWorkflow, BounceWorkflow, Listener],
        activities=[post.deliver, post.report_outcome],
        workflow_runner=workflow_runner(),
    )


async def result(client: Client, one: Delivery) -> Outcome:
    """Sends a message on its way by courier and waits for the outcome."""
    await TemporalCourier(client).take(one)
    outcome: Outcome = await client.get_workflow_handle(delivery_id(one.key), result_type=Outcome).result()
    return outcome


async def heard(client: Client, workflow_id: str) -> list[dict[str, Any]]:
    """What a listener was told."""
    found: list[dict[str, Any]] = await client.get_workflow_handle(workflow_id).query("heard")
    return found


async def listening(client: Client, workflow_id: str) -> None:
    """Starts a listener."""
    await client.start_workflow("country", id=workflow_id, task_queue=TASK_QUEUE)


@pytest.mark.clause("REP-07")
async def test_a_message_that_is_taken_twice_is_delivered_once(environment: World) -> None:
    post, client = Post(), environment.client
    async with at_work(client, post):
        first = await result(client, delivery())
        assert await result(client, delivery()) == first
    assert first == Outcome(state="sent", at=AT, answer="250 OK")
    assert post.attempts == 1


@pytest.mark.parametrize("ending", ["refused", "given_up"])
async def test_a_message_that_cannot_be_delivered_is_told_to_its_country(
    environment: World, ending: str
) -> None:
    post, client = Post(ending), environment.client
    async with at_work(client, post):
        await listening(client, country_id("XAA"))
        outcome = await result(client, delivery(role="focal_point"))
        (note,) = await heard(client, country_id("XAA"))
    assert outcome.state == ending
    assert [each.state for each in post.reported] == (["given_up"] if ending == "given_up" else [])
    assert note == {
        "key": delivery().key,
        "kind": "reminder",
        "state": ending,
        "answer": outcome.answer,
        "task": "progress_report-2027",
        "role": "focal_point",
    }
    assert ("451 for ever" if ending == "given_up" else "550") in outcome.answer


@pytest.mark.parametrize(
    ("role", "told"), [("focal_point", country_id("XAA")), ("", country_id("XAA")), ("gcm", alliance_id())]
)
async def test_where_there_is_nobody_to_write_to_the_one_is_told_who_can_fill_the_place(
    environment: World, role: str, told: str
) -> None:
    client = environment.client
    async with at_work(client, Post("no_recipient")):
        for listener in (country_id("XAA"), alliance_id()):
            await listening(client, listener)
        await result(client, delivery(to_email="", role=role))
        notes = {one: await heard(client, one) for one in (country_id("XAA"), alliance_id())}
    assert [(note["state"], note["role"]) for note in notes.pop(told)] == [("no_recipient", role)]
    assert list(notes.values()) == [[]]


async def test_what_a_country_is_told_names_no_address(environment: World) -> None:
    client, post = environment.client, Post("refused")
    post.answer = "550 5.1.1 <ada@land.example>: no such user"
    async with at_work(client, post):
        await listening(client, country_id("XAA"))
        await result(client, delivery())
        (note,) = await heard(client, country_id("XAA"))
    assert note["answer"] == "550 5.1.1 <[address]>: no such user"


async def test_a_message_that_comes_back_twice_is_told_once(environment: World) -> None:
    client = environment.client
    bounced = Bounced(delivery=delivery(), outcome=Outcome(state="bounced", at=AT, answer="5.1.1"))
    async with at_work(client, Post()):
        await listening(client, country_id("XAA"))
        for _ in range(2):
            await TemporalCourier(client).returned(bounced)
            await client.get_workflow_handle(bounce_id(delivery().key)).result()
        assert [note["state"] for note in await heard(client, country_id("XAA"))] == ["bounced"]


@pytest.mark.parametrize("ending", ["sent", "unknown", "bounced"])
async def test_of_other_outcomes_the_country_hears_nothing(environment: World, ending: str) -> None:
    client = environment.client
    async with at_work(client, Post(ending)):
        await listening(client, country_id("XAA"))
        assert (await result(client, delivery())).state == ending
        assert await heard(client, country_id("XAA")) == []


async def test_a_failed_message_about_a_failed_message_is_the_end_of_it(
    environment: World,
) -> None:
    client = environment.client
    async with at_work(client, Post("refused")):
        await listening(client, country_id("XAA"))
        await result(client, delivery(order=order(task="mail_failed-XAA-2027-reminder")))
        assert await heard(client, country_id("XAA")) == []


async def test_a_matter_of_the_whole_alliance_is_told_to_the_alliance(
    environment: World,
) -> None:
    client = environment.client
    async with at_work(client, Post("refused")):
        await listening(client, alliance_id())
        await result(client, delivery(order=order("mwg_report", country="ALLIANCE")))
        assert [note["kind"] for note in await heard(client, alliance_id())] == ["mwg_report"]


async def test_a_country_that_is_gone_does_not_fail_the_delivery(environment: World) -> None:
    async with at_work(environment.client, Post("refused")):
        assert (await result(environment.client, delivery())).state == "refused"


async def test_a_ledger_that_breaks_down_after_sending_makes_no_second_message(
    environment: World, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, finish, broken = environment.client, ledger.finish, [True, True]

    async def finish_when_it_is_back(*arguments: Any) -> Outcome:
        if broken and broken.pop():
            raise ConnectionError("the database is away")
        return await finish(*arguments)

    monkeypatch.setattr(ledger, "finish", finish_when_it_is_back)
    sender = Sender(mail_from="mail@alliance.example", public_url="https://pathfinder.example")
    async with postbox() as box:
        postman = Postman(database, box.server, sender)
        async with Worker(client, task_queue="q", workflows=[Impatient], activities=[postman.deliver]):
            outcome = await client.execute_workflow(Impatient.run, delivery(), id="one", task_queue="q")
    assert (outcome.state, outcome.attempts, outcome.possible_duplicate) == ("sent", 1, False)
    assert len(box.messages) == 1
    assert broken == []


async def test_an_attempt_is_repeated_for_days_and_never_for_ever(environment: World) -> None:
    client = environment.client
    async with at_work(client, Post()):
        await result(client, delivery())
    history = await client.get_workflow_handle(delivery_id(delivery().key)).fetch_history()
    (scheduled,) = [
        event.activity_task_scheduled_event_attributes
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
    ]
    assert scheduled.schedule_to_close_timeout.ToTimedelta() == timedelta(days=5)
    assert scheduled.start_to_close_timeout.ToTimedelta() == options.DELIVERY_TIMEOUT
    assert scheduled.retry_policy.maximum_interval.ToTimedelta() == timedelta(hours=1)
    assert scheduled.retry_policy.maximum_attempts == 0


async def test_no_name_and_no_address_shows_where_operators_look(environment: World) -> None:
    client = environment.client
    async with at_work(client, Post()):
        await result(client, delivery())
        described = await client.get_workflow_handle(delivery_id(delivery().key)).describe()
    shown = f"{described.id} {await described.static_summary()} {described.typed_search_attributes} {await described.memo()}"
    assert await described.static_summary() == "reminder XAA 2027"
    assert "Ada" not in shown
    assert "@" not in shown


async def test_a_rebuild_learns_of_finished_and_unfinished_deliveries(
    environment: World,
) -> None:
    client, source = environment.client, TemporalSource(environment.client)
    async with at_work(client, Post()):
        outcome = await result(client, delivery("done"))
    waiting, hanging = Post("waiting"), Post("hanging")
    async with at_work(client, waiting):
        await TemporalCourier(client).take(delivery("waiting"))
        await waiting.tried.wait()
        found = await source.delivered("waiting")
        while found is not None and found.unreported:  # the attempt is just reporting
            found = await source.delivered("waiting")
    async with at_work(client, hanging):
        await TemporalCourier(client).take(delivery("hanging"))
        await hanging.tried.wait()
        under_way = await source.delivered("hanging")
        hanging.released.set()
    done = await source.delivered("done")
    assert done is not None
    assert (done.delivery, done.outcome) == (delivery("done"), outcome)
    assert found is not None
    assert (found.outcome, found.attempts, found.unreported) == (None, 1, False)
    assert under_way is not None
    assert (under_way.outcome, under_way.attempts, under_way.unreported) == (None, 1, True)
    async with asyncio.timeout(10):
        while not await source.mail_keys() >= {"done", "waiting", "hanging"}:
            continue  # a listing lags behind
    assert await source.delivered("never heard of") is None
    assert await source.book("XZZ") is None
    assert await source.seats() is None
