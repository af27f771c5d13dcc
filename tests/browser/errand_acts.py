"""What people of errands do in a browser again and again: hand in, register, take a position, decide."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from api.pages.forms.every import FORMS
from tests.browser.errand_house import PATIENCE
from tests.browser.forms_by_hand import fill_in, send

TODAY = datetime.now(UTC).date()


def hand_in(page: Page, code: str, key: str, data: dict[str, Any], kind: str = "") -> None:
    """Goes through a task's form and sends it; `kind` where the task's key is not that of its form."""
    fill_in(page, f"/desk/tasks/{code}/{key}", FORMS[kind or key], data)
    send(page)


def without_kind(record: dict[str, Any]) -> dict[str, Any]:
    """An example as a form asks for it."""
    return {name: value for name, value in record.items() if name != "kind"}


def contact(name: str, email: str, language: str = "es") -> dict[str, Any]:
    """Somebody as a form asks for them."""
    return {"name": name, "post": "Director", "email": email, "language": language}


DAY = TODAY.isoformat()
CONSULTED = {
    "held_on": DAY,
    "body": "Comité nacional",
    "categories": ["government", "employers", "workers", "civil_society"],
    "summary": "Examinado.",
}
STOCKTAKING = {
    "studies": ["Encuesta nacional"],
    "laws": ["Código del trabajo"],
    "policies": ["Plan de acción"],
    "existing_sources_used": "Instituto de estadística",
    "gaps": [{"topic": "child_labour", "text": "Faltan inspectores"}],
    "consultations": [CONSULTED],
}


def register(page: Page, code: str, name: str, point: tuple[str, str], letter: Path) -> None:
    """The Secretariat registers a letter of interest that came on paper."""
    page.goto("/desk/register")
    fields = {
        "code": code,
        "name": name,
        "minister": "La Ministra de Trabajo",
        "ministry": "Ministerio de Trabajo",
        "dated": DAY,
        "point_name": point[0],
        "point_post": "Directora",
        "point_email": point[1],
    }
    for id, value in fields.items():
        page.locator(f"#{id}").fill(value)
    page.locator("#addressee").select_option("chair")
    page.locator("#language").select_option("es")
    page.locator("#letter").set_input_files(letter)
    page.locator("form[action='/desk/register'] button").click()
    page.wait_for_url(f"**/desk/countries/{code}")


def decide(page: Page, code: str, item: str, **fields: str) -> None:
    """The Secretariat sends the GCM's decision on an item, and the country accepts it."""
    page.goto(f"/desk/items/{code}/{item}")
    for id, value in fields.items():
        one = page.locator(f"#{id}")
        if one.evaluate("one => one.tagName") == "SELECT":
            one.select_option(value)
        else:
            one.fill(value)
    with page.expect_navigation():
        page.locator("form[action$='/decision'] button").click()
    assert "/desk/decisions/" in page.url, page.get_by_role("alert").inner_text()
    expect(page.locator("main .mark.good").first).to_be_visible()


def take_position(page: Page, code: str, item: str, position: str, reason: str = "") -> None:
    """A seat says what it thinks of an item."""
    page.goto(f"/desk/items/{code}/{item}")
    page.locator(f"input[name=own_position][value={position}]").check()
    page.locator("#own_reason").fill(reason)
    page.locator("form[action$='/position'] button").click()
    expect(page.locator("#seats ~ .table").first).to_contain_text(reason)


def open_task(page: Page, code: str, title: str) -> None:
    """Finds an open task among those of a country, and opens its page."""
    page.goto(f"/desk/countries/{code}/tasks")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url(f"**/desk/tasks/{code}/**")


def reload_until(page: Page, address: str, words: str) -> None:
    """Loads a page until it shows these words: pages do not change by themselves, and what mail does takes a moment."""
    ends = time.monotonic() + PATIENCE
    page.goto(address)
    while words not in page.locator("main").inner_text():
        assert time.monotonic() < ends, (
            f"{address} never showed {words!r}: {page.locator('main').inner_text()}"
        )
        page.wait_for_timeout(200)
        page.goto(address)
