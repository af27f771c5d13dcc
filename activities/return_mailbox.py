"""The return mailbox over IMAP: reads what is unread, and marks a message only when it is told to.

Blocking, with a time limit for every step: call it in a thread.
"""

import imaplib
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

LIMIT = 512 * 1024
"""Bytes of a message that are read: reports say all at their beginning."""

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxAway(Exception):
    """The mailbox cannot be read now; the message says why, without the password."""


@dataclass(frozen=True)
class ImapServer:
    """Where messages come back to. `security`: `tls`, `starttls` or `none`. `timeout`: seconds for each step.

    Read messages are marked as such, and moved to `done_folder` where there is one.
    """

    host: str
    port: int = 993
    user: str = ""
    password: str = ""
    security: str = "tls"
    folder: str = "INBOX"
    done_folder: str = ""
    timeout: float = 30.0


@dataclass(frozen=True)
class Fetched:
    """A message, or its beginning; `size` is that of the whole."""

    size: int
    content: bytes


class ReturnMailbox:
    """An open mailbox. Every method raises MailboxAway when the server has gone."""

    def __init__(self, server: ImapServer) -> None:
        self._server = server
        self._imap: imaplib.IMAP4 = self._said(self._opened)

    def unread(self) -> list[str]:
        """The numbers (UIDs) of the messages that nobody has read, the oldest first."""
        _, found = self._said(lambda: self._imap.uid("SEARCH", "UNSEEN", "UNDELETED"))
        numbers = b" ".join(each for each in found if isinstance(each, bytes)).split()
        return sorted((number.decode() for number in numbers if number.isdigit()), key=int)

    def fetch(self, uid: str) -> Fetched | None:
        """A message, without marking it; None when it has gone or the server cannot give it."""
        answer, found = self._said(
            lambda: self._imap.uid("FETCH", uid, f"(RFC822.SIZE BODY.PEEK[]<0.{LIMIT}>)")
        )
        whole = next((each for each in found if isinstance(each, tuple)), None)
        if answer != "OK" or whole is None:
            return None
        sizes = [
            size for each in (whole[0], *found) if isinstance(each, bytes) for size in _SIZE.findall(each)
        ]
        return Fetched(size=int(sizes[0]) if sizes else len(whole[1]), content=whole[1][:LIMIT])

    def done(self, uid: str) -> None:
        """Marks a message as read, and moves it where that is wished."""
        self._said(lambda: self._imap.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)"))
        folder = self._server.done_folder
        if not folder:
            return
        self._said(
            lambda: self._imap.create(_quoted(folder))
        )  # it exists already: the server says NO, which is fine
        if "MOVE" in self._imap.capabilities:
            self._said(lambda: self._imap.uid("MOVE", uid, _quoted(folder)))
            return
        copied, _ = self._said(lambda: self._imap.uid("COPY", uid, _quoted(folder)))
        if copied == "OK":
            self._said(lambda: self._imap.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"))

    def close(self) -> None:
        """Says goodbye; whoever has gone already is not missed."""
        with suppress(OSError, imaplib.IMAP4.error):
            self._imap.logout()
        with suppress(OSError):
            self._imap.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self) -> imaplib.IMAP4:
        server, context = self._server, ssl.create_default_context()
        if server.security == "tls":
            imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                server.host, server.port, ssl_context=context, timeout=server.timeout
            )
        else:
            imap = imaplib.IMAP4(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                imap.starttls(context)
            imap.login(server.user, server.password)
            answer, words = imap.select(_quoted(server.folder))
            if answer != "OK":
                raise MailboxAway(f"the folder {server.folder} cannot be opened: {words!r}"[:300])
        except BaseException:
            with suppress(OSError):
                imap.shutdown()
            raise
        return imap

    def _said(self, step: Any) -> Any:
        try:
            return step()
        except (OSError, imaplib.IMAP4.error) as error:
            why = str(error).replace(self._server.password, "***") if self._server.password else str(error)
            raise MailboxAway(f"{type(error).__name__}: {why}"[:300]) from None


def _quoted(folder: str) -> str:
    plain = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
