"""The worker: one process that runs every workflow and activity of Pathfinder.

`build_client` and `build_worker` are what production, the tests and the replay of recorded histories share.

What only activities need (the database, the document store, mail) is imported where they are made: a worker that was killed
answers for its countries before that is loaded.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

# Before any workflow runs: the SDK's sandbox puts something else in the place of `sys.modules` for all threads, and this
# library cannot be loaded then (a SystemError, measured: 3 of 50 starts). With keys for payloads it is here anyway.
import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401
from temporalio.client import Client
from temporalio.common import WorkerDeploymentVersion
from temporalio.worker import (
    Worker,
    WorkerDeploymentConfig,
)

from activities.at_once import AtOnce, Effects
from connection import clients
from connection.sandbox import workflow_runner
from contracts.names import SEARCH_ATTRIBUTES, TASK_QUEUE
from launch.production import refuse_weak
from launch.temporal_server import prepare_namespace
from settings import Settings, SettingsError, load_settings
from workflows.alliance import AllianceWorkflow
from workflows.audit_anchors import AuditAnchorsWorkflow
from workflows.country import CountryWorkflow
from workflows.delivery import BounceWorkflow, DeliveryWorkflow
from workflows.dialogue import DialogueWorkflow
from workflows.digest import DigestWorkflow
from workflows.reactivation import ReactivationWorkflow
from workflows.returns import ReturnsWorkflow

if TYPE_CHECKING:
    from activities.correspondence import Courier
    from activities.delivering import Postman
    from activities.digests import Digests
    from activities.returns import Returns, Teller
    from correspondence.message import Sender
    from storage.documents import Documents
    from storage.engine import Database

WORKFLOWS: list[type] = [
    CountryWorkflow,
    DialogueWorkflow,
    ReactivationWorkflow,
    AllianceWorkflow,
    DeliveryWorkflow,
    BounceWorkflow,
    ReturnsWorkflow,
    DigestWorkflow,
    AuditAnchorsWorkflow,
]

STICKY_TIMEOUT = timedelta(seconds=1)
"""How long the countries that a killed worker had cached wait before another may take them (measured: 0.3 s to 1 s)."""


BUILD = WorkerDeploymentConfig(
    version=WorkerDeploymentVersion(deployment_name="pathfinder", build_id="2026-1"),
    use_worker_versioning=False,
)
"""Named by us: the SDK would read and hash every module that is loaded, at each start (measured: 1.3 to 6 s)."""


async def build_client(settings: Settings) -> Client:
    """A client of the Temporal server that the settings name, with their converter; see `connection.clients`.

    Raises:
        RuntimeError: the server does not answer.
        SettingsError: there are no keys to encrypt payloads with, or they or certificates cannot be used.
    """
    return await clients.connect(settings)


def build_worker(
    client: Client,
    activities: Sequence[Any],
    *,
    workflows: Sequence[type] = tuple(WORKFLOWS),
    within_tasks_only: bool = False,
    grace: timedelta = timedelta(seconds=30),
    queue: str = TASK_QUEUE,
) -> Worker:
    """The worker with its limits for two cores; `activities` are bound methods. Either may be none.

    `within_tasks_only`: it does the activities only where a workflow wants them done within its own task.
    """
    return Worker(
        client,
        task_queue=queue,
        workflows=workflows,
        activities=list(activities),
        no_remote_activities=within_tasks_only,
        workflow_runner=workflow_runner(),
        max_cached_workflows=1000,
        max_concurrent_workflow_tasks=20,
        max_concurrent_activities=50,
        sticky_queue_schedule_to_start_timeout=STICKY_TIMEOUT,
        graceful_shutdown_timeout=grace,
        deployment_config=BUILD,
    )


def build_activities(
    client: Client,
    database: Database,
    documents: Documents,
    courier: Courier,
    postman: Postman | None,
    digests: Digests | None = None,
) -> list[Any]:
    """All activities over one database, one document store, one courier and (where mail is sent) one postman.

    Without `digests` no message waits for one.
    """
    from activities.alliance import AllianceActivities
    from activities.audit import AuditActivities
    from activities.correspondence import Correspondence
    from activities.letters import LetterActivities
    from activities.outgoing import Outgoing
    from activities.personal import PersonalActivities
    from activities.records import Records

    records = Records(database, documents)
    correspondence = Correspondence(database, courier, digests=digests is not None)
    alliance = AllianceActivities(database, documents, client)
    found: list[Any] = [
        records.write_rows,
        records.archive_year,
        correspondence.post,
        Outgoing(records, correspondence).write_and_post,
        alliance.write_directory,
        alliance.compile_hlpf_digest,
        alliance.compile_mwg_report,
        alliance.tell_countries,
        LetterActivities(database, documents).issue_letter,
        AuditActivities(database).audit_head,
        PersonalActivities(documents).erase_in_documents,
    ]
    found += [] if postman is None else [postman.deliver, postman.report_outcome]
    return found if digests is None else [*found, digests.digest_readers, digests.send_digest]


def build_postman(settings: Settings, database: Database, documents: Documents) -> Postman:
    """The postman for the mail server that the settings name."""
    from activities.delivering import Postman
    from activities.smtp import SmtpServer

    server = SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        starttls=settings.smtp_starttls,
    )
    return Postman(database, server, build_sender(settings), documents, settings.return_path)


def build_returns(settings: Settings, database: Database, documents: Documents, teller: Teller) -> Returns:
    """The reader of the return mailbox that the settings name; of none where they name none."""
    from activities.return_mailbox import ImapServer
    from activities.returns import Returns

    server = ImapServer(
        host=settings.imap_host,
        port=settings.imap_port,
        user=settings.imap_user,
        password=settings.imap_password.get_secret_value(),
        security=settings.imap_security,
        folder=settings.imap_folder,
        done_folder=settings.imap_done_folder,
    )
    return Returns(database, documents, teller, server if settings.imap_host else None)


def build_sender(settings: Settings) -> Sender:
    """Who writes, and where messages lead."""
    from correspondence.message import Sender

    return Sender(
        mail_from=settings.mail_from, public_url=settings.public_url, link_secret=_link_secret(settings)
    )


def _link_secret(settings: Settings) -> str:
    """What signs links in messages: the installation's secret. Without one they lead to the record instead."""
    try:
        return settings.read_token_secret()
    except SettingsError as error:
        logging.getLogger(__name__).warning("links in messages need a sign-in: %s", error)
        return ""


