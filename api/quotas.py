"""Flood control: how often a person may change something, and how often a country may be changed, in a minute.

Counted in this process only: several processes of the API let through as many times more.
"""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.problems import ProblemError

PERSON = 120
COUNTRY = 240
"""Acts in a minute, unless the settings say otherwise."""


class Quotas:
    """Who did how much within the last minute. What is refused does not count."""

    def __init__(self, person: int = PERSON, country: int = COUNTRY) -> None:
        self._person, self._country = RateLimitItemPerMinute(person), RateLimitItemPerMinute(country)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def admit(self, person: tuple[str, ...], country: str) -> None:
        """Counts an act of a person for a country (empty: for none); raises ProblemError 429 when it is one too many."""
        wanted = [(self._person, ("person", *person), "You have")]
        if country:
            wanted.append((self._country, ("country", country), f"People have, all together for {country},"))
        for limit, key, who in wanted:
            if not self._limiter.test(limit, *key):
                raise self._too_many(limit, key, who)
        for limit, key, _ in wanted:
            self._limiter.hit(limit, *key)

    def _too_many(self, limit: RateLimitItem, key: tuple[str, ...], who: str) -> ProblemError:
        reset = self._limiter.get_window_stats(limit, *key).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        return ProblemError(
            429,
            f"{who} changed something {limit.amount} times within a minute. Nothing was changed now:"
            f" repeat it as it is in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )
