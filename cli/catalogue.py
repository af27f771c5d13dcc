"""The framework's clauses beside the tests that show them, read from the sources of a checkout."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from cli.failing import Failed

HERE = Path(__file__).resolve().parent.parent
CATALOGUE = Path("docs") / "framework" / "clauses.yaml"
TESTS = Path("tests")
TO_BE_SHOWN = ("step", "rule")


@dataclass(frozen=True)
class Clause:
    """One clause of the framework with the tests that name it (`tests/file.py::test_name`)."""

    id: str
    kind: str
    who: str
    text: str
    system: str
    tests: tuple[str, ...] = ()

    @property
    def unshown(self) -> bool:
        """A step or rule that no test shows."""
        return self.kind in TO_BE_SHOWN and not self.tests


def clauses(root: Path | None = None) -> list[Clause]:
    """All clauses in the catalogue's order. Raises Failed outside of a checkout and for unknown ids."""
    root = root or HERE
    try:
        listed = yaml.safe_load((root / CATALOGUE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Failed(f"There is no {CATALOGUE} here: `pathfinder clauses` is for a checkout.") from None
    shown = by_clause(root)
    unknown = sorted(set(shown) - {one["id"] for one in listed})
    if unknown:
        named = "; ".join(f"{clause} in {shown[clause][0]}" for clause in unknown)
        raise Failed(f"Tests name clauses that do not exist: {named}.")
    return [
        Clause(
            one["id"], one["kind"], one["who"], one["text"], one["system"], tuple(shown.get(one["id"], ()))
        )
        for one in listed
    ]


def by_clause(root: Path) -> Mapping[str, list[str]]:
    """The tests that carry `pytest.mark.clause`, by clause id."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted((root / TESTS).rglob("test_*.py")):
        name = file.relative_to(root).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"), name)
        for test, ids in _marked(tree.body, (), ""):
            for clause in dict.fromkeys(ids):
                found[clause].append(f"{name}::{test}")
    return found


def _marked(
    body: list[ast.stmt], outer: tuple[str, ...], place: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each test with the ids on itself, on its class and on its module."""
    for statement in body:
        if isinstance(statement, ast.Assign) and any(
            _is_name(one, "pytestmark") for one in statement.targets
        ):
            outer += tuple(_ids(statement.value))
    for statement in body:
        if isinstance(statement, ast.ClassDef) and statement.name.startswith("Test"):
            own = tuple(clause for one in statement.decorator_list for clause in _ids(one))
            yield from _marked(statement.body, outer + own, f"{place}{statement.name}::")
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and statement.name.startswith(
            "test"
        ):
            own = tuple(clause for one in statement.decorator_list for clause in _ids(one))
            yield f"{place}{statement.name}", outer + own


def _ids(node: ast.AST) -> Iterator[str]:
    """The ids in every call of `mark.clause` below a node."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and _is_mark(call.func):
            for argument in call.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _is_mark(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "clause"
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "mark"
    )


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
