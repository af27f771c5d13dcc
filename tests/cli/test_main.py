"""The command as a whole: quick to help, plain about what goes wrong, with exit codes for scripts."""

import subprocess
import sys
from pathlib import Path

import pytest

from cli.failing import sentence_of
from cli.main import run
from tests.cli.conftest import Shell

ROOT = Path(__file__).parents[2]
HEAVY = ("temporalio", "sqlalchemy", "fastapi", "pydantic", "babel", "yaml", "rich.progress")
COMMANDS = (
    *("country", "calendar", "submit", "decide", "import", "rehearse", "clauses", "rebuild"),
    *("up", "api", "worker", "mailbox", "migrate", "prepare-namespace", "bring-back", "token"),
)


def test_help_names_every_command(shell: Shell) -> None:
    said = shell.run("--help")
    assert said.code == 0
    assert all(name in said.out for name in COMMANDS)
    parts = shell.run("country", "--help")
    assert all(name in parts.out for name in ("list", "show", "timeline", "why", "register"))
    parts = shell.run("calendar", "--help")
    assert all(name in parts.out for name in ("new", "list", "revoke"))


def test_help_loads_nothing_heavy() -> None:
    code = (
        f"import sys, cli.main; cli.main.run(['--help']); print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_process_ends_with_the_code_of_the_command_and_flushes_what_it_said() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "submit", "XAA", "nowhere.json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "nowhere.json: No such file or directory\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["nonsense"], 2),
        (["token"], 2),
        (["country", "show"], 2),
        (["import", "nowhere.csv"], 1),
    ],
)
def test_exit_codes_are_0_done_1_failed_2_usage(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    assert "Traceback" not in capsys.readouterr().err


def test_a_server_that_does_not_answer_is_told_in_a_sentence(shell: Shell) -> None:
    said = shell.run("decide", "XAA", "--kind", "grant", "--id", "GCM-1")
    assert (said.code, said.out) == (1, "")
    advice = "start one with `pathfinder up`, or set TEMPORAL_ADDRESS."
    assert said.err == f"No Temporal server answers at 127.0.0.1:1; {advice}\n"


def test_settings_that_cannot_be_used_are_told_in_a_sentence(shell: Shell) -> None:
    shell.environment["PATHFINDER_DATABASE_URL"] = "mysql://somewhere"
    said = shell.run("country", "list")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "write sqlite+aiosqlite:///path or postgresql+psycopg://" in said.err


def test_a_database_without_tables_is_told_in_a_sentence(shell: Shell) -> None:
    said = shell.run("country", "list")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "was `pathfinder migrate` run?" in said.err


def test_what_nobody_foresaw_is_still_one_sentence() -> None:
    assert sentence_of(KeyError("boom\nmore")) == (
        "This failed in a way that nobody foresaw: KeyError: 'boom\\nmore' (PATHFINDER_DEBUG=1 shows where)"
    )


def test_the_traceback_is_shown_to_whoever_asks_for_it(shell: Shell) -> None:
    shell.environment["PATHFINDER_DEBUG"] = "1"
    said = shell.run("import", "nowhere.csv")
    assert "nowhere.csv: No such file or directory" in said.err
    assert "Traceback" in said.err


@pytest.mark.parametrize("command", [["worker"], ["rebuild"], ["import", "sample.csv"]])
def test_commands_that_need_a_server_say_that_there_is_none(
    shell: Shell, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "sample.csv").write_text((ROOT / "samples" / "alliance.csv").read_text(encoding="utf-8"))
    said = shell.run(*command)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("No Temporal server answers at 127.0.0.1:1;")
