"""A small Alliance for tests: its own process, invented countries, a real database and document store, virtual time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from temporalio.client import WorkflowUpdateFailedError
from temporalio.common import SearchAttributePair, TypedSearchAttributes
from temporalio.exceptions import ApplicationError

from activities.alliance import AllianceActivities
from activities.correspondence import Correspondence
from activities.outgoing import Outgoing
from activities.personal import PersonalActivities
from activities.records import Records
from contracts.alliance import AllianceEnvelope, AllianceState, Directory
from contracts.messages import REFUSED, Actor, Receipt
from contracts.names import (
    ALLIANCE_CODE,
    CODE_ATTRIBUTE,
    COUNTRY,
    SEARCH_ATTRIBUTES,
    SUBMIT,
    alliance_id,
    country_id,
)
from contracts.rows import Delivery
from contracts.starting import ImportedCountry, imported
from contracts.state import CountryState, Entry, StatusChange, Task
from framework.facts import Cycle
from framework.findings import Finding
from framework.records import Contact
from framework.records.alliance import AllianceSubmission, Appointment, SeatRole
from framework.terms import Role, Status
from launch.alliance import ensure_alliance
from rehearsal.clock import Clock
from storage import reading_history, reading_tasks
from storage.documents import UPLOADS, Documents
from storage.engine import Database, open_database
from storage.schema import migrate
from tests.timetravel import travelling
from worker import build_worker

SECRETARIAT = Actor(role=Role.SECRETARIAT, name="Ada Secretary")
MWG = Actor(role=Role.MWG, name="Mo Working")
YEAR = datetime.now(UTC).year + 2
"""The year in which the tests play: virtual time cannot begin in the past."""

_FINDINGS = TypeAdapter(list[Finding])


@dataclass
class Mailbag:
    """A courier that keeps what it is given."""

    deliveries: list[Delivery] = field(default_factory=list)

    async def take(self, delivery: Delivery) -> None:
        """See Courier."""
        self.deliveries.append(delivery)

    def of(self, kind: str) -> list[Delivery]:
        """The messages of one kind about the Alliance itself."""
        return [
            one for one in self.deliveries if one.order.kind == kind and one.order.country == ALLIANCE_CODE
        ]


@dataclass
class World:
    """What a test works with."""

    clock: Clock
    database: Database
    documents: Documents
    mailbag: Mailbag
    sent: int = 0

    async def submit(
        self, submission: AllianceSubmission, by: Actor = SECRETARIAT, message: str = ""
    ) -> Receipt:
        """Submits something to the Alliance, by default as a new message."""
        self.sent += 1
        envelope = AllianceEnvelope(message_id=message or f"m-{self.sent}", actor=by, submission=submission)
        receipt: Receipt = await self.alliance.execute_update(
            SUBMIT, envelope, id=f"u-{self.sent}", result_type=Receipt
        )
        await self.clock.settled()
        return receipt

    async def refused(self, submission: AllianceSubmission, by: Actor = SECRETARIAT) -> list[str]:
        """The keys of all reasons for which a submission is refused; fails when it is accepted."""
        try:
            await self.submit(submission, by)
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            assert isinstance(cause, ApplicationError)
            assert cause.type == REFUSED
            return [finding.key for finding in _FINDINGS.validate_python(cause.details[0])]
        raise AssertionError(f"{submission.kind} was accepted")

    async def appoint(self, role: SeatRole, seat: str, email: str, **more: Any) -> Receipt:
        """Appoints somebody from the beginning of the year."""
        name = email.partition("@")[0].title()
        given: dict[str, Any] = {"from_on": date(YEAR, 1, 1), "name": name, **more}
        return await self.submit(Appointment(role=role, seat=seat, email=email, **given))

    @property
    def alliance(self) -> Any:
        """The handle of the Alliance's process."""
        return self.clock.client.get_workflow_handle(alliance_id())

    async def ask(self, query: str, result_type: Any = None) -> Any:
        """The answer to a query of the Alliance."""
        return await self.alliance.query(query, result_type=result_type)

    async def state(self) -> AllianceState:
        """The state of the Alliance."""
        found: AllianceState = await self.ask("state", AllianceState)
        return found

    async def directory(self) -> Directory:
        """The directory as the process holds it."""
        found: Directory = await self.ask("directory", Directory)
        return found

    async def task(self, key: str) -> Task:
        """A task of the Alliance in the read model."""
        found = await reading_tasks.task(self.database, ALLIANCE_CODE, key)
        assert found is not None, f"there is no task {key}"
        return found

    async def entries(self, kind: str, code: str = ALLIANCE_CODE) -> list[Entry]:
        """Entries of one kind in the read model, oldest first."""
        page = await reading_history.timeline(self.database, code, kind=kind, newest_first=False)
        return page.items

    async def text(self, document: Any) -> str:
        """The text of a document that was compiled."""
        return (await self.documents.get(UPLOADS, document.sha256)).decode()

    async def import_country(self, code: str, *cycles: Cycle, status: Status = Status.ACTIVE) -> None:
        """Starts the real process of an invented country with a history."""
        history = ImportedCountry(
            code=code,
            name=f"Country of {code}",
            status=status,
            focal_point=Contact(name="Flo", email=f"focal@{code.lower()}.example"),
            status_history=[StatusChange(before=Status.CANDIDATE, after=status, on=date(YEAR - 3, 6, 1))],
            cycles=list(cycles),
            imported_by=SECRETARIAT,
        )
        await self.clock.client.start_workflow(
            COUNTRY,
            imported(history),
            id=country_id(code),
            task_queue="pathfinder",
            search_attributes=TypedSearchAttributes([SearchAttributePair(CODE_ATTRIBUTE, code)]),
        )
        await self.clock.settled()

    async def country(self, code: str) -> CountryState:
        """The state of a country."""
        handle = self.clock.client.get_workflow_handle(country_id(code))
        found: CountryState = await handle.query("state", result_type=CountryState)
        return found


