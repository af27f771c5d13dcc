"""Who is signed in where: kept here and not in the browser, so that it can be seen and ended.

A browser holds an unguessable secret and nothing else; here lies its hash.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select, update

from storage.access_tables import PersonTable, SessionTable
from storage.engine import Database
from storage.sign_ins import hashed

SECRET_BYTES = 32
SEEN_EVERY = timedelta(minutes=5)
"""How precisely it is kept when a session was last used: a row is not written at every request."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """A browser in which somebody is signed in. Moments are aware, in UTC; `ends_at`: at the latest.

    `granted`: roles that an organisation's provider said of them, for this session.
    """

    id: str
    person: str
    mandate: str
    agent: str
    door: str
    created_at: datetime
    last_used_at: datetime
    ends_at: datetime
    granted: tuple[str, ...] = ()


async def begin(
    database: Database,
    person: str,
    *,
    mandate: str,
    agent: str,
    door: str,
    at: datetime,
    ends_at: datetime,
    granted: Sequence[str] = (),
) -> tuple[Session, str]:
    """A new session, with the secret by which its browser is known."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = SessionTable(
        id=secrets.token_hex(12),
        secret_sha256=hashed(secret),
        person=person,
        mandate=mandate,
        agent=agent,
        door=door,
        granted=list(granted),
        created_at=at,
        last_used_at=at,
        ends_at=ends_at,
    )
    async with database.writing() as session:
        session.add(row)
        await session.exec(update(PersonTable).where(col(PersonTable.id) == person).values(last_seen_at=at))
    return _session(row), secret


async def found(database: Database, secret: str, at: datetime, idle: timedelta) -> Session | None:
    """The living session of a browser; None where it is over, was ended, or slept for longer than `idle`."""
    if not secret or len(secret) > 4 * SECRET_BYTES:
        return None
    mine = col(SessionTable.secret_sha256) == hashed(secret)
    async with database.reading() as session:
        row = (await session.exec(select(SessionTable).where(mine, *_living(at, idle)))).first()
    if row is None:
        return None
    if at - row.last_used_at >= SEEN_EVERY:
        await _seen(database, row, at)
    return _session(row)


async def _seen(database: Database, row: SessionTable, at: datetime) -> None:
    async with database.writing() as session:
        mine = (col(SessionTable.id) == row.id, col(SessionTable.last_used_at) < at)
        await session.exec(update(SessionTable).where(*mine).values(last_used_at=at))
        person = (col(PersonTable.id) == row.person,)
        await session.exec(update(PersonTable).where(*person).values(last_seen_at=at))


async def act_in(database: Database, id: str, mandate: str, at: datetime) -> str | None:
    """Changes the mandate in which a session acts, and its secret with it: the new one. None where it is over."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    mine = (col(SessionTable.id) == id, col(SessionTable.revoked_at).is_(None))
    changed = {"mandate": mandate, "secret_sha256": hashed(secret), "last_used_at": at}
    async with database.writing() as session:
        done = await session.exec(update(SessionTable).where(*mine).values(**changed))
    return secret if done.rowcount == 1 else None


async def living(database: Database, person: str, at: datetime, idle: timedelta) -> list[Session]:
    """Where a person is signed in, the last used first."""
    mine = select(SessionTable).where(col(SessionTable.person) == person, *_living(at, idle))
    query = mine.order_by(col(SessionTable.last_used_at).desc(), col(SessionTable.id))
    async with database.reading() as session:
        return [_session(row) for row in await session.exec(query)]


async def end(database: Database, person: str, id: str, at: datetime) -> bool:
    """Ends one session of a person. False where there is none that lives."""
    return await _end(database, at, col(SessionTable.person) == person, col(SessionTable.id) == id) == 1


async def end_all(database: Database, person: str, at: datetime) -> int:
    """Ends all sessions of a person; how many there were."""
    return await _end(database, at, col(SessionTable.person) == person)


async def _end(database: Database, at: datetime, *which: ColumnElement[bool]) -> int:
    alive = col(SessionTable.revoked_at).is_(None)
    async with database.writing() as session:
        done = await session.exec(update(SessionTable).where(alive, *which).values(revoked_at=at))
    return int(done.rowcount)


def _living(at: datetime, idle: timedelta) -> tuple[ColumnElement[bool], ...]:
    return (
        col(SessionTable.revoked_at).is_(None),
        col(SessionTable.ends_at) > at,
        col(SessionTable.last_used_at) > at - idle,
    )


def _session(row: SessionTable) -> Session:
    return Session(
        id=row.id,
        person=row.person,
        mandate=row.mandate,
        agent=row.agent,
        door=row.door,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        ends_at=row.ends_at,
        granted=tuple(row.granted),
    )
