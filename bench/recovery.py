"""How soon countries answer again after kill -9 of the worker.

    python -m bench.recovery [--countries 200]

Promise: first answers within 2 seconds of the restart. Measured twice in one run, with production's sticky timeout
(worker.STICKY_TIMEOUT) and, for comparison, with the SDK's default of 10 seconds. Times are from the start of the new
worker process, its imports included.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import worker
from contracts.rows import CountryRow
from tests.faults import countries, on_record
from tests.faults.countries import Country
from tests.faults.house import House, open_house

DEFAULT_STICKY = timedelta(seconds=10)
PROMISE = 2.0
PROGRAM = "import worker, datetime; worker.STICKY_TIMEOUT = datetime.timedelta(seconds={}); worker.main()"


@dataclass(frozen=True)
class Recovery:
    """Seconds from the start of the new worker to each country's first answer."""

    sticky: timedelta
    answers: Sequence[float]

    def told(self) -> str:
        """The figures in a line."""
        ordered = sorted(self.answers)
        return (
            f"sticky timeout {self.sticky.total_seconds():4.1f} s: first answer {ordered[0]:5.2f} s, "
            f"median {statistics.median(ordered):5.2f} s, all {len(ordered)} after {ordered[-1]:5.2f} s"
        )


async def measure(count: int) -> list[Recovery]:
    """Kills and restarts the worker once for each sticky timeout, with so many living countries."""
    with TemporaryDirectory(prefix="bench-") as folder:
        async with open_house(Path(folder)) as house:
            await house.start_server()
            await _start(house, worker.STICKY_TIMEOUT)
            living = await _settle(house, count)
            found = []
            for sticky in (worker.STICKY_TIMEOUT, DEFAULT_STICKY):
                await _restart(house, sticky)
                await _warm(living)
                began = await _restart(house, sticky)
                found.append(Recovery(sticky, await _answers(living, began)))
            return found


def import_time() -> float:
    """Seconds that a new process needs for its imports alone."""
    began = time.monotonic()
    os.spawnl(os.P_WAIT, sys.executable, sys.executable, "-c", "import worker")
    return time.monotonic() - began


async def _settle(house: House, count: int) -> list[Country]:
    client = await house.client()
    living = [await countries.start(client, countries.active(code)) for code in countries.codes(count)]
    for country in living:
        await on_record.settled(country, 300)
    return living


async def _start(house: House, sticky: timedelta) -> float:
    began = time.monotonic()
    await house.start_worker("-c", PROGRAM.format(sticky.total_seconds()))
    return began


async def _restart(house: House, sticky: timedelta) -> float:
    await house.kill_worker()
    return await _start(house, sticky)


async def _warm(living: Sequence[Country]) -> None:
    """Gives every country a workflow task, after which it is cached by the present worker and waits for that one."""
    for country in living:
        await country.signal("nudge")
    for country in living:
        await on_record.settled(country, 300)


async def _answers(living: Sequence[Country], began: float) -> list[float]:
    """Asks all of them at once; when each answered, in seconds after `began`."""

    async def ask(country: Country) -> float:
        await country.query("overview", result_type=CountryRow, rpc_timeout=timedelta(seconds=60))
        return time.monotonic() - began

    return list(await asyncio.gather(*[ask(country) for country in living]))


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--countries", type=int, default=200)
    wanted = parser.parse_args()
    print(f"imports of the worker alone: {import_time():.2f} s")
    for recovery in asyncio.run(measure(wanted.countries)):
        print(recovery.told())
    print(f"promise: first answers within {PROMISE:g} s of the restart")
    sys.stdout.flush()
    os._exit(0)  # the interpreter may abort while it unloads the SDK


if __name__ == "__main__":
    main()
