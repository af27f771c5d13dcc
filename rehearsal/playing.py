"""Plays a script: one event after the other, each on its date; looks at the country wherever something is expected."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from rehearsal import templates
from rehearsal.clock import ClockStuck
from rehearsal.expectations import Difference, differences, shown
from rehearsal.measuring import History, measured
from rehearsal.script import Script, Step
from rehearsal.seen import Seen, look
from rehearsal.sending import Answer, Sender
from rehearsal.stage import Stage, stage
from rehearsal.wanted import Expectation


@dataclass(kw_only=True)
class Played:
    """A whole play. `seen` is the country at the end; None when it never started. `seconds` of wall time."""

    script: Script
    answers: list[Answer]
    differences: list[Difference]
    seen: Seen | None
    ended_at: datetime
    seconds: float
    history: History | None


class CannotPlay(RuntimeError):
    """The play cannot go on; the message says at which line and why."""


async def play(
    script: Script,
    *,
    force_continue_as_new_every: int | None = None,
    at_the_end: Callable[[Stage], Awaitable[None]] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Played:
    """Plays a script on a stage of its own; `force_continue_as_new_every` as in `rehearsal.server`.

    `at_the_end` may look behind the stage before it is taken down. `progress` is told before each event how many of how
    many are played, and the date to which time now passes.

    Raises:
        CannotPlay: time cannot go on, or the script asks something while nobody can answer.
    """
    began = time.monotonic()
    seats = script.scenario.seats if script.scenario.seats is not None else templates.seats()
    async with stage(script.begins, seats, force_continue_as_new_every=force_continue_as_new_every) as on:
        player = _Player(script, on, progress)
        await player.play()
        started = player.sender.started
        if at_the_end is not None:
            await at_the_end(on)
        return Played(
            script=script,
            answers=player.answers,
            differences=player.differences,
            seen=await look(on, script.country) if started else None,
            ended_at=await on.clock.now(),
            seconds=time.monotonic() - began,
            history=await measured(on, script.country) if started else None,
        )


class _Player:
    """Goes through a script and keeps the answers and the differences."""

    def __init__(
        self, script: Script, on: Stage, progress: Callable[[int, int, str], None] | None = None
    ) -> None:
        self.script = script
        self.progress = progress
        self.on = on
        self.sender = Sender(script, on)
        self.answers: list[Answer] = []
        self.differences: list[Difference] = []

    async def play(self) -> None:
        """From the start to the last event."""
        script = self.script
        answer = await self.sender.bring_in()
        self._judge(answer, script.start.expect_refused, None)
        if not self.sender.started:
            return
        await self._rest(script.start_line)
        await self._expect(script.expect, script.start_line)
        for done, step in enumerate(script.steps):
            if self.progress is not None:
                self.progress(done, len(script.steps), f"{step.moment:%Y-%m-%d}")
            await self._take(step)
        if not self.on.working:
            raise CannotPlay("the worker is down at the end; bring it up, so that the country can be seen")
        await self._rest(script.start_line)

    async def _take(self, step: Step) -> None:
        """Lets time pass until the step's moment, does what it says and looks whether all is as expected."""
        if self.on.working:
            await self._pass_time(step)
        elif step.event.submit or step.event.apply is not None or step.expect is not None:
            raise CannotPlay(f"line {step.line}: nobody can answer while the worker is down")
        answer = await self._do(step)
        answer.note = step.event.note
        if self.on.working and (step.event.decide or step.expect is not None):
            await self._rest(step.line)  # otherwise the next step's passing of time waits for it
        if self.on.working and step.event.decide:
            await self.sender.answered(answer)
        self._judge(answer, step.event.expect_refused, step.event.expect_warnings)
        await self._expect(step.expect, step.line)

    async def _do(self, step: Step) -> Answer:
        event = step.event
        if event.submit:
            return await self.sender.submit(step)
        if event.decide:
            return await self.sender.decide(step)
        if event.signal:
            return await self.sender.signal(step)
        if event.apply is not None:
            return await self.sender.apply(step)
        if event.worker in {"down", "restart"}:
            await self.on.stop_worker()
        if event.worker in {"up", "restart"}:
            await self.on.start_worker()
        what = f"worker {event.worker}" if event.worker else "look"
        return Answer(line=step.line, at=step.moment, what=what, answer="done")

    async def _pass_time(self, step: Step) -> None:
        try:
            await self.on.clock.advance_to(step.moment)
        except ClockStuck as error:
            raise CannotPlay(f"line {step.line}: {error}") from error

    async def _rest(self, line: int) -> None:
        try:
            await self.on.clock.settled()
        except ClockStuck as error:
            raise CannotPlay(f"line {line}: {error}") from error

    def _judge(self, answer: Answer, refused: list[str] | bool | None, warned: list[str] | None) -> None:
        self.answers.append(answer)
        given = (
            f"refused: {shown(sorted(set(answer.reasons)))}" if answer.answer == "refused" else answer.answer
        )
        if refused is None and answer.answer in {"refused", "pending"}:
            self._differs(answer, "accepted", given)
        elif refused is not None and answer.answer != "refused":
            self._differs(answer, f"refused: {shown(refused)}", given)
        elif isinstance(refused, list) and set(refused) != set(answer.reasons):
            self._differs(answer, f"refused: {shown(sorted(refused))}", given)
        if warned is not None and set(warned) != set(answer.warnings):
            found = sorted(set(answer.warnings))
            self._differs(answer, f"warnings: {shown(sorted(warned))}", f"warnings: {shown(found)}")

    def _differs(self, answer: Answer, expected: str, found: str) -> None:
        self.differences.append(
            Difference(line=answer.line, at=answer.at, what=answer.what, expected=expected, found=found)
        )

    async def _expect(self, expect: Expectation | None, line: int) -> None:
        if expect is None:
            return
        seen, at = await look(self.on, self.script.country), await self.on.clock.now()
        self.differences += [
            Difference(line=line, at=at, what=what, expected=expected, found=found)
            for what, expected, found in differences(expect, seen)
        ]