@asynccontextmanager
async def world(
    folder: Path,
    *,
    start: datetime | None = None,
    continue_every: int | None = None,
    activities_of: type[AllianceActivities] = AllianceActivities,
) -> AsyncIterator[World]:
    """An Alliance that has just begun at `start` (default: 5 January of YEAR)."""
    database = open_database(f"sqlite+aiosqlite:///{folder / 'read.db'}")
    begins = start or datetime(YEAR, 1, 5, tzinfo=UTC)
    documents, mailbag = Documents((folder / "documents").as_uri()), Mailbag()
    try:
        await migrate(database)
        async with travelling(
            start_at=begins, search_attributes=SEARCH_ATTRIBUTES, force_continue_as_new_every=continue_every
        ) as clock:
            alliance = activities_of(database, documents, clock.client)
            async with build_worker(clock.client, _activities(database, documents, mailbag, alliance)):
                await ensure_alliance(clock.client)
                await clock.settled()
                yield World(clock, database, documents, mailbag)
    finally:
        await database.close()


def _activities(
    database: Database, documents: Documents, mailbag: Mailbag, alliance: AllianceActivities
) -> list[Any]:
    records, correspondence = Records(database, documents), Correspondence(database, mailbag)
    told = [alliance.write_directory, alliance.compile_hlpf_digest, alliance.compile_mwg_report]
    of_countries = [
        records.write_rows,
        records.archive_year,
        Outgoing(records, correspondence).write_and_post,
    ]
    erasing = PersonalActivities(documents).erase_in_documents
    return [*of_countries, correspondence.post, *told, alliance.tell_countries, erasing]


def moment(month: int, day: int, hour: int = 0, *, year: int = YEAR) -> datetime:
    """A moment of the year of the tests, in UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC)
