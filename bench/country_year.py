"""What a quiet country-year costs on the Temporal server: events and bytes of history.

    python -m bench.country_year

Plays tests/histories/lives/quiet_year.yaml: everything comes in time, the year closes, the next one opens. The first
run is the year, the second has only begun. Deliveries of mail are workflows of their own and counted apart.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from rehearsal.playing import Played, play
from rehearsal.script import read_script

LIFE = Path(__file__).resolve().parents[1] / "tests" / "histories" / "lives" / "quiet_year.yaml"


def told(played: Played) -> str:
    """The figures in two lines. Raises RuntimeError when the year did not go as it should."""
    if played.differences or played.history is None or played.seen is None:
        raise RuntimeError(f"the year was not quiet: {played.differences}")
    year = played.history.runs[0]
    return (
        f"a quiet country-year: {year.events} events, {year.bytes:,} bytes, in one run\n"
        f"mails of the year, each a delivery workflow of its own: {len(played.seen.mails)}"
    )


def main() -> None:
    """Plays and prints."""
    print(told(asyncio.run(play(read_script(LIFE.read_text(encoding="utf-8"))))))
    sys.stdout.flush()
    os._exit(0)  # the interpreter may abort while it unloads the SDK


if __name__ == "__main__":
    main()
