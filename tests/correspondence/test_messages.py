"""The message itself: its identity, its two forms, its calendar entry; nothing that people write becomes a header."""

from datetime import date

import pytest

from correspondence.inert import header_safe
from correspondence.message import AddressRefused, checked_address, letter_for, message_id
from tests.correspondence.mailing import SENDER, VALUES, about, alternative, parsed
from tests.storage.samples import NOON, delivery, order

HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "References", "In-Reply-To", "Auto-Submitted",
    "Content-Language", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
}  # fmt: skip

HOSTILE = [
    "Ada\r\nBcc: all@x.example",
    "Ada\nBcc: all@x.example",
    "Ada\rBcc: all@x.example",
    "Ada\x0b\x0c\x1c\x85\u2028\u2029Bcc: all@x.example",
    "=?utf-8?q?Ada=0D=0ABcc=3A_all=40x=2Eexample?=",
    "=?utf-8?B?QWRhDQpCY2M6IGFsbEB4LmV4YW1wbGU=?=",
    "\u202ebcc\u202c: all@x.example",
    'Ada" <all@x.example>, "',
    "Ada\x00\ud800",
    "A" * 2000,
]


def test_a_message_has_an_identity_a_thread_and_says_that_a_machine_wrote_it() -> None:
    message = parsed(about("reminder"))
    assert message["Message-ID"] == "<XAA-2027-reminder-1@alliance.example>"
    assert message["In-Reply-To"] == message["References"] == "<XAA-2027.thread@alliance.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["To"] == "Ada Ámbar <ada@land.example>"
    assert message["From"] == '"Secretariat of Alliance 8.7" <mail@alliance.example>'
    assert message["Date"].datetime == NOON


def test_a_message_is_plain_text_and_the_same_as_html() -> None:
    message = parsed(about("granted", due_on=None))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert all("Ada Ámbar" in alternative(message, form) for form in ("plain", "html"))


def test_the_same_order_gives_the_same_message_at_every_attempt() -> None:
    first, again = (letter_for(about("granted"), SENDER, NOON) for _ in range(2))
    assert first == again


def test_lines_are_as_short_as_mail_servers_want_them() -> None:
    content = letter_for(about("reply_letter", text="word " * 3000 + "x" * 3000), SENDER, NOON).content
    assert max(len(line) for line in content.split(b"\r\n")) <= 78


@pytest.mark.parametrize("key", ["a b", "a>b@c", "a\r\nX: y", "x" * 300, "é"])
def test_an_identity_is_one_word_whatever_the_key(key: str) -> None:
    identity = message_id(key, "alliance.example")
    assert identity == message_id(key, "alliance.example")
    assert identity.removesuffix("@alliance.example>").lstrip("<").isalnum()


@pytest.mark.parametrize(
    "address",
    ["", "ada", "ada@", "@land.example", "a b@land.example", "a..b@land.example", "ada@land\r\n.example"],
)
def test_what_is_no_address_gets_no_message(address: str) -> None:
    with pytest.raises(AddressRefused):
        letter_for(delivery(to_email=address), SENDER, NOON)


def test_an_address_with_an_international_domain_is_written_in_ascii() -> None:
    assert checked_address("ada@länd.example") == "ada@xn--lnd-qla.example"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["registered", "peer_introduction", "presentation", "generic"])
def test_nothing_that_people_write_becomes_a_header_or_another_recipient(kind: str, text: str) -> None:
    values = VALUES | {"country_name": text, "with_country": text, "meeting": text}
    made = order(kind, values=values, event_on=date(2027, 5, 5), event_title=text)
    one = delivery(to_name=text, order=made)
    message = parsed(one)
    assert letter_for(one, SENDER, NOON).recipient == "ada@land.example"
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@land.example"]
    assert set(message.keys()) <= HEADERS
    assert len(message.keys()) == len(set(message.keys()))
    for header in ("Subject", "To"):
        assert "\r" not in message[header]
        assert "\n" not in message[header]


@pytest.mark.parametrize("text", HOSTILE)
def test_header_text_is_one_plain_line(text: str) -> None:
    safe = header_safe(text)
    assert safe.isprintable()
    assert "=?" not in safe


def test_a_message_without_any_date_has_nothing_attached() -> None:
    assert list(parsed(about("granted", due_on=None)).iter_attachments()) == []
