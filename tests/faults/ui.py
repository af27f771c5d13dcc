"""The Temporal UI's own HTTP calls, as its pages make them: a token from a cookie, then JSON with base64 payloads."""

from __future__ import annotations

import asyncio
import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from typing import Any

from temporalio.api.common.v1 import Payload

TIMEOUT = 20


class Ui:
    """A browser on the UI of a Temporal server, as far as it sends signals and updates."""

    def __init__(self, port: int, namespace: str, *, with_token: bool = True) -> None:
        self.port = port
        self._with_token = with_token
        self._base = f"http://127.0.0.1:{port}"
        self._namespace = namespace
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self._token = ""

    async def signal(self, workflow_id: str, name: str, payloads: Sequence[Payload]) -> int:
        """Sends a signal; the status of the answer."""
        body = {
            "signalName": name,
            "input": {"payloads": _encoded(payloads)},
            "workflowExecution": {"workflowId": workflow_id},
        }
        return await asyncio.to_thread(self._post, self._path(workflow_id, "signal", name), body)

    async def update(self, workflow_id: str, name: str, update_id: str, payloads: Sequence[Payload]) -> int:
        """Sends an update; the status of the answer."""
        request = {
            "meta": {"updateId": update_id, "identity": ""},
            "input": {"args": {"payloads": _encoded(payloads)}},
        }
        return await asyncio.to_thread(
            self._post, self._path(workflow_id, "update", name), {"request": request}
        )

    def _path(self, workflow_id: str, what: str, name: str) -> str:
        quoted = urllib.parse.quote(name, safe="")
        return f"/api/v1/namespaces/{self._namespace}/workflows/{workflow_id}/{what}/{quoted}"

    def _post(self, path: str, body: dict[str, Any]) -> int:
        if self._with_token and not self._token:
            with self._opener.open(f"{self._base}/", timeout=TIMEOUT) as page:
                self._token = str(page.headers["Set-Cookie"]).partition(";")[0].partition("=")[2]
        headers = {
            "Content-Type": "application/json",
            "Caller-Type": "operator",
        }
        if self._token:
            headers |= {"Cookie": f"_csrf={self._token}", "X-CSRF-TOKEN": self._token}
        request = urllib.request.Request(f"{self._base}{path}", json.dumps(body).encode(), headers)
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code


def _encoded(payloads: Sequence[Payload]) -> list[dict[str, Any]] | None:
    """As the UI writes them; it sends null where its field for the input is empty."""
    encoded = [
        {"metadata": {key: _base64(value) for key, value in one.metadata.items()}, "data": _base64(one.data)}
        for one in payloads
    ]
    return encoded or None


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
