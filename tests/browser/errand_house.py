"""A whole Pathfinder for errands in a browser: every part is the real one; people get in by the mail that they get.

The Temporal server with production's converter and keys, the worker with its activities, SQLite, documents, mail by SMTP
into the mailbox of `pathfinder up`, the application with its pages. In one thread, since the browser blocks its own.
"""

import asyncio
import itertools
import re
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser, BrowserContext, Page
from pydantic import SecretStr
from temporalio.client import Client

from api.app import create_app
from api.handing_in import reached
from api.pages.languages import COOKIE
from connection.keys import ensure_ring
from contracts.starting import ImportedCountry, imported
from launch.mail_store import Mail, MailStore
from launch.mailbox import Keeper
from portfolio.directory import appoint_from_csv
from settings import Settings
from storage.engine import Database
from storage.schema import migrate
from tests.api.conftest import SECRET
from tests.forgetful import forgetful_server
from worker import build_client, build_worker, ensure_what_all_share, load_effects

Answer = TypeVar("Answer")
PATIENCE = 60.0
"""Seconds after which something that was to come has not come, on a busy machine."""

SEATS = {
    "alma.verdane@example.org": "secretariat,Head of the Secretariat,Alma Verdane",
    "florian.westergard@example.org": "chair,Chair,Florian Westergard",
    "beatriz.olmacedo@example.org": "gcm,Workers,Beatriz Olmacedo",
    "henrik.dalsvane@example.org": "mwg,Co-Chair,Henrik Dalsvane",
}
ALMA, FLORIAN, BEATRIZ, HENRIK = SEATS
LINK = re.compile(r"http://127\.0\.0\.1:\d+/sign-in/link/\S+")


class Letterbox(Keeper):
    """The mailbox of `up`, which also tells those who wait that something has come; `dead` addresses take nothing."""

    def __init__(self, folder: Path) -> None:
        self.store, self.come, self.dead = MailStore(folder), threading.Condition(), set[str]()
        super().__init__(self.store)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Called by aiosmtpd for each recipient."""
        if address in self.dead:
            return "550 5.1.1 No such person here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd with a whole mail."""
        with self.come:
            answer = await super().handle_DATA(_server, _session, envelope)
            self.come.notify_all()
        return answer

    def at(self, address: str, word: str = "") -> list[Mail]:
        """What lies there for an address with this in its subject or text, newest first."""
        return [one for one in self.store.newest_first(address) if word in f"{one.subject}\n{one.text}"]

    def await_mail(self, address: str, word: str, more_than: int = 0) -> Mail:
        """The newest mail to an address with this in it, as soon as there are more than so many."""
        with self.come:
            come = self.come.wait_for(lambda: len(self.at(address, word)) > more_than, PATIENCE)
            held = [(one.recipients, one.subject) for one in self.store.newest_first()]
            assert come, f"no mail with {word!r} came to {address}; what came: {held}"
            return self.at(address, word)[0]


