"""One `up` at a time for one var folder, and what an `up` that was cut off left running."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.processes import signal_group

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class AlreadyRunning(Exception):
    """Another `up` uses the same var folder; the message names its process id and how to stop it."""


@contextmanager
def only_one(run_dir: Path) -> Iterator[None]:
    """Hold the folder for this process. The system lets go of it when the process ends, however it ends.

    Raises AlreadyRunning.
    """
    run_dir.mkdir(parents=True, exist_ok=True)
    with (run_dir / "up.lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise AlreadyRunning(
                f"Pathfinder is already up on {run_dir.parent}, as process {holder}."
                f" Stop it by Ctrl-C in its window or by `kill {holder}`,"
                " or start another one with PATHFINDER_VAR_DIR=<folder> and other ports."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def record(run_dir: Path, name: str, pid: int) -> None:
    """Note that the process of this name runs, and since when, so that it can be told from a later one."""
    run_dir.mkdir(parents=True, exist_ok=True)
    file = run_dir / f"{name}.json"
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps({"pid": pid, "since": birth(pid)}), encoding="ascii")
    draft.replace(file)


def forget(run_dir: Path, name: str) -> None:
    """Note that the process of this name has ended."""
    (run_dir / f"{name}.json").unlink(missing_ok=True)


def birth(pid: int) -> str | None:
    """What tells this process from every other that has or had its id; None when no such process is alive."""
    stat = Path(f"/proc/{pid}/stat")
    if _BOOT_ID.exists():
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            return None
        ended = fields[0] in "ZX"
        return None if ended else f"{_BOOT_ID.read_text(encoding='ascii').strip()} {fields[19]}"
    answer = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or None


def end_leftovers(run_dir: Path, say: Callable[[str], None], patience_seconds: float = 10.0) -> None:
    """End every process that an earlier `up` recorded and that is provably still the same one.

    To be called by the holder of `only_one`. A process id that now belongs to somebody else is left alone.
    """
    for file in sorted(run_dir.glob("*.json")):
        try:
            noted = json.loads(file.read_text(encoding="ascii"))
            pid, since = int(noted["pid"]), noted["since"]
        except (ValueError, KeyError, TypeError):
            pid, since = 0, None
        if pid > 0 and since is not None and birth(pid) == since:
            say(f"Ending {file.stem} (process {pid}), left over from a start that was cut off.")
            _end(pid, since, patience_seconds)
        file.unlink()


def _end(pid: int, since: str, patience_seconds: float) -> None:
    signal_group(pid, signal.SIGTERM)
    deadline = time.monotonic() + patience_seconds
    while birth(pid) == since and time.monotonic() < deadline:
        time.sleep(0.05)
    signal_group(pid, signal.SIGKILL)
