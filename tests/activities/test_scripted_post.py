"""Row by row of the fault catalogue: what a mail server does, what arrived, and what the ledger says of it."""

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.delivering import Postman
from contracts.rows import Delivery, Outcome
from correspondence.message import Sender
from storage import ledger
from storage.engine import Database
from tests.activities.postbox import (
    HANG_UP_AFTER_DATA,
    HANG_UP_IN_DATA,
    LEAVE,
    OK,
    SILENCE_AFTER_DATA,
    SLOWLY,
    Postbox,
    postbox,
)
from tests.storage.samples import delivery, order

SENDER = Sender(mail_from="Secretariat <mail@alliance.example>", public_url="https://pathfinder.example")
IDENTITY = f"<{delivery().key}@alliance.example>"
BIG = order(kind="reply_letter", values={"text": "A long letter. " * 400_000})
"""About 6 MB: more than a line takes in before the server reads."""


async def delivered(database: Database, box: Postbox, one: Delivery, most: int = 9) -> Outcome:
    """Attempts as Temporal makes them, one after the other, until an outcome stands."""
    postman = Postman(database, box.server, SENDER)
    for _ in range(most):
        try:
            return await ActivityEnvironment().run(postman.deliver, one)
        except ApplicationError as error:
            if error.non_retryable:
                raise
    raise AssertionError(f"no outcome after {most} attempts")


async def story(database: Database, key: str = "") -> list[str]:
    """What the ledger says happened, in words."""
    item = await ledger.mail(database, key or delivery().key)
    assert item is not None
    assert item.story[-1].what == item.state
    return [one.what for one in item.story]


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize(
    ("script", "happened", "copies", "possible_duplicate"),
    [
        pytest.param([OK], ["sent"], 1, False, id="accepts"),
        pytest.param([f"{SLOWLY} 250 OK"], ["sent"], 1, False, id="is slow"),
        pytest.param(
            ["451 greylisted", OK], ["postponed", "sent"], 1, False, id="451 after the message, then 250"
        ),
        pytest.param(
            ["RCPT 451 greylisted", "RCPT 451 greylisted", OK],
            ["postponed", "postponed", "sent"],
            1,
            False,
            id="greylists the recipient",
        ),
        pytest.param([LEAVE, OK], ["postponed", "sent"], 1, False, id="421 in mid-session"),
        pytest.param(["RCPT 550 no such person"], ["refused"], 0, False, id="550 at the recipient"),
        pytest.param(["550 not wanted"], ["refused"], 0, False, id="550 after the message"),
        pytest.param([HANG_UP_IN_DATA, OK], ["postponed", "sent"], 1, False, id="closes within the message"),
        pytest.param([HANG_UP_AFTER_DATA, OK], ["unknown"], 1, True, id="closes before the answer"),
        pytest.param([SILENCE_AFTER_DATA, OK], ["unknown"], 1, True, id="never answers"),
    ],
)
async def test_rows_23_and_24_what_the_server_does_is_what_the_ledger_says(
    database: Database, script: list[str], happened: list[str], copies: int, possible_duplicate: bool
) -> None:
    async with postbox(*script, patience=1.5) as box:
        outcome = await delivered(database, box, delivery())
        assert await delivered(database, box, delivery()) == outcome
    assert await story(database) == happened
    assert (outcome.state, outcome.attempts) == (happened[-1], len(happened))
    assert outcome.possible_duplicate is possible_duplicate
    assert box.copies(IDENTITY) == copies
    assert {message["Message-ID"] for message in box.messages} <= {IDENTITY}, "a reader sees one message"


async def test_row_24_a_line_that_breaks_under_a_long_message_brought_nothing_and_it_is_sent_again(
    database: Database,
) -> None:
    async with postbox(HANG_UP_IN_DATA, OK) as box:
        outcome = await delivered(database, box, delivery(order=BIG))
    assert await story(database) == ["postponed", "sent"]
    assert (outcome.possible_duplicate, len(box.messages)) == (False, 1)


@pytest.mark.clause("REP-07")
async def test_row_23_of_several_recipients_each_gets_theirs_once_whatever_the_others_get(
    database: Database,
) -> None:
    people = {name: delivery(f"XAA-{name}", to_email=f"{name}@land.example") for name in "abcdef"}
    scripts = {
        "a": [OK],
        "b": ["RCPT 550 no such person"],
        "c": ["RCPT 451 later", OK],
        "d": [HANG_UP_AFTER_DATA, OK],
        "e": [LEAVE, "552 mailbox full"],
    }
    async with postbox() as box:
        box.by_recipient = {f"{name}@land.example": answers for name, answers in scripts.items()}
        outcomes = {name: await delivered(database, box, one) for name, one in people.items()}
    states = {name: outcome.state for name, outcome in outcomes.items()}
    assert states == {"a": "sent", "b": "refused", "c": "sent", "d": "unknown", "e": "refused", "f": "sent"}
    assert await story(database, "XAA-e") == ["postponed", "refused"]
    came = [envelope.rcpt_tos for envelope in box.envelopes]
    assert sorted(came) == [[f"{name}@land.example"] for name in "acdef"]
    assert {name for name, outcome in outcomes.items() if outcome.possible_duplicate} == {"d"}
