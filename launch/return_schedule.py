"""The schedule by which the return mailbox is looked into: there where a mailbox is set, gone where none is."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from contracts.names import RETURNS, TASK_QUEUE, returns_id
from settings import Settings

CATCH_UP = timedelta(minutes=10)
"""Looks that were missed for longer, while the server was away, are not made up for: one look reads everything."""


async def ensure_returns(client: Client, settings: Settings, *, queue: str = TASK_QUEUE) -> None:
    """Afterwards the schedule is as the settings say; repeating is harmless, a pause by an operator stays.

    Raises RPCError when the Temporal server does not answer.
    """
    if not settings.imap_host:
        return await _remove(client)
    schedule = _schedule(timedelta(seconds=settings.imap_poll_seconds), queue)
    try:
        await client.create_schedule(returns_id(), schedule)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(returns_id()).update(lambda present: _updated(present, schedule))
    return None


def _schedule(every: timedelta, queue: str) -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(
            RETURNS, id=returns_id(), task_queue=queue, static_summary="Looks into the return mailbox"
        ),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )


def _updated(present: ScheduleUpdateInput, wanted: Schedule) -> ScheduleUpdate:
    wanted.state = present.description.schedule.state
    return ScheduleUpdate(wanted)


async def _remove(client: Client) -> None:
    try:
        await client.get_schedule_handle(returns_id()).delete()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
