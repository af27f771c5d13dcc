"""The impatient worker, which kills itself once, at a moment that its argument names, in the midst of a letter's way.

`stored`: the letter lies in the document store, and nobody has been told. `posting`: its mail is about to be handed over.
"""

import os
import signal
import sys
from typing import Any

import worker
from activities.correspondence import Correspondence
from storage import uploads
from tests.faults import impatient_worker as _patience  # noqa: F401  # shortens the waiting

KEEP, POST = uploads.keep, Correspondence._deliveries


def die() -> None:
    """kill -9 of this very process."""
    os.kill(os.getpid(), signal.SIGKILL)


async def keep_and_die(*arguments: Any) -> None:
    """Keeps a document and dies."""
    await KEEP(*arguments)
    die()


async def die_before_posting(self: Correspondence, order: Any) -> Any:
    """Dies where a letter is posted; posts everything else."""
    if order.kind == "letter":
        die()
    return await POST(self, order)


if __name__ == "__main__":
    if sys.argv[1] == "stored":
        uploads.keep = keep_and_die  # type: ignore[assignment]
    else:
        Correspondence._deliveries = die_before_posting  # type: ignore[method-assign]
    worker.main()
