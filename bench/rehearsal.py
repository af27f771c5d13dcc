"""How long the rehearsal of a scenario takes.

    python -m bench.rehearsal [scenarios/quiet_decade.yaml]

Promise: ten years in less than 15 seconds of wall time, the start of the throwaway server included.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path

from rehearsal.playing import play
from rehearsal.script import read_script

DECADE = Path(__file__).resolve().parents[1] / "scenarios" / "quiet_decade.yaml"
PROMISE = 15.0


def measure(path: Path) -> str:
    """Plays a scenario once and says how long it took. Raises RuntimeError when it does not go as it says."""
    began = time.monotonic()
    played = asyncio.run(play(read_script(path.read_text(encoding="utf-8"))))
    seconds = time.monotonic() - began
    if played.differences:
        raise RuntimeError(f"{path.name}: {played.differences}")
    years = (played.ended_at - played.script.begins).days / 365.25
    return f"{path.name}: {years:.1f} years in {seconds:.1f} s ({len(played.script.steps)} events)"


def main() -> None:
    """Plays and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", type=Path, default=DECADE)
    print(measure(parser.parse_args().scenario))
    print(f"promise: ten years in less than {PROMISE:g} s")
    sys.stdout.flush()
    os._exit(0)  # the interpreter may abort while it unloads the SDK


if __name__ == "__main__":
    main()
