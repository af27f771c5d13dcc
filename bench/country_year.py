"""What a quiet country-year costs on the Temporal server: events and bytes of history, plain and encrypted.

    python -m bench.country_year

Plays tests/histories/lives/quiet_year.yaml: everything comes in time, the year closes, the next one opens. The first
run is the year, the second has only begun. Deliveries of mail are workflows of their own and counted apart. A rehearsal
does not encrypt: what encryption makes of the same payloads is computed afterwards.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload, SearchAttributes

from connection import codec
from connection.keys import new_entry, parse_ring
from contracts.names import country_id
from rehearsal.playing import Played, play
from rehearsal.script import read_script
from rehearsal.stage import Stage

LIFE = Path(__file__).resolve().parents[1] / "tests" / "histories" / "lives" / "quiet_year.yaml"
CODE = "XAA"


@dataclass
class Sealing:
    """What encryption costs the year's payloads. `found` is filled at the end of the play."""

    found: list[Payload] = field(default_factory=list)

    async def look(self, on: Stage) -> None:
        """Takes the payloads of the country's first run."""
        client = on.clock.client
        runs = [run async for run in client.list_workflows(f"WorkflowId = '{country_id(CODE)}'")]
        first = min(runs, key=lambda run: run.start_time)
        history = await client.get_workflow_handle(first.id, run_id=first.run_id).fetch_history()
        self.found = [payload for event in history.events for payload in _payloads(event)]

    async def added(self, level: int) -> str:
        """Bytes that sealing adds (less than nothing: saves) at a level of zlib, 0 for none, and how long it takes."""
        smallest = codec.SMALLEST if level else sys.maxsize
        with patch.object(codec, "LEVEL", level), patch.object(codec, "SMALLEST", smallest):
            sealing = codec.SealingCodec(parse_ring(new_entry(), "the ring of this measurement"))
            began = time.perf_counter()
            sealed = await sealing.encode(self.found)
            made = time.perf_counter()
            await sealing.decode(sealed)
            opened = time.perf_counter()
        change = _bytes(sealed) - _bytes(self.found)
        each = 1e6 / len(self.found)
        cost = f"{(made - began) * each:.0f} µs to seal and {(opened - made) * each:.0f} µs to open a payload"
        return f"{change:+,} bytes, {cost}"


def _payloads(message: Message) -> Iterator[Payload]:
    """Every payload in a message that the codec would seal: search attributes stay as they are."""
    for described, value in message.ListFields():
        if described.type != FieldDescriptor.TYPE_MESSAGE:
            continue
        for part in _parts(value):
            if isinstance(part, Payload):
                yield part
            elif isinstance(part, Message) and not isinstance(part, SearchAttributes):
                yield from _payloads(part)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, Message):
        return [value]
    return list(value.values()) if hasattr(value, "values") else list(value)


def _bytes(payloads: list[Payload]) -> int:
    return sum(payload.ByteSize() for payload in payloads)


def told(played: Played) -> str:
    """The figures in two lines. Raises RuntimeError when the year did not go as it should."""
    if played.differences or played.history is None or played.seen is None:
        raise RuntimeError(f"the year was not quiet: {played.differences}")
    year = played.history.runs[0]
    return (
        f"a quiet country-year: {year.events} events, {year.bytes:,} bytes, in one run\n"
        f"mails of the year, each a delivery workflow of its own: {len(played.seen.mails)}"
    )


async def measure() -> None:
    """Plays and prints."""
    sealing = Sealing()
    print(told(await play(read_script(LIFE.read_text(encoding="utf-8")), at_the_end=sealing.look)))
    print(f"payloads: {len(sealing.found)} of {_bytes(sealing.found):,} bytes; encrypted")
    for level in (0, 1, 6, 9):
        how = f"compressed by zlib, level {level}" if level else "not compressed"
        print(f"  {how}: {await sealing.added(level)}")


def main() -> None:
    """The command."""
    asyncio.run(measure())
    sys.stdout.flush()
    os._exit(0)  # the interpreter may abort while it unloads the SDK


if __name__ == "__main__":
    main()
