"""YAML in which every value knows its line, so that a mistake can be shown where it stands.

The words are those of YAML 1.2: `on`, `off`, `yes` and `no` are texts, `11:59` is one too; dates are dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Path = tuple[str | int, ...]
DEEPEST = 60


class Unreadable(ValueError):
    """A file that cannot be read. `problems` are (line, what is wrong) in the order of lines; line 0: the whole file."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        self.problems = sorted(problems)
        super().__init__("; ".join(f"line {line}: {what}" for line, what in self.problems))


@dataclass
class Sheet:
    """The content of a YAML file, and on which line (from 1) each of its values begins."""

    content: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest one around it that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Loader(yaml.SafeLoader):
    """Reads the simple types of YAML 1.2, and dates; refuses a key that stands twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key in [key for key, _ in node.value if isinstance(key, ScalarNode) and key.value != "<<"]:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"{key.value!r} is given twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _date(loader: yaml.SafeLoader, node: ScalarNode) -> date:
    try:
        return date.fromisoformat(node.value)
    except ValueError as error:
        what = f"{node.value} is not a date: {error}"
        raise yaml.MarkedYAMLError(problem=what, problem_mark=node.start_mark) from error


for _tag, _form, _first in (
    ("bool", "true|false", "tf"),
    ("int", "[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
    ("null", "~|null|", "~n"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
    ("merge", "<<", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), [*_first, ""])
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


def read_yaml(text: str) -> Sheet:
    """The content of one YAML document with its lines.

    Raises:
        Unreadable: it is not YAML, a key stands twice, or a part contains itself.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise Unreadable([(1, "is empty")])
        sheet = Sheet(loader.construct_document(node))
        _walk(node, (), sheet.lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable([(mark.line + 1 if mark else 0, str(error.problem or error.context))]) from error
    except yaml.YAMLError as error:
        raise Unreadable([(0, " ".join(str(error).split()))]) from error
    finally:
        loader.dispose()
    return sheet


def _walk(node: Node, path: Path, lines: dict[Path, int]) -> None:
    if len(path) > DEEPEST:
        raise Unreadable([(node.start_mark.line + 1, f"is nested deeper than {DEEPEST} levels")])
    lines[path] = node.start_mark.line + 1
    if isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            _walk(item, (*path, number), lines)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                raise Unreadable([(key.start_mark.line + 1, "has a key that is not a simple word")])
            _walk(value, (*path, key.value), lines)
            lines[(*path, key.value)] = key.start_mark.line + 1
