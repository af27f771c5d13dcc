"""Reads a structure as a model and says all that does not fit, each with its place; no word passes unread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from rehearsal.yaml_lines import Path

Read = TypeVar("Read")


@dataclass(frozen=True)
class Understood(Generic[Read]):
    """The value, or what is wrong with it: (where, what)."""

    value: Read | None
    problems: tuple[tuple[Path, str], ...] = ()


def understand(adapter: TypeAdapter[Read], content: Any) -> Understood[Read]:
    """The content as the adapter reads it. A field that the adapter would pass over is a problem too."""
    try:
        value = adapter.validate_python(content)
    except ValidationError as error:
        return Understood(None, tuple(_problem(one, content) for one in error.errors(include_url=False)))
    unread = tuple(_unread(content, adapter.dump_python(value, mode="json", by_alias=True), ()))
    return Understood(None if unread else value, unread)


def _problem(error: Any, content: Any) -> tuple[Path, str]:
    path = _inside(tuple(error["loc"]), content)
    name = f"{'.'.join(str(part) for part in path)}: " if path else ""
    if error["type"] == "extra_forbidden":
        return path, f"{name}no such word here"
    what = str(error["msg"]).removeprefix("Value error, ")
    given = error["input"]
    shown = f" (it is {given!r})" if isinstance(given, str | int | float | bool) else ""
    return path, f"{name}{what[:1].lower()}{what[1:]}{shown}"


def _inside(loc: Path, content: Any) -> Path:
    """The part of an error's place that the content has: the names of union members are not in it."""
    path: list[str | int] = []
    for number, part in enumerate(loc):
        missing = number + 1 == len(loc) and isinstance(content, dict)
        if not _has(content, part) and not missing:
            continue
        path.append(part)
        content = content[part] if _has(content, part) else None
    return tuple(path)


def _has(content: Any, part: str | int) -> bool:
    if isinstance(content, dict):
        return part in content
    return isinstance(content, list | tuple) and isinstance(part, int) and part < len(content)


def _unread(given: Any, read: Any, path: Path) -> list[tuple[Path, str]]:
    """Fields in what was given that the reader has not taken over."""
    found: list[tuple[Path, str]] = []
    if isinstance(given, dict) and isinstance(read, dict):
        known = {str(key): value for key, value in read.items()}
        for key, value in given.items():
            if str(key) not in known:
                place = ".".join(str(part) for part in (*path, key))
                found.append(((*path, key), f"{place}: no such field; there are {', '.join(known)}"))
            else:
                found += _unread(value, known[str(key)], (*path, key))
    elif isinstance(given, list | tuple) and isinstance(read, list):
        for number, (one, other) in enumerate(zip(given, read, strict=False)):
            found += _unread(one, other, (*path, number))
    return found
