"""Addresses of calendars: found by their address only, gone when revoked, never in the database in clear."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from framework.terms import Language, Role
from storage import calendar_feeds as stored
from storage.calendar_feeds import MOST_FEEDS, Person, TooManyFeeds
from storage.documents import Documents
from storage.dump import dump_rows
from storage.engine import Database
from storage.rebuilding import check_rebuild_from
from storage.tables import CalendarFeedTable
from tests.storage.samples import NOON
from tests.storage.test_rebuilding import lived

ADA = Person(role=Role.FOCAL_POINT, country="XAA", name="Ada Ámbar")
STAFF = Person(role=Role.SECRETARIAT, name="Staff")


async def test_an_address_leads_to_its_owner_and_cannot_be_read_from_the_database(database: Database) -> None:
    feed, address = await stored.create(database, ADA, Language.FRENCH, by=STAFF, at=NOON)
    assert await stored.feed_at(database, address) == feed
    assert (feed.role, feed.country, feed.name, feed.language) == (Role.FOCAL_POINT, "XAA", "Ada Ámbar", "fr")
    assert (feed.created_at, feed.created_by, feed.created_role) == (NOON, "Staff", Role.SECRETARIAT)
    assert address not in str(await dump_rows(database))
    assert len(address) == 32


async def test_no_two_addresses_are_alike(database: Database) -> None:
    made = [await stored.create(database, ADA, Language.ENGLISH, by=ADA, at=NOON) for _ in range(3)]
    assert len({address for _, address in made} | {feed.id for feed, _ in made}) == 6


@pytest.mark.parametrize("wrong", ["", "a" * 31, "a" * 32, "a" * 33, "a" * 31 + "\x00", "é" * 32, "%" * 32])
async def test_a_wrong_address_leads_nowhere(database: Database, wrong: str) -> None:
    await stored.create(database, ADA, Language.ENGLISH, by=ADA, at=NOON)
    assert await stored.feed_at(database, wrong) is None


async def test_a_revoked_address_leads_nowhere_and_is_revoked_once(database: Database) -> None:
    feed, address = await stored.create(database, ADA, Language.ENGLISH, by=ADA, at=NOON)
    kept, other = await stored.create(database, ADA, Language.ENGLISH, by=ADA, at=NOON)
    assert await stored.revoke(database, feed.id, NOON + timedelta(days=1))
    assert not await stored.revoke(database, feed.id, NOON + timedelta(days=2))
    assert await stored.feed_at(database, address) is None
    assert await stored.feed(database, feed.id) is None
    assert await stored.feeds(database, ADA) == [kept]
    assert await stored.feed_at(database, other) == kept
    async with database.reading() as session:
        found = await session.exec(
            select(CalendarFeedTable.revoked_at).where(col(CalendarFeedTable.id) == feed.id)
        )
        assert found.one() == NOON + timedelta(days=1)


async def test_a_person_has_so_many_addresses_and_no_more_until_one_is_revoked(database: Database) -> None:
    for number in range(MOST_FEEDS):
        await stored.create(database, ADA, Language.ENGLISH, by=ADA, at=NOON + timedelta(minutes=number))
    with pytest.raises(TooManyFeeds):
        await stored.create(database, ADA, Language.ENGLISH, by=ADA, at=NOON)
    await stored.create(database, STAFF, Language.ENGLISH, by=STAFF, at=NOON)
    first = (await stored.feeds(database, ADA))[0]
    await stored.revoke(database, first.id, NOON)
    await stored.create(database, ADA, Language.ENGLISH, by=ADA, at=NOON)
    assert len(await stored.feeds(database, ADA)) == MOST_FEEDS


@pytest.mark.clause("EOI-03")
async def test_persons_are_told_apart_by_role_country_and_name(database: Database) -> None:
    others = [
        Person(role=Role.FOCAL_POINT, country="XAB", name=ADA.name),
        Person(role=Role.FOCAL_POINT, country="XAA", name="Ben"),
        Person(role=Role.MWG, name=ADA.name),
    ]
    made = [
        (await stored.create(database, one, Language.ENGLISH, by=one, at=NOON))[0] for one in [ADA, *others]
    ]
    assert await stored.feeds(database, ADA) == [made[0]]
    of_country = await stored.feeds_of_country(database, "XAA")
    assert {one.id for one in of_country} == {made[0].id, made[2].id}


async def test_a_rebuild_leaves_the_addresses_alone(database: Database, documents: Documents) -> None:
    source = await lived(database, documents)
    feed, address = await stored.create(database, ADA, Language.ENGLISH, by=ADA, at=NOON)
    assert (await check_rebuild_from(source, database, documents)).differences == []
    assert await stored.feed_at(database, address) == feed
