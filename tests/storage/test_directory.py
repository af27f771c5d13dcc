"""Dated appointments."""

from datetime import date

import pytest

from framework.digests import Digest
from storage.directory import SeatHolder, appointments, holders, put_appointments
from storage.engine import Database

CHAIR = SeatHolder(
    id="1",
    role="chair",
    seat="Chair",
    name="Ada",
    email="ada@x.example",
    from_on=date(2024, 1, 1),
    until_on=date(2026, 12, 31),
)
NEXT_CHAIR = SeatHolder(
    id="2", role="chair", seat="Chair", name="Bo", email="bo@x.example", from_on=date(2027, 1, 1)
)


async def test_a_message_goes_to_who_holds_the_seat_on_that_day(database: Database) -> None:
    await put_appointments(database, [CHAIR, NEXT_CHAIR], revision=1)
    assert [each.name for each in await holders(database, "chair", date(2026, 12, 31))] == ["Ada"]
    assert [each.name for each in await holders(database, "chair", date(2027, 1, 1))] == ["Bo"]
    assert await holders(database, "chair", date(2023, 12, 31)) == []
    assert await holders(database, "gcm", date(2027, 1, 1)) == []


async def test_the_directory_becomes_what_the_newest_revision_says(database: Database) -> None:
    await put_appointments(database, [CHAIR, NEXT_CHAIR], revision=2)
    await put_appointments(database, [CHAIR], revision=1)
    assert await appointments(database) == [CHAIR, NEXT_CHAIR]
    await put_appointments(database, [NEXT_CHAIR], revision=3)
    assert await appointments(database, role="chair") == [NEXT_CHAIR]


@pytest.mark.clause("REP-07")
async def test_a_holder_gets_what_was_chosen_or_what_is_usual_for_the_role(database: Database) -> None:
    usual = CHAIR.model_copy(update={"id": "3", "role": "mwg", "seat": "Statistics"})
    chosen = usual.model_copy(update={"id": "4", "seat": "Survivors", "digest": Digest.OFF})
    await put_appointments(database, [CHAIR, usual, chosen], revision=1)
    assert await appointments(database) == [CHAIR, usual, chosen]
    day = date(2025, 1, 1)
    assert [one.digest for one in await holders(database, "mwg", day)] == [Digest.WEEKLY, Digest.OFF]
    assert [one.digest for one in await holders(database, "chair", day)] == [Digest.OFF]
