"""Every error has one shape, whatever went wrong; and no body can do harm."""

import json
import re
from typing import Any

import pytest
from fastapi import FastAPI

from api.app import JSON_LIMIT
from tests.api.conftest import Caller, Installation

URL = "/api/v1/countries/XAA/submissions"


def assert_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "findings"}
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem


async def send(caller: Caller, content: bytes, kind: str = "application/json") -> Any:
    headers = {"Authorization": caller.authorization, "Idempotency-Key": "k", "Content-Type": kind}
    return await caller.client.post(URL, content=content, headers=headers)


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"submission": NaN}',
        b'{"submission": -Infinity}',
        b'{"submission": 1e400}',
        b'{"submission": ' + b"9" * 30 + b"}",
        b'{"submission": ' + b"9" * 100_000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 30_000 + b"1" + b"}" * 30_000,
        b'{"submission": {"kind": "introduction", "notes": "\xff"}}',
        rb'{"submission": {"kind": "introduction", "notes": "a\u0000b"}}',
        rb'{"submission": {"kind": "introduction", "notes": "\ud800"}}',
        rb'{"submission": {"kind": "introduction", "no\u0000tes": ""}}',
    ],
    ids=lambda content: content[:40].decode("latin-1").replace("\x00", "0"),
)
async def test_a_body_that_is_no_json_or_cannot_be_kept_is_400(
    installation: Installation, content: bytes
) -> None:
    problem = assert_problem(await send(installation.secretariat, content), 400)
    assert [found["key"] for found in problem["findings"]] == ["request.json_invalid"]


async def test_where_a_text_cannot_be_kept_is_told(installation: Installation) -> None:
    content = json.dumps({"submission": {"kind": "workshop", "participants": ["a", "b\x00"]}}).encode()
    problem = assert_problem(await send(installation.secretariat, content), 400)
    assert problem["findings"][0]["where"] == "submission.participants[1]"


async def test_an_empty_body_and_another_media_type_are_refused(installation: Installation) -> None:
    assert_problem(await send(installation.secretariat, b""), 422)
    assert_problem(await send(installation.secretariat, b'{"submission": {}}', "text/plain"), 422)


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_over_the_limit_is_413_whether_its_length_is_announced_or_not(
    installation: Installation, announced: bool
) -> None:
    content = b'{"submission": "' + b"x" * JSON_LIMIT + b'"}'

    async def pieces() -> Any:
        for start in range(0, len(content), 65536):
            yield content[start : start + 65536]

    caller = installation.secretariat
    headers = {
        "Authorization": caller.authorization,
        "Idempotency-Key": "k",
        "Content-Type": "application/json",
    }
    answer = await caller.client.post(URL, content=content if announced else pieces(), headers=headers)
    assert_problem(answer, 413)


async def test_a_large_body_from_nobody_is_refused_in_the_same_shape(installation: Installation) -> None:
    answer = await installation.client.post(URL, content=b"x" * (JSON_LIMIT + 1))
    assert_problem(answer, 413)


async def test_unknown_places_and_methods_are_problems_too(installation: Installation) -> None:
    assert_problem(await installation.secretariat.get("/nothing"), 404)
    assert_problem(await installation.client.get("/nowhere"), 404)
    answer = await installation.client.delete("/api/v1/countries/XAA")
    assert_problem(answer, 405)
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"status": "asleep"}, "status"),
        ({"stauts": "active"}, "stauts"),
        ({"flag": "no_such"}, "flag"),
        ({"search": "a\x00b"}, "search"),
        ({"sort": "population"}, "sort"),
    ],
)
async def test_a_filter_that_cannot_be_meant_is_refused_by_name(
    installation: Installation, query: dict[str, Any], where: str
) -> None:
    problem = assert_problem(await installation.secretariat.get("/countries", **query), 422)
    assert [found["where"] for found in problem["findings"]] == [where]


async def test_what_was_sent_is_not_echoed(installation: Installation) -> None:
    answer = await send(
        installation.secretariat, b'{"submission": {"kind": "<script>alert(1)</script>secret"}}'
    )
    assert_problem(answer, 422)
    assert "value" not in answer.json()["findings"][0]


async def test_a_fault_of_ours_is_a_problem_that_shows_nothing_of_our_insides(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("storage.reading.countries", broken)
    answer = await installation.secretariat.get("/countries")
    assert_problem(answer, 500)
    assert "secret detail" not in answer.text


def test_every_error_in_the_openapi_document_is_declared_as_a_problem(installation: Installation) -> None:
    app: FastAPI = installation.app
    for path, methods in app.openapi()["paths"].items():
        for operation in methods.values():
            errors = {status: one for status, one in operation["responses"].items() if status >= "400"}
            if "/health/" in path:
                continue
            by_address = path.startswith("/calendar/")  # who has it needs no token, and sends no body
            assert ({"404", "503"} if by_address else {"400", "401", "422", "503"}) <= set(errors)
            assert all(list(one["content"]) == ["application/problem+json"] for one in errors.values())
            assert operation["description"]
            assert operation["tags"]


async def test_the_bare_address_leads_to_a_documentation_that_loads_nothing_from_elsewhere(
    installation: Installation,
) -> None:
    assert 'href="/api/v1/docs"' in (await installation.client.get("/")).text
    page = await installation.client.get("/api/v1/docs")
    sources = re.findall(r"(?:src|href)=\"([^\"]+)\"", page.text)
    assert page.status_code == 200
    assert sources
    assert all(source.startswith("/api/v1/") for source in sources), sources
    for source in sources:
        assert (await installation.client.get(source)).status_code == 200
