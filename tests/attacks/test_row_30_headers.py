"""Row 30, scripts and frames: what every answer tells a browser, whatever the answer is."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.conftest import Installation, served, settings_in

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
UNSAFE = re.compile(r"unsafe-|\*|https?:|data:(?! *;)")

Call = Callable[[Installation], Any]
CALLS: dict[str, Call] = {
    "data": lambda there: there.secretariat.get("/countries"),
    "nobody": lambda there: there.client.get("/api/v1/countries"),
    "no such place": lambda there: there.client.get("/nowhere"),
    "wrong method": lambda there: there.client.delete("/api/v1/countries/XAA"),
    "body too large": lambda there: there.client.post("/api/v1/countries", content=b"x" * 300_000),
    "broken body": lambda there: there.client.post("/api/v1/codec/ui/x/decode", content=b"{"),
    "front page": lambda there: there.client.get("/"),
    "health": lambda there: there.client.get("/api/v1/health/live"),
    "description": lambda there: there.client.get("/api/v1/openapi.json"),
    "documentation": lambda there: there.client.get("/api/v1/docs"),
    "script of the documentation": lambda there: there.client.get("/api/v1/docs-start.js"),
    "file of the documentation": lambda there: there.client.get("/api/v1/docs-static/swagger-ui.css"),
    "page without sign-in": lambda there: there.client.get("/confirm/contacts/nonsense"),
    "calendar": lambda there: there.client.get("/calendar/nonsense.ics"),
}


def assert_safe(answer: httpx2.Response) -> None:
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert answer.headers["referrer-policy"] in ("no-referrer", "same-origin")
    assert answer.headers["permissions-policy"]
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not UNSAFE.search(policy), policy
    assert "server" not in answer.headers


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_every_answer_forbids_frames_scripts_and_guessing(
    installation: Installation, call: Call
) -> None:
    answer = await call(installation)
    assert_safe(answer)
    kept = answer.headers.get("cache-control", "")
    assert "no-store" in kept or "private, no-cache" in kept or "etag" in answer.headers


async def test_a_fault_of_ours_carries_them_too(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("broken")

    monkeypatch.setattr("storage.reading.countries", broken)
    answer = await installation.secretariat.get("/countries")
    assert answer.status_code == 500
    assert_safe(answer)


@pytest.mark.parametrize("url", ["https://pathfinder.example.org", "http://127.0.0.1:8000"])
async def test_a_browser_is_told_to_stay_with_https_where_there_is_https(tmp_path: Path, url: str) -> None:
    app = create_app(settings_in(tmp_path).model_copy(update={"public_url": url}))
    async with served(app) as client:
        answer = await client.get("/api/v1/health/live")
    assert ("strict-transport-security" in answer.headers) == url.startswith("https")


async def test_no_page_of_ours_holds_code_and_its_style_is_the_one_that_is_allowed(
    installation: Installation,
) -> None:
    for path in ("/", "/api/v1/docs", "/confirm/contacts/nonsense"):
        page = (await installation.client.get(path)).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\bon[a-z]+=|javascript:|\bstyle=", page)


def test_the_positive_control_an_answer_without_the_headers_is_noticed() -> None:
    with TestClient(FastAPI()) as client, pytest.raises(AssertionError):
        assert_safe(client.get("/nowhere"))