async def run(settings: Settings) -> None:
    """Works until SIGINT or SIGTERM; running activities get the settings' grace to finish.

    Workflows and activities are polled for apart, so that countries answer while what effects need is still loading; what
    they do within their own tasks waits for that.
    The namespace is prepared first: a country whose search attributes are not registered cannot take a single step
    (measured: its workflow task is refused again and again). Raises SettingsError in production with weak settings.
    """
    refuse_weak(settings)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    client, grace = await build_client(settings), timedelta(seconds=settings.worker_grace_seconds)
    await prepare_namespace(client, SEARCH_ATTRIBUTES)
    loaded: asyncio.Future[Effects] = asyncio.get_running_loop().create_future()
    async with build_worker(client, AtOnce(loaded).activities, within_tasks_only=True, grace=grace):
        database, activities = await asyncio.to_thread(load_effects, settings, client)
        loaded.set_result({one.__name__: one for one in activities})
        async with build_worker(client, activities, workflows=[], grace=grace):
            await ensure_what_all_share(client, settings)
            await stop.wait()
        await database.close()


async def ensure_what_all_share(client: Client, settings: Settings) -> None:
    """The Alliance's own process, the audit's anchors and the schedules, where they are not there yet."""
    from launch.alliance import ensure_alliance
    from launch.audit_anchors import ensure_anchors
    from launch.digests import ensure_digests
    from launch.return_schedule import ensure_returns

    await ensure_alliance(client)
    await ensure_anchors(client)
    await ensure_returns(client, settings)
    await ensure_digests(client, hour=settings.digest_hour, weekday=settings.digest_weekday)


def load_effects(settings: Settings, client: Client) -> tuple[Database, list[Any]]:
    """The database and all activities of production. Takes about half a second: two fifths of all imports."""
    from activities.correspondence import TemporalCourier
    from activities.digests import Digests
    from correspondence.facts import Site
    from storage.documents import Documents
    from storage.engine import open_database

    database, documents = open_database(settings.database_url), Documents(settings.documents_url)
    courier, postman = TemporalCourier(client), build_postman(settings, database, documents)
    returns = build_returns(settings, database, documents, courier)
    digests = Digests(database, courier, Site(settings.public_url))
    effects = build_activities(client, database, documents, courier, postman, digests)
    return database, [*effects, returns.collect_returns]


def main() -> None:
    """Runs the worker; ends by `os._exit`, since the interpreter may abort at exit after using the SDK."""
    asyncio.run(run(load_settings()))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
