"""The daily look at the record of acts: ways in that are long over are forgotten with it, and no others."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from activities.audit import AuditActivities
from storage import api_tokens, audit, sessions, sign_ins
from storage.access_tables import ApiTokenTable, SessionTable, SignInTable
from storage.audit import Act, Outcome
from storage.engine import Database, open_database
from storage.schema import migrate
from storage.sign_ins import Secrets

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    found = open_database(f"sqlite+aiosqlite:///{tmp_path / 'rows.db'}")
    await migrate(found)
    yield found
    await found.close()


async def session_until(database: Database, ends_at: datetime) -> str:
    """The id of a session that ends then."""
    made, _ = await sessions.begin(
        database, "p-1", mandate="", agent="", door="link", at=AT - 300 * DAY, ends_at=ends_at
    )
    return made.id


async def token_until(database: Database, ends_at: datetime) -> str:
    """The id of a machine's token that ends then."""
    at = AT - 300 * DAY
    made, _ = await api_tokens.create(database, "p-1", "m", "Tool", ["read"], at=at, ends_at=ends_at)
    return made.id


async def left(database: Database) -> set[str]:
    """The ids of the sign-ins, sessions and tokens on record."""
    async with database.reading() as session:
        tables = (SignInTable.id, SessionTable.id, ApiTokenTable.id)
        return {id for one in tables for id in await session.exec(select(one))}


async def test_sessions_and_tokens_are_forgotten_90_days_after_their_end_and_sign_ins_after_a_day(
    database: Database,
) -> None:
    for id, ended in (("old", AT - 2 * DAY), ("new", AT - DAY / 2)):
        await sign_ins.begin(database, id, "bo@x.example", Secrets(token=id, code="1"), at=AT, ends_at=ended)
    kept = {"new"}
    for made in (session_until, token_until):
        await made(database, AT - 91 * DAY)
        kept |= {await made(database, AT - 89 * DAY), await made(database, AT + DAY)}
    revoked_late, revoked_early = [await token_until(database, AT + 30 * DAY) for _ in range(2)]
    assert await api_tokens.revoke(database, "p-1", revoked_late, AT - 89 * DAY)
    assert await api_tokens.revoke(database, "p-1", revoked_early, AT - 91 * DAY)
    await audit.record(database, Act(at=AT, outcome=Outcome.DONE, action="x"))
    head = await AuditActivities(database).audit_head(AT)
    assert head is not None
    assert head.rows == 1
    assert await left(database) == kept | {revoked_late}
