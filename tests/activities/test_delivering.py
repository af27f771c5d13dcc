"""Every message once, whatever the mail server, the network, the database or the worker do."""

import asyncio
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.delivering import NOT_ACCEPTED, Postman, without_person
from activities.smtp import SmtpServer
from contracts.names import return_token
from contracts.rows import Delivery, Outcome
from correspondence.message import Sender
from storage import ledger
from storage.engine import Database
from tests.activities.postbox import (
    HANG_UP_AFTER_DATA,
    HANG_UP_BEFORE_DATA,
    OK,
    SILENCE_AFTER_DATA,
    postbox,
)
from tests.storage.samples import NOON, delivery

SENDER = Sender(mail_from="Secretariat <mail@alliance.example>", public_url="https://pathfinder.example")


def postman(database: Database, server: SmtpServer) -> Postman:
    """A postman for a post box."""
    return Postman(database, server, SENDER)


async def deliver(database: Database, server: SmtpServer, one: Delivery | None = None) -> Outcome:
    """One attempt."""
    return await ActivityEnvironment().run(postman(database, server).deliver, one or delivery())


async def deliver_for_later(database: Database, server: SmtpServer) -> str:
    """One attempt that must end with another one being asked for; why."""
    with pytest.raises(ApplicationError) as later:
        await deliver(database, server)
    assert later.value.type == NOT_ACCEPTED
    assert not later.value.non_retryable
    return later.value.message


async def on_record(database: Database) -> ledger.MailItem:
    """The ledger's row."""
    item = await ledger.mail(database, delivery().key)
    assert item is not None
    return item


@pytest.mark.clause("REP-07")
async def test_a_message_that_is_accepted_is_sent_once(database: Database) -> None:
    async with postbox() as box:
        outcome = await deliver(database, box.server)
        again = await deliver(database, box.server)
    assert (outcome.state, outcome.attempts, outcome.possible_duplicate) == ("sent", 1, False)
    assert again == outcome
    assert len(box.messages) == 1
    assert box.envelopes[0].rcpt_tos == ["ada@land.example"]
    assert (await on_record(database)).finished_at == outcome.at


@pytest.mark.parametrize(
    "answer", ["451 greylisted", "421 busy", "RCPT 450 mailbox busy", "RCPT 451 greylisted"]
)
async def test_a_message_that_is_put_off_goes_out_at_the_next_attempt(
    database: Database, answer: str
) -> None:
    async with postbox(answer, OK) as box:
        why = await deliver_for_later(database, box.server)
        assert (await on_record(database)).state == "queued"
        outcome = await deliver(database, box.server)
    assert answer.removeprefix("RCPT ")[:3] in why
    assert (outcome.state, outcome.attempts, outcome.possible_duplicate) == ("sent", 2, False)


@pytest.mark.parametrize("answer", ["550 no such person", "554 not wanted", "RCPT 550 no such person"])
async def test_a_message_that_is_refused_for_good_is_not_tried_again(database: Database, answer: str) -> None:
    async with postbox(answer, OK) as box:
        outcome = await deliver(database, box.server)
        again = await deliver(database, box.server)
    assert (outcome.state, outcome.answer) == ("refused", answer.removeprefix("RCPT "))
    assert again == outcome
    assert OK in box.answers


async def test_a_server_that_is_not_there_is_tried_again(database: Database) -> None:
    async with postbox() as box:
        gone = box.server
    assert "Error" in await deliver_for_later(database, gone)
    async with postbox() as box:
        assert (await deliver(database, box.server)).possible_duplicate is False


async def test_a_line_that_breaks_before_the_message_is_no_duplicate(database: Database) -> None:
    async with postbox(HANG_UP_BEFORE_DATA, OK) as box:
        await deliver_for_later(database, box.server)
        outcome = await deliver(database, box.server)
    assert (outcome.state, outcome.possible_duplicate) == ("sent", False)
    assert len(box.messages) == 1


@pytest.mark.parametrize("answer", [HANG_UP_AFTER_DATA, SILENCE_AFTER_DATA])
async def test_an_answer_that_is_lost_after_the_message_is_unknown_and_not_sent_again(
    database: Database, answer: str
) -> None:
    async with postbox(answer, OK, patience=0.5) as box:
        outcome = await deliver(database, box.server)
        again = await deliver(database, box.server)
    assert (outcome.state, outcome.possible_duplicate) == ("unknown", True)
    assert again == outcome
    assert len(box.messages) == 1
    assert (await on_record(database)).possible_duplicate


