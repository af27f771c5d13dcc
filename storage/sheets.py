"""Tables for spreadsheets, as CSV: a cell is never a formula, and rows go out one by one.

What a spreadsheet takes for a formula when it opens a file begins with `=`, `+`, `-` or `@`, also full-width, also after
white space. Such a cell gets an apostrophe before it, which spreadsheets take for "this is text".
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_STARTERS = frozenset("=+-@＝＋－＠")  # noqa: RUF001 - spreadsheets fold the full-width ones


def inert(text: str) -> str:
    """A text as a cell: no formula, no control characters but line ends within it, no marks of direction."""
    kept = "".join(one for one in text if one in "\t\r\n" or unicodedata.category(one)[0] != "C")
    begins_oddly = kept[:1] in ("\t", "\r", "\n") and kept != ""
    return f"'{kept}" if begins_oddly or (kept.strip()[:1] in _STARTERS and kept.strip()) else kept


def lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table as lines of CSV, each with its end, made as they are asked for. Numbers are left as they are."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in _with_header(header, rows):
        writer.writerow([one if isinstance(one, int | float) else inert(f"{one}") for one in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _with_header(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield header
    yield from rows
