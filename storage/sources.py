"""Where a rebuild takes everything from: the workflows on the Temporal server, open and closed ones."""

from dataclasses import dataclass
from typing import Protocol

from temporalio.api.enums.v1 import EventType, PendingActivityState
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.client import Client, WorkflowHandle, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from contracts.alliance import Directory
from contracts.names import ALLIANCE_CODE, COUNTRY, DELIVERY, alliance_id, country_id, delivery_id
from contracts.rows import Book, Delivery, Outcome
from storage.directory import SeatHolder, holder_of


class SourceSilent(Exception):
    """A workflow that must be asked does not answer; nothing of it was changed."""


@dataclass(frozen=True)
class Delivered:
    """A delivery as its workflow knows it: finished with an outcome, or still under way."""

    delivery: Delivery
    outcome: Outcome | None = None
    attempts: int = 0
    unreported: bool = False


@dataclass(frozen=True)
class Seats:
    """The directory as the Alliance's process knows it."""

    holders: list[SeatHolder]
    revision: int


class Source(Protocol):
    """What the read model is made of. A listing may lag behind; single answers do not."""

    async def codes(self) -> set[str]:
        """The codes of all countries that have a process, or had one."""

    async def book(self, code: str) -> Book | None:
        """What a country (or the Alliance, by its code) can tell; None: no such process. Raises SourceSilent."""

    async def mail_keys(self) -> set[str]:
        """The keys of all deliveries."""

    async def delivered(self, key: str) -> Delivered | None:
        """A delivery, or None if there is no such process."""

    async def seats(self) -> Seats | None:
        """The directory, or None where no process keeps it: then its rows stay as they are."""


class TemporalSource:
    """The workflows of one namespace."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def codes(self) -> set[str]:
        """See Source."""
        return {each.removeprefix(country_id("")) for each in await self._ids(COUNTRY)}

    async def book(self, code: str) -> Book | None:
        """See Source."""
        workflow_id = alliance_id() if code == ALLIANCE_CODE else country_id(code)
        handle = self._client.get_workflow_handle(workflow_id)
        try:
            book: Book = await handle.query("book", result_type=Book)
            return book
        except (RPCError, WorkflowQueryFailedError) as error:
            if _not_found(error):
                return None
            raise SourceSilent(f"{workflow_id} does not answer ({error}): is a worker running?") from error

    async def mail_keys(self) -> set[str]:
        """See Source."""
        return {each.removeprefix(delivery_id("")) for each in await self._ids(DELIVERY)}

    async def delivered(self, key: str) -> Delivered | None:
        """See Source."""
        handle = self._client.get_workflow_handle(delivery_id(key))
        try:
            return await self._from_history(handle)
        except RPCError as error:
            if _not_found(error):
                return None
            raise

    async def seats(self) -> Seats | None:
        """See Source."""
        handle = self._client.get_workflow_handle(alliance_id())
        try:
            return seats_of(await handle.query("seats", result_type=Directory))
        except (RPCError, WorkflowQueryFailedError) as error:
            if _not_found(error):
                return None
            raise SourceSilent(f"{alliance_id()} does not answer ({error}): is a worker running?") from error

    async def _ids(self, workflow_type: str) -> set[str]:
        query = f'WorkflowType = "{workflow_type}" AND ExecutionStatus != "ContinuedAsNew"'
        return {execution.id async for execution in self._client.list_workflows(query)}

    async def _from_history(self, handle: WorkflowHandle[object, object]) -> Delivered:
        events = (await handle.fetch_history()).events
        started = events[0].workflow_execution_started_event_attributes
        converter = self._client.data_converter
        (delivery,) = await converter.decode(started.input.payloads, [Delivery])
        if events[-1].event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
            result = events[-1].workflow_execution_completed_event_attributes.result
            (outcome,) = await converter.decode(result.payloads, [Outcome])
            return Delivered(delivery, outcome)
        pending = (await handle.describe()).raw_description.pending_activities
        attempt = next((each for each in pending if each.activity_type.name == "deliver"), None)
        return _under_way(delivery, attempt)


def seats_of(directory: Directory) -> Seats:
    """The directory as its rows keep it. Those without a seat or a first day never come so far."""
    return Seats([holder_of(one) for one in directory.holders], directory.revision)


def _under_way(delivery: Delivery, attempt: PendingActivityInfo | None) -> Delivered:
    if attempt is None:
        return Delivered(delivery)
    running = attempt.state == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
    # An attempt that only timed out may have got through: the next one must know.
    timed_out = attempt.last_failure.HasField("timeout_failure_info")
    return Delivered(
        delivery,
        attempts=attempt.attempt if running else attempt.attempt - 1,
        unreported=running or timed_out,
    )


def _not_found(error: Exception) -> bool:
    return isinstance(error, RPCError) and error.status is RPCStatusCode.NOT_FOUND
