"""Small processes that stand in for the real ones, and what is asked about them."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from launch.leftovers import birth

ROOT = Path(__file__).resolve().parents[2]

STAYS = "import signal; print('up', flush=True); signal.pause()"
"""Python source of a service that does nothing but stay."""


def free_ports(count: int) -> list[int]:
    """Different TCP ports on loopback that the system gives, and gives to nobody else for a minute.

    A port that was only asked for and let go may be given to another server before ours takes it. One over which a
    connection was just closed can be taken by whoever names it, but is no longer given to those who ask for any.
    """
    with ExitStack() as open_until_all_are_given:
        return [_given_port(open_until_all_are_given) for _ in range(count)]


def _given_port(stack: ExitStack) -> int:
    listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    caller = stack.enter_context(socket.create_connection(listener.getsockname()))
    answered, _ = listener.accept()
    answered.close()  # the side that closes first keeps the port reserved
    assert caller.recv(1) == b""
    return int(listener.getsockname()[1])


def eventually(holds: Callable[[], Any], seconds: float = 20.0) -> Any:
    """What `holds` returns as soon as it is true; fails when it is not within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := holds():
            return result
        time.sleep(0.02)
    raise AssertionError(f"did not come true within {seconds} s")


def alive(pid: int) -> bool:
    """Whether the process is there and not merely waiting to be collected."""
    return birth(pid) is not None


def recorded_pids(var_dir: Path) -> dict[str, int]:
    """The processes that a supervisor of this folder has noted as running."""
    return {
        file.stem: json.loads(file.read_text(encoding="ascii"))["pid"]
        for file in (var_dir / "run").glob("*.json")
    }


class Output:
    """What a process prints, kept in a file so that it never blocks on a full pipe."""

    def __init__(self, process: subprocess.Popen[bytes], file: Path) -> None:
        self.process, self._file = process, file

    def text(self) -> str:
        """Everything printed so far, to stdout or stderr."""
        return self._file.read_text(encoding="utf-8", errors="replace")

    def shows(self, part: str) -> None:
        """Wait until this was printed; show everything when it is not."""
        try:
            eventually(lambda: part in self.text() or self.process.poll() is not None)
        finally:
            assert part in self.text(), self.text()

    def code(self, seconds: float = 30.0) -> int:
        """The exit code, waited for."""
        return self.process.wait(seconds)


@contextmanager
def process(tmp_path: Path, *arguments: str, **env: str) -> Iterator[Output]:
    """Run Python with these arguments in the project's folder; killed at the end if it is still there."""
    file = tmp_path / f"output-{time.monotonic_ns()}"
    with file.open("wb") as stream:
        started = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=stream,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **env},
        )
    try:
        yield Output(started, file)
    finally:
        started.kill()
        started.wait()


def service(name: str, source: str, **more: Any) -> dict[str, Any]:
    """A service of the plan for `supervisor`: Python source instead of a real command."""
    return {"kind": "Service", "name": name, "command": [sys.executable, "-c", source], **more}


def job(name: str, source: str, **more: Any) -> dict[str, Any]:
    """A job of the plan for `supervisor`."""
    return {"kind": "Job", "name": name, "command": [sys.executable, "-c", source], **more}


@contextmanager
def supervisor(tmp_path: Path, *plan: dict[str, Any], **policy: float) -> Iterator[Output]:
    """A process of its own that supervises this plan, with `tmp_path/var` as its folder."""
    told = json.dumps({"plan": plan, "policy": policy})
    with process(tmp_path, "-m", __name__, told, PATHFINDER_VAR_DIR=str(tmp_path / "var")) as output:
        yield output


def main() -> None:
    """The supervising process of `supervisor`."""
    from launch.services import Job, RestartPolicy, Service, Step
    from launch.up import supervise
    from settings import load_settings

    def never(problem: str) -> Any:
        async def probe() -> str:
            await asyncio.sleep(0)
            return problem

        return probe

    def step(kind: str, command: list[str], **more: Any) -> Step:
        if "never_ready" in more:
            more["ready"] = never(more.pop("never_ready"))
        if "marker" in more:
            more["marker"] = Path(more["marker"])
        made: Step = (Job if kind == "Job" else Service)(command=tuple(command), **more)
        return made

    told = json.loads(sys.argv[1])
    plan = [step(**one) for one in told["plan"]]
    sys.exit(supervise(plan, load_settings(), RestartPolicy(**told["policy"])))


if __name__ == "__main__":
    main()
