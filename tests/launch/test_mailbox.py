"""The local mailbox as a process: mail in by SMTP, out on a page, kept over a restart."""

from __future__ import annotations

import json
import signal
import smtplib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from launch.mail_store import MailStore
from tests.launch.stand_ins import Output, eventually, free_ports, process


@dataclass
class Box:
    """A running mailbox."""

    smtp_port: int
    page_port: int
    output: Output

    def deliver(self, *messages: EmailMessage) -> None:
        """Hand the mails over by SMTP."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=10) as client:
            for message in messages:
                client.send_message(message)

    def get(self, path: str) -> tuple[str, Any]:
        """The text and the headers of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.page_port}{path}", timeout=10) as answer:
            return answer.read().decode(), answer.headers

    def listed(self, query: str = "") -> list[dict[str, Any]]:
        """The mails as JSON."""
        mails: list[dict[str, Any]] = json.loads(self.get(f"/api/messages{query}")[0])
        return mails


OpenBox = Callable[[], AbstractContextManager[Box]]


@pytest.fixture
def open_box(tmp_path: Path) -> OpenBox:
    """Start the mailbox on this test's folder; it ends by SIGTERM, and in order."""

    @contextmanager
    def opened() -> Iterator[Box]:
        smtp_port, page_port = free_ports(2)
        env = {"PATHFINDER_SMTP_PORT": str(smtp_port), "PATHFINDER_MAILBOX_PORT": str(page_port)}
        with process(
            tmp_path, "-m", "launch.mailbox", PATHFINDER_VAR_DIR=str(tmp_path / "var"), **env
        ) as output:
            box = Box(smtp_port, page_port, output)
            eventually(lambda: _answers(box))
            yield box
            output.process.send_signal(signal.SIGTERM)
            assert output.code(10) == 0, output.text()

    return opened


def _answers(box: Box) -> bool:
    assert box.output.process.poll() is None, box.output.text()
    try:
        return "ok" in box.get("/health")[0]
    except OSError:
        return False


def _mail(
    subject: str, to: str = "focal.point@xaa.example", text: str = "Your report is due."
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Secretariat <secretariat@alliance87.example>"
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = "<reminder-1@alliance87.example>"
    message.set_content(text)
    return message


def test_mail_is_there_after_a_restart_and_the_newest_comes_first(open_box: OpenBox) -> None:
    with open_box() as box:
        box.deliver(_mail("First"), _mail("Second"))
    with open_box() as box:
        box.deliver(_mail("Third"))
        assert [mail["subject"] for mail in box.listed()] == ["Third", "Second", "First"]
        page, _ = box.get("/")
        assert page.index("Third") < page.index("Second") < page.index("First")


def test_mail_that_was_acknowledged_survives_a_kill(open_box: OpenBox, tmp_path: Path) -> None:
    smtp_port, page_port = free_ports(2)
    env = {"PATHFINDER_SMTP_PORT": str(smtp_port), "PATHFINDER_MAILBOX_PORT": str(page_port)}
    with process(tmp_path, "-m", "launch.mailbox", PATHFINDER_VAR_DIR=str(tmp_path / "var"), **env) as output:
        box = Box(smtp_port, page_port, output)
        eventually(lambda: _answers(box))
        box.deliver(_mail("Acknowledged"))
        output.process.kill()
        output.code()
    with open_box() as box:
        assert [mail["subject"] for mail in box.listed()] == ["Acknowledged"]


def test_what_a_mail_says_is_never_markup(open_box: OpenBox) -> None:
    evil = '<script>alert(1)</script>"&'
    with open_box() as box:
        box.deliver(_mail(evil, text=f"Dear {evil}"))
        (mail,) = box.listed()
        assert mail["subject"] == evil
        for path in ("/", f"/messages/{mail['key']}", "/?to=%3Cscript%3Ealert(1)%3C/script%3E"):
            page, headers = box.get(path)
            assert "<script" not in page
            assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in box.get("/")[0]


def test_only_the_mail_of_one_recipient_is_shown_when_asked_for(open_box: OpenBox) -> None:
    with open_box() as box:
        box.deliver(_mail("For XAA"), _mail("For XAB", to="focal.point@xab.example"))
        assert [mail["subject"] for mail in box.listed("?to=Focal.Point@xab.example")] == ["For XAB"]
        page, _ = box.get("/?to=focal.point@xaa.example")
        assert "For XAA" in page
        assert "For XAB" not in page
        assert box.listed("?to=focal.point") == []


def test_one_mail_shows_its_headers_text_and_attachments(open_box: OpenBox) -> None:
    message = _mail("Plan d'action — rappel", text="Estimada señora:\nel informe vence.")
    message.add_attachment(
        b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="../due date.ics"
    )
    with open_box() as box:
        box.deliver(message)
        (mail,) = box.listed()
        assert mail["subject"] == "Plan d'action — rappel"
        assert mail["recipients"] == ["focal.point@xaa.example"]
        assert mail["message_id"] == "<reminder-1@alliance87.example>"
        assert mail["text"] == "Estimada señora:\nel informe vence.\n"
        page, _ = box.get(f"/messages/{mail['key']}")
        assert "Estimada señora:" in page
        assert "Message-ID" in page
        (file,) = mail["attachments"]
        content, headers = box.get(file["url"])
        assert content == "BEGIN:VCALENDAR"
        assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''..%2Fdue%20date.ics"
        assert headers["Content-Type"] == "application/octet-stream"


def test_a_mail_that_is_not_there_is_not_found(open_box: OpenBox) -> None:
    with open_box() as box:
        box.deliver(_mail("There"))
        (mail,) = box.listed()
        here = f"/messages/{mail['key']}/attachments"
        for path in ("/messages/x", "/messages/..%2f..%2frun", "/api/messages/x", f"{here}/0", f"{here}/-1"):
            with pytest.raises(urllib.error.HTTPError) as answer:
                box.get(path)
            with answer.value as error:
                assert error.code == 404


def test_a_mail_that_the_parser_cannot_read_is_kept_and_listed(tmp_path: Path) -> None:
    store = MailStore(tmp_path / "mail")
    headers = b"Subject: =?utf-8?q?=\xff?=\r\nTo: <@@,;:>\r\nContent-Type: text/plain; charset=none\r\n\r\n"
    broken = headers + b"\xffHello\r\n"
    key = store.keep(broken, "from@example.org", ["to@example.org"])
    found = store.find(key)
    assert found is not None
    assert "Hello" in found.text
    assert store.newest_first() == [found]


def test_a_mail_that_breaks_the_parser_is_shown_raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("launch.mail_store.message_from_bytes", breaks)
    store = MailStore(tmp_path / "mail")
    store.keep(b"Subject: x\r\n\r\nHello\r\n", "from@example.org", ["to@example.org"])
    (found,) = store.newest_first()
    assert found.subject == "(not readable: list index out of range)"
    assert "Hello" in found.text


def test_a_full_disk_is_answered_with_a_temporary_refusal(tmp_path: Path) -> None:
    import asyncio

    from aiosmtpd.smtp import Envelope, Session

    from launch.mailbox import Keeper

    class Full(MailStore):
        def keep(self, *_: object) -> str:
            raise OSError(28, "No space left on device")

    async def hand_over() -> str:
        envelope = Envelope()
        envelope.content = b"Subject: x\r\n\r\n"
        session = Session(asyncio.get_running_loop())
        return await Keeper(Full(tmp_path / "mail")).handle_DATA(None, session, envelope)  # type: ignore[arg-type]

    assert asyncio.run(hand_over()) == "452 4.3.1 The mailbox cannot store it: No space left on device"
