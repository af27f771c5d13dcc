"""When the people of countries were last there: what the rules of risk need to know of sign-ins."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date

from sqlalchemy import func
from sqlmodel import col, select

from contracts.names import address_digest
from storage.access_tables import PersonAddressTable, PersonTable
from storage.engine import Database


@dataclass(frozen=True, kw_only=True)
class Seen:
    """When people were last there (UTC), by `address_digest` of their address. `since`: the first day on which it
    would have been noticed; None: nobody has ever signed in here, and tokens alone do not tell who was there."""

    since: date | None = None
    last: Mapping[str, date] = field(default_factory=dict)


LastSeen = Callable[[Database, Collection[str]], Awaitable[Seen]]
"""Asks about the people behind these digests, all at once."""


async def last_seen(database: Database, digests: Collection[str]) -> Seen:
    """When the people behind these digests were last there, by the sign-ins of this installation."""
    known = select(PersonAddressTable.address, PersonTable.last_seen_at)
    known = known.join(PersonTable, col(PersonTable.id) == col(PersonAddressTable.person))
    first = select(func.min(col(PersonTable.created_at)))
    async with database.reading() as session:
        since = (await session.exec(first)).one()
        rows = list(await session.exec(known.where(col(PersonTable.last_seen_at).is_not(None))))
    wanted = set(digests)
    last = {address_digest(address): at.astimezone(UTC).date() for address, at in rows if at is not None}
    return Seen(
        since=since.astimezone(UTC).date() if since else None,
        last={digest: day for digest, day in last.items() if digest in wanted},
    )
