"""Who somebody is and in which capacities they may act now: read from the record at every request.

A mandate that ends in the directory or in a country's contacts ends here at once, whoever is signed in.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from access.people import Mandate
from contracts.people import FORMER, SUCCESSOR
from framework.terms import Language, Role
from storage.access_tables import PersonAddressTable, PersonTable
from storage.contact_addresses import ADDRESSES, countries_of, folded_address
from storage.engine import Database
from storage.tables import AppointmentTable, CountryTable

GRANTED = "provider-"
"""How the keys of mandates begin that an organisation's provider grants."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person as they are on record; `time_zone` by its IANA name, empty where nobody said."""

    id: str
    name: str = ""
    language: Language = Language.ENGLISH
    time_zone: str = ""
    last_seen_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """A mandate with how its holder is known there."""

    mandate: Mandate
    language: Language
    time_zone: str = ""


async def mandates_at(database: Database, address: str, at: datetime) -> list[Found]:
    """The mandates that hold at a moment (aware) for whoever is written to at an address."""
    async with database.reading() as session:
        return await _found(session, {folded_address(address)}, at)


async def mandates_of(database: Database, person: str, at: datetime) -> list[Found]:
    """The mandates that hold at a moment (aware) for a person, at all their addresses."""
    mine = select(PersonAddressTable.address).where(col(PersonAddressTable.person) == person)
    async with database.reading() as session:
        return await _found(session, set(await session.exec(mine)), at)


def granted(roles: Sequence[str], held: Sequence[Found], language: Language) -> list[Found]:
    """The mandates that an organisation's provider grants for a session, beside those `held` on record."""
    own = {one.mandate.role for one in held}
    new = [role for role in roles if role in _SEATS and Role(role) not in own]
    return [
        Found(mandate=Mandate(role=Role(one), source=f"{GRANTED}{one}"), language=language) for one in new
    ]


def is_granted(mandate: Mandate) -> bool:
    """Whether a mandate comes from an organisation's provider, and ends with the session."""
    return mandate.source.startswith(GRANTED)


async def person(database: Database, id: str) -> Person | None:
    """A person by id, or None."""
    async with database.reading() as session:
        row = await session.get(PersonTable, id)
    return _person(row) if row else None


async def person_at(database: Database, address: str) -> str:
    """The id of the person who is known at an address; empty where nobody is."""
    async with database.reading() as session:
        row = await session.get(PersonAddressTable, folded_address(address))
    return row.person if row else ""


async def addresses_of(database: Database, person: str) -> list[str]:
    """The addresses at which a person is known, folded."""
    mine = select(PersonAddressTable.address).where(col(PersonAddressTable.person) == person)
    async with database.reading() as session:
        return sorted(await session.exec(mine))


async def known(database: Database, address: str, found: Found, at: datetime) -> str:
    """The id of the person at an address; somebody new becomes a person, as the mandate knows them."""
    async with database.writing() as session:
        row = await session.get(PersonAddressTable, folded_address(address))
        if row is not None:
            return row.person
        made = PersonTable(
            id=f"p-{secrets.token_hex(12)}",
            name=found.mandate.name,
            language=found.language.value,
            time_zone=found.time_zone,
            created_at=at,
        )
        session.add(made)
        session.add(PersonAddressTable(address=folded_address(address), person=made.id))
        return made.id


async def put_person(database: Database, id: str, *, language: Language, time_zone: str) -> None:
    """Keeps how a person wants to be addressed."""
    changed = {"language": language.value, "time_zone": time_zone}
    async with database.writing() as session:
        await session.exec(update(PersonTable).where(col(PersonTable.id) == id).values(**changed))


def mandate_key(mandate: Mandate) -> str:
    """What a mandate is called where one is chosen: `focal_point-XAA`, `secretariat-3f9c…`. It names no person."""
    if mandate.source == mandate.country:
        return "-".join(part for part in (mandate.seat, mandate.role.value, mandate.country) if part)
    return mandate.source


