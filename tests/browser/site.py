"""The pages in a browser: an installation with the countries of `tests.pages.living`, without Temporal, on loopback."""

import asyncio
import socket
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, cast

import uvicorn
from playwright.sync_api import Browser, BrowserContext
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from api.app import create_app
from api.pages.languages import COOKIE
from contracts.names import country_id
from contracts.state import CountryState
from framework.terms import Role
from storage.documents import Documents
from tests.api.conftest import bearer, settings_in
from tests.pages.living import LIVES, NOW, read_model


class Standing:
    """Stands where processes are asked how they stand: forms say what they lack. Nothing else is there."""

    def __init__(self, states: dict[str, CountryState]) -> None:
        self.states, self.asked = states, ""

    def get_workflow_handle(self, id: str, **more: Any) -> "Standing":
        """The process of a country."""
        asked = Standing(self.states)
        asked.asked = id
        return asked

    async def query(self, name: str, *arguments: Any, **more: Any) -> CountryState:
        """Its state. Raises RPCError for everything else."""
        if name != "state" or self.asked not in self.states:
            raise RPCError("not here", RPCStatusCode.UNAVAILABLE, b"")
        return self.states[self.asked]

    async def count_workflows(self, query: str, **more: Any) -> None:
        """Raises RPCError: there are none."""
        raise RPCError("not here", RPCStatusCode.UNAVAILABLE, b"")

    def list_workflows(self, query: str, **more: Any) -> None:
        """Raises RPCError: there are none."""
        raise RPCError("not here", RPCStatusCode.UNAVAILABLE, b"")


@contextmanager
def site() -> Iterator[str]:
    """The address of an installation that runs as long as the block lasts, on a port that the system gives."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        up, stop = threading.Event(), threading.Event()
        serving = threading.Thread(target=lambda: asyncio.run(_serve(Path(folder), listener, up, stop)))
        serving.start()
        try:
            assert up.wait(60), "the installation for the browser did not start"
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            stop.set()
            serving.join()


async def _serve(folder: Path, listener: socket.socket, up: threading.Event, stop: threading.Event) -> None:
    async with _server(folder) as server:
        running = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started and not running.done():
            await asyncio.sleep(0.02)
        up.set()
        await asyncio.to_thread(stop.wait)
        server.should_exit = True
        await running


@asynccontextmanager
async def _server(folder: Path) -> AsyncIterator[uvicorn.Server]:
    lives = [life() for life in LIVES]
    database = await read_model(folder, *lives)
    app = create_app(
        settings_in(folder),
        temporal=cast(Client, Standing({country_id(one.state.code): one.state for one in lives})),
        database=database,
        documents=Documents(folder.as_uri()),
        now=lambda: NOW,
    )
    yield uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    await database.close()


NAMES = {
    Role.SECRETARIAT: "Jules Perrincourt",
    Role.FOCAL_POINT: "Theodora Valcenis",
    Role.GCM: "Ingrid Halvorsby",
    Role.MWG: "Amadou Keriba",
    Role.OPERATOR: "Lena Morrow",
}
"""Invented people, so that pictures show pages as people see them."""


@contextmanager
def visitor(
    opened: Browser,
    *,
    role: Role | None = None,
    country: str = "",
    language: str = "en",
    width: int = 1280,
    scheme: str = "light",
    scripts: bool = True,
) -> Iterator[BrowserContext]:
    """Somebody with a browser: a stranger, or a person in a role, with the token of that role."""
    headers = {}
    if role is not None:
        headers["Authorization"] = bearer(role, country, NAMES.get(role, ""))
    context = opened.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        bypass_csp=scripts,
        extra_http_headers=headers,
    )
    context.add_cookies([{"name": COOKIE, "value": language, "domain": "127.0.0.1", "path": "/"}])
    context.set_default_timeout(20_000)
    try:
        yield context
    finally:
        context.close()
