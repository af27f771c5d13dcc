"""Sign-ins under way: asked for at an address, ended once by the link or by the code, never by looking.

Of the link and the code only hashes are kept. Each end is one conditional UPDATE: of two at once, one comes too late.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select, update

from storage.access_tables import SignInTable
from storage.canonical import sha256
from storage.contact_addresses import folded_address
from storage.engine import Database

MOST_WRONG_CODES = 5


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """A sign-in that can still be ended. `ends_at`: until when (aware, UTC)."""

    id: str
    address: str
    person: str
    ends_at: datetime
    wrong_codes: int


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """What ends a sign-in: the token of its link, the code, and the cookie of the browser that asked."""

    token: str
    code: str
    browser: str = ""


async def begin(
    database: Database, id: str, address: str, secrets: Secrets, *, at: datetime, ends_at: datetime
) -> None:
    """Puts a sign-in on record. Nothing ends it before it leads to a person."""
    row = SignInTable(
        id=id,
        address=folded_address(address),
        token_sha256=hashed(secrets.token),
        code_sha256=hashed(id + secrets.code),
        browser_sha256=hashed(secrets.browser) if secrets.browser else "",
        asked_at=at,
        ends_at=ends_at,
    )
    async with database.writing() as session:
        session.add(row)


async def lead_to(database: Database, id: str, person: str) -> None:
    """Says who is signed in when it is ended."""
    async with database.writing() as session:
        await session.exec(update(SignInTable).where(col(SignInTable.id) == id).values(person=person))


async def asked_since(database: Database, address: str, since: datetime) -> int:
    """How many sign-ins were asked for at an address since a moment."""
    mine = col(SignInTable.address) == folded_address(address)
    query = select(SignInTable.id).where(mine, col(SignInTable.asked_at) > since)
    async with database.reading() as session:
        return len(list(await session.exec(query)))


async def with_token(database: Database, token: str, at: datetime) -> SignIn | None:
    """The sign-in that a link would end now. Looking changes nothing."""
    query = select(SignInTable).where(col(SignInTable.token_sha256) == hashed(token))
    async with database.reading() as session:
        row = (await session.exec(query)).first()
    return _sign_in(row) if row and _is_open(row, at) else None


async def in_browser(database: Database, browser: str, at: datetime) -> SignIn | None:
    """The newest sign-in that was asked for in a browser and takes a code now."""
    if not browser:
        return None
    mine = col(SignInTable.browser_sha256) == hashed(browser)
    newest = select(SignInTable).where(mine).order_by(col(SignInTable.asked_at).desc()).limit(1)
    async with database.reading() as session:
        row = (await session.exec(newest)).first()
    takes = row is not None and row.used_at is None and at < row.ends_at
    return _sign_in(row) if row and takes and row.wrong_codes < MOST_WRONG_CODES else None


async def use(database: Database, id: str, at: datetime) -> bool:
    """Ends a sign-in, once. False where it was ended before, is over, or leads to nobody."""
    open_now = (
        col(SignInTable.id) == id,
        col(SignInTable.used_at).is_(None),
        col(SignInTable.ends_at) > at,
        col(SignInTable.person) != "",
    )
    async with database.writing() as session:
        done = await session.exec(update(SignInTable).where(*open_now).values(used_at=at))
    return done.rowcount == 1


async def use_code(database: Database, sign_in: SignIn, code: str, at: datetime) -> bool:
    """Ends a sign-in by its code. A wrong one counts, whoever tries at the same time; after five none is right."""
    counted = (
        update(SignInTable)
        .where(col(SignInTable.id) == sign_in.id, col(SignInTable.wrong_codes) < MOST_WRONG_CODES)
        .values(wrong_codes=col(SignInTable.wrong_codes) + 1)
    )
    async with database.writing() as session:
        if (await session.exec(counted)).rowcount != 1:
            return False
        row = await session.get_one(SignInTable, sign_in.id)
        right = hmac.compare_digest(row.code_sha256, hashed(sign_in.id + code))
    return right and await use(database, sign_in.id, at)


async def forget(database: Database, before: datetime) -> None:
    """Deletes what was over before a moment: it names addresses, and nothing needs it any more."""
    async with database.writing() as session:
        await session.exec(delete(SignInTable).where(col(SignInTable.ends_at) < before))


def hashed(secret: str) -> str:
    """What is kept of a secret. It is long and random, so that a plain hash cannot be tried out; codes have few tries."""
    return sha256(secret.encode())


def _is_open(row: SignInTable, at: datetime) -> bool:
    return row.used_at is None and at < row.ends_at and bool(row.person)


def _sign_in(row: SignInTable) -> SignIn:
    return SignIn(
        id=row.id,
        address=row.address,
        person=row.person,
        ends_at=row.ends_at,
        wrong_codes=row.wrong_codes,
    )
