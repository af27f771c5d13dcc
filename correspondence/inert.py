"""Text that people typed, made inert: it can stand in a header or a text and do nothing there (GEN-03)."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

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
    """A value of an order with all its texts free of control characters and with plain line ends."""
    if isinstance(value, str):
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(
            each for each in lines if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs")
        )
    if isinstance(value, Mapping):
        return {str(name): clean(each) for name, each in value.items() if each is not None}
    return [clean(each) for each in value] if isinstance(value, list | tuple) else value
