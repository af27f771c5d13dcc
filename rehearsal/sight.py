"""What one workflow looks like at this moment: its virtual time, what keeps it busy, when it wakes by itself.

All times are UTC and virtual, but for `at` and `doubt`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import PendingActivityState
from temporalio.api.enums.v1.workflow_pb2 import WORKFLOW_EXECUTION_STATUS_RUNNING
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.api.workflowservice.v1 import (
    DescribeWorkflowExecutionRequest,
    DescribeWorkflowExecutionResponse,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from rehearsal.record import RunRecord, utc


@dataclass(frozen=True)
class Sight:
    """One look at one workflow.

    `at` is the monotonic clock when it was `now` there, late by `doubt` at most. `seen` changes whenever anything is
    recorded; `opened` are the children started since the look before, `children` those which keep the present run
    from moving in time.
    """

    id: str
    running: bool
    now: datetime
    at: float
    doubt: timedelta
    seen: tuple[str, int]
    busy: tuple[str, ...]
    wakes: datetime | None
    children: frozenset[str]
    opened: frozenset[str]

    def present(self) -> datetime:
        """The workflow's virtual time by now: its clock ticks on as ours does."""
        return datetime.fromtimestamp(self.now.timestamp() + time.monotonic() - self.at, UTC)


class Watch:
    """Looks at one workflow again and again, through continue-as-new."""

    def __init__(self, client: Client, workflow_id: str) -> None:
        self.id = workflow_id
        self._client = client
        self._run = RunRecord()

    async def look(self) -> Sight:
        """The workflow's latest run as it stands. Raises RPCError (not found) for an unknown workflow."""
        asked = time.monotonic()
        found = await self._client.workflow_service.describe_workflow_execution(
            DescribeWorkflowExecutionRequest(
                namespace=self._client.namespace, execution=WorkflowExecution(workflow_id=self.id)
            ),
            retry=True,
        )
        at = time.monotonic()
        # What is recorded matters only once it rests: each reading costs the server as much as the look itself.
        opened = frozenset[str]() if _at_work(found) else await self._read(found)
        return self._sight(found, at, timedelta(seconds=at - asked), opened)

    async def _read(self, found: DescribeWorkflowExecutionResponse) -> frozenset[str]:
        """Bring the record up to date; returns the children opened since, in whichever run."""
        info = found.workflow_execution_info
        known, self._run = self._run, self._run.following(info.execution.run_id)
        already = frozenset(known.children)
        if info.history_length > self._run.read_to:
            await self._run.read_on(self._client, self.id, info.history_length)
        opened = set(self._run.children)
        if self._run is not known:
            opened |= await self._children_of_runs_between(known)
        return frozenset(opened - already)

    async def _children_of_runs_between(self, known: RunRecord) -> set[str]:
        """A child opened just before continue-as-new is not among the new run's, and may not be listed yet."""
        children: set[str] = set()
        previous = self._run.previous
        while previous:
            run = known if previous == known.id else RunRecord(previous)
            try:
                await run.read_on(self._client, self.id)
            except RPCError as error:
                if error.status == RPCStatusCode.NOT_FOUND:
                    break
                raise
            children |= run.children
            previous = "" if run is known else run.previous
        return children

    def _sight(
        self, found: DescribeWorkflowExecutionResponse, at: float, doubt: timedelta, opened: frozenset[str]
    ) -> Sight:
        info, now = found.workflow_execution_info, _virtual_now(found)
        running = info.status == WORKFLOW_EXECUTION_STATUS_RUNNING
        wakes = self._wakes(found, now) if running else None
        return Sight(
            id=self.id,
            running=running,
            now=now,
            at=at,
            doubt=doubt,
            seen=(self._run.id, self._run.read_to),
            busy=tuple(self._busy(found, now, wakes)) if running else (),
            wakes=wakes,
            children=frozenset(child.workflow_id for child in found.pending_children),
            opened=opened,
        )

    def _wakes(self, found: DescribeWorkflowExecutionResponse, now: datetime) -> datetime | None:
        wakes = [*self._run.timers.values()]
        wakes += [utc(a.next_attempt_schedule_time) for a in found.pending_activities if _rests(a, now)]
        if not self._run.begun:
            wakes.append(utc(found.workflow_execution_info.execution_time))
        return min(wakes, default=None)

    def _busy(
        self, found: DescribeWorkflowExecutionResponse, now: datetime, wakes: datetime | None
    ) -> list[str]:
        busy = list(self._run.asked.values())
        if found.workflow_execution_info.history_length != self._run.read_to:
            busy.append("recording")
        if wakes is not None and wakes <= now:
            busy.append(f"due since {wakes:%F %T}")
        if found.HasField("pending_workflow_task"):
            failure = f" ({self._run.failure})" if self._run.failure else ""
            busy.append(f"workflow task, attempt {found.pending_workflow_task.attempt}{failure}")
        busy += [_described(a) for a in found.pending_activities if not _rests(a, now)]
        return busy + [
            f"child {c.workflow_id} not started yet" for c in found.pending_children if not c.run_id
        ]


def _virtual_now(found: DescribeWorkflowExecutionResponse) -> datetime:
    extended = found.workflow_extended_info
    if not extended.HasField("time_skipping_info"):
        return datetime.now(UTC)
    return utc(extended.time_skipping_info.current_time)


def _at_work(found: DescribeWorkflowExecutionResponse) -> bool:
    """Whether the description alone shows something under way, and nothing that has failed and needs explaining."""
    attempts = [activity.attempt for activity in found.pending_activities]
    if found.HasField("pending_workflow_task"):
        attempts.append(found.pending_workflow_task.attempt)
    running = found.workflow_execution_info.status == WORKFLOW_EXECUTION_STATUS_RUNNING
    return running and bool(attempts) and max(attempts) <= 1


def _rests(activity: PendingActivityInfo, now: datetime) -> bool:
    """Whether an activity has failed and waits for its next attempt: that is a wake-up, not work."""
    waits = activity.state == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED and activity.attempt > 1
    return waits and utc(activity.next_attempt_schedule_time) > now


def _described(activity: PendingActivityInfo) -> str:
    failure = activity.last_failure.message
    return f"activity {activity.activity_type.name}, attempt {activity.attempt}" + (
        f" ({failure})" if failure else ""
    )
