"""What is typed for a country is checked before it is sent, and nothing in it is lost in silence."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.handing_in import id_of
from tests.cli.conftest import Shell


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{not json", "is no JSON"),
        ('{"kind": "pause", "reason": NaN}', "NaN is not part of JSON"),
        ("[]", "cannot be taken"),
        ('{"kind": "song"}', "song"),
        ('{"kind": "pause", "dated": "someday"}', "dated"),
        ('{"kind": "pause", "reasons": "illness"}', "holds what nobody would read: reasons"),
        (
            '{"kind": "roadmap", "priorities": [{"key": "a", "measures": [{"texts": "x"}]}]}',
            "priorities[0].measures[0].texts",
        ),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_with_what_is_wrong(
    shell: Shell, tmp_path: Path, content: str, says: str
) -> None:
    (tmp_path / "it.json").write_text(content)
    said = shell.run("submit", "XAA", "it.json")
    assert (said.code, said.out) == (1, "")
    assert says in said.err


@pytest.mark.parametrize(
    ("options", "says"),
    [(["--id", "GCM-1", "--year", "999999999999"], "2016 to 2200"), (["--id", "x" * 300], "300 characters")],
)
def test_a_decision_that_no_country_would_read_is_not_sent(
    shell: Shell, options: list[str], says: str
) -> None:
    said = shell.run("decide", "XAA", "--kind", "annual_status", *options)
    assert (said.code, said.out) == (1, "")
    assert says in said.err


@pytest.mark.parametrize("role", ["auditor", "operator", "contributor"])
def test_a_role_that_hands_in_nothing_by_the_table_of_access_hands_in_nothing_here(
    shell: Shell, tmp_path: Path, role: str
) -> None:
    (tmp_path / "it.json").write_text('{"kind": "resume"}')
    said = shell.run("submit", "XAA", "it.json", "--by", role)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"The role {role} hands in nothing. Who may: ")


def test_a_submission_may_come_on_stdin(shell: Shell) -> None:
    said = shell.run("submit", "XAA", "-", typed='{"kind": "song"}')
    assert said.err.startswith("What came on stdin cannot be taken:")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["submit", "XAA", "it.json", "--by", "system"], "is no role of people"),
        (["submit", "XAA", "it.json", "--received-on", "28/4/2027"], "write it as 2027-04-28"),
        (["decide", "XAA"], "--kind and --id"),
        (["decide", "XAA", "it.json", "--kind", "grant"], "not both"),
        (["decide", "XAA", "--kind", "grant", "--id", "GCM-1", "--year", "soon"], "--year"),
    ],
)
def test_options_that_make_no_sense_are_a_matter_of_usage(
    shell: Shell, tmp_path: Path, arguments: list[str], says: str
) -> None:
    (tmp_path / "it.json").write_text('{"kind": "pause"}')
    said = shell.run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert says in said.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--kind", "applaud", "--id", "GCM-1"], "kind"),
        (["--kind", "grant", "--id", "GCM-1", "--consensus", "mostly"], "consensus"),
        (["--kind", "grant", "--id", "GCM-1", "--on", "June"], "meeting_on"),
    ],
)
def test_a_decision_that_cannot_be_read_is_not_sent(shell: Shell, options: list[str], says: str) -> None:
    said = shell.run("decide", "XAA", *options)
    assert said.code == 1
    assert said.err.startswith("The decision cannot be taken:")
    assert f"  {says}: " in said.err


def test_the_same_content_on_the_same_day_is_the_same_message() -> None:
    day, content = date(2027, 1, 5), {"kind": "resume", "reason": "elections are over"}
    first = id_of("XAA", content, day)
    assert id_of("XAA", json.loads(json.dumps(content)), day) == first
    others: list[tuple[str, Any, date]] = [
        ("XAB", content, day),
        ("XAA", {**content, "reason": "another"}, day),
        ("XAA", content, date(2027, 1, 6)),
    ]
    assert first not in {id_of(*other) for other in others}
