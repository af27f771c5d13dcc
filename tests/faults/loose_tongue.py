"""A mail server that repeats addresses in its answers: puts some off, refuses some, and keeps the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.2"
"""Loopback, and yet not the address at which `up` runs a mailbox of its own."""


@dataclass
class LooseTongue:
    """What has come, and what was said no to."""

    port: int = 0
    kept: list[bytes] = field(default_factory=list)
    put_off: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Called by aiosmtpd with a recipient."""
        if address.startswith("later"):
            self.put_off.append(address)
            return f"451 4.7.1 <{address}>: Recipient address rejected: Greylisted"
        if address.startswith("never"):
            self.refused.append(address)
            return f"550 5.1.1 <{address}>: User unknown in virtual mailbox table"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd with a whole message."""
        assert isinstance(envelope.content, bytes)
        self.kept.append(f"{envelope.rcpt_tos}\n".encode() + envelope.content)
        return f"250 2.0.0 Ok: {envelope.rcpt_tos[0]} has it"


@asynccontextmanager
async def open_loose_tongue() -> AsyncIterator[LooseTongue]:
    """The server on a free port."""
    found, loop = LooseTongue(), asyncio.get_running_loop()
    server = await loop.create_server(partial(SMTP, found, hostname="post", loop=loop), HOST, 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
