"""The schedule that starts a round of digests once a day; set up again at each start, which changes nothing."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from contracts.names import DIGEST, TASK_QUEUE
from contracts.rows import DigestRound

CAUGHT_UP = timedelta(hours=23)
"""How late a round still starts. Less than a day: after a longer outage there is one round, with all that waited."""


async def ensure_digests(client: Client, *, hour: int, weekday: int, queue: str = TASK_QUEUE) -> None:
    """The schedule is as the settings say afterwards; one that an operator paused stays paused.

    Raises RPCError when the Temporal server does not answer.
    """
    wanted = _schedule(hour, weekday, queue)
    try:
        await client.create_schedule(DIGEST, wanted)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(DIGEST).update(lambda found: _updated(found, wanted))


def _updated(found: ScheduleUpdateInput, wanted: Schedule) -> ScheduleUpdate:
    wanted.state = found.description.schedule.state
    return ScheduleUpdate(schedule=wanted)


def _schedule(hour: int, weekday: int, queue: str) -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(
            DIGEST,
            DigestRound(weekday=weekday),
            id=DIGEST,
            task_queue=queue,
            static_summary="digests for those who hold a seat",
        ),
        spec=ScheduleSpec(calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(hour)])]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CAUGHT_UP),
    )
