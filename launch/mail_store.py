"""The mails of the local mailbox: a Maildir, which needs no index and survives every stop."""

from __future__ import annotations

import mailbox
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

NO_SUBJECT = "(no subject)"


@dataclass(frozen=True)
class Attachment:
    """A part of a mail that is not its plain text: a file, or the HTML alternative."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A mail as it arrived; `received` is in UTC, `date` is what its sender wrote."""

    key: str
    received: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    date: str
    message_id: str
    headers: tuple[tuple[str, str], ...]
    text: str
    attachments: tuple[Attachment, ...]


class MailStore:
    """A Maildir in a folder, which is made when it is missing."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._maildir = mailbox.Maildir(folder, create=True)
        self._read: dict[str, Mail] = {}

    def keep(self, content: bytes, sender: str, recipients: Sequence[str]) -> str:
        """Store a mail durably with its envelope, and return its key. Raises OSError."""
        envelope = [f"Return-Path: <{sender}>", *(f"Delivered-To: {recipient}" for recipient in recipients)]
        head = "".join(f"{line}\r\n" for line in envelope)
        return self._maildir.add(head.encode("utf-8", errors="replace") + content)

    def newest_first(self, recipient: str = "") -> list[Mail]:
        """All mails, newest first; with a recipient (in any case) only those delivered to it."""
        mails = [self._get(key) for key in self._maildir.keys()]  # noqa: SIM118 - a Maildir iterates its messages
        wanted = recipient.strip().casefold()
        chosen = [mail for mail in mails if not wanted or wanted in map(str.casefold, mail.recipients)]
        return sorted(chosen, key=lambda mail: (mail.received, mail.key), reverse=True)

    def find(self, key: str) -> Mail | None:
        """The mail of this key, or None; a key is only ever compared, never used as a path."""
        return self._get(key) if key in self._maildir.keys() else None  # noqa: SIM118

    def _get(self, key: str) -> Mail:
        if key not in self._read:  # a stored mail never changes
            self._read[key] = _readable(key, self._maildir.get_bytes(key))
        return self._read[key]


def _readable(key: str, content: bytes) -> Mail:
    try:
        return _parse(key, content)
    except Exception as error:  # Python's parser breaks in many ways on a malformed header: show the mail raw
        text = content.decode("utf-8", errors="replace")
        subject = f"(not readable: {error})"
        return Mail(key, _received(key), "", (), subject, "", "", (), text, ())


def _parse(key: str, content: bytes) -> Mail:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(preferencelist=("plain",))
    return Mail(
        key=key,
        received=_received(key),
        sender=str(message["From"] or message["Return-Path"] or ""),
        recipients=tuple(str(address) for address in message.get_all("Delivered-To", [])),
        subject=str(message["Subject"] or NO_SUBJECT),
        date=str(message["Date"] or ""),
        message_id=str(message["Message-ID"] or ""),
        headers=tuple((name, str(value)) for name, value in message.items()),
        text=_text(body) if isinstance(body, EmailMessage) else "",
        attachments=tuple(_attachments(message, body)),
    )


def _received(key: str) -> datetime:
    """A Maildir key begins with the second of arrival and the microsecond: 1795000000.M123456P42Q1.host."""
    second, _, rest = key.partition(".")
    microsecond = rest[1:].partition("P")[0]
    return datetime.fromtimestamp(int(second), UTC).replace(microsecond=int(microsecond))


def _text(part: EmailMessage) -> str:
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, ValueError):  # a character set that nobody knows
        return _raw(part).decode("utf-8", errors="replace")


def _raw(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else part.as_bytes()


def _attachments(message: EmailMessage, body: object) -> list[Attachment]:
    parts = [part for part in message.walk() if part is not body and not part.is_multipart()]
    return [
        Attachment(part.get_filename() or f"part-{number}", part.get_content_type(), _raw(part))
        for number, part in enumerate(parts, start=1)
        if isinstance(part, EmailMessage)
    ]
