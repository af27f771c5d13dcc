"""A real SMTP server on a port of its own, which answers as a test tells it to."""

import asyncio
import email
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.smtp import SmtpServer

OK = "250 OK"
HANG_UP_BEFORE_DATA = "hang up before data"
HANG_UP_AFTER_DATA = "hang up after data"
HANG_UP_IN_DATA = "hang up in data"
SILENCE_AFTER_DATA = "silence after data"
LEAVE = "421 4.3.2 shutting down"
"""Said to the recipient, with the line dropped after it."""
SLOWLY = "slowly"
"""Before an answer: it comes, but late."""


SLOW = 0.5
"""Seconds that a slow answer takes."""


@dataclass
class Postbox:
    """What came in, and what is still to be answered: an answer for each message, the last one for all that follow.

    An answer is the server's line to the whole message; one that begins with `RCPT` answers the recipient.
    `by_recipient`: answers to recipients that have some of their own, used up one by one until the last.
    """

    answers: list[str] = field(default_factory=lambda: [OK])
    by_recipient: dict[str, list[str]] = field(default_factory=dict)
    recipient: str = ""
    given: list[str] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    port: int = 0
    timeout: float = 5.0
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def server(self) -> SmtpServer:
        """Where it listens."""
        return SmtpServer("127.0.0.1", self.port, timeout=self.timeout)

    @property
    def messages(self) -> list[EmailMessage]:
        """What came in, as a mail program would read it."""
        contents = [each.content for each in self.envelopes if isinstance(each.content, bytes)]
        found = [email.message_from_bytes(content, policy=default) for content in contents]
        return [each for each in found if isinstance(each, EmailMessage)]

    @property
    def script(self) -> list[str]:
        """The answers that are still to be given to the recipient under way."""
        return self.by_recipient.get(self.recipient, self.answers)

    @property
    def answer(self) -> str:
        """The answer to the message under way."""
        return self.script[0]

    def answered(self) -> None:
        """Goes on to the next answer."""
        if len(self.script) > 1:
            self.script.pop(0)

    def copies(self, message_id: str) -> int:
        """How often a message came in whole and was not turned away: that often it may lie before its reader."""
        came = zip(self.messages, self.given, strict=True)
        return sum(
            1 for message, answer in came if message["Message-ID"] == message_id and answer[0] not in "45"
        )

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Sequence[str]
    ) -> str:
        """Called for each recipient."""
        self.recipient = address
        if self.answer == LEAVE:
            self.answered()
            await server.push(LEAVE)
            hang_up(server)
            return LEAVE
        if self.answer.startswith("RCPT "):
            line = self.answer.removeprefix("RCPT ")
            self.answered()
            return line
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called when a whole message is here."""
        self.envelopes.append(envelope)
        answer = self.answer
        self.given.append(answer)
        self.answered()
        if answer.startswith(SLOWLY):
            await asyncio.sleep(SLOW)
            return answer.removeprefix(SLOWLY).strip()
        if answer == SILENCE_AFTER_DATA:
            await self.closing.wait()
        if answer in (HANG_UP_AFTER_DATA, SILENCE_AFTER_DATA):
            hang_up(server)
            return OK
        return answer


class _Server(SMTP):
    """Hangs up in the middle when it is told to."""

    async def smtp_DATA(self, arg: str) -> None:
        """The command, before the message."""
        postbox = self.event_handler
        if postbox.answer in (HANG_UP_BEFORE_DATA, HANG_UP_IN_DATA):
            in_the_middle = postbox.answer == HANG_UP_IN_DATA
            postbox.answered()
            if in_the_middle:
                await self.push("354 go on")
                await self._reader.readline()
            hang_up(self)
            return
        await super().smtp_DATA(arg)


def hang_up(server: SMTP) -> None:
    """Drops the connection without a word."""
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


@asynccontextmanager
async def postbox(*answers: str, patience: float = 5.0, port: int = 0) -> AsyncIterator[Postbox]:
    """A post box that gives these answers, each once, the last for ever. `patience`: seconds of its sender.

    Without a `port` it takes a free one.
    """
    box = Postbox(answers=list(answers) or [OK], timeout=patience)
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(
        lambda: _Server(box, hostname="post.example", loop=loop), "127.0.0.1", port
    )
    box.port = listener.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        box.closing.set()
        listener.close()
        await listener.wait_closed()
