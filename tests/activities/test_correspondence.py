"""Handing messages to the post: who gets them, once each."""

from datetime import date, timedelta
from typing import Any

import pytest
from temporalio.testing import ActivityEnvironment

from activities.correspondence import Correspondence
from contracts.names import mail_key
from contracts.rows import Batch, Delivery, Posting
from contracts.state import MailOrder, Recipient
from framework.records import Contact
from framework.terms import Language
from storage import ledger
from storage.directory import SeatHolder, put_appointments
from storage.engine import Database
from storage.writing import write_batch
from tests.storage.samples import NOON, country_row, order


class Bag:
    """A courier that keeps what it is given, and breaks down once when it is told to."""

    def __init__(self) -> None:
        self.taken: list[Delivery] = []
        self.breaks_at = 0

    async def take(self, delivery: Delivery) -> None:
        """Keeps a message."""
        if self.breaks_at and len(self.taken) + 1 == self.breaks_at:
            self.breaks_at = 0
            raise ConnectionError("the Temporal server is away")
        self.taken.append(delivery)


def seat(number: int, role: str, email: str, **changes: Any) -> SeatHolder:
    """Somebody who holds a seat since 2024."""
    holder = SeatHolder(
        id=str(number),
        role=role,
        seat=f"Seat {number}",
        name=f"N{number}",
        email=email,
        from_on=date(2024, 1, 1),
    )
    return holder.model_copy(update=changes)


async def post(database: Database, bag: Bag, *orders: MailOrder) -> list[str]:
    """Posts orders as the activity does."""
    correspondence = Correspondence(database, bag)
    return await ActivityEnvironment().run(correspondence.post, Posting(orders=list(orders)))


ADA = Recipient(name="Ada", email="ada@land.example", language=Language.FRENCH)


async def test_a_contact_gets_the_message_at_the_address_that_the_order_names(database: Database) -> None:
    bag = Bag()
    made = order(to=[ADA])
    keys = await post(database, bag, made)
    assert keys == [mail_key("XAA", "2027", "reminder", made.step, "ada@land.example")]
    (taken,) = bag.taken
    assert (taken.to_name, taken.to_email, taken.language) == ("Ada", "ada@land.example", Language.FRENCH)
    item = await ledger.mail(database, keys[0])
    assert item is not None
    assert item.state == "queued"


async def test_everybody_who_holds_a_seat_on_that_day_gets_it_and_nobody_else(database: Database) -> None:
    until = NOON.date() - timedelta(days=1)
    seats = [
        seat(1, "gcm", "one@x.example"),
        seat(2, "gcm", "two@x.example", until_on=until),
        seat(3, "gcm", "three@x.example", from_on=NOON.date()),
        seat(4, "mwg", "four@x.example"),
    ]
    await put_appointments(database, seats, revision=1)
    bag = Bag()
    await post(database, bag, order("granted", to=[Recipient(role="gcm")]))
    assert [each.to_email for each in bag.taken] == ["one@x.example", "three@x.example"]


@pytest.mark.clause("REP-07")
async def test_double_addresses_that_differ_in_case_get_one_message(database: Database) -> None:
    await put_appointments(database, [seat(1, "gcm", "ADA@land.example"), seat(2, "gcm", "x@y.example")], 1)
    bag = Bag()
    keys = await post(
        database, bag, order(to=[ADA, Recipient(email=" Ada@Land.Example "), Recipient(role="gcm")])
    )
    assert [each.to_email for each in bag.taken] == ["ada@land.example", "x@y.example"]
    assert len(keys) == 2


async def test_a_seat_that_nobody_holds_is_on_record_and_raises_nothing(database: Database) -> None:
    bag = Bag()
    keys = await post(database, bag, order(to=[Recipient(role="gcm"), Recipient(role="mwg"), ADA]))
    found = {item.key: item.state for item in (await ledger.mails(database)).items}
    assert [found[key] for key in keys] == ["no_recipient", "no_recipient", "queued"]
    assert [each.key for each in bag.taken] == keys


