"""Two addresses of one person: until somebody says so, each is a person of its own with sessions and tokens of its own."""

from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import people
from storage.access_tables import (
    ApiTokenTable,
    PersonAddressTable,
    PersonTable,
    SessionTable,
    SignInTable,
)
from storage.contact_addresses import folded_address
from storage.engine import Database


class NotOnRecord(Exception):
    """Nobody is known at one of the addresses, and no mandate names it; the message says which."""


async def join(database: Database, address: str, other: str, at: datetime) -> str:
    """Makes both addresses those of whoever is known at the first; gives their id. The same again changes nothing.

    Addresses, sessions, tokens and sign-ins of the other go over; acts of before stay under the other's id, which from
    now on says whose they are. Raises NotOnRecord.
    """
    kept, gone = [await _person(database, one, at) for one in (address, other)]
    if kept != gone:
        async with database.writing(durable=True) as session:
            await _give(session, gone, kept)
    return kept


async def _person(database: Database, address: str, at: datetime) -> str:
    known = await people.person_at(database, address)
    if known:
        return known
    found = await people.mandates_at(database, address, at)
    if not found:
        raise NotOnRecord(f"Nobody is on record at {folded_address(address)}.")
    return await people.known(database, address, found[0], at)


async def _give(session: AsyncSession, gone: str, kept: str) -> None:
    for table in (PersonAddressTable, SessionTable, ApiTokenTable, SignInTable):
        await session.exec(update(table).where(col(table.person) == gone).values(person=kept))
    was = (col(PersonTable.id) == gone) | (col(PersonTable.same_as) == gone)
    await session.exec(update(PersonTable).where(was).values(same_as=kept))
    older, newer = await session.get_one(PersonTable, gone), await session.get_one(PersonTable, kept)
    seen = [one.last_seen_at for one in (older, newer) if one.last_seen_at is not None]
    newer.last_seen_at = max(seen, default=None)
    session.add(newer)


async def ids_of(session: AsyncSession, person: str) -> list[str]:
    """The ids under which a person's acts stand: their own, and those of whom they are known to be."""
    older = select(PersonTable.id).where(col(PersonTable.same_as) == person)
    return [person, *sorted(await session.exec(older))]


async def ids_known_as(database: Database, named: str) -> list[str]:
    """All ids of whoever is meant by an address or by one of their ids; none where that is nobody."""
    async with database.reading() as session:
        address = await session.get(PersonAddressTable, folded_address(named))
        found = await session.get(PersonTable, address.person if address else named)
        return await ids_of(session, found.same_as or found.id) if found else []
