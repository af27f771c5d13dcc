"""JSON from strangers: bounded in depth, without NaN and infinities, never an exception."""

import json
from typing import Any

DEEPEST = 40
LONGEST_NUMBER = 18


def read_json(data: bytes) -> tuple[Any, str]:
    """The value and an empty string, or None and a sentence that says what is wrong."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None, "is not UTF-8 text"
    if _depth(text) > DEEPEST:
        return None, f"is nested deeper than {DEEPEST} levels"
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite, parse_int=_countable)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return None, "contains half of a character (a lone surrogate)"
    except (ValueError, RecursionError) as error:
        return None, f"is not JSON: {str(error)[:200]}"
    if "\x00" in text or "\\u0000" in text:
        return None, "contains a NUL character"
    return value, ""


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _countable(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"a number has {len(text)} digits; at most {LONGEST_NUMBER} are read")
    return int(text)


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON knows")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is too large a number")
    return number
