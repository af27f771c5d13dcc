"""One server, one worker and one application for all tests of the API; each test has countries of its own."""

import asyncio
import contextlib
import itertools
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI
from pydantic import SecretStr
from temporalio.client import Client

import tokens
from api.app import create_app
from api.deps import Parts
from api.examples import ROADMAP
from api.handing_in import reached
from contracts.messages import Actor
from contracts.names import country_id
from contracts.starting import ImportedCountry, imported
from contracts.state import StatusChange
from framework.facts import Cycle
from framework.records import Contact
from framework.terms import Role, Status
from settings import Settings
from storage.documents import Documents
from storage.engine import Database, open_database
from storage.schema import migrate
from tests.api.standin import Effects, working
from tests.forgetful import forgetful_server
from tests.launch.stand_ins import free_ports

SECRET = "a secret for tests, long enough to sign tokens with"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
_CODES = (f"X{second}{third}" for second, third in itertools.product("BCDEFGHIJKLMNOPQRSTUVWXY", repeat=2))


def next_code() -> str:
    """The code of an invented country that no test has used."""
    return next(_CODES)


def bearer(
    role: Role,
    country: str = "",
    name: str = "",
    valid_for: timedelta = timedelta(hours=1),
    tasks: Sequence[str] = (),
) -> str:
    """The header of a person in this role; a contributor works on everything that a report needs unless said otherwise."""
    kinds = tasks or (("progress_report",) if role is Role.CONTRIBUTOR else ())
    return "Bearer " + tokens.issue(SECRET, role, country, name or f"A {role.value}", valid_for, tasks=kinds)


def settings_in(folder: Path) -> Settings:
    """Settings that touch nothing outside a folder."""
    nobodys, no_mail = free_ports(2)
    return Settings(
        var_dir=folder,
        token_secret=SecretStr(SECRET),
        temporal_address=f"127.0.0.1:{nobodys}",
        temporal_namespace="default",
        smtp_port=no_mail,
        payload_keys=SecretStr("off"),
        acts_per_minute_person=100_000,  # all tests together are a few persons
        acts_per_minute_country=100_000,
    )


@contextlib.asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the application, which runs as long as the block lasts."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://api", timeout=30) as client,
    ):
        yield client


class Caller:
    """One person before the API. Every POST carries a fresh Idempotency-Key unless a test gives one."""

    def __init__(self, client: httpx2.AsyncClient, authorization: str) -> None:
        self.client = client
        self.authorization = authorization

    async def get(self, path: str, **query: Any) -> httpx2.Response:
        """GET below /api/v1, or of an address that a page gave."""
        path = path if path.startswith(("/api/v1", "/desk")) else f"/api/v1{path}"
        return await self.client.get(
            path, params=query or None, headers={"Authorization": self.authorization}
        )

    async def post(
        self, path: str, body: Any = None, *, key: str | None = "", **more: Any
    ) -> httpx2.Response:
        """POST below /api/v1; `key` None sends none."""
        headers = {"Authorization": self.authorization}
        if key is not None:
            headers["Idempotency-Key"] = key or uuid.uuid4().hex
        if body is not None:
            more["json"] = body
        return await self.client.post(f"/api/v1{path}", headers=headers, **more)

    async def put(self, path: str, body: Any, version: int = 0) -> httpx2.Response:
        """PUT below /api/v1, over a version that was read before."""
        headers = {"Authorization": self.authorization, "If-Match": f'"{version}"'}
        return await self.client.put(f"/api/v1{path}", headers=headers, json=body)

    async def delete(self, path: str) -> httpx2.Response:
        """DELETE below /api/v1."""
        return await self.client.delete(f"/api/v1{path}", headers={"Authorization": self.authorization})

    async def submit(
        self, code: str, submission: dict[str, Any], key: str = "", **more: Any
    ) -> httpx2.Response:
        """Hands a submission to a country."""
        return await self.post(f"/countries/{code}/submissions", {"submission": submission, **more}, key=key)

    async def upload(
        self, code: str, data: bytes = PDF, name: str = "letter.pdf", **form: str
    ) -> httpx2.Response:
        """Uploads a file for a country."""
        return await self.post("/documents", files={"file": (name, data)}, data={"country": code, **form})

    async def all(self, path: str, **query: Any) -> list[Any]:
        """The items of all pages of a list."""
        found: list[Any] = []
        address: str | None = path
        while address:
            answer = await self.get(address, **query)
            assert answer.status_code == 200, answer.text
            found += answer.json()["items"]
            address, query = answer.json()["next"], {}
        return found


