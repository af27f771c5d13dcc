"""What the API asks of the countries' processes in Temporal, and how long it waits for them.

A process that does not answer in time is a 503 with Retry-After, never a success: the caller repeats with the
same key.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import (
    Client,
    RPCTimeoutOrCancelledError,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
)
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from api.problems import ProblemError, refused, unavailable
from contracts import names
from contracts.audit import Anchor, AnchorsState
from contracts.messages import REFUSED, DecisionAnswer, Envelope, Receipt, SentDecision
from contracts.state import CountryState
from framework.findings import Finding

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=5)
"""How long a caller waits for a process at most."""

POLL = 0.05
"""Seconds between two looks at whether a decision is answered."""

POLLER_SEEN_WITHIN = timedelta(seconds=90)
"""A living worker asks for work at least once a minute; the server remembers dead ones for five."""

Answer = TypeVar("Answer")
_FINDINGS = TypeAdapter(list[Finding])
_SILENT = (
    "The country's process did not answer in time. It may still have taken this: repeat it with the same key."
)
_AWAY = "The process engine cannot be reached. Repeat this with the same key."
_RAN_OUT = "AcceptedUpdateCompletedWorkflow"


class NoProcess(Exception):
    """There is no living process of this country."""


class AlreadyRunning(Exception):
    """A country's process was already started; `memo` tells by which registration, if by one."""

    def __init__(self, memo: Mapping[str, Any]) -> None:
        super().__init__()
        self.memo = memo


