"""A return mailbox on a port of its own: as much of an IMAP server as Python's imaplib asks for, with faults."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field

from activities.return_mailbox import ImapServer

PASSWORD = "hunter2 of the mailbox"


@dataclass
class Stored:
    """A message in the mailbox."""

    content: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class ImapBox:
    """What lies in the mailbox, by UID. `hang_up_at`: the line is dropped, once, when this command comes.

    `ungettable`: UIDs that the server cannot give. `moves`: whether it knows MOVE.
    """

    messages: dict[int, Stored] = field(default_factory=dict)
    moved: dict[str, list[bytes]] = field(default_factory=dict)
    hang_up_at: str = ""
    ungettable: set[int] = field(default_factory=set)
    moves: bool = True
    port: int = 0
    log: list[str] = field(default_factory=list)

    def put(self, *contents: bytes) -> None:
        """Messages arrive."""
        for content in contents:
            self.messages[max(self.messages, default=0) + 1] = Stored(content)

    def server(self, **changes: object) -> ImapServer:
        """Where it listens."""
        known: dict[str, object] = {
            "user": "returns",
            "password": PASSWORD,
            "security": "none",
            "timeout": 2.0,
        }
        return ImapServer(host="127.0.0.1", port=self.port, **{**known, **changes})  # type: ignore[arg-type]

    @property
    def unread(self) -> list[int]:
        """The UIDs of what nobody has read."""
        return [uid for uid, one in self.messages.items() if not one.flags & {r"\Seen", r"\Deleted"}]


class _HungUp(Exception):
    """The server has dropped the line."""


class _Line:
    """One connection."""

    def __init__(self, box: ImapBox, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.box, self.reader, self.writer = box, reader, writer

    async def hold(self) -> None:
        """Answers until the client has gone, or the mailbox closes."""
        with closing(self.writer), suppress(_HungUp, ConnectionError, asyncio.IncompleteReadError):
            self.say("* OK ready")
            while line := (await self.reader.readline()).decode("utf-8", "replace").strip():
                self.box.log.append(line)
                tag, _, command = line.partition(" ")
                self.answer(tag, command)
                await self.writer.drain()

    def say(self, text: str) -> None:
        self.writer.write(text.encode() + b"\r\n")

    def answer(self, tag: str, command: str) -> None:
        """One command, answered."""
        words = command.split()
        name = words[1].upper() if words[0].upper() == "UID" else words[0].upper()
        if self.box.hang_up_at == name:
            self.box.hang_up_at = ""
            raise _HungUp
        steps = {
            "CAPABILITY": self.capability,
            "LOGIN": self.login,
            "SELECT": self.select,
            "SEARCH": self.search,
            "FETCH": self.fetch,
            "STORE": self.store,
            "MOVE": self.move,
            "COPY": self.copy,
            "LOGOUT": self.logout,
        }
        step = steps.get(name)
        self.say(f"{tag} {step(command) if step else 'OK done'}")

    def capability(self, _: str) -> str:
        self.say(f"* CAPABILITY IMAP4rev1{' MOVE' if self.box.moves else ''}")
        return "OK done"

    def login(self, command: str) -> str:
        return "OK welcome" if PASSWORD in command else f"NO wrong: {command}"

    def select(self, command: str) -> str:
        if "INBOX" not in command:
            return "NO there is no such folder"
        self.say(f"* {len(self.box.messages)} EXISTS")
        self.say("* OK [UIDVALIDITY 1] valid")
        return "OK [READ-WRITE] open"

    def search(self, _: str) -> str:
        self.say(f"* SEARCH {' '.join(str(uid) for uid in self.box.unread)}".rstrip())
        return "OK done"

    def fetch(self, command: str) -> str:
        uid = int(command.split()[2])
        if uid in self.box.ungettable or uid not in self.box.messages:
            return "NO it cannot be read"
        content = self.box.messages[uid].content
        wanted = re.search(r"<0\.(\d+)>", command)
        part = content[: int(wanted[1])] if wanted else content
        self.say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(content)} BODY[]<0> {{{len(part)}}}")
        self.writer.write(part)
        self.say(")")
        return "OK done"

    def store(self, command: str) -> str:
        self.box.messages[int(command.split()[2])].flags.update(re.findall(r"\\\w+", command))
        return "OK done"

    def move(self, command: str) -> str:
        if not self.box.moves:
            return "BAD what?"
        uid = int(command.split()[2])
        self.copy(command)
        del self.box.messages[uid]
        return "OK done"

    def copy(self, command: str) -> str:
        folder = command.split(maxsplit=3)[3].strip('"')
        self.box.moved.setdefault(folder, []).append(self.box.messages[int(command.split()[2])].content)
        return "OK done"

    def logout(self, _: str) -> str:
        self.say("* BYE")
        return "OK done"


@asynccontextmanager
async def imap_box(*contents: bytes) -> AsyncIterator[ImapBox]:
    """A mailbox with these messages in it."""
    box = ImapBox()
    box.put(*contents)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _Line(box, reader, writer).hold()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    box.port = listener.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        listener.close()
        await listener.wait_closed()
