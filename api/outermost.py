"""The outermost layer: whatever answers an error in another shape (a framework's own text),
answers with a problem."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers

from api.problems import MEDIA_TYPE, TITLES, problem_response

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

KEPT_TYPES = (MEDIA_TYPE, "application/json", "text/html")
"""JSON that is no problem, such as the readiness report, which is 503 when a part is down; and pages for people."""


class ProblemsOnly:
    """ASGI middleware. A plain-text error of a layer below becomes a problem with the same status."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Passes everything through but the start and body of errors in another shape."""
        replaced = False

        async def checked(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_foreign(message):
                replaced = True
                status = int(message["status"])
                await problem_response(status, TITLES.get(status, "The request was refused"))(
                    scope, receive, send
                )
            elif not replaced:
                await send(message)

        await self.app(scope, receive, checked if scope["type"] == "http" else send)


def _is_foreign(start: Message) -> bool:
    kind = Headers(raw=list(start["headers"])).get("content-type", "")
    return int(start["status"]) >= 400 and kind.partition(";")[0] not in KEPT_TYPES
