"""Files that commands read: JSON from a file or from stdin, checked against what it should be."""

import json
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cli.failing import Failed

if TYPE_CHECKING:
    from pydantic import TypeAdapter

STDIN = Path("-")
_T = TypeVar("_T")


def read_json(file: Path) -> Any:
    """The JSON in a file, `-` for stdin. Raises Failed when it is none, OSError without such a file."""
    content = sys.stdin.buffer.read() if file == STDIN else file.read_bytes()
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_not_json)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, ValueError) as error:
        raise Failed(f"{_name(file)} is no JSON: {error}") from None


def understood(adapter: "TypeAdapter[_T]", content: Any, file: Path) -> _T:
    """The content as what it should be. Raises Failed with all that is wrong, unknown names included."""
    from pydantic import ValidationError

    try:
        found = adapter.validate_python(content)
    except ValidationError as error:
        complaints = [f"  {_place(part['loc'])}: {part['msg']}" for part in error.errors(include_url=False)]
        raise Failed("\n".join([f"{_name(file)} cannot be taken:", *complaints])) from None
    unknown = list(_unknown(content, found, ""))
    if unknown:
        raise Failed(f"{_name(file)} holds what nobody would read: {', '.join(unknown)}. Mend the names.")
    return found


def _unknown(given: Any, found: Any, place: str) -> list[str]:
    """The names in `given` that did not become part of `found`: nothing typed may be lost in silence."""
    if isinstance(given, dict) and is_dataclass(found):
        known = {field.name for field in fields(found)}
        here = [f"{place}{name}" for name in given if name not in known]
        inner = [(given[name], getattr(found, name), f"{place}{name}.") for name in given if name in known]
        return here + [name for part in inner for name in _unknown(*part)]
    if isinstance(given, list) and isinstance(found, list | tuple):
        pairs = zip(given, found, strict=False)
        return [
            name
            for n, (one, other) in enumerate(pairs)
            for name in _unknown(one, other, f"{place[:-1]}[{n}].")
        ]
    return []


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "the whole"


def _name(file: Path) -> str:
    return "What came on stdin" if file == STDIN else str(file)


def _not_json(constant: str) -> Any:
    raise ValueError(f"{constant} is not part of JSON")
