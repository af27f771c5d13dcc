"""Row 30, scripts and frames, in Chromium: our pages work under their policies, and nobody else's page frames them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.attacks.serving import server
from tests.browser.chromium import browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser."""
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the API listens."""
    with server(Path(tmp_path_factory.mktemp("var"))) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_the_documentation_works_without_code_in_its_page(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/api/v1/docs")
    page.locator(".opblock").first.wait_for()
    page.locator(".opblock-summary-get").first.click()
    page.locator(".opblock-body").first.wait_for()
    assert page.locator(".opblock").count() > 20
    assert [line for line in said if "Content Security Policy" in line] == []


def test_the_page_without_sign_in_is_dressed_and_its_policy_stops_what_is_put_into_it(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/confirm/contacts/nonsense")
    assert page.locator("main").evaluate("one => getComputedStyle(one).borderTopWidth") == "4px"
    page.evaluate("""() => {
        for (const [tag, text] of [['script', 'window.ran = 1'], ['style', 'main { display: none }']]) {
            const put = document.createElement(tag);
            put.textContent = text;
            document.body.append(put);
        }
    }""")
    assert page.evaluate("window.ran") is None
    assert page.locator("main").is_visible()


def test_nobody_frames_a_page_of_ours(page: Page, address: str) -> None:
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.set_content(f'<iframe src="{address}/confirm/contacts/nonsense"></iframe>')
    assert page.locator("iframe").content_frame.locator("main").count() == 0
