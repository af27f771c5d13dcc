"""One SMTP conversation about one message to one recipient, and what is known afterwards.

What counts is where it broke: until the message was handed over it can be repeated; after that nobody knows.
"""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponse,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPStatus,
)
from aiosmtplib.protocol import SMTPProtocol

from correspondence.message import Letter

ACCEPTED = 250
PERMANENT = 500

END = b".\r\n"
BREATH = 0.05
"""Seconds in which a line that broke under the message shows it, before the end of the message is written."""

_LINE_END = re.compile(rb"\r\n|\n|\r")
_LEADING_DOT = re.compile(rb"(?m)^\.")


class Verdict(StrEnum):
    """What became of a conversation. `later`: surely nothing was accepted. `unknown`: perhaps it was."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """A verdict, with the server's words or what happened instead of them."""

    verdict: Verdict
    text: str


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over. `timeout`: seconds for a conversation, less than an activity may take."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = False
    timeout: float = 60.0


async def hand_over(server: SmtpServer, letter: Letter) -> Answer:
    """Tries once to hand a letter over. Never raises for what the server or the network does."""
    conversation = _Conversation(server)
    try:
        async with asyncio.timeout(server.timeout):
            return await conversation.hold(letter)
    except SMTPResponseException as error:
        final = conversation.about_letter and error.code >= PERMANENT
        return Answer(Verdict.REFUSED if final else Verdict.LATER, _words(error.code, error.message))
    except (SMTPException, OSError, TimeoutError) as error:
        what = f"{type(error).__name__}: {error}".rstrip(": ")
        if conversation.handed_over:
            return Answer(Verdict.UNKNOWN, f"the message was handed over, the answer was lost ({what})")
        return Answer(Verdict.LATER, what)
    finally:
        conversation.end()


class _Conversation:
    def __init__(self, server: SmtpServer) -> None:
        self.about_letter = False
        self.handed_over = False
        self._smtp = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            start_tls=server.starttls,
            timeout=server.timeout,
        )

    async def hold(self, letter: Letter) -> Answer:
        """Says everything up to the server's answer to the message itself."""
        await self._smtp.connect()
        await self._smtp.ehlo()
        self.about_letter = True
        await self._smtp.mail(letter.sender)
        await self._smtp.rcpt(letter.recipient)
        begun = await self._smtp.execute_command(b"DATA")
        if begun.code != SMTPStatus.start_input:
            raise SMTPResponseException(begun.code, begun.message)
        answer = await self._message(letter.content)
        if answer.code != ACCEPTED:
            raise SMTPResponseException(answer.code, answer.message)
        await self._goodbye()
        return Answer(Verdict.ACCEPTED, _words(answer.code, answer.message))

    async def _message(self, content: bytes) -> SMTPResponse:
        """Writes the message, and its end only when the line still stands: without it no server may accept it."""
        protocol = self._smtp.protocol
        if protocol is None:
            raise SMTPServerDisconnected("connection lost before the message")
        protocol.write(_quoted(content))
        await self._taken(protocol)
        protocol.write(END)
        self.handed_over = True
        return await protocol.read_response()

    async def _taken(self, protocol: SMTPProtocol) -> None:
        while isinstance(protocol.transport, asyncio.WriteTransport):
            on_its_way = protocol.transport.get_write_buffer_size() > 0
            await asyncio.sleep(BREATH)
            if not protocol.is_connected:
                raise SMTPServerDisconnected("connection lost in the middle of the message")
            if not on_its_way:
                return

    async def _goodbye(self) -> None:
        # The message is accepted whatever happens now.
        with suppress(SMTPException, OSError, TimeoutError):
            async with asyncio.timeout(1):
                await self._smtp.quit()

    def end(self) -> None:
        """Drops the connection, if it is still there."""
        self._smtp.close()


def _quoted(content: bytes) -> bytes:
    lines = _LINE_END.sub(b"\r\n", content)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return _LEADING_DOT.sub(b"..", lines)


def _words(code: int, message: str) -> str:
    return f"{code} {' '.join(message.split())}"[:300]
