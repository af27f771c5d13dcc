"""A mail server of the test's own, on loopback: keeps what it is given, and can fall silent after a message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import partial

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Received:
    """A message as it came. `answered`: whether its sender was told that it was accepted."""

    message_id: str
    to: str
    subject: str
    answered: bool
    content: bytes = b""


@dataclass
class Sink:
    """What has come. After `answers` messages the next ones are taken in and never answered, until `recover`."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    answers: int | None = None
    silent: asyncio.Event = field(default_factory=asyncio.Event)
    late: asyncio.Event = field(default_factory=asyncio.Event)

    def recover(self) -> None:
        """Answers again from now on."""
        self.answers = None

    def answer_late(self) -> None:
        """Tells those that still wait for an answer that their message was accepted, as it was."""
        self.late.set()

    def identities(self) -> set[str]:
        """What a reader sees: mail programs show one message for each Message-ID."""
        return {one.message_id for one in self.received}

    def copies(self, message_id: str) -> int:
        """How often one message came."""
        return sum(1 for one in self.received if one.message_id == message_id)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd with a whole message."""
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        answered = self.answers is None or len(self.received) < self.answers
        (to,) = envelope.rcpt_tos
        self.received.append(
            Received(str(message["Message-ID"]).strip(), to, str(message["Subject"]), answered, content)
        )
        if not answered:
            self.silent.set()
            await self.late.wait()
        return "250 2.0.0 Accepted"


@asynccontextmanager
async def open_sink() -> AsyncIterator[Sink]:
    """A mail server on a free port."""
    sink, loop = Sink(), asyncio.get_running_loop()
    protocol = partial(SMTP, sink, hostname="sink", loop=loop)
    server = await loop.create_server(protocol, "127.0.0.1", 0)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        sink.late.set()
        server.close()
