"""Tokens by which machines come in: made by a person in one of their mandates, for some actions, until a day.

A token reads `pf_` and 43 characters, so that scanners of source code find one that leaked. It is shown once; here lies
its hash.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select, update

from storage.access_tables import ApiTokenTable
from storage.engine import Database
from storage.sign_ins import hashed

PREFIX = "pf_"
SECRET_BYTES = 32
MOST_TOKENS = 20
LONGEST_VALIDITY = timedelta(days=366)

_TOKEN = re.compile(r"pf_[A-Za-z0-9_-]{43}")


class TooManyTokens(Exception):
    """The person has as many tokens as there can be; one has to be revoked first."""


@dataclass(frozen=True, kw_only=True)
class ApiToken:
    """A machine's token. `scopes`: the names of the actions for which it was made."""

    id: str
    person: str
    mandate: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    ends_at: datetime
    last_used_on: date | None


async def create(
    database: Database,
    person: str,
    mandate: str,
    name: str,
    scopes: Sequence[str],
    *,
    at: datetime,
    ends_at: datetime,
) -> tuple[ApiToken, str]:
    """A new token, with what the machine sends: it cannot be read again. Raises TooManyTokens."""
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    row = ApiTokenTable(
        id=secrets.token_hex(12),
        secret_sha256=hashed(secret),
        person=person,
        mandate=mandate,
        name=name,
        scopes=sorted(set(scopes)),
        created_at=at,
        ends_at=ends_at,
    )
    async with database.writing() as session:
        mine = select(ApiTokenTable).where(col(ApiTokenTable.person) == person, *_living(at))
        if len(list(await session.exec(mine))) >= MOST_TOKENS:
            raise TooManyTokens
        session.add(row)
    return _token(row), secret


def is_one(text: str) -> bool:
    """Whether a text has the shape of such a token."""
    return _TOKEN.fullmatch(text) is not None


async def found(database: Database, token: str, at: datetime) -> ApiToken | None:
    """The living token that somebody sent, or None. What is no token is not looked for."""
    if not is_one(token):
        return None
    query = select(ApiTokenTable).where(col(ApiTokenTable.secret_sha256) == hashed(token), *_living(at))
    async with database.reading() as session:
        row = (await session.exec(query)).first()
    if row is not None and row.last_used_on != at.date():
        await _used(database, row.id, at.date())
    return _token(row) if row else None


async def _used(database: Database, id: str, on: date) -> None:
    never = or_(col(ApiTokenTable.last_used_on).is_(None), col(ApiTokenTable.last_used_on) < on)
    async with database.writing() as session:
        await session.exec(
            update(ApiTokenTable).where(col(ApiTokenTable.id) == id, never).values(last_used_on=on)
        )


async def living(database: Database, person: str, at: datetime) -> list[ApiToken]:
    """The living tokens that a person has made, oldest first."""
    mine = select(ApiTokenTable).where(col(ApiTokenTable.person) == person, *_living(at))
    async with database.reading() as session:
        rows = await session.exec(mine.order_by(col(ApiTokenTable.created_at), col(ApiTokenTable.id)))
        return [_token(row) for row in rows]


async def revoke(database: Database, person: str, id: str, at: datetime) -> bool:
    """Ends a token of a person for good. False where there is none that lives."""
    mine = (col(ApiTokenTable.person) == person, col(ApiTokenTable.id) == id, *_living(at))
    async with database.writing() as session:
        done = await session.exec(update(ApiTokenTable).where(*mine).values(revoked_at=at))
    return done.rowcount == 1


def _living(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (col(ApiTokenTable.revoked_at).is_(None), col(ApiTokenTable.ends_at) > at)


def _token(row: ApiTokenTable) -> ApiToken:
    return ApiToken(
        id=row.id,
        person=row.person,
        mandate=row.mandate,
        name=row.name,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        ends_at=row.ends_at,
        last_used_on=row.last_used_on,
    )
