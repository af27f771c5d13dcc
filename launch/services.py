"""What the supervisor is told to run: services that stay, jobs that end, and how to see that one answers."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Probe = Callable[[], Awaitable[str | None]]
"""Asks a service whether it answers: None when it does, otherwise what stands against it."""

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy cannot see our loopback


@dataclass(frozen=True)
class Service:
    """A process that stays, and is started again when it dies. Without a probe it is ready once started."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Probe | None = None
    ready_seconds: float = 60.0
    stop_seconds: float = 4.0


@dataclass(frozen=True)
class Job:
    """A process that must end before the next step begins.

    With a marker it runs once: not when the marker exists, which is written when the job succeeds. A job that
    is not needed may fail: that is reported, and everything else goes on.
    """

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    needed: bool = True
    marker: Path | None = None


Step = Service | Job


@dataclass(frozen=True)
class RestartPolicy:
    """When a service that dies is started again: after a delay that doubles, until it has died too often."""

    deaths: int = 5
    within_seconds: float = 60.0
    first_delay: float = 0.5
    longest_delay: float = 10.0

    def delay(self, recent_deaths: int) -> float:
        """Seconds to wait after this many deaths within the window (1 or more)."""
        return float(min(self.longest_delay, self.first_delay * 2 ** (recent_deaths - 1)))


def accepts_connections(host: str, port: int) -> Probe:
    """A probe: something listens on host:port."""

    async def probe() -> str | None:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError as error:
            return str(error)
        writer.close()
        return None

    return probe


def answers_ok(url: str, timeout_seconds: float = 5.0) -> Probe:
    """A probe: a GET of the http URL is answered with 200."""

    def get() -> str | None:
        try:
            with _DIRECT.open(url, timeout=timeout_seconds) as response:
                return None if response.status == 200 else f"status {response.status}"
        except urllib.error.HTTPError as error:
            with error:
                return f"status {error.code}: {error.read(2000).decode(errors='replace')}"
        except OSError as error:
            return str(error)

    async def probe() -> str | None:
        return await asyncio.to_thread(get)

    return probe
