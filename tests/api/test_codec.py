"""The codec endpoint, called as the Temporal UI and the `temporal` program call it. No Temporal server is needed."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI
from google.protobuf.json_format import MessageToDict, ParseDict
from pydantic import SecretStr
from temporalio.api.common.v1 import Payload, Payloads

from api.app import create_app
from connection.clients import sealing_converter
from connection.keys import new_entry, parse_ring
from contracts.sealed import is_sealed
from framework.terms import Role
from settings import write_secret
from storage.audit_reading import AuditFilter, acts
from storage.schema import migrate
from tests.api.conftest import bearer, served, settings_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEYS = new_entry()
SECRET_PATH = "the-path-of-this-start"
UI = "http://127.0.0.1:8233"
PERSON = {"name": "Ada Lindqvist", "email": "ada@labour.example"}
PLAIN = Payload(metadata={"encoding": b"json/plain"}, data=b'{"typed": "in the UI"}')


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """An API with keys of its own, and the path of a UI."""
    settings = settings_in(tmp_path_factory.mktemp("var")).model_copy(
        update={"payload_keys": SecretStr(KEYS)}
    )
    write_secret(settings.ui_codec_file, SECRET_PATH)
    return create_app(settings)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    async with served(app) as found:
        await migrate(app.state.parts.database)
        yield found


async def sealed() -> Payload:
    (payload,) = await sealing_converter(parse_ring(KEYS, "the test's ring")).encode([PERSON])
    return payload


def wire(*payloads: Payload) -> dict[str, Any]:
    """As the UI and the `temporal` program write payloads."""
    found: dict[str, Any] = MessageToDict(Payloads(payloads=payloads))
    return found


def read(answer: httpx2.Response) -> list[Payload]:
    """What was answered, as they read it."""
    assert answer.status_code == 200, answer.text
    return list(ParseDict(answer.json(), Payloads()).payloads)


def by(role: Role, **more: str) -> dict[str, str]:
    return {"Authorization": bearer(role, "XAA" if role is Role.FOCAL_POINT else ""), **more}


async def test_an_operator_has_payloads_opened_and_what_cannot_be_comes_back_as_it_is(
    client: httpx2.AsyncClient,
) -> None:
    damaged = await sealed()
    damaged.data = damaged.data[:-1]
    body = wire(await sealed(), PLAIN, damaged)
    answer = await client.post("/api/v1/codec/decode", json=body, headers=by(Role.OPERATOR))
    opened, plain, still = read(answer)
    assert opened.data == b'{"name":"Ada Lindqvist","email":"ada@labour.example"}'
    assert dict(opened.metadata) == {"encoding": b"json/plain"}
    assert (plain, still) == (PLAIN, damaged)
    assert answer.headers["Cache-Control"] == "no-store"


async def test_what_is_typed_is_sealed_and_opens_again(client: httpx2.AsyncClient) -> None:
    (closed,) = read(await client.post("/api/v1/codec/encode", json=wire(PLAIN), headers=by(Role.OPERATOR)))
    assert is_sealed(closed)
    answer = await client.post("/api/v1/codec/decode", json=wire(closed), headers=by(Role.OPERATOR))
    assert read(answer) == [PLAIN]


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.GCM, Role.MWG, Role.FOCAL_POINT])
@pytest.mark.parametrize("what", ["decode", "encode"])
async def test_row_27_nobody_but_an_operator_has_payloads_opened(
    client: httpx2.AsyncClient, role: Role, what: str
) -> None:
    answer = await client.post(f"/api/v1/codec/{what}", json=wire(await sealed()), headers=by(role))
    assert answer.status_code == 403
    assert "Lindqvist" not in answer.text


async def test_row_28_without_a_token_nothing_is_opened(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/api/v1/codec/decode", json=wire(await sealed()))).status_code == 401


async def test_another_namespace_is_not_there(client: httpx2.AsyncClient) -> None:
    for namespace, status in (("default", 200), ("theirs", 404)):
        headers = by(Role.OPERATOR, **{"X-Namespace": namespace})
        answer = await client.post("/api/v1/codec/decode", json=wire(PLAIN), headers=headers)
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"payloads": [{"data": "x"}]}, 422),
        ({"payloads": "all"}, 422),
        ([], 422),
        ({}, 422),
        ({"payloads": []}, 200),
    ],
)
async def test_what_is_no_list_of_payloads_is_refused(
    client: httpx2.AsyncClient, body: Any, status: int
) -> None:
    answer = await client.post("/api/v1/codec/decode", json=body, headers=by(Role.OPERATOR))
    assert answer.status_code == status, answer.text


async def ui(
    app: FastAPI,
    *,
    secret: str = SECRET_PATH,
    caller: str = "127.0.0.1",
    method: str = "POST",
    **headers: str,
) -> httpx2.Response:
    """A call of the page of a UI: its fetch sends no token."""
    transport = httpx2.ASGITransport(app=app, client=(caller, 50_000), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as browser:
        given = {"Content-Type": "application/json", "X-Namespace": "default", "Origin": UI, **headers}
        body = None if method == "OPTIONS" else wire(await sealed())
        return await browser.request(method, f"/api/v1/codec/ui/{secret}/decode", json=body, headers=given)


async def test_the_ui_of_this_machine_reads_by_its_secret_path(
    app: FastAPI, client: httpx2.AsyncClient
) -> None:
    asked = await ui(
        app,
        method="OPTIONS",
        **{"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-namespace"},
    )
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == UI
    assert "x-namespace" in asked.headers["Access-Control-Allow-Headers"]
    answer = await ui(app)
    assert json_of(read(answer)[0]) == PERSON
    assert answer.headers["Access-Control-Allow-Origin"] == UI
    assert json_of(read(await ui(app, Origin="http://localhost:8233"))[0]) == PERSON
    await app.state.parts.floods.over(app.state.parts.database)
    read_here = AuditFilter(action="open_payloads_here")
    rows = (await acts(app.state.parts.database, read_here)).items
    assert sum(one.count for one in rows) >= 2, (
        "whoever reads histories in the UI of `up` is on record, counted"
    )
    assert {(one.outcome.value, one.person, one.detail["client"]) for one in rows} == {
        ("done", "", "127.0.0.1")
    }


def json_of(payload: Payload) -> Any:
    return json.loads(payload.data)


@pytest.mark.parametrize(
    "otherwise",
    [
        {"secret": "the-path-of-another-start"},
        {"secret": "%C3%BC"},
        {"caller": "192.0.2.7"},
        {"caller": "a-proxy"},
        {"X-Forwarded-For": "192.0.2.7"},
        {"Forwarded": "for=192.0.2.7"},
        {"Origin": "https://attacker.example"},
        {"Origin": "http://127.0.0.1:8000"},
        {"Origin": "null"},
        {"Origin": ""},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
async def test_rows_27_and_30_for_everybody_else_that_path_is_not_there(
    app: FastAPI, client: httpx2.AsyncClient, otherwise: dict[str, Any], method: str
) -> None:
    answer = await ui(app, method=method, **otherwise)
    assert answer.status_code == 404
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert base64.b64encode(b"Ada")[:4].decode() not in answer.text


async def test_without_a_ui_of_its_own_an_installation_has_no_such_path(
    tmp_path: Path, app: FastAPI, client: httpx2.AsyncClient
) -> None:
    elsewhere = create_app(
        settings_in(tmp_path / "elsewhere").model_copy(update={"payload_keys": SecretStr(KEYS)})
    )
    async with served(elsewhere):
        for secret in ("", "x", SECRET_PATH):
            assert (await ui(elsewhere, secret=secret)).status_code in (404, 405)


async def test_only_the_pages_of_the_ui_may_read_what_an_operator_is_answered(
    client: httpx2.AsyncClient,
) -> None:
    for origin, allowed in ((UI, UI), ("https://attacker.example", None)):
        asked = await client.options("/api/v1/codec/decode", headers={"Origin": origin})
        answer = await client.post(
            "/api/v1/codec/decode", json=wire(PLAIN), headers=by(Role.OPERATOR, Origin=origin)
        )
        for one in (asked, answer):
            assert one.headers.get("Access-Control-Allow-Origin") == allowed
