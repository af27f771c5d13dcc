"""What a hand or a broken program may send instead of a message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from temporalio.api.common.v1 import Payload

JSON = "json/plain"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Malformed:
    """Arguments that are no message. `arrives`: whether the server lets them through to the country at all."""

    label: str
    payloads: Sequence[Payload]
    name: str = ""
    arrives: bool = True

    def __str__(self) -> str:
        return self.label


def payload(data: bytes, encoding: str = JSON) -> Payload:
    """One argument as it travels."""
    return Payload(metadata={"encoding": encoding.encode()} if encoding else {}, data=data)


def one(label: str, data: bytes, encoding: str = JSON, *, arrives: bool = True) -> Malformed:
    """A message of one argument."""
    return Malformed(label, [payload(data, encoding)], arrives=arrives)


LAWFUL = json.dumps({"id": "d1", "kind": "comments"}).encode()

MALFORMED = (
    one("a text", b'"grant"'),
    one("a number", b"42"),
    one("a list", b"[1, 2]"),
    one("null", b"null"),
    one("an empty object", b"{}"),
    one("a key is missing", b'{"id": "d1", "meeting": "Regular"}'),
    one("a wrong type inside", b'{"id": ["d1"], "kind": 7, "year": "soon", "comments": "none"}'),
    one("an unknown kind", b'{"id": "d1", "kind": "dissolve"}'),
    one("a date that is none", b'{"id": "d1", "kind": "grant", "meeting_on": "2027-02-30"}'),
    Malformed("no argument", []),
    Malformed("two arguments", [payload(LAWFUL), payload(LAWFUL)]),
    one("broken JSON", b'{"id": "d1", '),
    one("nothing at all", b""),
    one("no UTF-8", b'{"id": "\xff\xfe"}'),
    one("a NUL", b'{"id": "d\\u0000", "kind": "grant"}'),
    one("half of a character", b'{"id": "d\\ud800", "kind": "grant"}'),
    one("an unknown encoding", LAWFUL, "json/xml"),
    one("bytes", LAWFUL, "binary/plain"),
    one("an encrypted payload", LAWFUL, "binary/encrypted"),
    one("no encoding", LAWFUL, ""),
    one("an encoding that is no ASCII", LAWFUL, "é" * 500),
    one("NaN", b'{"id": "d1", "kind": "annual_status", "year": NaN}'),
    one("a year of 12 digits", b'{"id": "d1", "kind": "annual_status", "year": 999999999999}'),
    one("1e400", b'{"id": "d1", "kind": "annual_status", "year": 1e400}'),
    one("a number of 5,000 digits", b'{"id": "d1", "kind": "annual_status", "year": ' + b"9" * 5000 + b"}"),
    one("nesting of 10,000", b'{"id": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"),
    one("an id of 300 characters", json.dumps({"id": "d" * 300, "kind": "grant"}).encode()),
    one("1.9 MB", b'{"id": "' + b"d" * int(1.9 * MEGABYTE) + b'"}'),
    one("2.1 MB", b'{"id": "' + b"d" * int(2.1 * MEGABYTE) + b'"}', arrives=False),
    one("4.5 MB", b'{"id": "' + b"d" * int(4.5 * MEGABYTE) + b'"}', arrives=False),
    Malformed("an unknown name", [payload(LAWFUL)], name="gcm_descision"),
    Malformed("a name of all sorts", [payload(LAWFUL)], name="a\tname\nwith ünïcode ☂"),
)
