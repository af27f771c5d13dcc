"""Runs services and jobs in order, starts again what dies, and stops everything in the opposite order."""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from launch import leftovers, processes
from launch.services import Job, RestartPolicy, Service, Step

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PROBE_SECONDS = 0.1


class GaveUp(Exception):
    """A step failed for good; the message says which, and shows the end of its log."""


class _Stopped(Exception):
    """Somebody asked to stop while a step was under way."""


class Supervisor:
    """One run of a plan: begin its steps one after the other, then keep the services alive until a stop.

    Logs go to `var_dir/log/<name>.log`, records of what runs to `var_dir/run`; `say` is told each event.
    """

    def __init__(
        self,
        plan: Sequence[Step],
        var_dir: Path,
        *,
        say: Callable[[str], None],
        policy: RestartPolicy | None = None,
    ) -> None:
        self._plan = plan
        self._logs = var_dir / "log"
        self._records = var_dir / "run"
        self._say = say
        self._policy = policy or RestartPolicy()
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self._keepers: dict[str, tuple[Service, asyncio.Task[None]]] = {}
        self._end: asyncio.Future[None]

    async def run(self, when_up: Callable[[], None]) -> int:
        """Run the plan until a signal asks to stop (0) or a step fails for good (1), and leave nothing."""
        self._logs.mkdir(parents=True, exist_ok=True)
        loop = asyncio.get_running_loop()
        self._end = loop.create_future()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self._on_signal)
        try:
            return await self._run(when_up)
        finally:
            await self._stop_all()
            for number in _SIGNALS:
                loop.remove_signal_handler(number)

    async def _run(self, when_up: Callable[[], None]) -> int:
        try:
            for step in self._plan:
                await self._unless_ended(self._begin(step))
            when_up()
            await asyncio.shield(self._end)
        except _Stopped:
            return 0
        except GaveUp as reason:
            self._say(str(reason))
            return 1
        return 0

    def _on_signal(self) -> None:
        if not self._end.done():
            self._end.set_result(None)
            self._say("Stopping ... (once more: at once)")
        else:
            self._say("Stopping at once.")
            for process in self._running.values():
                processes.signal_group(process.pid, signal.SIGKILL)

    async def _unless_ended(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work; raise GaveUp or _Stopped as soon as the run ends before the work does."""
        task = asyncio.create_task(work)
        await asyncio.wait({task, self._end}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self._end.result()
        raise _Stopped

    async def _begin(self, step: Step) -> None:
        if isinstance(step, Job):
            await self._do(step)
            return
        started = asyncio.Event()
        keeper = asyncio.create_task(self._keep(step, started))
        keeper.add_done_callback(self._on_keeper_done)
        self._keepers[step.name] = (step, keeper)
        await started.wait()  # a service that nobody can ask is up when its process is there and on record
        await self._wait_until_ready(step)

    def _on_keeper_done(self, keeper: asyncio.Task[None]) -> None:
        """A keeper that breaks (no file handles, disk full) must not leave its service unwatched."""
        if not keeper.cancelled() and (error := keeper.exception()) and not self._end.done():
            self._end.set_exception(GaveUp(f"A service can no longer be kept running: {error!r}"))

    async def _do(self, job: Job) -> None:
        if job.marker is not None and job.marker.exists():
            return
        self._say(f"{job.name} ...")
        process = await self._start(job)
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            await processes.end(process, 2.0)
            raise
        finally:
            self._ended(job.name)
        if code == 0 and job.marker is not None:
            job.marker.write_text("done\n", encoding="ascii")
        if code != 0:
            self._failed(job, code)

    def _failed(self, job: Job, code: int) -> None:
        message = f"{job.name} failed ({_meaning(code)}). {self._see_log(job.name)}"
        if job.needed:
            raise GaveUp(message)
        self._say(message)

    async def _keep(self, service: Service, started: asyncio.Event) -> None:
        """Start the service, again whenever it dies, and end the whole run when it does so too often."""
        deaths: deque[float] = deque()
        clock = asyncio.get_running_loop().time
        while True:
            process = await self._start(service)
            started.set()
            code = await process.wait()
            processes.signal_group(process.pid, signal.SIGKILL)  # what it left behind in its group
            self._ended(service.name)
            deaths.append(clock())
            while deaths[0] < clock() - self._policy.within_seconds:
                deaths.popleft()
            if len(deaths) >= self._policy.deaths:
                self._give_up(service, len(deaths), code)
                return
            delay = self._policy.delay(len(deaths))
            self._say(f"{service.name} ended ({_meaning(code)}); starting it again in {delay:g} s.")
            await asyncio.sleep(delay)

    def _give_up(self, service: Service, deaths: int, code: int) -> None:
        reason = GaveUp(
            f"{service.name} ended {deaths} times within {self._policy.within_seconds:g} s,"
            f" the last time with {_meaning(code)}: stopping everything. {self._see_log(service.name)}"
        )
        if not self._end.done():
            self._end.set_exception(reason)

    async def _wait_until_ready(self, service: Service) -> None:
        if service.ready is None:
            return
        problem: str | None = "it was never asked"
        deadline = asyncio.get_running_loop().time() + service.ready_seconds
        while asyncio.get_running_loop().time() < deadline:
            problem = await service.ready()
            if problem is None:
                return
            await asyncio.sleep(_PROBE_SECONDS)
        raise GaveUp(
            f"{service.name} is not ready after {service.ready_seconds:g} s: {problem}."
            f" {self._see_log(service.name)}"
        )

    async def _start(self, step: Step) -> asyncio.subprocess.Process:
        process = await processes.start(step.command, step.env, self._log_of(step.name))
        self._running[step.name] = process
        leftovers.record(self._records, step.name, process.pid)
        return process

    def _ended(self, name: str) -> None:
        self._running.pop(name, None)
        leftovers.forget(self._records, name)

    async def _stop_all(self) -> None:
        for service, keeper in reversed(self._keepers.values()):
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
            if process := self._running.get(service.name):
                if not await processes.end(process, service.stop_seconds):
                    self._say(
                        f"{service.name} did not stop within {service.stop_seconds:g} s and was killed."
                    )
                self._ended(service.name)
        if self._end.done() and not self._end.cancelled():
            self._end.exception()  # seen, also when a second failure came while stopping

    def _log_of(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def _see_log(self, name: str) -> str:
        log = self._log_of(name)
        return f"The end of {log}:\n{processes.last_lines(log)}"


def _meaning(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
