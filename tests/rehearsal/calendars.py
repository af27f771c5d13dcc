"""Small workflows with dates in them, to see whether the clock keeps them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio import activity, workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError
from temporalio.workflow import ParentClosePolicy

SHORT = timedelta(seconds=10)
DAYS = [(1, 31), (3, 1), (5, 31), (6, 1), (12, 31)]


@dataclass
class Diary:
    """What a year-keeper carries from run to run: `moments` are (what, workflow time)."""

    year: int
    until: int
    done: int = 0
    opening: bool = False
    runs: int = 1
    moments: list[tuple[str, datetime]] = field(default_factory=list)


@activity.defn
async def stamp(label: str) -> str:
    """Give the label back: an activity between two timers."""
    return label


@activity.defn
async def post(key: str) -> None:
    """Start a workflow from inside an activity."""
    await activity.client().start_workflow(
        "letter", id=f"letter-{key}", task_queue=activity.info().task_queue
    )


@activity.defn
async def fail_twice() -> int:
    """Succeed at the third attempt, and say so."""
    if activity.info().attempt < 3:
        raise ApplicationError("the post office is closed")
    return activity.info().attempt


@workflow.defn(name="letter")
class Letter:
    """Says when it was started."""

    @workflow.run
    async def run(self) -> datetime:
        """One task."""
        return workflow.now()


@workflow.defn(name="talk")
class Talk:
    """Waits forty days for an answer, then tells its year-keeper when it ended."""

    @workflow.init
    def __init__(self, keeper: str) -> None:
        self.answer = ""

    @workflow.run
    async def run(self, keeper: str) -> None:
        """From its opening to its end."""
        try:
            await workflow.wait_condition(lambda: bool(self.answer), timeout=timedelta(days=40))
        except TimeoutError:
            self.answer = "silence"
        await workflow.get_external_workflow_handle(keeper).signal(
            "heard", args=[self.answer, workflow.now()]
        )

    @workflow.signal
    def reply(self, answer: str) -> None:
        """The answer."""
        self.answer = answer


@workflow.defn(name="keeper")
class YearKeeper:
    """Wakes on five days a year, works, opens a talk at the year's end, continues as new whenever suggested."""

    @workflow.init
    def __init__(self, diary: Diary) -> None:
        self.diary = diary

    @workflow.run
    async def run(self, diary: Diary) -> None:
        """One run; the last one ends after the year `until`."""
        if self.diary.opening:
            await self._open_talk()
            self._next_run()
        while self.diary.year <= self.diary.until:
            await self._keep(*DAYS[self.diary.done])
            if self.diary.done == len(DAYS):
                self.diary.opening = True
            if self.diary.opening or workflow.info().is_continue_as_new_suggested():
                self._next_run()
        await workflow.wait_condition(lambda: False)

    async def _keep(self, month: int, day: int) -> None:
        due = datetime(self.diary.year, month, day, tzinfo=UTC)
        if due > workflow.now():
            await workflow.sleep(due - workflow.now())
        self.diary.moments.append((f"{due:%F}", workflow.now()))
        labels = [f"{due:%F}-{number}" for number in range(3)]
        await asyncio.gather(
            *[workflow.execute_activity(stamp, label, start_to_close_timeout=SHORT) for label in labels]
        )
        await workflow.execute_activity(
            post, f"{workflow.info().workflow_id}-{due:%F}", start_to_close_timeout=SHORT
        )
        self.diary.done += 1

    async def _open_talk(self) -> None:
        name = f"talk-{workflow.info().workflow_id}-{self.diary.year}"
        self.diary.opening, self.diary.done = False, 0
        self.diary.year += 1
        await workflow.start_child_workflow(
            Talk.run, workflow.info().workflow_id, id=name, parent_close_policy=ParentClosePolicy.ABANDON
        )

    def _next_run(self) -> None:
        self.diary.runs += 1
        workflow.continue_as_new(self.diary)

    @workflow.signal
    def heard(self, answer: str, said: datetime) -> None:
        """A talk ended at `said`."""
        self.diary.moments.append((f"{answer} {said:%F}", workflow.now()))

    @workflow.signal
    def note(self, text: str) -> None:
        """Something from outside."""
        self.diary.moments.append((text, workflow.now()))

    @workflow.update
    def ask(self, text: str) -> datetime:
        """Something from outside that wants to know the time."""
        self.diary.moments.append((text, workflow.now()))
        return workflow.now()

    @workflow.query
    def read(self) -> Diary:
        """The diary as it stands."""
        return self.diary


@workflow.defn(name="patient")
class Patient:
    """Tries an activity hourly, and says when it started and succeeded."""

    @workflow.run
    async def run(self) -> list[datetime]:
        """Two failures, one success."""
        began = workflow.now()
        await workflow.execute_activity(
            fail_twice,
            start_to_close_timeout=SHORT,
            retry_policy=RetryPolicy(initial_interval=timedelta(hours=1), backoff_coefficient=1),
        )
        return [began, workflow.now()]


@workflow.defn(name="clinger")
class Clinger:
    """Waits for its child in the run that opened it, which stops its time."""

    @workflow.run
    async def run(self) -> None:
        """As long as the child."""
        await workflow.execute_child_workflow(Talk.run, workflow.info().workflow_id, id="clung-to")


@workflow.defn(name="wedged")
class Wedged:
    """Its task fails for ever after a day."""

    @workflow.run
    async def run(self) -> None:
        """A day, then a fault in the code."""
        await workflow.sleep(timedelta(days=1))
        raise ValueError("a fault in the code")


WORKFLOWS: list[type] = [YearKeeper, Talk, Letter, Patient, Clinger, Wedged]
ACTIVITIES: list[Callable[..., Any]] = [stamp, post, fail_twice]