async def test_a_server_that_never_greets_is_left_in_time(database: Database) -> None:
    release = asyncio.Event()

    async def silent(reader: Any, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            await release.wait()

    listener = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    why = await deliver_for_later(database, SmtpServer("127.0.0.1", port, timeout=0.3))
    release.set()
    listener.close()
    assert "Timeout" in why


async def test_a_server_that_turns_everybody_away_says_nothing_about_the_reader(database: Database) -> None:
    async def closed(reader: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(b"554 no mail here today\r\n")
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(closed, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    assert "554" in await deliver_for_later(database, SmtpServer("127.0.0.1", port, timeout=2))
    listener.close()


async def test_after_a_killed_worker_the_message_goes_out_with_the_same_identity_and_is_marked(
    database: Database,
) -> None:
    async with postbox() as box:
        await deliver(database, box.server, delivery("another"))
        await ledger.begin(database, delivery())  # an attempt that never reported
        outcome = await deliver(database, box.server)
        first = await ActivityEnvironment().run(postman(database, box.server).deliver, delivery())
    assert (outcome.state, outcome.attempts, outcome.possible_duplicate) == ("sent", 2, True)
    assert first == outcome
    assert box.messages[1]["Message-ID"] == f"<{delivery().key}@alliance.example>"


async def test_when_the_ledger_is_away_after_sending_the_next_attempt_does_not_send(
    database: Database,
) -> None:
    beats: list[Any] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = lambda *details: beats.extend(details)
    async with postbox() as box:
        outcome = await environment.run(postman(database, box.server).deliver, delivery())
        assert beats == [outcome.model_copy(update={"story": []})]
        later = ActivityEnvironment()
        later.info = replace(later.info, heartbeat_details=[outcome.model_dump(mode="json")])
        other = delivery("never seen by the ledger")
        stood = await later.run(postman(database, box.server).deliver, other)
    assert stood.state == "sent"
    assert len(box.messages) == 1
    item = await ledger.mail(database, other.key)
    assert item is not None
    assert item.state == "sent"


@pytest.mark.parametrize("address", ["", "  "])
async def test_a_message_to_nobody_is_on_record_and_raises_nothing(database: Database, address: str) -> None:
    async with postbox() as box:
        outcome = await deliver(database, box.server, delivery(to_email=address.strip()))
    assert (outcome.state, outcome.at) == ("no_recipient", NOON)
    assert box.messages == []


@pytest.mark.parametrize(
    "address",
    [
        "no address",
        "a@b@c",
        "a b@x.example",
        "ada@x.example\r\nBcc: all@x.example",
        "ada@x.example>",
        "@x",
        "é@x.example",
    ],
)
async def test_what_is_no_address_is_refused_without_asking_the_server(
    database: Database, address: str
) -> None:
    async with postbox() as box:
        outcome = await deliver(database, box.server, delivery(to_email=address))
    assert outcome.state == "refused"
    assert "no e-mail address" in outcome.answer
    assert box.messages == []


async def test_an_address_with_an_international_domain_is_reached(database: Database) -> None:
    async with postbox() as box:
        await deliver(database, box.server, delivery(to_email="ada@bücher.example"))
    assert box.envelopes[0].rcpt_tos == ["ada@xn--bcher-kva.example"]


async def test_an_outcome_that_no_attempt_could_report_is_entered_and_the_first_one_stands(
    database: Database,
) -> None:
    async with postbox("451 later") as box:
        await deliver_for_later(database, box.server)
        tired = Outcome(state="given_up", at=NOON, answer="five days")
        run = postman(database, box.server).report_outcome
        stood = await ActivityEnvironment().run(run, delivery(), tired)
        box.answers[:] = [OK]
        late = await deliver(database, box.server)
    assert (stood.state, stood.attempts) == ("given_up", 1)
    assert late == stood
    assert len(box.messages) == 1
    assert (await on_record(database)).state == "given_up"


async def test_lines_that_begin_with_a_dot_arrive_whole(database: Database) -> None:
    order = delivery().order.model_copy(
        update={"kind": "reply_letter", "values": {"text": "one\n.\n..two\n.three"}}
    )
    async with postbox() as box:
        await deliver(database, box.server, delivery(order=order))
    html = box.messages[0].get_body(("html",))
    assert html is not None
    assert "one\n.\n..two\n.three" in html.get_content().replace("\r\n", "\n")


async def test_what_logs_and_operators_read_of_an_attempt_names_no_address(database: Database) -> None:
    async with postbox("RCPT 450 4.2.1 <ada@land.example>: greylisted; see post@land.example") as box:
        why = await deliver_for_later(database, box.server)
    assert why == "not accepted yet: 450 4.2.1 <[address]>: greylisted; see [address]"
    assert "ada@land.example" in (await on_record(database)).answer


@pytest.mark.parametrize(
    ("return_path", "back_to"),
    [
        ("", "mail@alliance.example"),
        ("bounces@alliance.example", "bounces@alliance.example"),
        ("bounces+{token}@alliance.example", f"bounces+{return_token(delivery().key)}@alliance.example"),
    ],
)
async def test_a_message_comes_back_to_where_the_installation_says(
    database: Database, return_path: str, back_to: str
) -> None:
    async with postbox() as box:
        sender = Postman(database, box.server, SENDER, return_path=return_path)
        await ActivityEnvironment().run(sender.deliver, delivery())
    assert box.envelopes[0].mail_from == back_to
    assert box.messages[0]["From"] == "Secretariat <mail@alliance.example>"


@pytest.mark.parametrize(
    "said",
    [
        "451 4.7.1 <ada.lindqvist@labour.example>: greylisted",
        "450 Ada.Lindqvist is over quota; ask postmaster@labour.example",
        "451 Mailbox of ADA LINDQVIST busy",
    ],
)
def test_row_37_what_a_server_says_is_passed_on_to_logs_without_the_person(said: str) -> None:
    one = replace_in(delivery(), to_email="ada.lindqvist@labour.example", to_name="Ada Lindqvist")
    passed_on = without_person(said, one).lower()
    assert passed_on[:2] == "45"
    assert not {word for word in ("ada", "lindqvist", "@") if word in passed_on}


def replace_in(one: Delivery, **changes: str) -> Delivery:
    """A delivery with another recipient."""
    return one.model_copy(update=changes)
