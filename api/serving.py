"""How the API is served: uvicorn with bounds on what a connection may cost, whoever is at the other end.

`pathfinder api` and `pathfinder up` both come here. A reverse proxy bounds more; nothing here relies on one.
"""

import asyncio
import sys
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from settings import Settings, SettingsError, load_settings

HEAD_BYTES = 16 * 1024
"""The first line of a request with all its headers."""

HEAD_SECONDS = 10.0
"""From the first byte (or the connection) until all headers are there."""

IDLE_SECONDS = 5
"""How long a connection may stay open between two requests."""

MOST_CONNECTIONS = 1000
"""Beyond that a request is answered 503 at once."""


class Bounded(H11Protocol):
    """uvicorn's HTTP, which hangs up on whoever does not finish the head of a request in time (slowloris)."""

    head_seconds = HEAD_SECONDS
    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection is there, and its first request is awaited."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """More has come: the rest of a head, or the beginning of the next."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self.conn.trailing_data[0]:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone, and nothing is awaited any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._head is None:
            self._head = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None


def bounds() -> dict[str, Any]:
    """The options of uvicorn that bound what a connection may cost, and say nothing about us."""
    return {
        "http": Bounded,
        "ws": "none",
        "h11_max_incomplete_event_size": HEAD_BYTES,
        "timeout_keep_alive": IDLE_SECONDS,
        "limit_concurrency": MOST_CONNECTIONS,
        "server_header": False,
    }


def serve(settings: Settings, grace_seconds: int = 10) -> None:
    """Serves the API where the settings say, until SIGINT or SIGTERM; then requests have `grace_seconds` to end."""
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=settings.bind_host,
        port=settings.api_port,
        proxy_headers=False,  # which proxies are believed, PATHFINDER_TRUSTED_PROXIES says to `client_address`
        timeout_graceful_shutdown=grace_seconds,
        **bounds(),
    )


def main() -> int:
    """The API's process under `up`: 0 after a stop, 1 when its settings cannot be used (stderr says why)."""
    try:
        serve(load_settings(), grace_seconds=2)
    except SettingsError as error:
        print(f"The API cannot start: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
