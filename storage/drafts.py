"""Drafts: what somebody has typed for a country and not handed in yet, section by section, by its task's key.

A draft belongs to the country's task and to nobody in person: after a hand-over the next focal point goes on with it.
Who saves names the version that they started from. When another has saved meanwhile, their text is set aside beside the
one that stands: both are there until somebody has chosen. No workflow knows of drafts: `rebuild` leaves them alone.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from framework.terms import Role
from storage.engine import Database
from storage.tables import DraftTable

STANDING = ""
"""As what the text of a section is kept that stands; one that was set aside has the name of who typed it."""


class SavedText(BaseModel):
    """A text of a section: as typed, its version (1, 2, ...), when it was saved, by whom.

    `by`: the id of a person (a pseudonym), or what stands for one. `closed_at`: since when it is only kept. One that
    was set `aside` has the version that its author started from.
    """

    section: str
    content: dict[str, Any]
    version: int
    saved_at: datetime
    by: str
    role: Role
    closed_at: datetime | None = None
    aside: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a text belongs: to which country's task (its key), to which section of its form."""

    country: str
    key: str
    section: str


@dataclass(frozen=True, kw_only=True)
class Saving:
    """A text to be saved: `based_on` is the version that its author started from, 0 for none."""

    content: dict[str, Any]
    based_on: int
    by: str
    role: Role
    at: datetime


class Clash(Exception):
    """Another has saved this section meanwhile. `theirs` stands, `mine` is set aside; nothing is lost."""

    def __init__(self, theirs: SavedText, mine: SavedText) -> None:
        super().__init__()
        self.theirs, self.mine = theirs, mine


async def save(database: Database, place: Place, saving: Saving) -> SavedText:
    """Saves a text as the next version. Saved again as it stands, it stays as it is. Raises Clash.

    What the same author had set aside here is settled with it. A text that was closed can be begun anew.
    """
    async with database.writing() as session:
        row = await _standing(session, place, saving)
        anew = row.closed_at is not None and saving.based_on == 0
        if anew or row.version in (saving.based_on, 0):
            _write(row, saving, row.version + 1)
            await session.exec(delete(DraftTable).where(*_at(place, saving.by)))
            return _text(row)
        if row.content == saving.content:
            return _text(row)
        theirs, mine = _text(row), await _set_aside(session, place, saving)
    raise Clash(theirs, mine)


async def standing(database: Database, country: str, key: str) -> dict[str, SavedText]:
    """The texts of a draft that stand, by section."""
    return {one.section: one for one in await _texts(database, country, key) if not one.aside}


async def set_aside(database: Database, country: str, key: str) -> dict[str, list[SavedText]]:
    """The texts that wait beside those that stand, by section, oldest first."""
    found: dict[str, list[SavedText]] = {}
    for one in await _texts(database, country, key):
        if one.aside:
            found.setdefault(one.section, []).append(one)
    return found


async def let_go(database: Database, place: Place, by: str) -> bool:
    """Gives a text up that was set aside; False when there was none."""
    async with database.writing() as session:
        gone = await session.exec(
            delete(DraftTable).where(*_at(place, by), col(DraftTable.aside) != STANDING)
        )
    return bool(gone.rowcount)


async def keys(database: Database, country: str) -> dict[str, SavedText]:
    """The drafts of a country that are not closed, by key, each with its text that was saved last."""
    query = select(DraftTable).where(col(DraftTable.country) == country, col(DraftTable.closed_at).is_(None))
    async with database.reading() as session:
        rows = list(await session.exec(query.order_by(col(DraftTable.saved_at))))
    return {row.key: _text(row) for row in rows}


async def close(database: Database, country: str, key: str, at: datetime) -> None:
    """The task is done: its draft is only kept, until the year ends. Drafts of years that have ended go now."""
    this_year = datetime(at.astimezone(UTC).year, 1, 1, tzinfo=UTC)
    async with database.writing() as session:
        for row in await session.exec(select(DraftTable).where(*_of(country, key))):
            row.closed_at = row.closed_at or at
            session.add(row)
        over = col(DraftTable.closed_at) < this_year
        await session.exec(delete(DraftTable).where(col(DraftTable.country) == country, over))


async def _standing(session: AsyncSession, place: Place, saving: Saving) -> DraftTable:
    """The row of a section, locked; made (as version 0) where there is none, so that two first savers meet in it."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = _columns(place, STANDING, saving) | {"version": 0}
    statement: Any = insert(DraftTable).values(values)
    await (await session.connection()).execute(statement.on_conflict_do_nothing())
    return (await session.exec(select(DraftTable).where(*_at(place)).with_for_update())).one()


async def _set_aside(session: AsyncSession, place: Place, saving: Saving) -> SavedText:
    values = _columns(place, saving.by, saving) | {"version": saving.based_on}
    row = await session.merge(DraftTable(**values))
    return _text(row)


def _write(row: DraftTable, saving: Saving, version: int) -> None:
    row.content, row.version = saving.content, version
    row.saved_at, row.saved_by, row.saved_role = saving.at, saving.by, saving.role.value
    row.closed_at = None


def _columns(place: Place, aside: str, saving: Saving) -> dict[str, Any]:
    return {
        "country": place.country,
        "key": place.key,
        "section": place.section,
        "aside": aside,
        "content": saving.content,
        "saved_at": saving.at,
        "saved_by": saving.by,
        "saved_role": saving.role.value,
    }


async def _texts(database: Database, country: str, key: str) -> list[SavedText]:
    query = select(DraftTable).where(*_of(country, key))
    query = query.order_by(col(DraftTable.section), col(DraftTable.saved_at))
    async with database.reading() as session:
        return [_text(row) for row in await session.exec(query)]


def _of(country: str, key: str) -> tuple[ColumnElement[bool], ...]:
    return col(DraftTable.country) == country, col(DraftTable.key) == key


def _at(place: Place, aside: str = STANDING) -> tuple[ColumnElement[bool], ...]:
    here = (col(DraftTable.section) == place.section, col(DraftTable.aside) == aside)
    return (*_of(place.country, place.key), *here)


def _text(row: DraftTable) -> SavedText:
    return SavedText(
        section=row.section,
        content=row.content,
        version=row.version,
        saved_at=row.saved_at,
        by=row.saved_by,
        role=Role(row.saved_role),
        closed_at=row.closed_at,
        aside=row.aside != STANDING,
    )