@pytest.mark.clause("EOI-01")
async def test_the_focal_point_of_another_country_is_reached_at_the_address_on_its_record(
    database: Database,
) -> None:
    row = country_row("XAB", focal_point=Contact(name="Bo", email="bo@b.example", language=Language.FRENCH))
    await write_batch(database, Batch(code="XAB", revision=1, country=row), {})
    bag = Bag()
    await post(database, bag, order("peer_introduction", to=[ADA, Recipient(role="focal_point:XAB")]))
    assert [(each.to_name, each.to_email, each.language) for each in bag.taken] == [
        ("Ada", "ada@land.example", Language.FRENCH),
        ("Bo", "bo@b.example", Language.FRENCH),
    ]


@pytest.mark.parametrize("role", ["focal_point:XAC", "focal_point:", "focal_point", "mwg:XAB"])
async def test_a_focal_point_of_no_country_on_record_is_nobody(database: Database, role: str) -> None:
    await write_batch(database, Batch(code="XAB", revision=1, country=country_row("XAB")), {})
    bag = Bag()
    await post(database, bag, order(to=[Recipient(role=role)]))
    assert [each.to_email for each in bag.taken] == [""]


async def test_posting_twice_enters_nothing_twice(database: Database) -> None:
    bag = Bag()
    first = await post(database, bag, order(to=[ADA]), order("granted", to=[ADA]))
    again = await post(database, bag, order(to=[ADA]), order("granted", to=[ADA]))
    assert again == first
    assert len((await ledger.mails(database)).items) == 2


async def test_a_courier_that_breaks_down_half_way_is_given_the_rest_at_the_next_attempt(
    database: Database,
) -> None:
    bag = Bag()
    bag.breaks_at = 2
    orders = [order(step=str(number), to=[ADA]) for number in range(3)]
    with pytest.raises(ConnectionError):
        await post(database, bag, *orders)
    await post(database, bag, *orders)
    assert {each.order.step for each in bag.taken} == {"0", "1", "2"}
    assert len((await ledger.mails(database)).items) == 3


async def test_ten_thousand_recipients_each_get_one(database: Database) -> None:
    bag = Bag()
    crowd = [Recipient(email=f"person{number}@x.example") for number in range(10_000)]
    keys = await post(database, bag, order(to=crowd))
    assert len(set(keys)) == 10_000
    assert len(bag.taken) == 10_000


async def test_of_thousands_those_that_are_under_way_are_not_started_again(database: Database) -> None:
    crowd = [Recipient(email=f"person{number}@x.example") for number in range(1_200)]
    keys = await post(database, Bag(), order(to=crowd))
    for key in keys[:700:100]:
        item = await ledger.mail(database, key)
        assert item is not None
        await ledger.begin(database, item.delivery)
    bag = Bag()
    assert await post(database, bag, order(to=crowd)) == keys
    assert {each.key for each in bag.taken} == set(keys) - set(keys[:700:100])


async def test_a_message_to_nobody_at_all_is_on_record_too(database: Database) -> None:
    bag = Bag()
    (key,) = await post(database, bag, order(to=[]))
    item = await ledger.mail(database, key)
    assert item is not None
    assert (item.state, item.delivery.to_email, [each.key for each in bag.taken]) == (
        "no_recipient",
        "",
        [key],
    )


async def test_one_person_in_several_roles_gets_one_message_in_the_first_of_them(database: Database) -> None:
    await put_appointments(
        database, [seat(1, "gcm", "Ada@Land.example"), seat(2, "mwg", "ada@land.EXAMPLE")], 1
    )
    bag = Bag()
    both = [Recipient(role="gcm"), Recipient(role="mwg"), Recipient(role="deputy", email="ADA@land.example")]
    await post(database, bag, order(to=both))
    assert [(each.role, each.to_email) for each in bag.taken] == [("gcm", "Ada@Land.example")]


async def test_keys_and_orders_do_not_repeat_the_addresses_of_others(database: Database) -> None:
    bag = Bag()
    await post(database, bag, order(to=[ADA, Recipient(email="bo@land.example")]))
    assert "ada" not in bag.taken[1].model_dump_json()
    assert all("@" not in each.key for each in bag.taken)
