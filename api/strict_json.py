"""Bodies are JSON as its standard says: no NaN,
no number or text that a database or a browser could not keep."""

import json
import re
from typing import Any, NoReturn

from fastapi import Request

from api.problems import ProblemError, Reason, place

LARGEST_INTEGER = 2**53 - 1
"""What every reader of JSON can keep exactly (RFC 8259, section 6)."""


_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")


def parse(body: bytes) -> Any:
    """The JSON in `body`; raises ProblemError (400) for what is no JSON,
    is nested too deeply or cannot be kept."""
    try:
        content = json.loads(
            body.decode(), parse_constant=_not_json, parse_int=_whole_number, parse_float=_number
        )
        _check_texts(content, [])
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise unreadable(f"This is no JSON: {error}.") from None
    except RecursionError:
        raise unreadable("This JSON is nested too deeply.") from None
    return content


def unreadable(text: str, where: str = "") -> ProblemError:
    """400, with the one reason for which the body could not be read."""
    found = Reason(key="request.json_invalid", where=where, text=text)
    return ProblemError(400, "Nothing was changed: the body could not be read.", [found], slug="invalid")


class StrictRequest(Request):
    """A request whose JSON is read strictly."""

    async def json(self) -> Any:
        """The body, or 400."""
        return parse(await self.body())


def _not_json(constant: str) -> NoReturn:
    raise unreadable(f"{constant} is no JSON.")


def _whole_number(digits: str) -> int:
    # length first: turning very many digits into a number takes quadratic time
    if len(digits) > len(str(LARGEST_INTEGER)) + 1 or abs(int(digits)) > LARGEST_INTEGER:
        raise unreadable(f"Whole numbers go up to {LARGEST_INTEGER}.")
    return int(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise unreadable("A number is too large.")
    return number


def _check_texts(content: Any, location: list[int | str]) -> None:
    if isinstance(content, str):
        _check_text(content, location)
    elif isinstance(content, dict):
        for name, value in content.items():
            _check_text(name, location)
            _check_texts(value, [*location, name])
    elif isinstance(content, list):
        for index, value in enumerate(content):
            _check_texts(value, [*location, index])


def _check_text(text: str, location: list[int | str]) -> None:
    if _NOT_KEPT.search(text):
        raise unreadable(
            "A text holds a character that cannot be kept: NUL, or half a surrogate pair.", place(location)
        )
