"""The targets of the Makefile: listed, careful, and clear about what is missing."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.launch.stand_ins import ROOT

MAKEFILE = ROOT / "Makefile"


def _make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", "--file", str(MAKEFILE), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def test_make_alone_lists_every_target_with_one_line() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    listed = dict(re.findall(r"^  make (\w+) +(\S.*)$", _make().stdout, re.MULTILINE))
    assert set(listed) == set(phony[1].split())
    assert _make("help").stdout == _make().stdout


def test_reset_deletes_nothing_unless_it_is_confirmed(tmp_path: Path) -> None:
    kept = tmp_path / "var" / "pathfinder.db"
    kept.parent.mkdir()
    kept.touch()
    refused = _make("reset", folder=tmp_path)
    assert refused.returncode != 0
    assert "make reset CONFIRM=1" in refused.stderr
    assert kept.exists()
    assert _make("reset", "CONFIRM=1", folder=tmp_path).returncode == 0
    assert not kept.exists()


def test_clean_keeps_what_was_recorded(tmp_path: Path) -> None:
    for name in ("var/pathfinder.db", ".venv/x", ".mypy_cache/x", "room/__pycache__/x"):
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.touch()
    assert _make("clean", folder=tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["room", "var"]
    assert (tmp_path / "var" / "pathfinder.db").exists()
    assert list((tmp_path / "room").iterdir()) == []


def test_a_machine_without_a_new_enough_python_is_told_so(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    old.chmod(0o755)
    command = [
        "sh",
        str(ROOT / "deploy" / "make-venv.sh"),
        str(tmp_path / "venv"),
        str(old),
        "no-such-python",
    ]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "Pathfinder needs Python 3.11 or later" in refused.stderr
    assert not (tmp_path / "venv").exists()


def test_the_continuous_check_is_make_test() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec make test"
