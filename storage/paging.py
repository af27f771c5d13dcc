"""Pages by keyset: the next page begins after the last row of this one, however many rows came in between."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, func, literal, tuple_

from storage.column_types import Text, UtcDateTime

Item = TypeVar("Item")

MAXIMUM_LIMIT = 500
LARGEST_INTEGER = 2**63 - 1
_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")
FAR_FUTURE = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands for "no date" in sorting: what has none comes last."""


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items, and the cursor of the next page (None: this is the last)."""

    items: list[Item]
    next_cursor: str | None = None


def cursor_of(*values: object) -> str:
    """The cursor that stands for these sort values; opaque, but not secret."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def values_of(cursor: str, *kinds: type) -> tuple[Any, ...]:
    """The sort values of a cursor, of these types. Raises ValueError for a cursor of another list."""
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        return tuple(_value(value, kind) for value, kind in zip(plain, kinds, strict=True))
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError) as error:
        raise ValueError("the cursor is not one of this list; begin again without it") from error


def checked(limit: int) -> int:
    """A limit between 1 and 500. Raises ValueError outside."""
    if not 1 <= limit <= MAXIMUM_LIMIT:
        raise ValueError(f"limit must be from 1 to {MAXIMUM_LIMIT}, not {limit}")
    return limit


def after(columns: tuple[Any, ...], values: tuple[Any, ...]) -> ColumnElement[bool]:
    """The condition that a row comes after a cursor's values, in the order of these columns."""
    return tuple_(*columns) > tuple_(*(_literal(value) for value in values))


def or_far_future(column: Any) -> ColumnElement[Any]:
    """A moment for sorting: rows without one come last."""
    return func.coalesce(column, _literal(FAR_FUTURE), type_=UtcDateTime())


def _literal(value: Any) -> ColumnElement[Any]:
    if isinstance(value, datetime):
        return literal(value, UtcDateTime())
    return literal(value, Text()) if isinstance(value, str) else literal(value)


def _value(value: Any, kind: type) -> Any:
    """A value as a database can compare it. Raises ValueError for another type, or what no database could keep."""
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    if type(value) is not kind:
        raise ValueError("wrong type in cursor")
    if (isinstance(value, str) and _NOT_KEPT.search(value)) or (
        isinstance(value, int) and abs(value) > LARGEST_INTEGER
    ):
        raise ValueError("a value in the cursor that no database keeps")
    return value
