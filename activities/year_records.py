"""A year of all countries as the read model holds it: what the yearly documents of the Alliance are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contracts.rows import CountryRow
from contracts.state import Version
from framework.facts import Cycle
from storage import reading, reading_history
from storage.engine import Database

PAGE = 200


@dataclass(frozen=True)
class CountryYear:
    """One country in one year: its row, all its years, that year (None: not on record), its papers by kind.

    A paper is what was handed in; one that is only known to have come (an imported history) is not there.
    """

    row: CountryRow
    cycles: list[Cycle]
    cycle: Cycle | None
    papers: dict[str, dict[str, Any]]


async def country_years(database: Database, year: int, kinds: Sequence[str]) -> list[CountryYear]:
    """Every country with its papers of these kinds, by name."""
    return [await _country_year(database, row, year, kinds) for row in await _rows(database)]


async def _rows(database: Database) -> list[CountryRow]:
    found: list[CountryRow] = []
    cursor = ""
    while True:
        page = await reading.countries(database, limit=PAGE, cursor=cursor)
        found += page.items
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


async def _country_year(database: Database, row: CountryRow, year: int, kinds: Sequence[str]) -> CountryYear:
    cycles = await reading_history.cycles(database, row.code)
    cycle = next((one for one in cycles if one.year == year), None)
    papers = {}
    for kind in kinds if cycle else ():
        body = await _paper(database, row.code, kind, year, _entry(cycle, kind))
        if body is not None:
            papers[kind] = body
    return CountryYear(row=row, cycles=cycles, cycle=cycle, papers=papers)


async def _paper(
    database: Database, code: str, kind: str, year: int, entry: int | None
) -> dict[str, Any] | None:
    """The version that the year stands on (that of its entry), or else the last one."""
    versions = await reading_history.versions(database, code, kind=kind, year=year)
    chosen: Version | None = next(
        (one for one in versions if one.entry == entry), versions[-1] if versions else None
    )
    if chosen is None:
        return None
    stored = await reading_history.version(database, code, kind, chosen.number, year)
    return stored.body if stored else None


def _entry(cycle: Cycle | None, kind: str) -> int | None:
    entries = {
        "progress_report": "report_entry",
        "final_report": "final_entry",
        "yearly_review": "judged_entry",
    }
    return getattr(cycle, entries[kind]) if cycle and kind in entries else None
