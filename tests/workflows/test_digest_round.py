"""The round of digests on a real Temporal server: its schedule, its one round after an outage, its mail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import pytest_asyncio
from temporalio import activity
from temporalio.client import Client, ScheduleActionExecutionStartWorkflow, ScheduleOverlapPolicy
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment
from temporalio.worker import Worker

from activities.correspondence import Correspondence, TemporalCourier
from activities.delivering import Postman
from activities.digests import Digests
from connection.sandbox import workflow_runner
from contracts.names import DIGEST, delivery_id
from contracts.rows import DigestDay, DigestOrder, DigestReader, DigestRound, Outcome, Posting
from contracts.state import Recipient
from correspondence.facts import Site
from correspondence.message import Sender
from framework.digests import Digest
from framework.terms import Language
from launch.digests import CAUGHT_UP, ensure_digests
from storage import ledger
from storage.directory import put_appointments
from storage.documents import Documents
from storage.engine import Database, open_database
from storage.schema import migrate
from tests.activities.postbox import Postbox, postbox
from tests.activities.test_correspondence import seat
from tests.forgetful import forgetful_server
from tests.servers import WITH_SCHEDULES
from tests.storage.samples import order
from worker import build_activities, build_worker
from workflows.digest import DigestWorkflow

SENDER = Sender(mail_from="Secretariat <mail@alliance.example>", public_url="https://pathfinder.example")


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    """A client of a server that forgets everything at the end."""
    async with forgetful_server(settings=WITH_SCHEDULES) as found:
        yield found


@pytest_asyncio.fixture
async def database(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """A migrated read model in which one person holds a seat of the Secretariat."""
    opened = open_database(f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('rows') / 'rows.db'}")
    await migrate(opened)
    await put_appointments(opened, [seat(1, "secretariat", "alma@x.example", name="Alma")], revision=1)
    yield opened
    await opened.close()


@asynccontextmanager
async def working(
    client: Client, database: Database, box: Postbox, documents: Documents
) -> AsyncIterator[None]:
    """The worker of production, with its post before a post box."""
    courier = TemporalCourier(client)
    activities = build_activities(
        client,
        database,
        documents,
        courier,
        Postman(database, box.server, SENDER),
        Digests(database, courier, Site(SENDER.public_url)),
    )
    async with build_worker(client, activities, grace=timedelta(seconds=1)):
        yield


@pytest.mark.clause("REP-07")
async def test_the_schedule_is_set_up_once_follows_the_settings_and_sends_one_digest_after_an_outage(
    client: Client, database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await ensure_digests(client, hour=6, weekday=0)
    schedule = client.get_schedule_handle(DIGEST)
    await schedule.pause(note="by an operator")
    await ensure_digests(client, hour=7, weekday=2)
    found = (await schedule.describe()).schedule
    assert (found.spec.calendars[0].hour[0].start, found.state.paused) == (7, True)
    assert (found.policy.overlap, found.policy.catchup_window) == (ScheduleOverlapPolicy.SKIP, CAUGHT_UP)
    assert timedelta(days=1) > CAUGHT_UP
    await schedule.unpause()

    documents = Documents(tmp_path_factory.mktemp("documents").as_uri())
    post = Correspondence(database, TemporalCourier(client), digests=True).post
    staff = [Recipient(role="secretariat")]
    orders = [order("report_published", step=str(one), task="", values={}, to=staff) for one in range(3)]
    await ActivityEnvironment().run(post, Posting(orders=orders))
    for _ in range(3):  # three days without a worker: the first round waits for it, the others are skipped
        await schedule.trigger(overlap=ScheduleOverlapPolicy.SKIP)
    round_id = await _first_round(client)
    async with postbox() as box, working(client, database, box, documents):
        keys: list[str] = await client.get_workflow_handle(round_id, result_type=list[str]).result()
        (key,) = keys
        sent = await client.get_workflow_handle(delivery_id(key), result_type=Outcome).result()
    assert sent.state == "sent"
    assert len(box.messages) == 1
    assert box.messages[0]["List-Id"]
    info = (await schedule.describe()).info
    assert info.num_actions == 1
    assert info.num_actions_skipped_overlap > 0
    held = [item.state for item in (await ledger.mails(database)).items if item.key != key]
    assert held == ["in_digest"] * 3


@pytest.mark.clause("REP-07")
async def test_a_reader_whose_digest_cannot_be_made_keeps_nobody_else_from_theirs(
    client: Client, database: Database
) -> None:
    sent: list[str] = []

    @activity.defn(name="digest_readers")
    async def readers(day: DigestDay) -> list[DigestReader]:
        english = Language.ENGLISH
        return [
            DigestReader(to_name=one, to_email=f"{one}@x.example", language=english, choice=Digest.DAILY)
            for one in ("ada", "bo")
        ]

    @activity.defn(name="send_digest")
    async def send(found: DigestOrder) -> str:
        if found.reader.to_name == "ada":
            raise ApplicationError("a defect", non_retryable=True)
        sent.append(found.reader.to_name)
        assert found.now - found.since == timedelta(days=1)
        return f"key of {found.reader.to_name}"

    async with Worker(
        client,
        task_queue="digests",
        workflows=[DigestWorkflow],
        activities=[readers, send],
        workflow_runner=workflow_runner(),
    ):
        keys = await client.execute_workflow(
            DIGEST, DigestRound(weekday=0), id="a-round", task_queue="digests", result_type=list[str]
        )
    assert (keys, sent) == (["key of bo"], ["bo"])


async def _first_round(client: Client) -> str:
    """The id of the round that the schedule has started, once it has."""
    async with asyncio.timeout(20):
        while not (actions := (await client.get_schedule_handle(DIGEST).describe()).info.recent_actions):
            await asyncio.sleep(0.1)
    action = actions[0].action
    assert isinstance(action, ScheduleActionExecutionStartWorkflow)
    return action.workflow_id
