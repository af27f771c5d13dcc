"""One clock for all workflows of a throwaway server.

The server gives each workflow a virtual clock of its own. `Clock` moves them together, from one wake-up (of
whichever workflow wakes first) to the next, and at each lets everything that it set in motion come to rest before
time goes on. So what one workflow tells another arrives on the date on which it was said.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

from rehearsal.server import World
from rehearsal.sight import Sight, Watch
from rehearsal.starts import client_starting_at

RUNNING = "ExecutionStatus = 'Running'"
GLANCE = 0.02  # seconds of wall time between two looks at a busy world
# A hop to a wake-up ends this much before it, and the rest passes by itself. A run that continues as new before its
# hop has ended takes the hop along, and where its first task takes longer than what is left, the server skips on to the
# next timer, months ahead (measured: 3 of 100 lives with many seams).
BEFORE_WAKING = timedelta(milliseconds=10)
MOST_WAKE_UPS = 20_000
OVERRIDDEN = "does not match the execution's current fast-forward"


class ClockStuck(RuntimeError):
    """Virtual time cannot go on; the message names the workflows and what each of them waits for."""


class Clock:
    """Virtual time for all workflows that `discover` (a visibility query) finds: all running ones, unless told.

    Start workflows, workers and services with `clock.client`: what it starts, also from inside an activity, begins
    at the clock's present. What another client starts begins at wall time and is brought up at the next advance.
    Children inherit their parent's time.

    The clock begins at `start_at`, or at wall time. `start_at` lies in the future: the server has no way into the
    past, and an earlier one raises ValueError, as does a date without time zone. The clock lands on a date or
    some milliseconds after it, and ticks on as a clock does.

    With an empty `discover` only what `clock.client` starts is taken along, and the children that it opens.

    `leaps`: a workflow that is alone is taken over all its wake-ups in one hop, which is much cheaper. Only for worlds
    in which a workflow that nobody speaks to starts no other one, also not from an activity.

    `step` is the longest hop between two looks at the world; `patience` how many seconds of wall time the workflows
    may take to come to rest before ClockStuck is raised.
    """

    def __init__(
        self,
        env: World,
        *,
        step: timedelta = timedelta(days=92),
        start_at: datetime | None = None,
        discover: str = RUNNING,
        patience: float = 30.0,
        leaps: bool = False,
    ) -> None:
        self.env = env
        self.client = client_starting_at(env.client, self)
        self._step = step
        self._discover = discover
        self._patience = patience
        self._leaps = leaps
        self._watched: dict[str, Watch] = {}
        self._ahead = timedelta(0) if start_at is None else _ahead(start_at)

    @property
    def ahead(self) -> timedelta:
        """How far the clock is ahead of wall time."""
        return self._ahead

    async def now(self) -> datetime:
        """The clock's present, UTC."""
        return self._present()

    def watch(self, workflow_id: str) -> None:
        """Take this workflow along from now on, without waiting until the server lists it."""
        self._watched.setdefault(workflow_id, Watch(self.env.client, workflow_id))

    async def settled(self) -> list[Sight]:
        """Wait until nothing is under way in any workflow, and return how each running one stands.

        Two looks at all of them with nothing recorded in between and nothing in hand in either are the proof: what
        goes from one workflow to another is in hand at its sender until it is on record at its receiver.
        Raises ClockStuck when there is no rest within the clock's patience.
        """
        deadline = time.monotonic() + self._patience
        await self._find()
        before: dict[str, tuple[str, int]] = {}
        while True:
            sights = await self._look()
            unrest = _unrest(sights)
            seen = {sight.id: sight.seen for sight in sights}
            if not unrest and (len(sights) <= 1 or seen == before):
                return sights
            if time.monotonic() > deadline:
                raise ClockStuck(
                    f"no rest after {self._patience:g} s at {self._present():%F %T}: {'; '.join(unrest)}"
                )
            before = seen
            await asyncio.sleep(GLANCE)

    async def advance_to(self, when: datetime) -> None:
        """Take all workflows to `when` (not earlier than now), with everything on the way at its own date.

        Raises ValueError for a date without time zone, ClockStuck when a workflow cannot move: it waits for an open
        child, for an activity or workflow task that does not end, or it wakes without end.
        """
        when = _aware(when)
        sights = await self.settled()
        for _ in range(MOST_WAKE_UPS):
            behind = [sight for sight in sights if sight.now < when]
            if not behind and self._present() >= when:
                return
            moment = self._next_moment(sights, when)
            # Before the move: what its activities start belongs to the new moment.
            self._ahead = max(self._ahead, moment - datetime.now(UTC))
            await asyncio.gather(*[self._move(sight, moment) for sight in behind if sight.now < moment])
            sights = await self.settled()
        wakers = ", ".join(sight.id for sight in sights if sight.wakes is not None)
        raise ClockStuck(f"{MOST_WAKE_UPS} wake-ups and {when:%F} not reached: {wakers} wake without end")

    def _present(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def _next_moment(self, sights: list[Sight], when: datetime) -> datetime:
        alone = self._leaps and len(sights) == 1
        wakes = [sight.wakes for sight in sights if sight.wakes is not None and not alone]
        return min([when, self._present() + self._step, *wakes])

    async def _find(self) -> None:
        if not self._discover:
            return
        async for found in self.env.client.list_workflows(self._discover):
            self.watch(found.id)

    async def _look(self) -> list[Sight]:
        sights = await asyncio.gather(*[watch.look() for watch in self._watched.values()])
        for sight in sights:
            if not sight.running:
                del self._watched[sight.id]
        for child in {child for sight in sights for child in sight.opened}:
            self.watch(child)
        return [sight for sight in sights if sight.running]

    async def _move(self, sight: Sight, moment: datetime) -> None:
        if sight.children:
            raise ClockStuck(
                f"{sight.id} cannot move in time while its child {', '.join(sorted(sight.children))} is open: "
                "abandon a child and continue as new right after opening it"
            )
        margin = sight.doubt + BEFORE_WAKING
        wakes = sight.wakes is not None and moment <= sight.wakes <= moment + margin
        short = margin if wakes else timedelta(0)
        hop = moment - sight.present() - short
        if hop > timedelta(0):
            await self._hop(sight.id, hop)
        if wakes:
            await asyncio.sleep((short + min(hop, timedelta(0))).total_seconds())

    async def _hop(self, workflow_id: str, by: timedelta) -> None:
        handle: WorkflowHandle[Any, Any] = self.env.client.get_workflow_handle(workflow_id)
        try:
            async with asyncio.timeout(self._patience):
                await self.env.fast_forward(handle, by)
        except TimeoutError:
            seen = await Watch(self.env.client, workflow_id).look()
            raise ClockStuck(f"{workflow_id} stays at {seen.now:%F %T}: {_matters(seen)}") from None
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:  # it ended meanwhile
                raise
        except RuntimeError as error:
            # A run that continues as new takes its hop along under another name (measured: 1 of 100 lives with many
            # seams). It goes on to the same moment; the next look tells how far it came, and moves it on from there.
            if OVERRIDDEN not in str(error):
                raise


def _unrest(sights: list[Sight]) -> list[str]:
    running = {sight.id for sight in sights}
    unheard = [(sight.id, child) for sight in sights for child in sorted(sight.children - running)]
    return [f"{sight.id}: {', '.join(sight.busy)}" for sight in sights if sight.busy] + [
        f"{parent}: has not yet heard that {child} ended" for parent, child in unheard
    ]


def _matters(sight: Sight) -> str:
    return (
        ", ".join([*sight.busy, *(f"open child {child}" for child in sorted(sight.children))])
        or "nothing open"
    )


def _aware(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise ValueError(f"{when.isoformat()} has no time zone; give the moment in UTC")
    return when.astimezone(UTC)


def _ahead(start_at: datetime) -> timedelta:
    ahead = _aware(start_at) - datetime.now(UTC)
    if ahead < timedelta(0):
        raise ValueError(
            f"virtual time cannot start in the past, at {start_at.isoformat()}; choose a later start"
        )
    return ahead
