"""A portfolio file (docs/portfolio.md) as countries to start, or as everything that must be mended first."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from contracts.starting import ImportedCountry
from framework.editions import CURRENT, edition
from portfolio import building, checks, rows
from portfolio.columns import BY_NAME, NEEDED
from portfolio.rows import Block
from portfolio.sheet import HEADER_ROW, CellError, Unreadable, open_sheet


@dataclass(frozen=True)
class ParsedCountry:
    """One country, the row it came from, and the hash of what its rows say."""

    row: int
    digest: str
    country: ImportedCountry


@dataclass(frozen=True)
class Parsed:
    """A portfolio as read: its countries in the order of the file, and every error, the topmost first.

    With any error there are no countries: a portfolio is imported whole or not at all.
    """

    countries: tuple[ParsedCountry, ...] = ()
    errors: tuple[CellError, ...] = field(default=())


def read(source: Path | str, *, samples_allowed: bool = True, today: date | None = None) -> Parsed:
    """Reads and checks a portfolio: a file (a Path) or its text. `today` is a date in UTC (default: now).

    All errors come at once, each with its row and column. Raises OSError when the file cannot be opened.
    """
    setting = checks.Setting(today or datetime.now(UTC).date(), edition(CURRENT).policy, samples_allowed)
    try:
        sheet = open_sheet(source, tuple(BY_NAME), NEEDED)
    except Unreadable as error:
        return Parsed(errors=(CellError(HEADER_ROW, "", str(error)),))
    errors = list(sheet.errors)
    if any(name not in sheet.header for name in NEEDED):
        return Parsed(errors=tuple(errors))
    if not sheet.rows:
        errors.append(CellError(HEADER_ROW, "", "The file has a header and no countries."))
    blocks = rows.blocks([rows.parsed(cells, errors) for cells in sheet.rows], errors)
    for block in blocks:
        errors += checks.check(block, setting)
    if errors:
        return Parsed(errors=tuple(_first_of_each_cell(errors)))
    name = source.name if isinstance(source, Path) else "portfolio"
    return Parsed(tuple(_country(block, setting, name) for block in blocks))


def _first_of_each_cell(errors: list[CellError]) -> list[CellError]:
    """Sorted, without those that only follow from an earlier error in the same cell."""
    found: dict[tuple[int, str], CellError] = {}
    for error in errors:
        found.setdefault((error.row, error.column), error)
    return sorted(found.values())


def _country(block: Block, setting: checks.Setting, name: str) -> ParsedCountry:
    row = block.country
    source = f"{name}, row {row.number}"
    country = building.country(block, setting.today, setting.policy, source)
    return ParsedCountry(row.number, digest(block), country)


def digest(block: Block) -> str:
    """The hash of a country's filled cells: the same for another order of columns, rows or blank lines."""
    years = sorted((year.filled for year in block.years), key=lambda filled: filled["year"])
    content = json.dumps([block.country.filled, years], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
