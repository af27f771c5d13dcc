"""Text that people typed, made inert: it can stand in a header or a text and do nothing there (GEN-03)."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

LONGEST = 6000
"""Characters of one text in a message: longer ones stand on record, to which every message leads."""

MOST = 200
"""Items of one list in a message: as many as a digest includes, which never tells of a message again."""

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows, and so can make a text read as another one."""

_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ENCODED_WORD = re.compile(r"=\?")


def header_safe(value: str) -> str:
    """Text that can stand in a header: one line, no control or direction marks, no encoded words."""
    visible = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in value
    )
    kept = "".join(
        letter for letter in visible if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join(_ENCODED_WORD.sub("= ?", kept).split())


def clean(value: Any) -> Any:
    """A value of an order with all its texts free of control and direction characters and with plain line ends."""
    if isinstance(value, str):
        return "".join(each for each in _LINE_END.sub("\n", value) if _harmless(each))
    if isinstance(value, Mapping):
        return {str(name): clean(each) for name, each in value.items() if each is not None}
    return [clean(each) for each in value] if isinstance(value, list | tuple) else value


def shortened(value: Any) -> Any:
    """A value with its long texts and lists cut to what a message can hold; the cut is marked."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST else f"{value[:LONGEST].rstrip()} [...]"
    if isinstance(value, Mapping):
        return {name: shortened(each) for name, each in value.items()}
    if not isinstance(value, list | tuple):
        return value
    return [*(shortened(each) for each in value[:MOST]), *(["[...]"] if len(value) > MOST else [])]


def _harmless(letter: str) -> bool:
    return letter in "\n\t" or (
        letter not in _DIRECTIONS and unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp")
    )
