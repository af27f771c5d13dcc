"""Reads what came back: delivery reports (RFC 3464 and older forms), answers by machines, and what is neither.

A report is written by a stranger: nothing in it raises, and only what it proves counts as a failure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, message_from_string
from email.header import decode_header, make_header
from email.message import Message
from itertools import islice

from flufl.bounce import all_failures

from contracts.returns import AUTO_REPLY, DELAYED, DELIVERED, FAILED, UNCLEAR

MOST_PARTS = 200
MOST_NAMES = 20
LONGEST_TEXT = 64 * 1024
SAID = 300

_IDENTITY = re.compile(r"<\s*([^<>@\s]{1,250})@[^<>\s]{1,250}>")
_QUOTED_IDENTITY = re.compile(r"(?im)^[>|\s]{0,20}message-id:\s*(<[^<>\s]{1,500}>)")
_TOKEN = re.compile(r"\+([0-9a-f]{24})@", re.IGNORECASE)
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_MACHINE = re.compile(r"(?i)<>|mailer-?daemon|postmaster|mail[ ._-]?(delivery|administrator)|undeliverable")
_ABSENT = re.compile(
    r"(?i)^\s*(automatic reply|auto(matic)?[ -]?(reply|response)|out of( the)? office"
    r"|réponse automatique|absence du bureau|respuesta automática|fuera de( la)? oficina)"
)
_REPORT_TYPES = ("message/delivery-status", "message/global-delivery-status")
_GAP = re.compile(r"\r?\n[ \t]*\r?\n")


@dataclass(frozen=True)
class Report:
    """What a returned message says. `identities`: the Message-IDs in it (before the @), the most certain first."""

    kind: str = UNCLEAR
    sender: str = ""
    subject: str = ""
    status: str = ""
    said: str = ""
    identities: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)


def understood(content: bytes) -> Report:
    """What a returned message says; what cannot be read is `unclear`. Never raises."""
    try:
        return _understood(message_from_bytes(content))
    except Exception:  # the parser has defects of its own, and strangers find them
        return Report()


def _understood(message: Message) -> Report:
    parts = list(islice(message.walk(), MOST_PARTS))
    blocks = [block for part in parts for block in _blocks(part)]
    kind, status, said = _told(blocks) or _told_otherwise(message) or (UNCLEAR, "", "")
    return Report(
        kind=kind,
        sender=_header(message, "From"),
        subject=_header(message, "Subject"),
        status=status,
        said=_plain(said)[:SAID],
        identities=_identities(message, parts, blocks),
        tokens=_tokens(message),
    )


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields of a delivery report: first of the message, then of each recipient."""
    if part.get_content_type() not in _REPORT_TYPES:
        return
    payload = part.get_payload()
    parsed = [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
    yield from parsed[:MOST_PARTS]
    # Of the newer kind the parser reads the first group only, and takes the others for its text.
    for block in _GAP.split(_text(parsed[0] if len(parsed) == 1 else part))[:MOST_PARTS]:
        yield message_from_string(block.strip() + "\n\n")


def _told(blocks: Iterable[Message]) -> tuple[str, str, str] | None:
    """What an RFC 3464 report says: the worst of what happened to its recipients."""
    found = [_of_recipient(block) for block in blocks]
    for kind in (FAILED, DELAYED, DELIVERED):
        told = next((one for one in found if one is not None and one[0] == kind), None)
        if told is not None:
            return told
    return None


def _of_recipient(block: Message) -> tuple[str, str, str] | None:
    action = _header(block, "Action").lower()
    status = _STATUS.search(_header(block, "Status"))
    kinds = {
        "fail": FAILED,
        "erro": FAILED,
        "dela": DELAYED,
        "deli": DELIVERED,
        "rela": DELIVERED,
        "expa": DELIVERED,
    }
    kind = kinds.get(action[:4])
    if kind is None and status is not None and not action:
        kind = {"5": FAILED, "4": DELAYED, "2": DELIVERED}[status[1]]
    if kind is None:
        return None
    return kind, status[0] if status else "", _header(block, "Diagnostic-Code")


def _told_otherwise(message: Message) -> tuple[str, str, str] | None:
    """What a message says that is no such report: an answer by a machine, or a report in a form of its own."""
    if _is_auto_reply(message):
        return AUTO_REPLY, "", ""
    if failed := _header(message, "X-Failed-Recipients"):
        return FAILED, "", failed
    if not _is_from_a_machine(message):
        return None
    delayed, failed_for_good = all_failures(message)
    if failed_for_good or delayed:
        text = _text(next(iter(islice(message.walk(), MOST_PARTS)), message))
        status = _STATUS.search(text)
        return FAILED if failed_for_good else DELAYED, status[0] if status else "", text[:LONGEST_TEXT]
    return None


def _is_auto_reply(message: Message) -> bool:
    if message.get_content_type() == "multipart/report":
        return "disposition-notification" in _header(message, "Content-Type").lower()
    submitted = _header(message, "Auto-Submitted").lower()
    marks = [_header(message, name) for name in ("X-Autoreply", "X-Autorespond")]
    bulk = _header(message, "Precedence").lower() == "auto_reply"
    return (
        submitted.startswith("auto-replied")
        or any(marks)
        or bulk
        or bool(_ABSENT.match(_header(message, "Subject")))
    )


def _is_from_a_machine(message: Message) -> bool:
    return any(_MACHINE.search(_header(message, name)) for name in ("Return-Path", "From"))


def _identities(message: Message, parts: list[Message], blocks: list[Message]) -> list[str]:
    found = [_header(one, "Message-ID") for part in parts for one in _returned(part)]
    found += [
        _header(block, name) for block in blocks for name in ("X-Original-Message-ID", "Original-Message-ID")
    ]
    found += [text for part in parts for text in _QUOTED_IDENTITY.findall(_text(part))]
    found += [_header(message, name) for name in ("In-Reply-To", "References")]
    names = [name for text in found for name in _IDENTITY.findall(text)]
    return list(dict.fromkeys(names))[:MOST_NAMES]


def _returned(part: Message) -> Iterator[Message]:
    """The message that is returned in a part, whole or with its headers only."""
    kind, payload = part.get_content_type(), part.get_payload()
    if kind in _REPORT_TYPES:
        return
    if kind.startswith("message/") and isinstance(payload, list):
        yield from (whole for whole in payload[:1] if isinstance(whole, Message))
    elif kind == "text/rfc822-headers":
        yield message_from_string(_text(part).lstrip())


def _tokens(message: Message) -> list[str]:
    to = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
    found = [
        token.lower()
        for name in to
        for value in message.get_all(name, [])
        for token in _TOKEN.findall(str(value))
    ]
    return list(dict.fromkeys(found))[:MOST_NAMES]


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return payload[:LONGEST_TEXT].decode(charset, "replace")
    except (LookupError, ValueError):
        return payload[:LONGEST_TEXT].decode("utf-8", "replace")


def _header(message: Message, name: str) -> str:
    named = (str(value) for each, value in message.raw_items() if each.lower() == name.lower())
    raw = next(named, "")[:4000].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return _plain(str(make_header(decode_header(raw))))[:1000]
    except Exception:  # an encoded word that is none
        return _plain(raw)[:1000]


def _plain(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).encode("utf-8", "replace").decode().split())
