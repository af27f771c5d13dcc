"""`pathfinder rehearse` by its exit codes and what it prints where."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from rehearsal.command import run

SCENARIO = """
scenario: A late activity
about: The activities of the year come after their deadline.
start: {on: 2028-03-01, import: }
events:
  - {on: 2028-04-01 12:01, expect: {tasks: {annual_activities-2028: late}}}
  - {on: 2028-04-02, submit: annual_activities, with: {activities: []}, expect_refused: [annual_activities.empty]}
  - {on: 2028-04-03, submit: annual_activities, expect: {tasks: {annual_activities-2028: done}}}
  - {on: 2028-04-04, decide: grant, id: again, expect_refused: true}
"""


def file(folder: Path, text: str) -> Path:
    """A scenario file."""
    path = folder / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.clause("REP-07")
def test_a_play_as_expected_prints_timeline_mails_and_end_and_ends_with_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(file(tmp_path, SCENARIO), as_json=False)
    printed = capsys.readouterr()
    assert code == 0, printed
    lines = printed.out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == [
        "A late activity · XAA",
        "Events",
        "Timeline",
        "Mails that would go out",
        "At the end, on 2028-04-04 14:00",
        lines[-1],
    ]
    assert lines[-1].startswith("as expected (")
    assert (
        "  2028-04-02 14:00  annual_activities by Mara Velt (focal_point): refused: annual_activities.empty"
        in lines
    )
    assert (
        "  2028-03-24 08:00  reminder [annual_activities-2028] to Mara Velt <mara.velt@labour.example>"
        in lines
    )
    assert any(line.endswith("task_late [annual_activities-2028] PLN-12 by pathfinder") for line in lines)
    assert printed.err == ""


def test_at_a_terminal_it_says_how_far_it_is_and_the_data_stays_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for name in ("TERM", "FORCE_COLOR"):
        monkeypatch.setenv(name, "xterm" if name == "TERM" else "1")
    assert run(file(tmp_path, SCENARIO), as_json=True) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["passed"] is True
    assert "Rehearsing XAA: 2028-04-0" in printed.err


def test_json_says_the_same_as_one_structure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file(tmp_path, SCENARIO), as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["passed"] is True
    assert [event["answer"] for event in told["events"]] == [
        "started",
        "done",
        "refused",
        "accepted",
        "refused",
    ]
    assert told["end"]["country"]["status"] == "active"
    assert {mail["to_email"] for mail in told["mails"]} >= {"mara.velt@labour.example"}
    assert [entry["number"] for entry in told["timeline"]] == list(range(1, len(told["timeline"]) + 1))
    assert told["history"]["events"] > 0


def test_a_difference_is_printed_with_its_line_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = SCENARIO.replace("annual_activities-2028: done", "annual_activities-2028: waived").replace(
        ", expect_refused: true", ""
    )
    assert run(file(tmp_path, wrong), as_json=False) == 1
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("Differences")
    assert lines[at + 1] == ("  line 8, 2028-04-03: task annual_activities-2028: expected waived, found done")
    assert lines[at + 2].startswith(
        "  line 9, 2028-04-04: decision grant: expected accepted, found refused: "
    )
    assert lines[-1].startswith("2 differences (")


def test_differences_are_in_the_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = SCENARIO.replace("expect_refused: [annual_activities.empty]", "expect_refused: [activity.untied]")
    assert run(file(tmp_path, wrong), as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["passed"] is False
    [difference] = told["differences"]
    assert difference["line"] == 7
    assert difference["found"] == "refused: annual_activities.empty"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            SCENARIO.replace("submit: annual", "submit: anual"),
            ":7: there is no submission 'anual_activities'",
        ),
        (SCENARIO.replace("2028-03-01", "2018-03-01"), "line 4: virtual time cannot start in the past"),
        ("scenario: [", ":1: "),
    ],
)
def test_what_cannot_be_read_is_told_on_standard_error_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    assert run(file(tmp_path, text), as_json=False) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert printed.out == ""


def test_a_file_that_is_not_there_or_not_text_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "none.yaml", as_json=False) == 2
    assert "none.yaml: cannot be read: No such file" in capsys.readouterr().err
    broken = tmp_path / "broken.yaml"
    broken.write_bytes(b"\xff\xfe\x00")
    assert run(broken, as_json=False) == 2
    assert "broken.yaml: is not UTF-8 text" in capsys.readouterr().err


def test_an_expectation_while_nobody_can_answer_ends_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SCENARIO.replace("events:\n", "events:\n  - {on: 2028-03-02, worker: down}\n")
    assert run(file(tmp_path, text), as_json=False) == 3
    assert "line 7: nobody can answer while the worker is down" in capsys.readouterr().err


@pytest.mark.clause("EOI-02", "EOI-03", "GEN-01")
def test_an_expression_of_interest_that_is_not_complete_starts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "scenario: No focal point\nabout: It is refused.\n"
        "start: {on: 2028-01-10, apply: {focal_point: null, minister: ''}, "
        "expect_refused: [eoi.focal_point.missing, eoi.minister.missing]}\n"
        "events: [{on: +1d, submit: roadmap}]\n"
    )
    assert run(file(tmp_path, text), as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["timeline"] == []
    assert told["end"] is None