class House:
    """What a test has of it: the address of the pages, the mailbox, and people who sign in."""

    def __init__(self, address: str, letters: Letterbox, app: Any, loop: asyncio.AbstractEventLoop) -> None:
        self.address, self.letters, self._app, self._loop = address, letters, app, loop
        self._places = itertools.count(1)

    @property
    def database(self) -> Database:
        """Its database, for `ask`."""
        found: Database = self._app.state.parts.database
        return found

    def ask(self, what: Coroutine[Any, Any, Answer]) -> Answer:
        """Runs something where the house lives, and waits for the answer."""
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(PATIENCE)

    def bring_in(self, country: ImportedCountry) -> None:
        """A country begins from its history on paper, as `pathfinder import` has it."""
        self.ask(self._bring_in(country))

    async def _bring_in(self, country: ImportedCountry) -> None:
        parts = self._app.state.parts
        await parts.processes.start(imported(country), {})
        assert await reached(parts, country.code, 1)

    def sign_in(self, page: Page, address: str) -> None:
        """Asks for a link on the page of signing in, takes it out of the mail that comes, and follows it."""
        before = len(self.letters.at(address, "/sign-in/link/"))
        if "/sign-in" not in page.url:
            page.goto("/sign-in")
        page.locator("#address").fill(address)
        page.locator("main form button[type=submit]").click()
        self.follow(page, self.letters.await_mail(address, "/sign-in/link/", before))

    def follow(self, page: Page, mail: Mail) -> None:
        """Opens the link of a mail, and presses the button behind it."""
        link = LINK.search(mail.text)
        assert link, mail.text
        page.goto(link[0])
        page.locator("main form button").click()

    @contextmanager
    def visitor(
        self, opened: Browser, *, language: str = "en", width: int = 1280, script: bool = True
    ) -> Iterator[BrowserContext]:
        """A browser in which nobody is signed in yet."""
        context = opened.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale=language,
            extra_http_headers={"X-Forwarded-For": f"192.0.2.{next(self._places)}"},
        )
        context.add_cookies([{"name": COOKIE, "value": language, "url": self.address}])
        context.set_default_timeout(20_000)
        try:
            yield context
        finally:
            context.close()

    @contextmanager
    def person(self, opened: Browser, address: str, **more: Any) -> Iterator[Page]:
        """A page of somebody who has signed in by the mail that came to this address."""
        with self.visitor(opened, **more) as context:
            page = context.new_page()
            self.sign_in(page, address)
            yield page


class _Life(threading.Thread):
    """The house at work."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.folder, self.ready, self.over = folder, threading.Event(), threading.Event()
        self.house: House | None = None
        self.failed: BaseException | None = None

    def run(self) -> None:
        """Lives until `over`."""
        try:
            asyncio.run(self._live())
        except BaseException as error:
            self.failed = error
            raise
        finally:
            self.ready.set()

    async def _live(self) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        loop, letters = asyncio.get_running_loop(), Letterbox(self.folder / "mail")
        smtp = await loop.create_server(partial(SMTP, letters, hostname="mailbox", loop=loop), "127.0.0.1", 0)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(smtp)
            server = await stack.enter_async_context(forgetful_server())
            settings = self._settings(address, server, smtp.sockets[0].getsockname()[1])
            client = await self._staffed(settings, stack)
            app = create_app(settings, temporal=client)
            served = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
            serving = asyncio.ensure_future(served.serve([listening]))
            while not served.started and not serving.done():
                await asyncio.sleep(0.02)
            self.house = House(address, letters, app, loop)
            self.ready.set()
            await asyncio.to_thread(self.over.wait)
            served.should_exit = True
            await serving

    def _settings(self, address: str, server: Client, smtp_port: int) -> Settings:
        settings = Settings(
            var_dir=self.folder,
            temporal_address=server.service_client.config.target_host,
            temporal_namespace=server.namespace,
            smtp_host="127.0.0.1",
            smtp_port=smtp_port,
            public_url=address,
            token_secret=SecretStr(SECRET),
            trusted_proxies="127.0.0.1",  # each browser may call from a place of its own
        )
        ensure_ring(settings)
        return settings

    async def _staffed(self, settings: Settings, stack: AsyncExitStack) -> Client:
        client = await build_client(settings)
        database, activities = await asyncio.to_thread(load_effects, settings, client)
        stack.push_async_callback(database.close)
        await migrate(database)
        await stack.enter_async_context(build_worker(client, activities))
        await ensure_what_all_share(client, settings)
        file = self.folder / "directory.csv"
        rows = [f"{seat},{address},en,2024-01-01," for address, seat in SEATS.items()]
        file.write_text("\n".join(["role,seat,name,email,language,from,until", *rows]), encoding="utf-8")
        report = await appoint_from_csv(client, file, dry_run=False)
        assert report.ok, report.errors
        return client


@contextmanager
def errand_house(folder: Path) -> Iterator[House]:
    """The house, as long as the block lasts."""
    life = _Life(folder)
    life.start()
    life.ready.wait(PATIENCE * 2)
    assert life.failed is None, life.failed
    assert life.house is not None, "the house for errands did not start"
    try:
        yield life.house
    finally:
        life.over.set()
        life.join(PATIENCE)
