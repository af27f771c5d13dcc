"""Addresses of people's calendars: given out once, kept as a hash, revoked at any time.

The address is all that it takes to read the calendar, as with every calendar that programs subscribe to. It can
therefore not be guessed (192 bits), and nobody finds it in the database.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from framework.terms import Language, Role
from storage.canonical import sha256
from storage.engine import Database
from storage.tables import CalendarFeedTable

SECRET_BYTES = 24
MOST_FEEDS = 10
"""How many addresses one person may have at a time: one for each program, and some to spare."""

_ADDRESS = re.compile(r"[A-Za-z0-9_-]{32}")


class TooManyFeeds(Exception):
    """The person has as many addresses as there can be; one has to be revoked first."""


class CalendarFeed(BaseModel):
    """Whose calendar lies at an address. Persons are known by what tokens say of them: role, country, name."""

    id: str
    role: Role
    country: str
    name: str
    language: Language
    created_at: datetime
    created_by: str
    created_role: Role


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who somebody is, as far as tokens tell; `country` for focal points only."""

    role: Role
    country: str = ""
    name: str = ""


async def create(
    database: Database,
    person: Person,
    language: Language,
    *,
    by: Person,
    at: datetime,
) -> tuple[CalendarFeed, str]:
    """A new address for a person's calendar, with that address: it cannot be read again. Raises TooManyFeeds."""
    address = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed(
        id=secrets.token_hex(16),
        role=person.role,
        country=person.country,
        name=person.name,
        language=language,
        created_at=at,
        created_by=by.name,
        created_role=by.role,
    )
    values = feed.model_dump() | {"address_sha256": digest(address)}
    async with database.writing() as session:
        live = list(await session.exec(_live(*_of(person)).limit(MOST_FEEDS)))
        if len(live) >= MOST_FEEDS:
            raise TooManyFeeds
        session.add(CalendarFeedTable(**values | {name: values[name].value for name in _TERMS}))
    return feed, address


async def feeds(database: Database, person: Person) -> list[CalendarFeed]:
    """The living addresses of one person, oldest first."""
    return await _found(database, *_of(person))


async def feeds_of_country(database: Database, country: str) -> list[CalendarFeed]:
    """The living addresses of all who act for a country, oldest first."""
    return await _found(database, col(CalendarFeedTable.country) == country)


async def feed(database: Database, id: str) -> CalendarFeed | None:
    """A living address by its id, or None."""
    found = await _found(database, col(CalendarFeedTable.id) == id)
    return found[0] if found else None


async def feed_at(database: Database, address: str) -> CalendarFeed | None:
    """Whose calendar lies at an address; None where nobody's does. What is no address is not looked for."""
    if not _ADDRESS.fullmatch(address):
        return None
    found = await _found(database, col(CalendarFeedTable.address_sha256) == digest(address))
    return found[0] if found else None


async def revoke(database: Database, id: str, at: datetime) -> bool:
    """Ends an address for good. False when it is not there, or was ended before."""
    async with database.writing() as session:
        row = (await session.exec(_live(col(CalendarFeedTable.id) == id))).first()
        if row is not None:
            row.revoked_at = at
            session.add(row)
    return row is not None


def url_of(public_url: str, address: str) -> str:
    """Where a program finds the calendar at an address."""
    return f"{public_url}/calendar/{address}.ics"


def digest(address: str) -> str:
    """What is kept of an address."""
    return sha256(address.encode())


_TERMS = ("role", "language", "created_role")


async def _found(database: Database, *conditions: ColumnElement[bool]) -> list[CalendarFeed]:
    async with database.reading() as session:
        rows = await session.exec(_live(*conditions))
        return [CalendarFeed.model_validate(row, from_attributes=True) for row in rows]


def _of(person: Person) -> tuple[ColumnElement[bool], ...]:
    return (
        col(CalendarFeedTable.role) == person.role.value,
        col(CalendarFeedTable.country) == person.country,
        col(CalendarFeedTable.name) == person.name,
    )


def _live(*conditions: ColumnElement[bool]) -> SelectOfScalar[CalendarFeedTable]:
    query = select(CalendarFeedTable).where(col(CalendarFeedTable.revoked_at).is_(None), *conditions)
    return query.order_by(col(CalendarFeedTable.created_at), col(CalendarFeedTable.id))
