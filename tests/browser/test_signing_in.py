"""Signing in as people do it: in Chromium, with and without scripts, on a phone and on a desk."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from api.pages import account, signing_in
from tests.api.signing import ALMA, House, house
from tests.browser.accessibility import OF_LOOKS, violations
from tests.browser.chromium import DESKTOP, browser
from tests.browser.routes import unvisited

NARROW = 360
FOCAL = "bo@ministry.example"
WIDEST = "() => document.documentElement.scrollWidth"


class Served:
    """An installation behind a port of its own."""

    def __init__(self, address: str, here: House) -> None:
        self.address, self.here = address, here


GROUPS = (account, signing_in)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The installation, served in a thread: the browser is driven from this one."""
    folder, ready = tmp_path_factory.mktemp("served"), threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))
    made: list[Served] = []
    server: list[uvicorn.Server] = []
    thread = threading.Thread(target=lambda: asyncio.run(_serve(folder, listening, made, server, ready)))
    thread.start()
    assert ready.wait(30)
    try:
        yield made[0]
    finally:
        server[0].should_exit = True
        thread.join(30)
        listening.close()


async def _serve(
    folder: Path,
    listening: socket.socket,
    made: list[Served],
    server: list[uvicorn.Server],
    ready: threading.Event,
) -> None:
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with house(folder, public_url=address) as here:
        await here.country("XAA", FOCAL)
        await here.appoint("gcm", FOCAL)
        made.append(Served(address, here))
        server.append(uvicorn.Server(uvicorn.Config(here.app, log_level="error", lifespan="off")))
        ready.set()
        await server[0].serve(sockets=[listening])


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    """One browser for all."""
    with browser() as found:
        yield found


def wrong_with(page: Page, width: int, *rules: str) -> list[str]:
    """What is wrong with a page as it is shown: too wide, or against WCAG 2.2 AA by axe's rules, all of them or these."""
    problems = [f"{page.url}: {one}" for one in violations(page, *rules)]
    return problems + ([f"{page.url}: wider than {width}"] if page.evaluate(WIDEST) > width else [])


@pytest.mark.parametrize(
    ("width", "scheme", "scripts"),
    [(DESKTOP, "light", True), (NARROW, "dark", True), (NARROW, "light", False)],
)
def test_somebody_signs_in_by_the_link_looks_around_and_signs_out(
    opened: Browser, served: Served, width: int, scheme: str, scripts: bool
) -> None:
    context = opened.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        locale="en-GB",
    )
    page, wrong, asked = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(f"{page.url}: {message.text}"))

    def look() -> None:
        if scripts:
            wrong.extend(wrong_with(page, width, *(() if scheme == "light" else OF_LOOKS)))

    page.goto(served.address)
    look()
    page.get_by_role("link", name="Sign in").first.click()
    look()
    page.get_by_label("E-mail address").fill(ALMA)
    page.get_by_role("button", name="Send the link").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Look into your mail"
    look()
    served.here.post.wait_for_one()
    page.goto(served.address + served.here.link())
    look()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Alma Verdane").click()
    look()
    page.get_by_role("link", name="Tokens by which your programs use the API").click()
    page.get_by_label("Name", exact=True).fill("Reporting tool")
    page.get_by_label("Read countries, their papers, decisions and history").check()
    page.get_by_role("button", name="Make the token").click()
    assert page.locator("#secret").inner_text().startswith("pf_")
    look()
    page.get_by_role("button", name="Revoke").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(served.address + "/account")
    assert page.url.startswith(f"{served.address}/sign-in")
    context.close()
    looked_at = [one.removeprefix(served.address) for one in asked]
    assert unvisited(GROUPS, looked_at) == ["/account/acting-as"], "the other test looks at it"
    assert wrong == [], "; ".join(wrong)
    assert all(one.startswith(served.address) for one in asked)


def test_the_code_signs_in_on_the_device_where_the_address_was_typed_and_a_mandate_is_chosen(
    opened: Browser, served: Served
) -> None:
    context = opened.new_context(viewport={"width": NARROW, "height": 800}, locale="fr")
    page, wrong = context.new_page(), list[str]()
    page.goto(f"{served.address}/sign-in?to=/account/tokens")
    page.locator("#address").fill("rien")
    page.locator("main button").click()
    wrong += wrong_with(page, NARROW)
    page.locator("#address").fill(FOCAL)
    page.locator("main button").click()
    page.locator("#code").fill("2222")
    page.locator("main button").click()
    wrong += wrong_with(page, NARROW)
    served.here.post.wait_for_one()
    page.locator("#code").fill(served.here.code())
    page.locator("main button").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Dans quel mandat agissez-vous\u00a0?"
    wrong += wrong_with(page, NARROW)
    page.get_by_label("Point focal").check()
    page.locator("main button").click()
    assert page.url == f"{served.address}/account/tokens"
    wrong += wrong_with(page, NARROW)
    context.close()
    assert wrong == [], "; ".join(wrong)
