"""Who somebody is by the record, on both databases: contacts found by address, secrets used once, rows that change hands."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from contracts.rows import Batch
from framework.records import Contact
from framework.terms import Role
from storage import api_tokens, people, sessions, sign_ins
from storage.access_tables import ContactAddressTable, SignInTable
from storage.contact_addresses import LONGEST, addresses_in
from storage.directory import SeatHolder, put_appointments
from storage.engine import Database
from storage.people import mandate_key
from storage.schema import downgrade, migrate
from storage.sign_ins import Secrets
from storage.writing import delete_country, write_batch
from tests.storage.samples import country_row

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
IDLE = timedelta(hours=12)
ENDS = AT + timedelta(days=7)


async def written(database: Database, revision: int, email: str, code: str = "XAA", **more: object) -> None:
    """A country is written with this focal point."""
    contact = {"focal_point": Contact(name="Bo", email=email), "revision": revision}
    row = country_row(code).model_copy(update=contact | more)
    await write_batch(database, Batch(code=code, revision=revision, country=row), {})


async def addresses(database: Database) -> list[str]:
    """All addresses by which contacts are found."""
    async with database.reading() as session:
        return sorted(await session.exec(select(ContactAddressTable.address)))


@pytest.mark.clause("EOI-03")
async def test_contacts_are_found_by_address_and_a_former_one_is_not(database: Database) -> None:
    await written(database, 1, "Bo@Ministry.example", deputies=[Contact(email="dee@ministry.example")])
    assert await addresses(database) == ["bo@ministry.example", "dee@ministry.example"]
    (found,) = await people.mandates_at(database, " BO@ministry.example", AT)
    assert (found.mandate.role, found.mandate.country) == (Role.FOCAL_POINT, "XAA")
    await written(database, 2, "successor@ministry.example")
    assert await people.mandates_at(database, "bo@ministry.example", AT) == []
    await written(database, 1, "bo@ministry.example")
    assert await addresses(database) == ["successor@ministry.example"]


async def test_the_addresses_of_a_country_go_with_it(database: Database) -> None:
    await written(database, 5, "bo@ministry.example")
    async with database.writing() as session:
        await delete_country(session, "XAA", 4)
    assert await addresses(database) == ["bo@ministry.example"]
    async with database.writing() as session:
        await delete_country(session, "XAA", 5)
    assert await addresses(database) == []


async def test_contacts_on_record_from_before_are_found_after_the_migration(database: Database) -> None:
    await written(database, 1, "bo@ministry.example")
    await downgrade(database, "0005")
    await migrate(database)
    assert await addresses(database) == ["bo@ministry.example"]


@pytest.mark.parametrize("email", ["", "nobody", "a" * LONGEST + "@b", "  "])
def test_what_is_no_address_finds_nobody(email: str) -> None:
    assert addresses_in({"focal_point": {"email": email}, "deputies": [None, {"email": None}, 7]}) == set()


async def test_seats_and_contacts_of_one_person_are_all_found(database: Database) -> None:
    holder = SeatHolder(
        id="gcm-1",
        role="gcm",
        seat="Government, XAC",
        country="XAC",
        body="A ministry",
        name="Bo",
        email="BO@x.example",
        from_on=date(2026, 1, 1),
    )
    await put_appointments(database, [holder], 1)
    await written(database, 1, "bo@x.example")
    await written(database, 1, "bo@x.example", "XAB")
    found = [one.mandate for one in await people.mandates_at(database, "bo@x.example", AT)]
    assert [mandate_key(one) for one in found] == ["gcm-1", "focal_point-XAA", "focal_point-XAB"]
    assert (found[0].country, found[0].body) == ("XAC", "A ministry")


async def test_one_address_is_one_person_however_often_they_come(database: Database) -> None:
    await written(database, 1, "bo@x.example")
    (found,) = await people.mandates_at(database, "bo@x.example", AT)
    first = await people.known(database, "bo@x.example", found, AT)
    assert await people.known(database, "BO@x.example ", found, AT) == first
    assert [one.mandate.country for one in await people.mandates_of(database, first, AT)] == ["XAA"]
    assert await people.mandates_of(database, "p-nobody", AT) == []


async def begun(database: Database, id: str = "1", person: str = "p-1") -> Secrets:
    """A sign-in under way."""
    made = Secrets(token=f"token {id}", code="7K2M9XQD", browser=f"browser {id}")
    await sign_ins.begin(database, id, "bo@x.example", made, at=AT, ends_at=AT + timedelta(minutes=15))
    if person:
        await sign_ins.lead_to(database, id, person)
    return made


async def test_of_many_who_use_a_link_at_once_one_does(database: Database) -> None:
    await begun(database)
    used = await asyncio.gather(*(sign_ins.use(database, "1", AT) for _ in range(5)))
    assert sorted(used) == [False] * 4 + [True]


async def test_of_many_wrong_codes_at_once_five_are_looked_at(database: Database) -> None:
    made = await begun(database)
    pending = await sign_ins.in_browser(database, made.browser, AT)
    assert pending is not None
    tried = await asyncio.gather(*(sign_ins.use_code(database, pending, "22222222", AT) for _ in range(9)))
    assert not any(tried)
    async with database.reading() as session:
        assert (await session.get_one(SignInTable, "1")).wrong_codes == sign_ins.MOST_WRONG_CODES
    assert not await sign_ins.use_code(database, pending, made.code, AT)


async def test_a_sign_in_that_leads_to_nobody_ends_never_whatever_is_known_of_it(database: Database) -> None:
    made = await begun(database, person="")
    assert await sign_ins.with_token(database, made.token, AT) is None
    pending = await sign_ins.in_browser(database, made.browser, AT)
    assert pending is not None
    assert not await sign_ins.use_code(database, pending, made.code, AT)
    assert not await sign_ins.use(database, "1", AT)


async def test_what_is_over_is_forgotten_with_its_address(database: Database) -> None:
    await begun(database)
    await sign_ins.forget(database, AT)
    assert await sign_ins.asked_since(database, "BO@x.example", AT - timedelta(minutes=1)) == 1
    await sign_ins.forget(database, AT + timedelta(minutes=16))
    assert await sign_ins.asked_since(database, "bo@x.example", AT - timedelta(minutes=1)) == 0


async def test_a_session_is_found_by_its_secret_changes_it_and_ends(database: Database) -> None:
    session, secret = await sessions.begin(
        database, "p-1", mandate="", agent="", door="link", at=AT, ends_at=ENDS
    )
    assert await sessions.found(database, secret, AT, IDLE) == session
    new = await sessions.act_in(database, session.id, "gcm-1", AT)
    assert new is not None
    assert await sessions.found(database, secret, AT, IDLE) is None
    later = AT + timedelta(hours=6)
    assert await sessions.found(database, new, later, IDLE) is not None
    assert [one.last_used_at for one in await sessions.living(database, "p-1", later, IDLE)] == [later]
    assert await sessions.end(database, "p-1", session.id, later)
    assert await sessions.act_in(database, session.id, "gcm-1", later) is None
    assert await sessions.end_all(database, "p-1", later) == 0


async def test_a_machines_token_keeps_its_scopes_and_its_days(database: Database) -> None:
    token, secret = await api_tokens.create(
        database, "p-1", "gcm-1", "Tool", ["read", "read", "decide"], at=AT, ends_at=ENDS
    )
    assert token.scopes == ("decide", "read")
    assert await api_tokens.found(database, secret, AT) == token
    (kept,) = await api_tokens.living(database, "p-1", AT)
    assert kept.last_used_on == AT.date()
    assert await api_tokens.found(database, secret, ENDS) is None
    assert not await api_tokens.revoke(database, "p-2", token.id, AT)
    assert await api_tokens.revoke(database, "p-1", token.id, AT)
    assert await api_tokens.found(database, secret, AT) is None