class Processes:
    """The countries' processes, seen through one Temporal client (a lazy one connects at the first call)."""

    def __init__(self, client: Client, patience: timedelta = PATIENCE) -> None:
        self.client = client
        self.patience = patience

    async def submit(self, code: str, envelope: Envelope) -> Receipt:
        """Hands a submission to a country. Raises NoProcess, and ProblemError 422 (refused), 429 or 503."""
        try:
            async with self._in_time():
                receipt: Receipt = await self._handle(code).execute_update(
                    names.SUBMIT, envelope, id=envelope.message_id, result_type=Receipt
                )
                return receipt
        except WorkflowUpdateFailedError as error:
            raise _update_failed(error) from error

    async def start(self, state: CountryState, memo: Mapping[str, str]) -> None:
        """Starts a country, with what a repeated registration is known by. Raises AlreadyRunning, ProblemError."""
        try:
            async with self._in_time():
                await self._start(state, memo)
        except WorkflowAlreadyStartedError:
            raise AlreadyRunning(await self._memo(state.code)) from None

    async def _start(self, state: CountryState, memo: Mapping[str, str]) -> None:
        await self.client.start_workflow(
            names.COUNTRY,
            state,
            id=names.country_id(state.code),
            task_queue=names.TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            memo=memo,
            search_attributes=TypedSearchAttributes([SearchAttributePair(names.CODE_ATTRIBUTE, state.code)]),
            static_summary=f"{state.name} ({state.code})",
        )

    async def _memo(self, code: str) -> Mapping[str, Any]:
        async with self._in_time():
            return await (await self._handle(code).describe()).memo()

    async def former(self, code: str) -> CountryState | None:
        """The last state of a process that has ended; None when there never was one.

        Raises AlreadyRunning.
        """
        try:
            async with self._in_time():
                description = await self._handle(code).describe()
        except NoProcess:
            return None
        if description.status is WorkflowExecutionStatus.RUNNING:
            raise AlreadyRunning(await description.memo())
        return await self.state(code)

    async def decide(
        self, code: str, decision: SentDecision, digest: str, *, judged_at: datetime | None
    ) -> DecisionAnswer:
        """Signals a decision and waits for the answer; `pending` when none came in time. Raises NoProcess.

        `judged_at` is when this very decision was refused before: an answer of then is not the new one.
        """
        async with self._in_time():
            await self._handle(code).signal(names.GCM_DECISION, decision)
        try:
            async with asyncio.timeout(self.patience.total_seconds()):
                while True:
                    answer = await self.decision(code, decision.id, digest)
                    if answer.answer != "pending" and answer.at != judged_at:
                        return answer
                    await asyncio.sleep(POLL)
        except (TimeoutError, NoProcess, ProblemError):
            log.info("a decision on %s was signalled and is not answered yet", code)
        return DecisionAnswer(decision_id=decision.id)

    async def decision(self, code: str, decision_id: str, digest: str = "") -> DecisionAnswer:
        """The country's answer to a decision; `pending` for one that it has not read. Raises NoProcess."""
        return await self._query(code, "decision", DecisionAnswer, decision_id, digest)

    async def state(self, code: str) -> CountryState:
        """The whole of a country. Raises NoProcess, and ProblemError 503."""
        return await self._query(code, "state", CountryState)

    async def anchors(self) -> list[Anchor]:
        """The anchored ends of the audit's chain; none where no worker has run yet. Raises ProblemError 503."""
        handle = self.client.get_workflow_handle(names.anchors_id())
        try:
            async with self._in_time():
                state: AnchorsState = await handle.query("state", result_type=AnchorsState)
        except NoProcess:
            return []
        except WorkflowQueryFailedError as error:
            raise unavailable(_SILENT) from error
        return state.anchors

    async def ping(self) -> None:
        """Raises ProblemError 503 when the server does not answer for our namespace."""
        async with self._in_time():
            await self.client.count_workflows('WorkflowId = "none"')

    async def workers(self) -> int:
        """How many workers have asked for work lately. Raises ProblemError 503."""
        request = DescribeTaskQueueRequest(
            namespace=self.client.namespace,
            task_queue=TaskQueue(name=names.TASK_QUEUE),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )
        async with self._in_time():
            queue = await self.client.workflow_service.describe_task_queue(request)
        oldest = datetime.now(UTC) - POLLER_SEEN_WITHIN
        return sum(poller.last_access_time.ToDatetime(UTC) > oldest for poller in queue.pollers)

    async def _query(self, code: str, name: str, result: type[Answer], *arguments: Any) -> Answer:
        try:
            async with self._in_time():
                answer = await self._handle(code).query(name, args=arguments, result_type=result)
        except WorkflowQueryFailedError as error:
            raise unavailable(_SILENT) from error
        return TypeAdapter(result).validate_python(answer)

    def _handle(self, code: str) -> WorkflowHandle[Any, Any]:
        return self.client.get_workflow_handle(names.country_id(code))

    @asynccontextmanager
    async def in_time(self, patience: timedelta) -> AsyncIterator[Client]:
        """The client, for what asks many processes: its failures become ProblemError, as everywhere here."""
        async with self._in_time(patience):
            yield self.client

    @asynccontextmanager
    async def _in_time(self, patience: timedelta | None = None) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout((patience or self.patience).total_seconds()):
                yield
        except (TimeoutError, RPCTimeoutOrCancelledError) as error:
            raise unavailable(_SILENT) from error
        except RPCError as error:
            raise _rpc_failed(error) from error
        except RuntimeError as error:
            # the SDK has no type of its own for a first connection that fails
            if "Failed client connect" not in str(error):
                raise
            raise unavailable(_AWAY) from error


def _rpc_failed(error: RPCError) -> Exception:
    if error.status is RPCStatusCode.NOT_FOUND:
        return NoProcess(error.message)
    if error.status is RPCStatusCode.RESOURCE_EXHAUSTED:
        return ProblemError(
            429,
            "Too much is going on in this country at once. Repeat this with the same key.",
            headers={"Retry-After": "5"},
        )
    log.warning("Temporal answered %s: %s", error.status.name, error.message)
    return unavailable(_SILENT if error.status is RPCStatusCode.DEADLINE_EXCEEDED else _AWAY)


def _update_failed(error: WorkflowUpdateFailedError) -> ProblemError:
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.type == REFUSED:
        return _refused(cause)
    if isinstance(cause, ApplicationError) and cause.type == _RAN_OUT:
        return unavailable(_SILENT)
    log.error("a country's process failed on a submission: %s", cause)
    return ProblemError(
        500, "The country's process could not deal with this. Nothing was changed; it has been logged."
    )


def _refused(cause: ApplicationError) -> ProblemError:
    try:
        return refused(_FINDINGS.validate_python(cause.details[0]))
    except (IndexError, ValidationError):
        return ProblemError(422, f"Nothing was changed: {cause.message}.", slug="refused")
