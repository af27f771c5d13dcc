"""The shipped scenarios go as they say; together they send every message that there is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from framework.terms import DecisionKind
from rehearsal.script import Script, read_script
from rehearsal.templates import RECORDS

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))


def scripts() -> list[Script]:
    """All shipped scenarios."""
    return [read_script(file.read_text(encoding="utf-8")) for file in FILES]


def test_every_kind_of_submission_occurs_and_is_accepted_somewhere() -> None:
    accepted = {
        step.event.submit
        for script in scripts()
        for step in script.steps
        if step.event.submit and step.event.expect_refused is None
    }
    assert accepted == set(RECORDS)


@pytest.mark.parametrize("refused", [False, True])
def test_every_kind_of_decision_occurs_accepted_and_refused(refused: bool) -> None:
    kinds = {
        step.event.decide
        for script in scripts()
        for step in script.steps
        if step.event.decide and (step.event.expect_refused is not None) is refused
    }
    assert kinds == set(DecisionKind)


def test_every_scenario_is_played_by_exactly_one_journey() -> None:
    played = [
        str(call.args[0].value)
        for file in sorted((ROOT / "tests" / "journeys").glob("test_*.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "lives_as_expected"
        and isinstance(call.args[0], ast.Constant)
    ]
    assert sorted(played) == [file.stem for file in FILES]


def test_every_scenario_uses_an_invented_country_and_says_what_it_is_about() -> None:
    for file, script in zip(FILES, scripts(), strict=True):
        assert script.country.startswith("X"), file.name
        assert script.about, file.name
        assert script.steps, file.name


def test_every_scenario_expects_something() -> None:
    for file, script in zip(FILES, scripts(), strict=True):
        expected = [step for step in script.steps if step.expect is not None]
        assert expected, f"{file.name} expects nothing and therefore shows nothing"
