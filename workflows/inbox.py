"""Signals as they arrive: any name, any count of arguments, any bytes. Reading them never raises."""

from collections.abc import Sequence
from datetime import datetime

from temporalio.common import RawValue

from contracts.messages import Arrived
from contracts.sealed import is_sealed
from workflows.plain_json import read_json

EXCERPT = 300
MOST_BYTES = 64 * 1024
"""A decision with its statement is some kilobytes; what is longer belongs into a document."""


def arrived(name: str, values: Sequence[RawValue], at: datetime) -> Arrived:
    """What lies in the inbox for a signal: its decoded content, or a sentence that says why there is none."""
    name = "".join(one if one.isprintable() else "?" for one in name[:100])
    if len(values) != 1:
        why = f"carries {len(values)} arguments; it takes exactly one, a JSON object"
        return Arrived(
            name=name, at=at, content=None, undecodable="" if not values and name == "nudge" else why
        )
    payload = values[0].payload
    if is_sealed(payload):
        return Arrived(name=name, at=at, undecodable="is encrypted, and no key here opens it")
    encoding = payload.metadata.get("encoding", b"").decode("ascii", "replace")[:60]
    if encoding not in {"json/plain", "json/protobuf"}:
        return Arrived(name=name, at=at, undecodable=f"has the encoding {encoding!r}; it takes json/plain")
    if len(payload.data) > MOST_BYTES:
        return Arrived(
            name=name, at=at, undecodable=f"has {len(payload.data)} bytes; at most {MOST_BYTES} are read"
        )
    content, why = read_json(payload.data)
    return Arrived(name=name, at=at, content=content, undecodable=why)


def weight(values: Sequence[RawValue]) -> int:
    """Bytes that a signal will take in the inbox: nothing for what is too long to be read."""
    size = sum(len(value.payload.data) for value in values)
    return size if size <= MOST_BYTES else 0
