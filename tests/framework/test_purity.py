"""The rules are replayed by workflows, so they are pure: standard library, no clock, chance, input or output."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import framework

SOURCES = sorted(Path(framework.__file__).parent.rglob("*.py"))
FORBIDDEN_MODULES = (
    "asyncio",
    "concurrent",
    "contextvars",
    "http",
    "io",
    "locale",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "uuid",
    "zoneinfo",
)
PURE_PARTS = ("urllib.parse",)
FORBIDDEN_CALLS = ("open", "print", "input", "exec", "eval", "hash", "id", "__import__")
CLOCKS = ("now", "today", "utcnow", "fromtimestamp", "localtime")
IN_ORDER = ("sorted", "len", "any", "all", "min", "max", "sum", "frozenset", "set")


def impurities(source: str) -> list[str]:
    """What in a module's source would make a replay differ, with its line."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return [f"{node.lineno}: {what}" for node in ast.walk(tree) for what in _of(node, parents)]  # type: ignore[attr-defined]


def _of(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (f"imports {one.name}" for one in node.names if not _may_import(one.name))
    elif isinstance(node, ast.ImportFrom) and (node.level or not _may_import(node.module or "")):
        yield f"imports {'.' * node.level}{node.module}"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
        yield f"calls {node.func.id}()"
    elif isinstance(node, ast.Attribute) and node.attr in CLOCKS and _on_a_clock(node.value):
        yield f"reads the clock: {node.attr}()"
    elif _is_set(node) and _walked(node, parents):
        yield "walks through a set, whose order differs from process to process"


def _may_import(module: str) -> bool:
    if module in PURE_PARTS:
        return True
    top = module.split(".")[0]
    return top == "framework" or (top in sys.stdlib_module_names and top not in FORBIDDEN_MODULES)


def _on_a_clock(value: ast.expr) -> bool:
    """`datetime.now`, `date.today`, `datetime.datetime.now`: not a field that happens to be called `today`."""
    name = value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else ""
    return name in {"datetime", "date", "time"}


def _is_set(node: ast.AST) -> bool:
    made = (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"set", "frozenset"}
    )
    return made or isinstance(node, ast.Set | ast.SetComp)


def _walked(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    parent = parents[node]
    while isinstance(parent, ast.BinOp):
        node, parent = parent, parents[parent]
    if isinstance(parent, ast.For | ast.comprehension):
        return parent.iter is node
    if isinstance(parent, ast.Starred | ast.YieldFrom):
        return True
    if not isinstance(parent, ast.Call) or node not in parent.args:
        return False
    return not (isinstance(parent.func, ast.Name) and parent.func.id in IN_ORDER)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(SOURCES[0].parent)))
def test_the_rules_are_pure(source: Path) -> None:
    assert impurities(source.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "import os.path",
        "import urllib.request",
        "import pydantic",
        "from time import monotonic",
        "from contracts import names",
        "from . import terms",
        "today = datetime.now(UTC)",
        "today = date.today()",
        "import datetime as d; today = datetime.datetime.utcnow()",
        "text = open('policy.toml').read()",
        "print('granted')",
        "for seat in {'a', 'b'}: pass",
        "for seat in set(seats): pass",
        "names = [name for name in {seat.name for seat in seats}]",
        "names = ', '.join({'a', 'b'})",
        "names = tuple(set(a) | set(b))",
        "names = [*frozenset(seats)]",
    ],
)
def test_the_purity_test_finds_what_it_looks_for(line: str) -> None:
    assert impurities(line)


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import UTC, date",
        "from framework.terms import Role",
        "late = facts.today > due",
        "for seat in sorted(set(seats)): pass",
        "known = seat in {'a', 'b'}",
        "names = sorted({seat.name for seat in seats} - {'a'})",
        "names = ', '.join(sorted({'a', 'b'}))",
        "alone = not any({'a', 'b'})",
    ],
)
def test_the_purity_test_lets_pure_code_pass(line: str) -> None:
    assert impurities(line) == []


def test_every_module_of_the_rules_is_looked_at() -> None:
    names = [source.name for source in SOURCES]
    assert {"cycle.py", "review.py", "decisions.py", "reporting.py"} <= set(names)
