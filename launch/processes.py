"""Starting and ending one process group of ours."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch import bound_child

LARGEST_LOG_BYTES = 10_000_000
"""A log larger than this is set aside as `<name>.log.1` when its process is started."""


async def start(command: Sequence[str], env: Mapping[str, str], log: Path) -> asyncio.subprocess.Process:
    """Start the command in a process group of its own, bound to the life of this process, writing to the log.

    To be called from the main thread: Linux binds a child to the thread that started it. Raises OSError.
    """
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as stream:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", bound_child.__file__, str(os.getpid())),
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **env},
            start_new_session=True,  # Ctrl-C then reaches the supervisor only, which stops all in order
        )


async def end(process: asyncio.subprocess.Process, patience_seconds: float) -> bool:
    """End the process and its group: politely, and by force after the patience. Whether it went politely."""
    signal_group(process.pid, signal.SIGTERM)
    try:
        async with asyncio.timeout(patience_seconds):
            await process.wait()
        return True
    except TimeoutError:
        return False
    finally:
        signal_group(process.pid, signal.SIGKILL)  # also what the process left behind in its group
        await process.wait()


def signal_group(leader: int, number: signal.Signals) -> None:
    """Send the signal to the process group of that leader, if anything of it is left."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, number)


def last_lines(log: Path, count: int = 15) -> str:
    """The last lines of a log, for a message; empty when there are none."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - 20_000))
            lines = stream.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in lines[-count:])
