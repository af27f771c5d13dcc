"""Bounds how often a caller may be wrong where no token is asked for. Counted in this process only."""

from collections import deque
from datetime import datetime, timedelta

MOST = 60
WITHIN = timedelta(minutes=1)
MOST_CALLERS = 10_000
"""So many callers are kept in mind; beyond that, those who were wrong the longest ago are forgotten."""


class Failures:
    """Who was wrong how often of late: `most` times `within` a period are borne."""

    def __init__(self, most: int = MOST, within: timedelta = WITHIN) -> None:
        self._most, self._within = most, within
        self._callers: dict[str, deque[datetime]] = {}

    def note(self, whom: str, now: datetime) -> None:
        """Somebody was wrong."""
        moments = self._callers.pop(whom, deque(maxlen=self._most))
        moments.append(now)
        self._callers[whom] = moments
        while len(self._callers) > MOST_CALLERS:
            del self._callers[next(iter(self._callers))]

    def too_many(self, whom: str, now: datetime) -> bool:
        """Whether somebody has been wrong too often; over as soon as the period is."""
        moments = self._callers.get(whom)
        return moments is not None and len(moments) == self._most and now - moments[0] < self._within
