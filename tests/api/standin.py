"""A worker for tests: the real process and the real writing of rows, and a post that delivers nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.letters import LetterActivities
from activities.personal import PersonalActivities
from activities.records import Records
from contracts.names import TASK_QUEUE
from contracts.rows import Batch, Posting, YearToArchive
from contracts.state import MailOrder
from framework.records import DocumentRef
from storage.documents import Documents
from storage.engine import Database
from workflows.country import CountryWorkflow

PASSED_THROUGH = SandboxRestrictions.default.with_passthrough_modules(
    "contracts", "framework", "workflows", "pydantic", "pydantic_core"
)


class Effects:
    """The activities. While `open` is not set, nothing reaches the read model."""

    def __init__(self, database: Database, documents: Documents) -> None:
        self.records = Records(database, documents)
        self.letters = LetterActivities(database, documents)
        self.personal = PersonalActivities(documents)
        self.posted: list[MailOrder] = []
        self.open = asyncio.Event()
        self.open.set()

    @activity.defn(name="write_rows")
    async def write_rows(self, batch: Batch) -> list[str]:
        """Writes rows as the real one does, once it may."""
        await self.open.wait()
        return await self.records.write_rows(batch)

    @activity.defn(name="archive_year")
    async def archive_year(self, year: YearToArchive) -> DocumentRef:
        """Archives as the real one does."""
        return await self.records.archive_year(year)

    @activity.defn(name="post")
    async def post(self, posting: Posting) -> list[str]:
        """Sends nothing, and keeps it."""
        self.posted += posting.orders
        return []

    @activity.defn(name="write_and_post")
    async def write_and_post(self, batch: Batch, posting: Posting) -> list[str]:
        """Writes rows as `write_rows` does, and keeps what is to be sent."""
        self.posted += posting.orders
        return await self.write_rows(batch)


@asynccontextmanager
async def working(client: Client, effects: Effects) -> AsyncIterator[None]:
    """A worker for countries, as long as the block lasts."""
    async with Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[CountryWorkflow],
        activities=[
            effects.write_rows,
            effects.archive_year,
            effects.post,
            effects.write_and_post,
            effects.letters.issue_letter,
            effects.personal.erase_in_documents,
        ],
        workflow_runner=SandboxedWorkflowRunner(restrictions=PASSED_THROUGH),
    ):
        yield
