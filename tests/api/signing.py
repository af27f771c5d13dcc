"""An installation at which people sign in, with a clock that tests set and a post that keeps what it is given."""

import contextlib
import queue
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx2
from fastapi import FastAPI
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from api.app import create_app
from contracts.rows import Batch, Delivery
from correspondence.signing_in import code_of, shown_code, token_of
from framework.records import Contact
from settings import Settings
from storage.directory import SeatHolder, put_appointments
from storage.documents import Documents
from storage.engine import Database, open_database
from storage.schema import migrate
from storage.writing import write_batch
from tests.api.conftest import SECRET, served, settings_in
from tests.storage.samples import country_row

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
ORIGIN = {"Origin": "http://api"}
HTML = {"Accept": "text/html"}
ALMA = "alma@alliance.example"


class Post:
    """Stands where the process engine is asked to deliver a message."""

    def __init__(self) -> None:
        self.taken: list[Delivery] = []
        self._unread: queue.SimpleQueue[Delivery] = queue.SimpleQueue()

    async def start_workflow(self, name: str, delivery: Delivery, **more: Any) -> None:
        """Keeps the message."""
        self.taken.append(delivery)
        self._unread.put(delivery)

    def wait_for_one(self) -> None:
        """Until a message has come that nobody waited for: it is sent after whoever asked for it has their answer.

        For tests in another thread than the installation's.
        """
        self._unread.get(timeout=60)

    def list_workflows(self, query: str, **more: Any) -> Any:
        """Whose processes are in trouble, nobody can say here."""
        raise RPCError("not here", RPCStatusCode.UNAVAILABLE, b"")

    def get_workflow_handle(self, name: str, **more: Any) -> "Post":
        """Stands for a country's process too, which does not answer here."""
        return self

    async def query(self, *asked: Any, **more: Any) -> Any:
        """No process answers here."""
        raise RPCError("not here", RPCStatusCode.UNAVAILABLE, b"")


class House:
    """The installation. `browser()` makes a browser of its own: what one is told, another does not know."""

    def __init__(self, app: FastAPI, database: Database, post: Post) -> None:
        self.app, self.database, self.post = app, database, post
        self.now = NOON
        self._revision = 0
        self.holders: list[SeatHolder] = []

    def browser(self, **more: Any) -> httpx2.AsyncClient:
        """Somebody's browser."""
        transport = httpx2.ASGITransport(app=self.app, raise_app_exceptions=False, **more)
        return httpx2.AsyncClient(transport=transport, base_url="http://api", headers=ORIGIN | HTML)

    async def appoint(self, role: str, email: str, *, name: str = "", until: date | None = None) -> None:
        """Somebody takes a seat; the same seat of the same person again changes when it ends."""
        holder = SeatHolder(
            id=f"{role}-{len(email)}{email[:3]}",
            role=role,
            seat="A seat",
            name=name or "Alma Verdane",
            email=email,
            from_on=date(2026, 1, 1),
            until_on=until,
        )
        self.holders = [*(one for one in self.holders if one.id != holder.id), holder]
        self._revision += 1
        await put_appointments(self.database, self.holders, self._revision)

    async def country(self, code: str, focal: str, *deputies: str, **more: Any) -> None:
        """A country is on record with these contacts."""
        self._revision += 1
        contacts = {
            "focal_point": Contact(name="Bo Dahl", email=focal),
            "deputies": [Contact(name="Dee Puty", email=one) for one in deputies],
        }
        row = country_row(code).model_copy(update=contacts | more | {"revision": self._revision})
        await write_batch(self.database, Batch(code=code, revision=self._revision, country=row), {})

    async def asked(self, browser: httpx2.AsyncClient, address: str) -> httpx2.Response:
        """Asks for a link."""
        return await browser.post("/sign-in", data={"address": address})

    def link(self) -> str:
        """The address of the link in the newest message."""
        return f"/sign-in/link/{token_of(SECRET, self.post.taken[-1].order.values['sign_in'])}"

    def code(self) -> str:
        """The code in the newest message."""
        return shown_code(code_of(SECRET, self.post.taken[-1].order.values["sign_in"]))

    async def signed_in(self, address: str) -> httpx2.AsyncClient:
        """A browser in which the person at an address has signed in by the link."""
        browser = self.browser()
        await self.asked(browser, address)
        answer = await browser.post(self.link())
        assert answer.status_code == 303, answer.text
        return browser

    def later(self, **more: float) -> None:
        """Time goes by."""
        self.now += timedelta(**more)


@contextlib.asynccontextmanager
async def house(folder: Path, **more: Any) -> AsyncIterator[House]:
    """An installation with the Secretariat's Alma."""
    database = open_database(f"sqlite+aiosqlite:///{folder / 'rows.db'}")
    await migrate(database)
    post = Post()
    settings = Settings.model_validate(settings_in(folder).model_dump() | {"public_url": "http://api"} | more)
    made: list[House] = []
    app = create_app(
        settings,
        temporal=cast(Client, post),
        database=database,
        documents=Documents(folder.as_uri()),
        now=lambda: made[0].now,
    )
    made.append(House(app, database, post))
    await made[0].appoint("secretariat", ALMA)
    async with served(app):
        yield made[0]
    await database.close()
