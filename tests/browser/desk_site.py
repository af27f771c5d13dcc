"""A whole installation behind an address of this machine, in a thread of its own, for browsers of tests."""

import asyncio
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from playwright.sync_api import Browser, BrowserContext

from api.pages.languages import COOKIE
from framework.terms import Role
from tests.api.conftest import Installation, bearer, installed_in

Answer = TypeVar("Answer")


class Site:
    """An installation that browsers reach at `address`; `ask` has it do something and waits for the answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop, installation: Installation, address: str) -> None:
        self.loop, self.installation, self.address = loop, installation, address

    def ask(self, what: Coroutine[Any, Any, Answer]) -> Answer:
        """Runs something where the installation lives."""
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(60)

    def signed_in(self, role: Role, country: str = "") -> dict[str, str]:
        """What a browser sends of somebody who is signed in: a token, until signing in has pages of its own."""
        return {"Authorization": bearer(role, country)}

    @contextmanager
    def person(
        self,
        browser: Browser,
        role: Role,
        country: str = "",
        *,
        language: str = "en",
        width: int = 1280,
        script: bool = True,
        scheme: str = "light",
        bypass_csp: bool = False,
    ) -> Iterator[BrowserContext]:
        """The browser of somebody in a role."""
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale=language,
            color_scheme=scheme,  # type: ignore[arg-type]
            base_url=self.address,
            bypass_csp=bypass_csp,
            extra_http_headers=self.signed_in(role, country),
        )
        context.add_cookies([{"name": COOKIE, "value": language, "url": self.address}])
        context.set_default_timeout(20_000)
        try:
            yield context
        finally:
            context.close()


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """The installation, as long as the block lasts."""
    ready, found, failed = threading.Event(), list[Site](), list[BaseException]()
    over: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def live() -> None:
        end = asyncio.Event()
        over.append((asyncio.get_running_loop(), end))
        async with installed_in(folder) as installation:
            with socket.socket() as listener:
                listener.bind(("127.0.0.1", 0))
                config = uvicorn.Config(installation.app, lifespan="off", log_level="critical")
                server = uvicorn.Server(config)
                task = asyncio.create_task(server.serve(sockets=[listener]))
                address = f"http://127.0.0.1:{listener.getsockname()[1]}"
                found.append(Site(asyncio.get_running_loop(), installation, address))
                ready.set()
                await end.wait()
                server.should_exit = True
                await task

    def run() -> None:
        try:
            asyncio.run(live())
        except BaseException as error:
            failed.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(120)
    try:
        if failed:
            raise failed[0]
        yield found[0]
    finally:
        if over:
            over[0][0].call_soon_threadsafe(over[0][1].set)
        thread.join(60)
