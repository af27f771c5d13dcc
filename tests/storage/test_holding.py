"""Messages that wait for a digest: each is part of one digest, or of none."""

from datetime import timedelta

import pytest

from contracts.rows import Delivery, Outcome
from storage import ledger
from storage.dump import dump_rows
from storage.engine import Database
from storage.holding import held, hold, put_in_digest
from storage.ledger import MailFilter
from storage.rebuilding import rebuild_from
from tests.storage.samples import NOON, delivery, order


def waiting(number: int, address: str = "ada@land.example") -> Delivery:
    """A message that waits, made so many minutes after noon."""
    made = order("granted", step=str(number), made_at=NOON + timedelta(minutes=number))
    return delivery(f"XAA-2027-granted-{number}", order=made, to_email=address)


DIGEST = delivery("ALLIANCE-digest-1", order=order("digest", country="ALLIANCE"))


@pytest.mark.clause("REP-07")
async def test_messages_are_held_once_and_found_by_mailbox_in_whatever_case(database: Database) -> None:
    messages = [waiting(2), waiting(1, " ADA@Land.example"), waiting(3, "bo@land.example")]
    await hold(database, messages)
    await hold(database, messages)
    assert [one.order.step for one in await held(database)] == ["1", "2", "3"]
    assert [one.order.step for one in await held(database, "Ada@land.example ")] == ["1", "2"]
    assert await held(database, "nobody@land.example") == []
    await hold(database, [])


@pytest.mark.clause("REP-07")
async def test_what_a_digest_includes_carries_its_key_and_waits_no_more(database: Database) -> None:
    await hold(database, [waiting(1), waiting(2)])
    await put_in_digest(database, DIGEST, [waiting(1)], NOON)
    rows = {item.key: (item.state, item.answer) for item in (await ledger.mails(database)).items}
    assert rows == {
        DIGEST.key: ("queued", ""),
        waiting(1).key: ("in_digest", DIGEST.key),
        waiting(2).key: ("held", ""),
    }
    assert [one.order.step for one in await held(database)] == ["2"]
    await hold(database, [waiting(1)])  # the country posts the same again
    assert [one.order.step for one in await held(database)] == ["2"]


async def test_a_message_that_went_out_by_itself_meanwhile_is_not_taken_into_a_digest(
    database: Database,
) -> None:
    await hold(database, [waiting(1)])
    await ledger.begin(database, waiting(1))
    await put_in_digest(database, DIGEST, [waiting(1)], NOON)
    found = await ledger.mail(database, waiting(1).key)
    assert found is not None
    assert found.state == "attempting"


async def test_a_message_of_a_digest_is_never_sent_by_itself_any_more(database: Database) -> None:
    await hold(database, [waiting(1)])
    await put_in_digest(database, DIGEST, [waiting(1)], NOON)
    attempt = await ledger.begin(database, waiting(1))
    assert attempt.standing == Outcome(state="in_digest", at=NOON, answer=DIGEST.key, attempts=0)


class Nothing:
    """A Temporal server that knows of no process."""

    async def codes(self) -> set[str]:
        return set()

    async def book(self, code: str) -> None:
        return None

    async def mail_keys(self) -> set[str]:
        return set()

    async def delivered(self, key: str) -> None:
        return None

    async def seats(self) -> None:
        return None


async def test_a_rebuild_keeps_what_waits_and_what_was_part_of_a_digest(
    database: Database, documents: object
) -> None:
    await hold(database, [waiting(1), waiting(2)])
    await put_in_digest(database, DIGEST, [waiting(1)], NOON)
    before = (await dump_rows(database))["mail"]
    await rebuild_from(Nothing(), database, documents)  # type: ignore[arg-type]
    assert (await dump_rows(database))["mail"] == before
    assert len((await ledger.mails(database, MailFilter(states=("held",)))).items) == 1
