"""Values as JSON would have them, lists without repetition, and how a body is written down before its hash is taken."""

import hashlib
import json
from datetime import date
from enum import Enum
from typing import Any


def plain(value: Any) -> Any:
    """The value as JSON would have it: dates as ISO text, enumerations as their values, tuples as lists."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def canonical(body: Any) -> bytes:
    """The one way in which a body is written down before its hash is taken."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sha256_of(body: Any) -> str:
    """The hash under which a body is kept."""
    return hashlib.sha256(canonical(body)).hexdigest()


def add_once(items: list[Any], item: Any) -> None:
    """Puts an item at the end of a list that does not have it yet."""
    if item not in items:
        items.append(item)
