"""What came back is read for what it proves, and nothing that strangers write makes the reader stumble."""

import random
from email.header import Header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.reports import Report, understood
from contracts.names import return_token
from contracts.returns import AUTO_REPLY, DELAYED, DELIVERED, FAILED, KINDS, UNCLEAR
from tests.activities import bounces
from tests.activities.bounces import KEY, MACHINE, ORIGINAL, message, report

HEADERS_ONLY = ORIGINAL.partition("\n\n")[0] + "\n"


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.1.1", FAILED),
        ("Failed (bad address)", "5.0.0", FAILED),
        ("delayed", "4.4.1", DELAYED),
        ("delivered", "2.0.0", DELIVERED),
        ("relayed", "2.0.0", DELIVERED),
        ("expanded", "2.0.0", DELIVERED),
        ("", "5.2.2", FAILED),
        ("", "4.2.2", DELAYED),
        ("danced", "5.1.1", UNCLEAR),
        ("", "none", UNCLEAR),
    ],
)
def test_a_delivery_report_says_what_became_of_the_message_that_it_returns(
    action: str, status: str, kind: str
) -> None:
    found = understood(report(action, status))
    assert (found.kind, found.identities) == (kind, [KEY])
    if kind is not UNCLEAR:
        assert found.status == status
        assert found.said == "smtp; 550 5.1.1 <ada@land.example>: no such user"


@pytest.mark.parametrize(
    "content",
    [
        report(original=HEADERS_ONLY, kind="text/rfc822-headers"),
        report(
            original=HEADERS_ONLY,
            kind="message/rfc822-headers",
            more=f"X-Original-Message-ID: <{KEY}@x.example>",
        ),
        report(
            original=HEADERS_ONLY, kind="message/global-headers", status_type="message/global-delivery-status"
        ),
        report(kind="message/global", status_type="message/global-delivery-status"),
        report(original="", kind="text/plain", In_Reply_To=f"<{KEY}@alliance.example>"),
        report(kind="text/plain"),
    ],
)
def test_the_returned_message_is_known_however_little_of_it_is_returned(content: bytes) -> None:
    found = understood(content)
    assert (found.kind, found.identities[0]) == (FAILED, KEY)


def test_of_several_recipients_the_worst_counts() -> None:
    mixed = report("delivered", "2.0.0").replace(
        b"Action: delivered",
        b"Action: delivered\r\nStatus: 2.0.0\r\n\r\nFinal-Recipient: rfc822; bo@x.example\r\nAction: failed",
    )
    assert understood(mixed).kind == FAILED


@pytest.mark.parametrize("content", [bounces.exim(), bounces.qmail()])
def test_older_forms_of_reports_are_understood_when_they_return_our_message(content: bytes) -> None:
    found = understood(content)
    assert (found.kind, found.identities) == (FAILED, [KEY])
    assert "ada@land.example" in found.said


def test_the_address_that_it_came_back_to_names_the_message_too() -> None:
    token = return_token(KEY)
    found = understood(
        report(original="", kind="text/plain", To=f"Bounces <bounces+{token.upper()}@alliance.example>")
    )
    assert (found.tokens, found.identities) == ([token], [])


@pytest.mark.parametrize(
    "content",
    [
        bounces.out_of_office(),
        bounces.out_of_office(Auto_Submitted="no", Precedence="auto_reply"),
        bounces.out_of_office(Auto_Submitted="no", X_Autoreply="yes"),
        bounces.out_of_office(Auto_Submitted="no", Subject="Réponse automatique : Rappel"),
        bounces.out_of_office(
            Auto_Submitted="no", Subject=Header("Fuera de la oficina: señal", "utf-8").encode()
        ),
        message("Read.", 'multipart/report; report-type="disposition-notification"; boundary=b'),
    ],
)
def test_an_answer_by_a_machine_is_no_failure(content: bytes) -> None:
    assert understood(content).kind == AUTO_REPLY


def test_a_report_that_calls_itself_an_automatic_answer_is_a_report() -> None:
    assert understood(report(Auto_Submitted="auto-replied")).kind == FAILED


@pytest.mark.parametrize(
    "content",
    [
        bounces.persons_answer(),
        bounces.persons_answer("The message could not be delivered: 550 5.1.1 user unknown"),
        bounces.persons_answer("Hi. This is the qmail-send program at land.example."),
        message("Cheap watches", From="Spam <spam@x.example>"),
        message("", From=MACHINE),
        b"",
        b"\x00\xff" * 300,
        b"From: x\n" * 5000,
    ],
)
def test_what_proves_nothing_is_unclear(content: bytes) -> None:
    assert understood(content).kind == UNCLEAR


def test_a_persons_answer_names_the_message_that_it_answers() -> None:
    found = understood(bounces.persons_answer())
    assert found.identities == [KEY]
    assert (found.sender, found.subject) == ("Ada <ada@land.example>", "Re: A reminder")


def nested(depth: int) -> bytes:
    """Parts in parts in parts."""
    lines = ["MIME-Version: 1.0"]
    for number in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    return "\r\n".join([*lines, "Content-Type: text/plain", "", "the end"]).encode()


@pytest.mark.parametrize(
    "content",
    [
        nested(40),
        nested(2000),
        report(status="5." + "1" * 10_000),
        report(original="Message-ID: <" + "x" * 500_000 + "@x>"),
        report(original=ORIGINAL * 3000),
        message("x" * 500_000),
        message("x", 'text/plain; charset="no such charset"'),
        message("x", "multipart/report; report-type=delivery-status"),
        message("=?utf-8?q?=00?=", Subject="=?utf-8?b?/////w==?= =?nonsense?x?y?="),
        report().replace(b"rfc822", b"rfc822\x00\xfe"),
        report().replace(b"\r\n", b"\r"),
        (b"--=_b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n" * 3000),
    ],
)
def test_malformed_huge_and_nested_messages_are_read_as_far_as_they_go(content: bytes) -> None:
    found = understood(content)
    assert found.kind in KINDS
    assert len(found.said) <= 300
    assert len(found.identities) <= 20
    assert not set("\r\n\x00") & set(found.subject + found.sender + found.said)


def test_direction_marks_and_control_characters_do_not_come_through() -> None:
    strange = Header("Inv\u202eoice\x1b[31m\u2028x", "utf-8").encode()
    assert understood(message("x", Subject=strange)).subject == "Inv oice [31m x"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000), st.integers(0, 2**32))
def test_no_bytes_make_the_reader_stumble(noise: bytes, seed: int) -> None:
    chance = random.Random(seed)
    whole = report()
    place, length = chance.randrange(len(whole)), chance.randrange(200)
    damaged = whole[:place] + noise + whole[place + length :]
    for content in (noise, damaged):
        assert isinstance(understood(content), Report)
