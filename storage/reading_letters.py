"""Reads letters of record: the list of a country, one by its number, and the text that it was given."""

from typing import Any

from sqlmodel import col, select

from contracts.letters import Letter
from storage.documents import VERSIONS, Documents
from storage.engine import Database
from storage.tables import CountryTable, LetterTable


async def letters(
    database: Database, code: str, *, state: str = "", public: bool | None = None
) -> list[Letter]:
    """A country's letters in the order of their numbers. `public`: only those that everybody may read (or may not)."""
    query = select(LetterTable).where(col(LetterTable.country) == code)
    if state:
        query = query.where(col(LetterTable.state) == state)
    if public is not None:
        query = query.where(col(LetterTable.public).is_(public))
    async with database.reading() as session:
        found = [Letter.model_validate(row.content) for row in await session.exec(query)]
    return sorted(found, key=lambda one: place_of(one.number))


async def in_state(database: Database, state: str, *, limit: int = 200) -> list[tuple[str, str, Letter]]:
    """The letters of all countries in a state, each with the country's code and name, those drafted first at the top."""
    drafted = col(LetterTable.drafted_at)
    query = (
        select(LetterTable, CountryTable.name)
        .join(CountryTable, col(CountryTable.code) == LetterTable.country)
        .where(col(LetterTable.state) == state)
        .order_by(drafted, col(LetterTable.number))
        .limit(limit)
    )
    async with database.reading() as session:
        rows = await session.exec(query)
        return [(row.country, name, Letter.model_validate(row.content)) for row, name in rows]


async def letter(database: Database, code: str, number: str) -> Letter | None:
    """One letter by its number, or None."""
    async with database.reading() as session:
        row = await session.get(LetterTable, (code, number))
    return Letter.model_validate(row.content) if row else None


async def contents(documents: Documents, letter: Letter) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What a letter's draft is made of, and the text that it was given (None: the draft stands).

    Raises DocumentMissing while the process has not put them into the store, DocumentDamaged.
    """
    draft = await documents.read_json(VERSIONS, letter.draft)
    return draft, await documents.read_json(VERSIONS, letter.text) if letter.text else None


def place_of(number: str) -> tuple[int, int]:
    """Where a number stands in its country: by year, then by count."""
    _, _, year, count = number.rsplit("/", 3)
    return int(year), int(count)
