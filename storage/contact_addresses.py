"""Which addresses stand in a country's contacts: so that whoever signs in is found without reading every country."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy
from sqlalchemy import BindParameter, bindparam, insert
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.rows import CountryRow
from storage.access_tables import ContactAddressTable
from storage.column_types import storable
from storage.tables import CountryTable

LONGEST = 320
"""Characters of an address that any mail server takes; longer ones are nobody's, and too long for an index."""

ADDRESSES = ("email", "second_email")
SINGLE = ("focal_point", "pending_successor")
SEVERAL = ("deputies", "former_focal_points", "contributors")
"""Where a country's row names people; some as contacts, some with their contact and dates."""


def folded_address(address: str) -> str:
    """An address as it is compared: as mail programs do, whatever its case."""
    return storable(address.strip()).lower()


def addresses_in(content: Mapping[str, Any]) -> set[str]:
    """The addresses of everybody whom a country's row names, folded."""
    found = (folded_address(str(one.get(name) or "")) for one in contacts_in(content) for name in ADDRESSES)
    return {address for address in found if "@" in address and len(address) <= LONGEST}


def contacts_in(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The contacts of a country's row, whatever their capacity."""
    people = [content.get(name) for name in SINGLE]
    people += [one for name in SEVERAL for one in content.get(name) or ()]
    for one in people:
        if isinstance(one, Mapping):
            contact = one.get("contact", one)
            if isinstance(contact, Mapping):
                yield contact


# Made once: they are asked at each step of each country, and making them took two fifths of the time of writing its rows.
_OF_COUNTRY: BindParameter[str] = bindparam("of_country")
_KNOWN = sqlalchemy.select(col(ContactAddressTable.address)).where(
    col(ContactAddressTable.country) == _OF_COUNTRY
)
_NEWEST = sqlalchemy.select(col(CountryTable.revision)).where(col(CountryTable.code) == _OF_COUNTRY)


async def put(session: AsyncSession, row: CountryRow, revision: int) -> None:
    """Makes the addresses of a country what its row says, unless a later row is on record already."""
    connection, this = await session.connection(), {"of_country": row.code}
    wanted = addresses_in(row.model_dump(mode="json", include={*SINGLE, *SEVERAL}))
    if wanted == set((await connection.execute(_KNOWN, this)).scalars()):
        return
    newest = (await connection.execute(_NEWEST, this)).scalar()
    if newest is not None and newest > revision:
        return
    await session.exec(delete(ContactAddressTable).where(col(ContactAddressTable.country) == row.code))
    if wanted:
        rows = [{"country": row.code, "address": one} for one in sorted(wanted)]
        await connection.execute(insert(ContactAddressTable), rows)


async def forget(session: AsyncSession, code: str) -> None:
    """Deletes the addresses of a country that is not on record (any more)."""
    there = select(CountryTable.code).where(col(CountryTable.code) == code).exists()
    await session.exec(delete(ContactAddressTable).where(col(ContactAddressTable.country) == code, ~there))


async def countries_of(session: AsyncSession, addresses: set[str]) -> list[str]:
    """The codes of the countries whose contacts these addresses stand in."""
    query = select(ContactAddressTable.country).where(col(ContactAddressTable.address).in_(addresses))
    return sorted(set(await session.exec(query)))
