"""What is open in one run of a workflow, as its recorded events tell it.

The server's description of a workflow shows neither its timers nor the signals on their way to another workflow;
its history does. All times are UTC and virtual.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import Client

PAGE = 100  # the most events to ask for at once
ASKED = {
    EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: "signal on its way to another workflow",
    EventType.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: "cancellation on its way",
}
ANSWERED = {
    EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED,
    EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
    EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
    EventType.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
}


@dataclass
class RunRecord:
    """One run, kept up to date by its events in their order."""

    id: str = ""
    read_to: int = 0
    previous: str = ""
    begun: bool = False
    failure: str = ""
    timers: dict[int, datetime] = field(default_factory=dict)
    asked: dict[int, str] = field(default_factory=dict)
    children: set[str] = field(default_factory=set)

    def following(self, run_id: str) -> RunRecord:
        """This record if it is of that run, else a blank one of it."""
        return self if self.id == run_id else RunRecord(run_id)

    async def read_on(self, client: Client, workflow_id: str, length: int | None = None) -> None:
        """Take the events recorded since the last reading; `length` is how many the run has, where that is known.

        More events than are new are not asked for: each carries its payloads.
        """
        page = PAGE if length is None else max(1, min(PAGE, length - self.read_to))
        fresh = [event async for event in _backwards(client, workflow_id, self.id, self.read_to, page)]
        for event in reversed(fresh):
            self._take(event)

    def _take(self, event: HistoryEvent) -> None:
        self.read_to = event.event_id
        self._take_course(event)
        self._take_timer(event)
        if event.event_type in ASKED:
            self.asked[event.event_id] = ASKED[event.event_type]
        elif event.event_type in ANSWERED:
            attributes = getattr(event, str(event.WhichOneof("attributes")))
            self.asked.pop(attributes.initiated_event_id, None)

    def _take_course(self, event: HistoryEvent) -> None:
        kind = event.event_type
        if kind == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
            self.previous = event.workflow_execution_started_event_attributes.continued_execution_run_id
        elif kind == EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED:
            self.begun = True
        elif kind == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            self.failure = ""
        elif kind == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
            self.failure = event.workflow_task_failed_event_attributes.failure.message
        elif kind == EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED:
            child = event.child_workflow_execution_started_event_attributes.workflow_execution
            self.children.add(child.workflow_id)

    def _take_timer(self, event: HistoryEvent) -> None:
        kind = event.event_type
        if kind == EventType.EVENT_TYPE_TIMER_STARTED:
            length = event.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()
            self.timers[event.event_id] = utc(event.event_time) + length
        elif kind == EventType.EVENT_TYPE_TIMER_FIRED:
            self.timers.pop(event.timer_fired_event_attributes.started_event_id, None)
        elif kind == EventType.EVENT_TYPE_TIMER_CANCELED:
            self.timers.pop(event.timer_canceled_event_attributes.started_event_id, None)


async def _backwards(
    client: Client, workflow_id: str, run_id: str, down_to: int, page_size: int
) -> AsyncIterator[HistoryEvent]:
    """The events of a run from the latest down to, and without, the event `down_to`."""
    token = b""
    while True:
        page = await client.workflow_service.get_workflow_execution_history_reverse(
            GetWorkflowExecutionHistoryReverseRequest(
                namespace=client.namespace,
                execution=WorkflowExecution(workflow_id=workflow_id, run_id=run_id),
                maximum_page_size=page_size,
                next_page_token=token,
            ),
            retry=True,
        )
        for event in page.history.events:
            if event.event_id <= down_to:
                return
            yield event
            if event.event_id == down_to + 1:
                return
        token = page.next_page_token
        if not token:
            return


def utc(stamp: Timestamp) -> datetime:
    """A server's time stamp as an aware moment."""
    return stamp.ToDatetime(tzinfo=UTC)
