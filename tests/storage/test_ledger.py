"""The ledger: every message once, every attempt on record before it begins."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from contracts.rows import Delivery, Happening, Outcome
from storage import ledger, mail_story
from storage.engine import Database
from storage.ledger import MailFilter
from storage.tables import MailTable
from tests.storage.samples import NOON, delivery, order

KEY = delivery().key
LATER = Happening(what="postponed", at=NOON, attempt=1, said="451 later")


def outcome(state: str = "sent", minutes: int = 1, **changes: Any) -> Outcome:
    """An outcome some minutes after noon."""
    return Outcome(state=state, at=NOON + timedelta(minutes=minutes), answer="250 OK", **changes)


async def state_of(database: Database) -> tuple[str, int, bool]:
    """State, attempts and mark of the message."""
    item = await ledger.mail(database, KEY)
    assert item is not None
    return item.state, item.attempts, item.possible_duplicate


@pytest.mark.clause("REP-07")
async def test_a_message_is_entered_once(database: Database) -> None:
    await ledger.enqueue(database, [delivery(), delivery()])
    await ledger.begin(database, delivery())
    await ledger.enqueue(database, [delivery()])
    assert await state_of(database) == ("attempting", 1, False)


async def test_a_message_without_address_is_on_record_as_such(database: Database) -> None:
    nobody = delivery(to_email="", to_name="")
    await ledger.enqueue(database, [nobody])
    assert (await state_of(database))[0] == "no_recipient"
    found = await ledger.begin(database, nobody)
    assert found.standing == Outcome(state="no_recipient", at=NOON, attempts=0)


async def test_an_attempt_after_the_message_was_sent_finds_the_outcome(database: Database) -> None:
    await ledger.begin(database, delivery())
    stood = await ledger.finish(database, delivery(), outcome())
    found = await ledger.begin(database, delivery())
    assert found.standing == stood
    assert stood.model_copy(update={"story": []}) == outcome()


async def test_an_attempt_after_one_that_reported_is_no_duplicate(database: Database) -> None:
    await ledger.begin(database, delivery())
    await ledger.postpone(database, KEY, LATER)
    found = await ledger.begin(database, delivery())
    assert (found.number, found.earlier_unreported) == (2, False)


async def test_an_attempt_after_one_that_never_reported_may_be_a_duplicate(database: Database) -> None:
    await ledger.begin(database, delivery())
    assert (await ledger.begin(database, delivery())).earlier_unreported
    await ledger.postpone(database, KEY, LATER)
    assert (await ledger.begin(database, delivery())).earlier_unreported
    stood = await ledger.finish(database, delivery(), outcome())
    assert (stood.possible_duplicate, stood.attempts) == (True, 3)


async def test_the_first_outcome_stands(database: Database) -> None:
    await ledger.begin(database, delivery())
    await ledger.finish(database, delivery(), outcome("given_up"))
    late = await ledger.finish(database, delivery(), outcome("sent", minutes=5))
    assert late.state == "given_up"
    await ledger.postpone(database, KEY, LATER)
    assert (await state_of(database))[0] == "given_up"


async def test_a_message_that_two_attempts_sent_is_marked(database: Database) -> None:
    await ledger.begin(database, delivery())
    await ledger.finish(database, delivery(), outcome(minutes=1))
    again = await ledger.finish(database, delivery(), outcome(minutes=2))
    assert again.possible_duplicate
    assert again.at == outcome(minutes=1).at
    assert await state_of(database) == ("sent", 1, True)


async def test_reporting_the_same_outcome_again_changes_nothing(database: Database) -> None:
    await ledger.begin(database, delivery())
    first = await ledger.finish(database, delivery(), outcome())
    assert await ledger.finish(database, delivery(), outcome()) == first
    assert await state_of(database) == ("sent", 1, False)


async def test_giving_up_while_an_attempt_never_reported_says_so(database: Database) -> None:
    await ledger.begin(database, delivery())
    assert (await ledger.finish(database, delivery(), outcome("given_up"))).possible_duplicate


async def story_of(database: Database) -> list[tuple[str, int, str]]:
    """What happened to the message: what, in which attempt, with which words."""
    item = await ledger.mail(database, KEY)
    assert item is not None
    return [(one.what, one.attempt, one.said) for one in item.story]


@pytest.mark.clause("REP-07")
async def test_the_story_tells_each_attempt_with_the_servers_words_and_when_it_is_tried_again(
    database: Database,
) -> None:
    again = NOON + timedelta(minutes=2)
    await ledger.begin(database, delivery(), NOON)
    assert await story_of(database) == [("attempting", 1, "")]
    await ledger.postpone(database, KEY, LATER.model_copy(update={"again_at": again}))
    await ledger.begin(database, delivery(), again)
    stood = await ledger.finish(database, delivery(), outcome(attempts=2))
    item = await ledger.mail(database, KEY)
    assert item is not None
    assert await story_of(database) == [("postponed", 1, "451 later"), ("sent", 2, "250 OK")]
    assert item.story[0].again_at == again
    assert stood.story == item.story


async def test_an_attempt_that_never_reported_stays_in_the_story_as_begun(database: Database) -> None:
    await ledger.begin(database, delivery())
    await ledger.begin(database, delivery())
    await ledger.finish(database, delivery(), outcome(attempts=2))
    assert await story_of(database) == [("attempting", 1, ""), ("sent", 2, "250 OK")]
    await ledger.finish(database, delivery(), outcome(attempts=1, minutes=9))
    assert len(await story_of(database)) == 2


async def test_a_message_that_was_given_up_says_so_last(database: Database) -> None:
    await ledger.begin(database, delivery())
    await ledger.postpone(database, KEY, LATER)
    await ledger.finish(database, delivery(), outcome("given_up"))
    assert [what for what, _, _ in await story_of(database)] == ["postponed", "given_up"]


async def test_a_story_of_days_keeps_its_beginning_and_its_end(database: Database) -> None:
    for number in range(1, 131):
        await ledger.begin(database, delivery())
        await ledger.postpone(database, KEY, LATER.model_copy(update={"attempt": number, "said": "4" * 999}))
    story = await story_of(database)
    assert [number for _, number, _ in story] == [*range(1, 11), *range(101, 131)]
    assert {len(said) for _, _, said in story} == {mail_story.SAID}


async def test_a_message_is_found_by_what_mail_servers_give_back(database: Database) -> None:
    await ledger.enqueue(database, [delivery(), delivery("has a space")])
    async with database.reading() as session:
        rows = {row.key: row for row in await session.exec(select(MailTable))}
    assert rows[KEY].message_id == KEY
    assert re.fullmatch("[0-9a-f]{64}", rows["has a space"].message_id)
    assert len({row.token for row in rows.values()}) == 2


async def test_of_attempts_at_the_same_time_each_is_counted(database: Database) -> None:
    await ledger.enqueue(database, [delivery()])
    attempts = await asyncio.gather(*(ledger.begin(database, delivery()) for _ in range(5)))
    assert sorted(attempt.number for attempt in attempts) == [1, 2, 3, 4, 5]
    assert [attempt.earlier_unreported for attempt in attempts].count(False) == 1


async def test_the_ledger_is_read_by_country_kind_state_and_task(database: Database) -> None:
    def numbered(number: int, **changes: Any) -> Delivery:
        made = order(made_at=NOON + timedelta(minutes=number), **changes)
        return delivery(key=f"key-{number}", order=made)

    await ledger.enqueue(
        database, [numbered(1), numbered(2, country="XAB"), numbered(3, kind="granted", task="")]
    )
    await ledger.begin(database, numbered(1))

    async def keys(**filter: Any) -> list[str]:
        return [item.key for item in (await ledger.mails(database, MailFilter(**filter))).items]

    assert await keys() == ["key-1", "key-2", "key-3"]
    assert await keys(country="XAA") == ["key-1", "key-3"]
    assert await keys(kind="granted") == ["key-3"]
    assert await keys(states=("queued",)) == ["key-2", "key-3"]
    assert await keys(task="progress_report-2027") == ["key-1", "key-2"]
    first = await ledger.mails(database, limit=2)
    rest = await ledger.mails(database, limit=2, cursor=first.next_cursor or "")
    assert [item.key for item in rest.items] == ["key-3"]
