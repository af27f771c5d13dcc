"""`pathfinder clauses`: each clause beside the tests that show it."""

import json
from pathlib import Path

import pytest

from cli import catalogue
from cli.failing import Failed
from tests.cli.conftest import Shell

CLAUSES = """
- {id: EOI-01, source: "1", kind: step, who: candidate, text: "Learns.", system: "A task."}
- {id: EOI-02, source: "2", kind: rule, who: system, text: "Must.", system: "A check."}
- {id: EOI-03, source: "3", kind: fact, who: all, text: "Is so.", system: "Shown."}
"""
TESTS = """
import pytest
from pytest import mark

@pytest.mark.clause("EOI-01")
def test_one(): ...

@pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.clause("EOI-02", "EOI-01"))])
async def test_two(n): ...

@pytest.mark.clause("EOI-02")
class TestMany:
    @pytest.mark.clause("EOI-02")
    def test_three(self): ...

@pytest.mark.clause("EOI-03")
def not_a_test(): ...
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout: three clauses and a module of tests."""
    (tmp_path / "docs" / "framework").mkdir(parents=True)
    (tmp_path / "docs" / "framework" / "clauses.yaml").write_text(CLAUSES)
    (tmp_path / "tests" / "deep").mkdir(parents=True)
    (tmp_path / "tests" / "deep" / "test_small.py").write_text(TESTS)
    return tmp_path


def test_tests_are_found_by_their_marks_on_functions_classes_and_parameters(checkout: Path) -> None:
    first, second, third = catalogue.clauses(checkout)
    assert first.tests == ("tests/deep/test_small.py::test_one", "tests/deep/test_small.py::test_two")
    assert second.tests == (
        "tests/deep/test_small.py::test_two",
        "tests/deep/test_small.py::TestMany::test_three",
    )
    assert third.tests == ()
    assert not any(one.unshown for one in (first, second, third))


def test_marks_on_a_whole_module_count_for_each_of_its_tests(checkout: Path) -> None:
    text = 'import pytest\npytestmark = [pytest.mark.clause("EOI-03")]\ndef test_it(): ...\n'
    (checkout / "tests" / "test_module.py").write_text(text)
    assert catalogue.clauses(checkout)[2].tests == ("tests/test_module.py::test_it",)


def test_a_step_or_rule_without_a_test_fails_the_command(
    checkout: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "HERE", checkout)
    assert shell.run("clauses").code == 0
    (checkout / "tests" / "deep" / "test_small.py").write_text(TESTS.replace("EOI-02", "EOI-03"))
    said = shell.run("clauses", "--json")
    assert said.code == 1
    assert "1 steps or rules are shown by no test: EOI-02." in said.err
    assert [one["id"] for one in json.loads(said.out)] == ["EOI-01", "EOI-02", "EOI-03"]


def test_each_clause_is_printed_with_its_tests(
    checkout: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "HERE", checkout)
    lines = shell.run("clauses").out.splitlines()
    assert lines[0] == "EOI-01  step, candidate: Learns."
    assert lines[1] == "    tests/deep/test_small.py::test_one"
    assert lines[-1] == "    (no test)"


def test_a_test_that_names_an_unknown_clause_is_an_error(checkout: Path) -> None:
    (checkout / "tests" / "deep" / "test_small.py").write_text(TESTS.replace("EOI-02", "EOI-20"))
    with pytest.raises(Failed, match=r"EOI-20 in tests/deep/test_small\.py::test_two"):
        catalogue.clauses(checkout)


def test_outside_of_a_checkout_the_command_says_so(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="is for a checkout"):
        catalogue.clauses(tmp_path)


def test_the_packaged_catalogue_is_whole() -> None:
    found = catalogue.clauses()
    assert len(found) == len({one.id for one in found}) == 68
    assert {one.kind for one in found} == {"step", "rule", "fact"}
