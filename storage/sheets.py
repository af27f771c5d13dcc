"""Tables for spreadsheets, as CSV: a cell is never a formula, and rows go out one by one.

What a spreadsheet takes for a formula when it opens a file begins with `=`, `+`, `-` or `@`, also full-width, also after
white space. Such a cell gets an apostrophe before it, which spreadsheets take for "this is text".
"""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

_STARTERS = frozenset("=+-@＝＋－＠")  # noqa: RUF001 - spreadsheets fold the full-width ones


def inert(text: str) -> str:
    """A text as a cell: no formula, no control characters but line ends within it, no marks of direction."""
    kept = "".join(one for one in text if one in "\t\r\n" or unicodedata.category(one)[0] != "C")
    begins_oddly = kept[:1] in ("\t", "\r", "\n") and kept != ""
    return f"'{kept}" if begins_oddly or (kept.strip()[:1] in _STARTERS and kept.strip()) else kept


def lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table as lines of CSV, each with its end, made as they are asked for."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in _with_header(header, rows):
        writer.writerow([cell(one) for one in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def cell(value: object) -> object:
    """A value as a cell: nothing for None, moments in ISO with their offset, what holds other values as JSON."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    text = (
        json.dumps(value, ensure_ascii=False, sort_keys=True)
        if isinstance(value, dict | list)
        else f"{value}"
    )
    return inert(text)


def _with_header(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield header
    yield from rows
