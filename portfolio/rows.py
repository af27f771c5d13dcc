"""The two kinds of row with their cells read: a country, and under it its years."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from portfolio.cells import Mend, parse
from portfolio.columns import BY_NAME, CODE, IN_BOTH, YEAR
from portfolio.forms import Kind
from portfolio.sheet import CellError, Cells

_T = TypeVar("_T")
Complain = Callable[[int, str, str], None]
"""Takes a row, a column and what is wrong there."""


@dataclass(frozen=True)
class Row:
    """One row with its values by column. A blank cell, and one that cannot be read, is absent."""

    number: int
    values: dict[str, object]
    filled: dict[str, str]

    def __contains__(self, column: str) -> bool:
        """Whether the cell was filled, readable or not."""
        return column in self.filled

    def day(self, column: str) -> date | None:
        """The date in a column, None when it is blank."""
        return self.get(column, date)

    def text(self, column: str) -> str:
        """The text in a column, empty when it is blank."""
        return self.get(column, str) or ""

    def count(self, column: str) -> int:
        """The number in a column, 0 when it is blank."""
        return self.get(column, int) or 0

    def answer(self, column: str) -> bool | None:
        """The yes or no in a column, None when it is blank."""
        return self.get(column, bool)

    def texts(self, column: str) -> tuple[str, ...]:
        """The texts in a column, none when it is blank."""
        return self.many(column, str)

    def get(self, column: str, form: type[_T]) -> _T | None:
        """The value in a column as what its form makes of it."""
        value = self.values.get(column)
        return value if isinstance(value, form) else None

    def many(self, column: str, form: type[_T]) -> tuple[_T, ...]:
        """The values in a column that holds several."""
        values = self.values.get(column, ())
        return (
            tuple(value for value in values if isinstance(value, form)) if isinstance(values, tuple) else ()
        )


@dataclass
class Block:
    """A country's row and its year rows."""

    country: Row
    years: list[Row] = field(default_factory=list)


def parsed(cells: Cells, errors: list[CellError]) -> Row:
    """The row with every cell read; what cannot be read becomes an error."""
    kind = Kind.YEAR if YEAR in cells.filled else Kind.COUNTRY
    values: dict[str, object] = {}
    for name, cell in cells.filled.items():
        column = BY_NAME.get(name)
        if column is None:
            continue
        if column.kind is not kind and name not in IN_BOTH:
            errors.append(CellError(cells.number, name, _misplaced(kind)))
            continue
        try:
            values[name] = parse(column, cell)
        except Mend as mend:
            errors.append(CellError(cells.number, name, str(mend)))
    return Row(cells.number, values, cells.filled)


def _misplaced(kind: Kind) -> str:
    if kind is Kind.YEAR:
        return "belongs in the country's own row; leave it blank in a year row"
    return "belongs in a year row; fill in the year, or leave it blank"


def blocks(rows: list[Row], errors: list[CellError]) -> list[Block]:
    """The rows by country. Doubles, rows without a code and years without a country become errors."""
    found: dict[str, Block] = {}
    for row in rows:
        if CODE not in row:
            errors.append(CellError(row.number, CODE, "is blank; every row needs its country's code"))
        elif YEAR not in row and row.text(CODE) in found:
            first = found[row.text(CODE)].country.number
            advice = "one row per country (a year row fills in the year)"
            message = f"{row.text(CODE)} is already in row {first}; {advice}"
            errors.append(CellError(row.number, CODE, message))
        elif YEAR not in row:
            found[row.text(CODE)] = Block(row)
    for row in rows:
        if YEAR in row and CODE in row:
            _put_year(found, row, errors)
    return list(found.values())


def _put_year(found: dict[str, Block], row: Row, errors: list[CellError]) -> None:
    block = found.get(row.text(CODE))
    if block is None:
        message = f"no row describes the country {row.text(CODE)}; add one (with the year left blank)"
        errors.append(CellError(row.number, CODE, message))
        return
    if "name" in row and row.text("name") != block.country.text("name"):
        message = f"is another name than in row {block.country.number}; leave it blank in a year row"
        errors.append(CellError(row.number, "name", message))
    same = [other.number for other in block.years if other.filled[YEAR] == row.filled[YEAR]]
    if same:
        errors.append(
            CellError(row.number, YEAR, f"{row.filled[YEAR]} is already in row {same[0]}; leave one out")
        )
    block.years.append(row)
