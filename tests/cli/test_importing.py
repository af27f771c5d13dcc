"""`pathfinder import`: what is wrong is told by row and column, and a dry run needs no server."""

import json
from pathlib import Path

from tests.cli.conftest import Shell
from tests.portfolio.papers import ACTIVE, CANDIDATE, paper

SAMPLE = Path(__file__).parents[2] / "samples" / "alliance.csv"


def test_a_dry_run_of_the_sample_finds_nothing_wrong_also_without_a_server(shell: Shell) -> None:
    said = shell.run("import", "--dry-run", SAMPLE)
    assert said.code == 0
    assert "XAF   Fennmark" in said.out
    assert "Nothing is wrong. 15 would be started; nothing was." in said.err
    assert "was not compared with the countries that run" in said.err


def test_an_import_without_a_server_starts_nothing_and_says_so(shell: Shell) -> None:
    said = shell.run("import", SAMPLE)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("No Temporal server answers")


def test_every_error_is_told_by_row_and_column(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "portfolio.csv"
    file.write_text(paper([CANDIDATE | {"ministry": ""}, ACTIVE | {"granted_on": "soon"}]))
    said = shell.run("import", file)
    assert (said.code, said.out) == (1, "")
    lines = said.err.splitlines()
    assert lines[0] == "row 2, column ministry: is blank; every country needs it"
    assert lines[1].startswith("row 3, column granted_on: 'soon' is no date")
    assert lines[-1] == "Nothing was started: 2 errors to mend."


def test_errors_come_as_json_too(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "portfolio.csv"
    file.write_text(paper([CANDIDATE | {"ministry": ""}]))
    said = shell.run("import", "--json", file)
    assert said.code == 1
    answer = json.loads(said.out)
    assert answer["countries"] == []
    assert [(one["row"], one["column"]) for one in answer["errors"]] == [(2, "ministry")]


def test_a_dry_run_answers_in_json(shell: Shell) -> None:
    answer = json.loads(shell.run("import", "--dry-run", "--json", SAMPLE).out)
    assert answer["dry_run"] is True
    assert {one["fate"] for one in answer["countries"]} == {"new"}


def test_samples_can_be_switched_off(shell: Shell) -> None:
    shell.environment["PATHFINDER_SAMPLES_ALLOWED"] = "false"
    said = shell.run("import", "--dry-run", SAMPLE)
    assert said.code == 1
    assert "row 2, column code: XAA is an invented country; this installation accepts none" in said.err
