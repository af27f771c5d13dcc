"""The ready-made submissions, decisions and starts of `templates.yaml`, complete but for what a scenario overwrites."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, get_args

from framework.records import Submission
from framework.terms import Role
from rehearsal.yaml_lines import read_yaml
from storage.directory import SeatHolder

RECORDS: dict[str, type] = {record.kind: record for record in get_args(Submission)}
"""The record of each kind of submission."""

COMPLETE = "complete"


class NoTemplate(ValueError):
    """There is no ready-made one of that name; the message names those that there are."""


def submission(kind: str, use: str = "") -> dict[str, Any]:
    """A ready-made submission with its kind; `use: nothing` is one with no content. Raises NoTemplate."""
    if kind not in RECORDS:
        raise NoTemplate(f"there is no submission {kind!r}; there are {', '.join(RECORDS)}")
    return {**_pick(_file()["submissions"][kind], use or COMPLETE, f"submission {kind}"), "kind": kind}


def decision(kind: str, use: str = "") -> dict[str, Any]:
    """A ready-made GCM decision with its kind. Raises NoTemplate."""
    return {**_pick(_file()["decisions"][kind], use or COMPLETE, f"decision {kind}"), "kind": kind}


def start(way: str, use: str = "") -> dict[str, Any]:
    """A ready-made start, `apply` or `import`. Raises NoTemplate."""
    default = COMPLETE if way == "apply" else "active"
    return _pick(_file()["starts"][way], use or default, way)


def sender(kind: str) -> Role:
    """Who usually hands in a submission of this kind."""
    return Role(_file()["submissions"][kind]["by"])


def person(role: Role) -> str:
    """The name of the person who acts in a role, where a scenario gives none; empty for a focal point."""
    return str(_file()["people"].get(role.value, ""))


def seats() -> list[SeatHolder]:
    """Who is written to as Secretariat, GCM and MWG, where a scenario names nobody."""
    return [SeatHolder.model_validate(seat) for seat in _file()["seats"]]


def overwritten(base: Any, over: Any) -> Any:
    """`base` with what `over` says: fields within fields, but lists and simple values as a whole."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    return {**base, **{key: overwritten(base.get(key), value) for key, value in over.items()}}


def _pick(named: dict[str, Any], use: str, what: str) -> dict[str, Any]:
    found = {} if use == "nothing" else named.get(use)
    if not isinstance(found, dict):
        there = ", ".join([*(name for name in named if name != "by"), "nothing"])
        raise NoTemplate(f"there is no ready-made {what} called {use!r}; there are {there}")
    return found


@functools.cache
def _file() -> dict[str, Any]:
    path = Path(__file__).with_name("templates.yaml")
    content: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8")).content
    return content
