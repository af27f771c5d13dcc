"""Row 26, mail: what people type becomes no header, no recipient and no markup, in any kind of mail.

The rest of this row: tests/correspondence/test_messages.py (headers), test_inert_text.py (bodies), test_two_forms.py (the
plain form says what the other says), test_calendar_files.py (entries).
"""

from email import message_from_bytes
from email.policy import default

import pytest

from correspondence.message import letter_for
from correspondence.specimens import kinds
from tests.correspondence.mailing import SENDER
from tests.correspondence.test_inert_text import typed
from tests.correspondence.test_messages import HEADERS
from tests.storage.samples import NOON

INJECTED = "Ada\r\nBcc: all@x.example\r\nX-Injected: yes\r\n\r\n<script>alert(1)</script><img src=http://x.example/t.gif>"


@pytest.mark.parametrize("kind", kinds())
def test_row_26_what_is_typed_adds_no_header_no_recipient_and_no_tracking_picture(kind: str) -> None:
    letter = letter_for(typed(kind, INJECTED), SENDER, NOON)
    message = message_from_bytes(letter.content, policy=default)
    assert set(message.keys()) <= HEADERS | {"List-Id", "List-Unsubscribe"}
    assert message["Bcc"] is None
    assert letter.recipient == "ada@land.example"
    for part in message.walk():
        assert not any(name.lower().startswith("x-injected") for name in part.keys())  # noqa: SIM118
        if part.get_content_type() == "text/html":
            shown = str(part.get_content()).lower()
            assert "<script" not in shown
            assert "<img src=http://x" not in shown
