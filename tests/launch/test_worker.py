"""The worker as it starts: what it loads beside the first countries, and when."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BESIDE_A_WORKFLOW = """
import sys
import threading

from temporalio.worker.workflow_sandbox import _importer

{first}
from settings import Settings

in_the_sandbox, done = threading.Event(), threading.Event()


def workflow():
    with _importer._thread_local_sys_modules.applied(sys, "modules", {{"sys": sys}}):
        in_the_sandbox.set()
        done.wait()


thread = threading.Thread(target=workflow)
thread.start()
in_the_sandbox.wait()
try:
    assert type(sys.modules) is not dict, "the sandbox leaves sys.modules alone: this test shows nothing any more"
    {then}
finally:
    done.set()
    thread.join()
"""


def _python(first: str, then: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BESIDE_A_WORKFLOW.format(first=first, then=then)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATHFINDER_VAR_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_what_effects_need_can_be_loaded_while_a_workflow_is_in_its_sandbox(tmp_path: Path) -> None:
    ended = _python("import worker", "worker.load_effects(Settings(), None)", tmp_path)

    assert ended.returncode == 0, ended.stderr


def test_without_what_the_worker_loads_first_it_could_not_be(tmp_path: Path) -> None:
    ended = _python("", "import correspondence.message", tmp_path)

    assert "SystemError" in ended.stderr
