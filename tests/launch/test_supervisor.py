"""The supervisor: what it starts stays up, and nothing of it outlives it."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.launch.stand_ins import (
    STAYS,
    Output,
    alive,
    eventually,
    job,
    process,
    recorded_pids,
    service,
    supervisor,
)

UP = "Pathfinder is up."


def _says_goodbye(name: str, file: Path) -> str:
    """Source of a service that notes its name when it is told to stop, a moment later."""
    return (
        "import signal, sys, time\n"
        "def stop(*_):\n"
        f"    time.sleep(0.2); open({str(file)!r}, 'a').write({name!r} + ' '); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        "print('up', flush=True)\n"
        "while True: signal.pause()\n"
    )


def _is_up_with(output: Output, tmp_path: Path, *names: str) -> dict[str, int]:
    output.shows(UP)
    logs = [tmp_path / "var" / "log" / f"{name}.log" for name in names]
    eventually(lambda: all(log.exists() and "up" in log.read_text(encoding="utf-8") for log in logs))
    return recorded_pids(tmp_path / "var")


def test_a_service_that_dies_is_started_again(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    source = (
        f"import os, signal; file = open({str(lives)!r}, 'a+'); file.seek(0); first = not file.read()\n"
        "print(os.getpid(), file=file, flush=True)\n"
        "os._exit(3) if first else signal.pause()\n"
    )
    with supervisor(tmp_path, service("worker", source), first_delay=0.1) as output:
        output.shows("worker ended (exit code 3); starting it again in 0.1 s.")
        first, second = eventually(lambda: len(pids := lives.read_text().split()) == 2 and pids)
        assert not alive(int(first))
        assert alive(int(second))
        output.process.send_signal(signal.SIGTERM)
        assert output.code() == 0
        assert not alive(int(second))


def test_a_service_that_keeps_dying_stops_everything_and_shows_the_end_of_its_log(tmp_path: Path) -> None:
    dies = service("worker", "import sys; sys.exit('no such database')")
    with supervisor(tmp_path, service("api", STAYS), dies, deaths=3, first_delay=0.05) as output:
        assert output.code() == 1
        text = output.text()
    assert "worker ended 3 times within 60 s, the last time with exit code 1: stopping everything" in text
    assert "    no such database" in text
    assert recorded_pids(tmp_path / "var") == {}


def test_a_program_that_does_not_exist_is_reported_and_stops_everything(tmp_path: Path) -> None:
    missing = {"kind": "Service", "name": "temporal", "command": ["no-such-program"]}
    with supervisor(tmp_path, missing, deaths=2, first_delay=0.05) as output:
        assert output.code() == 1
        assert "no-such-program" in output.text() or "FileNotFoundError" in output.text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_in_the_opposite_order_and_leaves_no_process(
    tmp_path: Path, number: signal.Signals
) -> None:
    order = tmp_path / "order"
    names = ("temporal", "mailbox", "worker", "api")
    with supervisor(tmp_path, *(service(name, _says_goodbye(name, order)) for name in names)) as output:
        pids = _is_up_with(output, tmp_path, *names)
        output.process.send_signal(number)
        assert output.code() == 0, output.text()
    assert order.read_text().split() == ["api", "worker", "mailbox", "temporal"]
    assert set(pids) == set(names)
    assert not [name for name, pid in pids.items() if alive(pid)]
    assert recorded_pids(tmp_path / "var") == {}


def test_a_service_that_ignores_the_signal_is_killed_after_its_patience(tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\n"
    stays_deaf = deaf + "while True: signal.pause()"
    with supervisor(tmp_path, service("worker", stays_deaf, stop_seconds=0.3)) as output:
        pids = _is_up_with(output, tmp_path, "worker")
        output.process.send_signal(signal.SIGINT)
        assert output.code(10) == 0
        assert "worker did not stop within 0.3 s and was killed." in output.text()
    assert not alive(pids["worker"])


def test_killing_the_supervisor_by_force_leaves_no_process(tmp_path: Path) -> None:
    with supervisor(tmp_path, service("temporal", STAYS), service("worker", STAYS)) as output:
        pids = _is_up_with(output, tmp_path, "temporal", "worker")
        assert all(map(alive, pids.values()))
        output.process.kill()
        output.code()
        eventually(lambda: not any(map(alive, pids.values())), seconds=5)
    with supervisor(tmp_path, service("worker", STAYS)) as again:
        assert _is_up_with(again, tmp_path, "worker").keys() >= {"worker"}


def test_the_grandchildren_of_a_stopped_service_are_ended_too(tmp_path: Path) -> None:
    child = tmp_path / "child"
    source = (
        "import signal, subprocess, sys\n"
        f"started = subprocess.Popen([sys.executable, '-c', {STAYS!r}])\n"
        f"open({str(child)!r}, 'w').write(str(started.pid)); print('up', flush=True); signal.pause()\n"
    )
    with supervisor(tmp_path, service("worker", source)) as output:
        _is_up_with(output, tmp_path, "worker")
        output.process.send_signal(signal.SIGINT)
        assert output.code() == 0
    eventually(lambda: not alive(int(child.read_text())), seconds=5)


def test_a_service_that_never_answers_stops_everything_and_says_what_it_answered(tmp_path: Path) -> None:
    silent = service("api", STAYS, never_ready="status 503: the database is down", ready_seconds=0.3)
    with supervisor(tmp_path, service("worker", STAYS), silent) as output:
        assert output.code() == 1
        assert "api is not ready after 0.3 s: status 503: the database is down." in output.text()
        assert UP not in output.text()
    assert recorded_pids(tmp_path / "var") == {}


def test_a_job_that_fails_stops_everything_before_the_next_step(tmp_path: Path) -> None:
    fails = job("migrate", "import sys; sys.exit('revision unknown')")
    with supervisor(tmp_path, service("temporal", STAYS), fails, service("worker", STAYS)) as output:
        assert output.code() == 1
        assert "migrate failed (exit code 1)." in output.text()
        assert "    revision unknown" in output.text()
    assert not (tmp_path / "var" / "log" / "worker.log").exists()


def test_a_job_that_is_not_needed_may_fail_and_is_tried_again_at_the_next_start(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    fails = job("sample", "import sys; sys.exit('row 3')", needed=False, marker=str(marker))
    with supervisor(tmp_path, fails, service("worker", STAYS)) as output:
        output.shows("sample failed (exit code 1).")
        output.shows(UP)
    assert not marker.exists()


def test_a_job_with_a_marker_runs_once(tmp_path: Path) -> None:
    marker, runs = tmp_path / "marker", tmp_path / "runs"
    counts = job("sample", f"open({str(runs)!r}, 'a').write('x')", marker=str(marker))
    for _ in range(2):
        with supervisor(tmp_path, counts) as output:
            output.shows(UP)
            output.process.send_signal(signal.SIGINT)
            assert output.code() == 0
    assert runs.read_text() == "x"


def test_ctrl_c_during_a_job_ends_the_job(tmp_path: Path) -> None:
    waiting = job("migrate", STAYS)
    with supervisor(tmp_path, service("temporal", STAYS), waiting) as output:
        output.shows("migrate ...")
        pids = eventually(lambda: "migrate" in (pids := recorded_pids(tmp_path / "var")) and pids)
        began = time.monotonic()
        output.process.send_signal(signal.SIGINT)
        assert output.code() == 0
        assert time.monotonic() - began < 8
    assert not any(map(alive, pids.values()))


def test_a_second_signal_stops_at_once(tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\n"
    stays_deaf = deaf + "while True: signal.pause()"
    with supervisor(tmp_path, service("worker", stays_deaf, stop_seconds=60)) as output:
        pids = _is_up_with(output, tmp_path, "worker")
        output.process.send_signal(signal.SIGINT)
        output.shows("Stopping ...")
        output.process.send_signal(signal.SIGINT)
        assert output.code() == 0
        assert "Stopping at once." in output.text()
    assert not alive(pids["worker"])


def test_a_child_whose_parent_died_before_it_began_does_not_begin(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    command = (sys.executable, "-c", f"open({str(touched)!r}, 'w')")
    with process(tmp_path, "launch/bound_child.py", "1", *command) as output:
        assert output.code() == 1
        assert "The supervisor ended before this process began." in output.text()
    assert not touched.exists()
