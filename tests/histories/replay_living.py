"""Replays every living process of an installation under the code of this checkout: the check before a release.

    TEMPORAL_ADDRESS=host:7233 python -m tests.histories.replay_living

Needs the settings of the installation, its key ring too. Reads only. Prints the processes that would not replay, and
exits with 1 if there is one.
"""

from __future__ import annotations

import asyncio
import os
import sys

from temporalio.client import Client

from settings import load_settings
from tests.histories.replaying import replayer
from worker import build_client

LIVING = "ExecutionStatus = 'Running'"


async def replay_living(client: Client) -> dict[str, str]:
    """Why living processes do not replay, by their run ids; empty when all do."""
    histories = client.list_workflows(LIVING).map_histories()
    found = await replayer(converter=client.data_converter).replay_workflows(
        histories, raise_on_replay_failure=False
    )
    return {run_id: str(error) for run_id, error in found.replay_failures.items()}


async def _replay() -> dict[str, str]:
    return await replay_living(await build_client(load_settings()))


def main() -> int:
    """The command: 0 when all replay, 1 with the reasons when not."""
    failures = asyncio.run(_replay())
    for run_id, why in failures.items():
        print(f"{run_id}: {why}")
    print(
        "every living process replays" if not failures else f"{len(failures)} do not replay: do not release"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    result = main()
    sys.stdout.flush()
    os._exit(result)  # the interpreter may abort while it unloads the SDK, which would look like a failure