class Installation:
    """The application with all its parts, and people to call it."""

    def __init__(self, client: httpx2.AsyncClient, app: FastAPI, effects: Effects) -> None:
        self.client = client
        self.app = app
        self.effects = effects
        self.secretariat = self.person(Role.SECRETARIAT)

    def person(self, role: Role, country: str = "", name: str = "", tasks: Sequence[str] = ()) -> Caller:
        """Somebody in this role; `tasks` are a contributor's."""
        return Caller(self.client, bearer(role, country, name, tasks=tasks))

    async def expression(self, code: str) -> dict[str, Any]:
        """A complete expression of interest; its letter is uploaded."""
        uploaded = await self.secretariat.upload(code)
        assert uploaded.status_code == 201, uploaded.text
        return {
            "country": code,
            "country_name": f"Country {code}",
            "minister": "The Minister of Labour",
            "ministry": "Ministry of Labour",
            "addressee": "ilo_director_general",
            "dated": datetime.now(UTC).date().isoformat(),
            "letter": {"id": uploaded.json()["id"]},
            "focal_point": {"name": "A Director", "post": "Director", "email": f"{code}@labour.example"},
        }

    async def candidate(self) -> str:
        """The code of a newly registered candidate."""
        code = next_code()
        answer = await self.secretariat.post("/countries", {"submission": await self.expression(code)})
        assert answer.status_code == 201, answer.text
        assert answer.headers["X-Read-Model"] == "current"
        return code

    async def presented(self) -> str:
        """The code of a candidate whose roadmap is presented to the GCM today."""
        code = await self.candidate()
        today = datetime.now(UTC).date().isoformat()
        for submission in (ROADMAP, {"kind": "presentation", "meeting": "GCM 2026/2", "meeting_on": today}):
            answer = await self.secretariat.submit(code, submission)
            assert answer.status_code == 200, answer.text
        return code

    async def active(self, *cycles: Cycle) -> str:
        """The code of a country that has been active for two years, from a history on paper."""
        code, granted = next_code(), datetime.now(UTC).date() - timedelta(days=730)
        change = StatusChange(before=Status.CANDIDATE, after=Status.ACTIVE, on=granted)
        country = ImportedCountry(
            code=code,
            name=f"Country {code}",
            status=Status.ACTIVE,
            status_history=[change],
            focal_point=Contact(name="A Director", email=f"{code}@labour.example"),
            priorities=["child-labour-cocoa"],
            bodies=["National Committee on SDG Target 8.7"],
            cycles=list(cycles),
            imported_by=Actor(role=Role.SECRETARIAT, name="A secretariat"),
        )
        parts: Parts = self.app.state.parts
        await parts.processes.start(imported(country), {})
        assert await reached(parts, code, 1)
        return code

    async def year(self, code: str) -> int:
        """The reporting year under way in a country."""
        return int((await self.secretariat.get(f"/countries/{code}")).json()["cycle"])

    async def ended(self, code: str) -> None:
        """Waits until a country's process has ended."""
        handle = self.app.state.parts.processes.client.get_workflow_handle(country_id(code))
        await asyncio.wait_for(handle.result(), 10)

    @contextlib.contextmanager
    def closed_gate(self) -> Iterator[None]:
        """While this lasts, nothing reaches the read model."""
        self.effects.open.clear()
        try:
            yield
        finally:
            self.effects.open.set()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def temporal() -> AsyncIterator[Client]:
    """A client of a server that forgets everything at the end."""
    async with forgetful_server() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def database(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """A migrated read model in a file of its own."""
    opened = open_database(f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('rows') / 'rows.db'}")
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    """An empty document store."""
    return Documents(tmp_path_factory.mktemp("documents").as_uri())


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the installation."""
    return settings_in(tmp_path_factory.mktemp("var"))


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def installation(
    temporal: Client, database: Database, documents: Documents, settings: Settings
) -> AsyncIterator[Installation]:
    """The application before a living server, worker, database and document store."""
    effects = Effects(database, documents)
    app = create_app(settings, temporal=temporal, database=database, documents=documents)
    async with working(temporal, effects), served(app) as client:
        yield Installation(client, app, effects)


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def untouched(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """An installation that knows none of the other tests' countries, for what looks through all that there is."""
    async with installed_in(tmp_path_factory.mktemp("untouched")) as found:
        yield found


@contextlib.asynccontextmanager
async def installed_in(folder: Path) -> AsyncIterator[Installation]:
    """An installation of its own: server, worker, database and documents in a folder."""
    database = open_database(f"sqlite+aiosqlite:///{folder / 'rows.db'}")
    await migrate(database)
    documents = Documents((folder / "documents").as_uri())
    effects = Effects(database, documents)
    async with forgetful_server() as temporal:
        app = create_app(settings_in(folder), temporal=temporal, database=database, documents=documents)
        async with working(temporal, effects), served(app) as client:
            yield Installation(client, app, effects)
    await database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def lonely(
    database: Database, documents: Documents, tmp_path: Path
) -> AsyncIterator[httpx2.AsyncClient]:
    """The application while nobody listens where Temporal should be."""
    app = create_app(settings_in(tmp_path), database=database, documents=documents)
    async with served(app) as client:
        yield client


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here run on the loop on which the server was started."""
    for item in items:
        if Path(__file__).parent in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine rows may take longer than the API keeps a caller waiting; tests are not about the machine."""
    monkeypatch.setattr("api.handing_in.READ_MODEL_PATIENCE", 20.0)
