"""When a part is away: a clear 503 within seconds, never a success; what only reads goes on."""

import asyncio
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from api.app import create_app
from api.deps import Parts
from contracts.messages import SYSTEM
from contracts.rows import Batch
from contracts.starting import Registration, registered
from framework.records import ExpressionOfInterest
from framework.terms import Role
from storage.documents import Documents
from storage.engine import Database, open_database
from tests.api.conftest import Caller, Installation, bearer, served, settings_in
from tests.api.standin import Effects, working
from tests.api.test_decisions import GRANT
from tests.api.test_submissions import INTRODUCTION
from tests.forgetful import forgetful_server
from tests.launch.stand_ins import free_ports


def secretariat(client: httpx2.AsyncClient) -> Caller:
    return Caller(client, bearer(Role.SECRETARIAT))


def assert_unavailable(answer: httpx2.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["content-type"] == "application/problem+json"


async def test_while_temporal_is_away_nothing_is_taken_and_lists_are_still_served(
    installation: Installation, lonely: httpx2.AsyncClient
) -> None:
    code = await installation.candidate()
    caller, started = secretariat(lonely), monotonic()
    answers = await asyncio.gather(
        caller.submit(code, INTRODUCTION),
        caller.post(f"/countries/{code}/decisions", {"decision": GRANT}),
        caller.post("/countries", {"submission": await installation.expression("XZZ")}),
        caller.get(f"/countries/{code}/decisions/never-sent"),
        caller.get(f"/countries/{code}/policy"),
    )
    assert monotonic() - started < 7
    for answer in answers:
        assert_unavailable(answer)
    assert (await caller.get(f"/countries/{code}")).status_code == 200
    assert (await caller.get(f"/countries/{code}/timeline")).json()["items"]


async def test_ready_says_that_temporal_and_worker_are_away_and_live_goes_on(
    lonely: httpx2.AsyncClient,
) -> None:
    answer = await lonely.get("/api/v1/health/ready")
    assert answer.status_code == 503
    parts = answer.json()["parts"]
    assert {name: part["state"] for name, part in parts.items()} == {
        "temporal": "down",
        "worker": "down",
        "database": "up",
        "documents": "up",
        "mail": "down",
        "returns": "off",
    }
    assert "PATHFINDER_IMAP_HOST" in parts["returns"]["detail"]
    assert all(part["detail"] for part in parts.values() if part["state"] == "down")
    assert (await lonely.get("/api/v1/health/live")).status_code == 200


async def test_all_that_is_needed_is_up_although_mail_is_not(installation: Installation) -> None:
    answer = await installation.client.get("/api/v1/health/ready")
    assert answer.status_code == 200, answer.text
    parts = answer.json()["parts"]
    assert [name for name, part in parts.items() if part["state"] == "down"] == ["mail"]
    assert parts["mail"]["needed"] is False


async def test_a_return_mailbox_that_does_not_answer_shows_and_stops_nobody(
    installation: Installation, tmp_path: Path
) -> None:
    parts: Parts = installation.app.state.parts
    settings = settings_in(tmp_path).model_copy(
        update={"imap_host": "127.0.0.1", "imap_port": free_ports(1)[0]}
    )
    app = create_app(
        settings, temporal=parts.processes.client, database=parts.database, documents=parts.documents
    )
    async with served(app) as api:
        ready = await api.get("/api/v1/health/ready")
    assert ready.status_code == 200
    assert ready.json()["parts"]["returns"] == {"state": "down", "needed": False, "detail": "does not answer"}


async def test_a_database_without_its_schema_is_not_ready(installation: Installation, tmp_path: Path) -> None:
    empty = open_database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    client = installation.app.state.parts.processes.client
    app = create_app(settings_in(tmp_path), temporal=client, database=empty, documents=Documents("memory://"))
    async with served(app) as api:
        ready = (await api.get("/api/v1/health/ready")).json()
        assert ready["parts"]["database"]["state"] == "down"
        assert "migrate" in ready["parts"]["database"]["detail"]
        assert_unavailable(await secretariat(api).get("/countries"))
    await empty.close()


@pytest_asyncio.fixture(loop_scope="session")
async def idle(database: Database, documents: Documents, tmp_path: Path):  # type: ignore[no-untyped-def]
    """The application before a server on which no worker is, but a country."""
    async with forgetful_server() as temporal:
        app = create_app(settings_in(tmp_path), temporal=temporal, database=database, documents=documents)
        async with served(app) as client:
            app.state.parts.processes.patience = timedelta(seconds=1)
            expression = ExpressionOfInterest(country="XZY", country_name="Idle")
            registration = Registration(message_id="start", actor=SYSTEM, expression=expression)
            await app.state.parts.processes.start(registered(registration), {})
            yield client, temporal


async def test_without_a_worker_a_submission_is_503_and_its_repetition_with_the_same_key_is_one(
    idle: tuple[httpx2.AsyncClient, object], database: Database, documents: Documents
) -> None:
    client, temporal = idle
    caller = secretariat(client)
    assert_unavailable(await caller.submit("XZY", INTRODUCTION, key="patient"))
    decided = await caller.post("/countries/XZY/decisions", {"decision": GRANT})
    assert decided.status_code == 202, decided.text
    assert (await client.get("/api/v1/health/ready")).json()["parts"]["worker"]["state"] == "down"
    async with working(temporal, Effects(database, documents)):  # type: ignore[arg-type]
        answers = [await caller.submit("XZY", INTRODUCTION, key="patient") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        entries = await caller.all("/countries/XZY/timeline", kind="introduction")
        assert len(entries) == 1
        found = await caller.get(decided.headers["Location"])
        assert found.json()["answer"]["answer"] == "refused"


async def test_a_row_that_the_database_refuses_for_good_is_named_in_the_timeline_and_holds_up_nothing(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, records = await installation.candidate(), installation.effects.records
    write = records.write_rows

    async def too_large(batch: Batch) -> list[str]:
        introduced = [one for one in batch.entries if one.kind == "introduction"]
        for entry in introduced:
            entry.year = 10**20
        return await write(batch)

    monkeypatch.setattr(records, "write_rows", too_large)
    receipt = (await installation.secretariat.submit(code, INTRODUCTION)).json()
    lines = list[dict[str, Any]]()
    async with asyncio.timeout(10):
        while not lines:
            lines = await installation.secretariat.all(f"/countries/{code}/timeline", kind="rows_refused")
    assert [one["values"]["rows"] for one in lines] == [[f"entry {code}/{receipt['entry']}"]]
    answer = await installation.secretariat.submit(code, {**INTRODUCTION, "notes": "Once more."})
    assert answer.status_code == 200
