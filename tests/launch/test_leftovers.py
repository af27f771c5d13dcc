"""One `up` per folder, and what an earlier one left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.leftovers import birth, end_leftovers, record
from tests.launch.stand_ins import STAYS, eventually, process, service, supervisor


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own that nobody supervises."""
    with subprocess.Popen([sys.executable, "-c", STAYS], start_new_session=True) as started:
        yield started
        started.kill()


def test_a_living_leftover_that_is_provably_ours_is_ended_and_named(
    tmp_path: Path, stranger: subprocess.Popen[bytes]
) -> None:
    said: list[str] = []
    record(tmp_path, "worker", stranger.pid)
    end_leftovers(tmp_path, said.append)
    assert stranger.wait(5) != 0
    assert said == [f"Ending worker (process {stranger.pid}), left over from a start that was cut off."]
    assert list(tmp_path.glob("*.json")) == []


def test_a_process_that_only_has_the_number_of_a_leftover_is_left_alone(
    tmp_path: Path, stranger: subprocess.Popen[bytes]
) -> None:
    said: list[str] = []
    record(tmp_path, "worker", stranger.pid)
    noted = json.loads((tmp_path / "worker.json").read_text())
    (tmp_path / "worker.json").write_text(json.dumps({**noted, "since": "another life"}))
    end_leftovers(tmp_path, said.append)
    assert stranger.poll() is None
    assert said == []
    assert not (tmp_path / "worker.json").exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 0, "since": null}', '{"pid": -1, "since": "x"}'])
def test_a_record_that_was_cut_off_is_dropped(tmp_path: Path, content: str) -> None:
    (tmp_path / "worker.json").write_text(content)
    end_leftovers(tmp_path, pytest.fail)
    assert not (tmp_path / "worker.json").exists()


def test_a_process_that_has_ended_has_no_birth() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        eventually(lambda: birth(ended.pid) is None)
    assert birth(os.getpid()) is not None


HOLDS = (
    "import signal; from launch.leftovers import only_one; from settings import load_settings\n"
    "with only_one(load_settings().var_dir / 'run'): print('holding', flush=True); signal.pause()\n"
)
STARTS = (
    "import sys; from launch.up import run; from settings import load_settings\n"
    "sys.exit(run(load_settings()))\n"
)


def test_a_second_start_on_the_same_folder_names_the_first_and_touches_nothing(tmp_path: Path) -> None:
    var = str(tmp_path / "var")
    with process(tmp_path, "-c", HOLDS, PATHFINDER_VAR_DIR=var) as holder:
        holder.shows("holding")
        with process(tmp_path, "-c", STARTS, PATHFINDER_VAR_DIR=var) as refused:
            assert refused.code() == 2
            assert f"already up on {var}, as process {holder.process.pid}" in refused.text()
            assert f"`kill {holder.process.pid}`" in refused.text()
    assert not (tmp_path / "var" / "log").exists()


def test_the_folder_is_free_again_after_the_holder_was_killed(tmp_path: Path) -> None:
    for _ in range(2):
        with process(tmp_path, "-c", HOLDS, PATHFINDER_VAR_DIR=str(tmp_path / "var")) as holder:
            holder.shows("holding")
            holder.process.kill()
            assert holder.code() == -9


def test_a_supervised_process_is_on_record_while_it_runs(tmp_path: Path) -> None:
    with supervisor(tmp_path, service("worker", STAYS)) as output:
        output.shows("Pathfinder is up.")
        noted = json.loads((tmp_path / "var" / "run" / "worker.json").read_text())
        assert noted["since"] == birth(noted["pid"])