def _person(row: PersonTable) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        language=_language(row.language),
        time_zone=row.time_zone,
        last_seen_at=row.last_seen_at,
    )


async def _found(session: AsyncSession, addresses: set[str], at: datetime) -> list[Found]:
    if not addresses:
        return []
    seats = await _seats(session, addresses, at.astimezone(UTC).date())
    contacts = [one for one in await _contacts(session, addresses) if one.mandate.holds_at(at)]
    unique = {mandate_key(one.mandate): one for one in reversed([*seats, *contacts])}
    return list(unique.values())[::-1]


async def _seats(session: AsyncSession, addresses: set[str], on: date) -> list[Found]:
    table = AppointmentTable
    query = select(table, CountryTable.name).outerjoin(
        CountryTable, col(CountryTable.code) == col(table.country)
    )
    query = query.where(
        func.lower(func.trim(col(table.email))).in_(addresses),
        col(table.from_on) <= on,
        or_(col(table.until_on).is_(None), col(table.until_on) >= on),
    )
    rows = await session.exec(query.order_by(col(table.role), col(table.seat), col(table.id)))
    return [_seat(row, Role(row.role), name or "") for row, name in rows if row.role in _SEATS]


_SEATS = frozenset(role.value for role in Role if role is not Role.SYSTEM)


def _seat(row: AppointmentTable, role: Role, known_as: str) -> Found:
    mandate = Mandate(
        role=role,
        name=row.name,
        country=row.country,
        seat=row.seat,
        body=row.body,
        from_on=row.from_on,
        until_on=row.until_on,
        source=row.id,
        known_as=known_as,
    )
    return Found(mandate=mandate, language=_language(row.language))


async def _contacts(session: AsyncSession, addresses: set[str]) -> list[Found]:
    found: list[Found] = []
    for code in await countries_of(session, addresses):
        row = await session.get(CountryTable, code)
        if row is not None:
            mine = [one for contact, one in _capacities(code, row.content) if _is_one_of(contact, addresses)]
            found += [replace(one, mandate=replace(one.mandate, known_as=row.name)) for one in mine]
    return found


def _is_one_of(contact: Mapping[str, Any], addresses: set[str]) -> bool:
    return any(folded_address(str(contact.get(name) or "")) in addresses for name in ADDRESSES)


def _capacities(code: str, content: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Found]]:
    """Everybody whom a country's row names, in which capacity. Whoever was only named as successor reads, for now."""
    named: list[tuple[Role, str, Any]] = [(Role.FOCAL_POINT, "", content.get("focal_point"))]
    named += [(Role.DEPUTY, "", one) for one in content.get("deputies") or ()]
    named += [(Role.FOCAL_POINT, FORMER, one) for one in content.get("former_focal_points") or ()]
    named += [(Role.CONTRIBUTOR, SUCCESSOR, content.get("pending_successor"))]
    named += [(Role.CONTRIBUTOR, "", one) for one in content.get("contributors") or ()]
    for role, seat, one in named:
        contact = one.get("contact", one) if isinstance(one, Mapping) else None
        if isinstance(contact, Mapping):
            yield contact, _capacity(code, role, seat, one, contact)


def _capacity(
    code: str, role: Role, seat: str, named: Mapping[str, Any], contact: Mapping[str, Any]
) -> Found:
    mandate = Mandate(
        role=role,
        name=str(contact.get("name") or ""),
        country=code,
        seat=seat,
        tasks=tuple(str(one) for one in named.get("tasks") or ()),
        from_on=_day(named.get("from_on")),
        until_on=_day(named.get("until_on") or named.get("open_until")),
        source=code,
    )
    language = _language(str(contact.get("language") or ""))
    return Found(mandate=mandate, language=language, time_zone=str(contact.get("time_zone") or ""))


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _language(text: str) -> Language:
    return Language(text) if text in {one.value for one in Language} else Language.ENGLISH
