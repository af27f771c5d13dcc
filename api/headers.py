"""The headers that every answer carries: what a browser may do with it, which is next to nothing.

A page of ours states a Content-Security-Policy of its own, which stands; everything else gets the strictest there is.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders

from api.outermost import App, Message, Receive, Send

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What an answer that is no page may load, send and be framed by."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Content-Security-Policy": NOTHING,
}
HSTS = "max-age=31536000"
"""A year of https only, where people reach the API by https."""


NOT_MODIFIED = 304
"""What such an answer says replaces what a browser kept with the page: a policy of ours for data would blank the page."""


class SafeHeaders:
    """ASGI middleware. Adds what an answer does not say itself; an answer without a validator is not kept anywhere."""

    def __init__(self, app: App, headers: dict[str, str]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Passes everything through; the start of each answer gets its headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] != NOT_MODIFIED:
                self._complete(MutableHeaders(raw=message["headers"]))
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)

    def _complete(self, headers: MutableHeaders) -> None:
        for name, value in self.headers.items():
            headers.setdefault(name, value)
        if "etag" not in headers:
            headers.setdefault("Cache-Control", "no-store")


def install(app: FastAPI, public_url: str) -> None:
    """Puts the headers around everything, the answers to faults included, which no other layer sees."""
    headers = ALWAYS | ({"Strict-Transport-Security": HSTS} if public_url.startswith("https://") else {})
    inner: Callable[[], Any] = app.build_middleware_stack
    app.build_middleware_stack = lambda: SafeHeaders(inner(), headers)  # type: ignore[method-assign]
