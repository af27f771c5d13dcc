"""How long a start of everything takes: from nothing with the sample, a second time, and after kill -9.

    python -m bench.start

Promise: answering within 90 seconds from nothing (installation included: time `make up` in a fresh clone) and within
15 seconds the second time.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.launch.whole import whole

PROMISE = 15.0


async def measure() -> dict[str, float]:
    """Seconds until everything answers, by what went before."""
    with TemporaryDirectory(prefix="bench-") as folder:
        async with whole(Path(folder)) as all_of_it:
            first = await all_of_it.start()
            await all_of_it.signal(signal.SIGINT)
            second = await all_of_it.start()
            await all_of_it.signal(signal.SIGKILL)
            return {
                "from nothing, with the sample": first,
                "a second time": second,
                "after kill -9": await all_of_it.start(),
            }


def main() -> None:
    """Measures and prints."""
    for what, seconds in asyncio.run(measure()).items():
        print(f"{what}: {seconds:.1f} s")
    print(f"promise: {PROMISE:g} s the second time")
    sys.stdout.flush()
    os._exit(0)  # the interpreter may abort while it unloads the SDK


if __name__ == "__main__":
    main()
