"""What is held about a person as their own: found by their id and their addresses, never by a name that others may share.

What others wrote in which somebody is named is not here: `storage.personal_search` finds that, for the Secretariat, which
reads it before it gives it away.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit, people
from storage.access_tables import (
    ApiTokenTable,
    PersonAddressTable,
    PersonTable,
    SessionTable,
    SignInTable,
)
from storage.audit_table import AuditTable
from storage.contact_addresses import ADDRESSES, contacts_in, countries_of, folded_address
from storage.engine import Database
from storage.joining import ids_of
from storage.personal_search import Held, row_key
from storage.tables import AppointmentTable, CountryTable, MailTable

SECRET = frozenset({"secret_sha256", "token_sha256", "code_sha256", "browser_sha256", "token"})
"""Columns by which somebody is let in: no particulars of a person, and nobody's to read."""

TOLD = frozenset({"name", "client", "on_behalf_of"})
"""What of an act's particulars speaks of whoever acted. What was given and what it changed may speak of others."""

OF_OTHERS = (
    "Not here: what others wrote in which you may be named; the Secretariat looks through it when you ask."
)


async def own_data(database: Database, person: str) -> list[Held]:
    """All that is a person's own: account, sessions, tokens, seats, contacts, messages to them, what they did."""
    addresses = set(await people.addresses_of(database, person))
    async with database.reading() as session:
        return [one async for one in _all(session, person, addresses)]


async def _all(session: AsyncSession, person: str, addresses: set[str]) -> AsyncIterator[Held]:
    ids = await ids_of(session, person)
    for table, condition in _whole_rows(ids, addresses):
        for row in await session.exec(select(table).where(condition)):
            yield _held(row, _plain(row))
    for code in await countries_of(session, addresses):
        country = await session.get(CountryTable, code)
        for contact in contacts_in(country.content if country else {}):
            if any(folded_address(str(contact.get(name) or "")) in addresses for name in ADDRESSES):
                yield Held(where="country", key=code, place="content", value=contact)
    ledger = select(MailTable).order_by(col(MailTable.made_at), col(MailTable.key))
    async for mail in await session.stream_scalars(ledger):
        if folded_address(str(mail.content.get("to_email", ""))) in addresses:
            yield _held(mail, _plain(mail))
    for act in await session.exec(_acts(ids)):
        yield _held(act, _told(act))


def _plain(row: Any) -> Any:
    return to_jsonable_python(row.model_dump(exclude=SECRET))


def _whole_rows(ids: list[str], addresses: set[str]) -> Iterator[tuple[Any, ColumnElement[bool]]]:
    yield PersonTable, col(PersonTable.id).in_(ids)
    for table in (PersonAddressTable, SessionTable, ApiTokenTable):
        yield table, col(table.person).in_(ids)
    yield SignInTable, col(SignInTable.address).in_(addresses)
    yield AppointmentTable, func.lower(func.trim(col(AppointmentTable.email))).in_(addresses)


def _acts(ids: list[str]) -> Any:
    return select(AuditTable).where(col(AuditTable.person).in_(ids)).order_by(col(AuditTable.sequence))


def _told(act: AuditTable) -> Mapping[str, Any]:
    plain = act.model_dump(
        mode="json", include={"at", "outcome", "action", "role", "country", "object", "message", "count"}
    )
    return plain | {name: one for name, one in audit.opened(act).items() if name in TOLD}


def _held(row: Any, value: Any) -> Held:
    return Held(where=row.__tablename__, key=row_key(row.__table__, row.model_dump()), place="", value=value)
