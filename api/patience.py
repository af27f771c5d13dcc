"""Bodies come plainly and in time, or not at all: none is unpacked, none can be read in two ways, none comes for hours."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.outermost import App, Message, Receive, Send
from api.problems import problem_response

GRACE_SECONDS = 30.0
SLOWEST = 2_000
"""Bytes a second that a body must bring on average once the grace is over: a tenth of a line by satellite."""

_CLOSE = {"Connection": "close"}


class PlainBodies:
    """ASGI middleware. A body that is compressed or of two lengths is refused; one that is too slow is answered 408."""

    def __init__(self, app: App, grace_seconds: float = GRACE_SECONDS, slowest: int = SLOWEST) -> None:
        self.app = app
        self.grace_seconds, self.slowest = grace_seconds, slowest

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Passes everything else through; bounds how long each piece of the body is waited for."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif answer := _refusal(Headers(scope=scope)):
            await answer(scope, receive, send)
        else:
            await self.app(scope, self._timely(receive), send)

    def _timely(self, receive: Receive) -> Receive:
        loop = asyncio.get_running_loop()
        until, whole = loop.time() + self.grace_seconds, False

        async def timely() -> Message:
            nonlocal until, whole
            if whole:  # what comes now is the end of the connection, whenever that is
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, "The body came too slowly.", _CLOSE) from None
            whole = message["type"] != "http.request" or not message.get("more_body", False)
            until += len(message.get("body", b"")) / self.slowest
            return message

        return timely


def _refusal(headers: Headers) -> Response | None:
    if "content-length" in headers and "transfer-encoding" in headers:
        return problem_response(400, "A body has a length or comes in chunks, not both.", headers=_CLOSE)
    if headers.get("content-encoding", "identity").strip().lower() not in ("identity", ""):
        return problem_response(415, "Send the body as it is, not compressed.", headers=_CLOSE)
    return None
