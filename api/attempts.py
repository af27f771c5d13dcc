"""Bounds how often somebody tries to come in: by where they call from, in this process, whoever they say they are.

What is told to whoever tries too often is the same for an address that is known here and one that is not.
"""

import ipaddress
import time
from collections.abc import Sequence

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from api.client_address import Network, address_of
from api.problems import ProblemError

ASKING = RateLimitItemPerMinute(20, 10, namespace="asking")
"""Links asked for from one place: an office behind one address has several people."""

FOR_ADDRESS = RateLimitItemPerMinute(5, 15, namespace="address")
"""Links asked for at one address, whoever asks: nobody's mailbox is filled."""

ENDING = RateLimitItemPerMinute(40, 10, namespace="ending")
"""Links and codes tried from one place."""

TOO_MANY = "Too many attempts. Wait, then try again."

IPV6_PREFIX = 64
"""A household has so many bits of its own to choose from; it counts as one place."""


class Attempts:
    """Who tried how often of late."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, rule: RateLimitItem, whom: str) -> None:
        """Counts an attempt. Raises ProblemError 429, saying when to come back, when it is one too many."""
        if self._limiter.hit(rule, whom):
            return
        reset = self._limiter.get_window_stats(rule, whom).reset_time
        seconds = max(1, int(reset - time.time()) + 1)
        raise ProblemError(429, TOO_MANY, headers={"Retry-After": str(seconds)})


def place_of(request: Request, proxies: Sequence[Network]) -> str:
    """The place from where somebody calls, for counting: an address, or the network that a household has of IPv6."""
    address = address_of(request, proxies)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)
