"""A CSV file as rows of cells by column: encodings, separators and headers as spreadsheets write them."""

import csv
import io
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

HEADER_ROW = 1
"""Row numbers are those of the spreadsheet: the header is row 1."""

_SEPARATORS = ",;\t"
_SEPARATOR_LINE = "sep="


@dataclass(frozen=True, order=True)
class CellError:
    """Something to mend: in which row of the spreadsheet, in which column (empty: the whole row), and how."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        """One sentence that a person can act on."""
        place = f"row {self.row}, column {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.message}"


class Unreadable(Exception):
    """A file of which not even the cells can be told; the text says how to mend it."""


@dataclass(frozen=True)
class Cells:
    """One row that is not blank: its number and its filled cells by column, with white space tidied."""

    number: int
    filled: dict[str, str]


@dataclass
class Sheet:
    """A whole file: its header, its rows, and what is wrong with their shape."""

    header: tuple[str, ...] = ()
    rows: list[Cells] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def open_sheet(source: Path | str, known: tuple[str, ...], needed: tuple[str, ...]) -> Sheet:
    """The rows of a file (a Path) or of text. `known` are its columns, `needed` those it cannot do without.

    Raises Unreadable when the cells cannot be told, and OSError when the file cannot be opened.
    """
    text = _decoded(source.read_bytes()) if isinstance(source, Path) else source.removeprefix("\ufeff")
    lines = _lines(text)
    sheet = Sheet(header=tuple(name.lower().replace(" ", "_") for name in lines[0]) if lines else ())
    _check_header(sheet, known, needed)
    for number, cells in enumerate(lines[1:], HEADER_ROW + 1):
        if any(cells):
            _add(sheet, number, cells)
    return sheet


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"The file is not UTF-8 (byte {error.start} is not): save it as 'CSV UTF-8' in the spreadsheet."
        ) from None


def _lines(text: str) -> list[list[str]]:
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith(_SEPARATOR_LINE):  # Excel writes such a line and does not show it
        separator, text = first.strip()[len(_SEPARATOR_LINE) :] or ",", rest
    else:
        separator = max(_SEPARATORS, key=first.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return [[" ".join(cell.split()) for cell in row] for row in rows]
    except csv.Error as error:
        raise Unreadable(
            f"The file is no CSV ({error}): look for a quotation mark that is not closed."
        ) from None


def _check_header(sheet: Sheet, known: tuple[str, ...], needed: tuple[str, ...]) -> None:
    header = sheet.header
    for name in dict.fromkeys(header):
        if name and name not in known:
            sheet.errors.append(CellError(HEADER_ROW, name, _unknown(name, known)))
        if name and header.count(name) > 1:
            sheet.errors.append(
                CellError(HEADER_ROW, name, "there are two columns of this name; leave one out")
            )
    for name in needed:
        if name not in header:
            sheet.errors.append(CellError(HEADER_ROW, name, "this column is missing; add it, in any place"))


def _unknown(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name, known, n=1)
    advice = f"did you mean {close[0]}?" if close else "docs/portfolio.md lists all columns"
    return f"no column has this name; {advice}"


def _add(sheet: Sheet, number: int, cells: list[str]) -> None:
    if any(cells[len(sheet.header) :]):
        shape = f"has {len(cells)} cells under {len(sheet.header)} column names"
        message = f"{shape}; was a separator typed inside a cell?"
        sheet.errors.append(CellError(number, "", message))
    filled = {name: cell for name, cell in zip(sheet.header, cells, strict=False) if cell and name}
    headless = [cell for name, cell in zip(sheet.header, cells, strict=False) if cell and not name]
    if headless:
        sheet.errors.append(CellError(number, "", f"'{headless[0]}' stands in a column without a name"))
    sheet.rows.append(Cells(number, filled))
