"""Plain, readable Markdown out of what is on record: everybody's words are shown, none is taken for markup."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from correspondence.dates import short

_SPECIAL = re.compile(r"^(\s*)([#>+\-=*_]|\d+[.)])", re.MULTILINE)


def words(value: Any) -> str:
    """Text from outside, as it reads: without control characters, and without what a reader's program would act on."""
    text = str(value if value is not None else "").replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    plain = kept.replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;")
    for mark in "`*_[]|":
        plain = plain.replace(mark, f"\\{mark}")
    return _SPECIAL.sub(r"\1\\\2", plain).strip()


def line(value: Any) -> str:
    """The same in one line, for headings and tables."""
    return " ".join(words(value).split())


def named(key: str) -> str:
    """A key of the rules as readable as it is by itself: `no_report` is `no report`."""
    return key.replace(".", ": ").replace("_", " ")


def day(value: Any) -> str:
    """A date (or its ISO text) as `30 April 2027`; a dash where there is none."""
    if not value:
        return "-"
    on = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    return short(on)


def yes_no(value: bool | None) -> str:
    """A judgement in a word."""
    return "not judged" if value is None else "yes" if value else "no"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; cells are already in words."""
    columns = list(header)
    lines = [columns, ["---"] * len(columns), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def document(parts: Iterable[str]) -> bytes:
    """The parts that say something, with a blank line between them, in UTF-8."""
    return ("\n\n".join(part for part in parts if part.strip()) + "\n").encode()
