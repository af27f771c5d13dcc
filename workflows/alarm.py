"""The one timer of a country: it stands for as long as the next moment is the same, whatever else happens meanwhile."""

import asyncio
from datetime import timedelta

from temporalio import workflow

from workflows.process.moments import Moment


class Alarm:
    """Rings at one moment. A country is woken far more often than its next moment changes."""

    def __init__(self) -> None:
        self._moment: Moment | None = None
        self._timer: asyncio.Task[None] | None = None

    @property
    def rings(self) -> bool:
        """True once the moment has come, until the next one is set."""
        return self._timer is not None and self._timer.done()

    def set(self, moment: Moment | None) -> None:
        """Waits for this moment and no other from now on; None: for nothing. A timer that is set for it stays."""
        if moment == self._moment and not self.rings:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._moment, self._timer = moment, None
        if moment is not None:
            left = max(moment.at - workflow.now(), timedelta(0))
            self._timer = asyncio.create_task(workflow.sleep(left, summary=moment.summary))
