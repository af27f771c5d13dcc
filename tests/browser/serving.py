"""The application as browsers meet it: on a port that the system gives, with countries, with Temporal or without."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Page

from api.app import create_app
from api.pages.languages import COOKIE
from framework.terms import Role
from storage.documents import Documents
from storage.engine import open_database
from storage.schema import migrate
from tests.api.conftest import Installation, bearer, served, settings_in
from tests.api.standin import Effects, working
from tests.forgetful import forgetful_server

Preparing = Callable[[Installation], Any]
"""Makes what a test wants to find: it gets the installation, within the loop that serves it."""


class Serving(threading.Thread):
    """Serves in a thread of its own, since the browser's own calls block this one."""

    def __init__(self, folder: Path, prepare: Preparing, *, temporal: bool, **settings: Any) -> None:
        super().__init__(daemon=True)
        self.folder, self.prepare, self.temporal, self.settings = folder, prepare, temporal, settings
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.ready, self.over = threading.Event(), threading.Event()
        self.failed: BaseException | None = None

    def run(self) -> None:
        """Serves until `over`."""
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self.failed = error
            raise
        finally:
            self.ready.set()

    async def _serve(self) -> None:
        database = open_database(f"sqlite+aiosqlite:///{self.folder / 'rows.db'}")
        await migrate(database)
        documents = Documents((self.folder / "documents").as_uri())
        async with AsyncExitStack() as stack:
            stack.push_async_callback(database.close)
            effects = Effects(database, documents)
            client = None
            if self.temporal:
                client = await stack.enter_async_context(forgetful_server())
                await stack.enter_async_context(working(client, effects))
            app = create_app(
                settings_in(self.folder),
                temporal=client,
                database=database,
                documents=documents,
                **self.settings,
            )
            caller = await stack.enter_async_context(served(app))
            await self.prepare(Installation(caller, app, effects))
            server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="warning"))
            serving = asyncio.ensure_future(server.serve([self.listening]))
            self.ready.set()
            await asyncio.to_thread(self.over.wait)
            server.should_exit = True
            await serving


@contextmanager
def serving(folder: Path, prepare: Preparing, *, temporal: bool = False, **settings: Any) -> Iterator[str]:
    """The address of the application, as long as the block lasts."""
    thread = Serving(folder, prepare, temporal=temporal, **settings)
    thread.start()
    thread.ready.wait(60)
    assert thread.failed is None, thread.failed
    try:
        yield thread.url
    finally:
        thread.over.set()
        thread.join(30)


@contextmanager
def visiting(
    opened: Browser,
    url: str,
    role: Role = Role.SECRETARIAT,
    *,
    width: int = 1280,
    language: str = "en",
    scheme: str = "light",
    script: bool = True,
    bypass: bool = False,
) -> Iterator[Page]:
    """A page of somebody in this role, with or without JavaScript; a fault of the page's script fails the test.

    `bypass`: scripts of the test itself may run, in spite of what the page allows.
    """
    context = opened.new_context(
        base_url=url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=script,
        bypass_csp=bypass,
        extra_http_headers={"Authorization": bearer(role)},
    )
    context.add_cookies([{"name": COOKIE, "value": language, "url": url}])
    faults: list[str] = []
    try:
        sheet = context.new_page()
        sheet.on("pageerror", lambda error: faults.append(str(error)))
        yield sheet
        assert faults == []
    finally:
        context.close()
