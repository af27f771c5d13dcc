"""No header of a message is anybody's but ours, whatever people are called and whatever they write."""

import re
from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.names import message_identity
from correspondence.message import Sender, letter_for, message_id
from tests.storage.samples import NOON, delivery, order

SENDER = Sender(mail_from="Secretariat <mail@alliance.example>", public_url="https://pathfinder.example")
OURS = {
    "from", "to", "subject", "date", "message-id", "references", "in-reply-to", "auto-submitted",
    "content-language", "content-type", "content-transfer-encoding", "mime-version",
}  # fmt: skip
TRICKS = st.sampled_from(
    [
        "\r\nBcc: all@x.example\r\n",
        "\n\n<script>",
        "\r",
        "\x00",
        "\u202e",
        "\u2028Bcc: x",
        "=?utf-8?q?=0D=0ABcc=3A_x?=",
        "=?utf-8?b?DQpCY2M6IHg=?=",
        '" <all@x.example>, "',
        "é" * 300,
        "x" * 1200,
        ";,:<>()[]@\\",
    ]
)
TEXTS = st.lists(TRICKS | st.text(max_size=30), min_size=1, max_size=4).map("".join)
KINDS = st.sampled_from(["registered", "presentation", "peer_introduction", "reminder", "no such kind"])


@settings(max_examples=50, deadline=None)
@given(name=TEXTS, text=TEXTS, kind=KINDS, dated=st.booleans())
def test_row_26_no_name_and_no_text_makes_a_header_or_a_recipient(
    name: str, text: str, kind: str, dated: bool
) -> None:
    values = {"country_name": text, "meeting": text, "with_country": text, "task_kind": text}
    made = order(kind, values=values, event_on=date(2027, 5, 5) if dated else None, event_title=text)
    letter = letter_for(delivery(order=made, to_name=name), SENDER, NOON)
    head = letter.content.partition(b"\r\n\r\n")[0]
    lines = head.split(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\x00", letter.content)
    assert all(len(line) <= 998 and line.isascii() for line in lines)
    names = [line.partition(b":")[0].decode().lower() for line in lines if line[:1] not in b" \t"]
    assert set(names) <= OURS
    assert len(names) == len(set(names))
    message = message_from_bytes(letter.content, policy=default)
    assert [one.addr_spec for one in message["To"].addresses] == [letter.recipient] == ["ada@land.example"]
    assert [one.addr_spec for one in message["From"].addresses] == ["mail@alliance.example"]


@given(st.text(max_size=300))
def test_the_ledger_knows_a_message_by_the_identity_that_it_goes_out_with(key: str) -> None:
    assert message_id(key, "alliance.example") == f"<{message_identity(key)}@alliance.example>"


@pytest.mark.clause("REP-07")
def test_the_messages_of_a_country_and_cycle_make_one_thread_and_no_other() -> None:
    def thread(**changes: str) -> tuple[str, str]:
        one = delivery(f"k-{changes}", order=order(**changes))
        message = message_from_bytes(letter_for(one, SENDER, NOON).content, policy=default)
        assert message["References"] == message["In-Reply-To"] != message["Message-ID"]
        return message["References"], message["Message-ID"]

    first, second = thread(), thread(kind="granted")
    assert first[0] == second[0]
    assert first[1] != second[1]
    assert len({thread()[0], thread(country="XAB")[0], thread(cycle="2028")[0]}) == 3
