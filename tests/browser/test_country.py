"""The pages of a country in a browser: axe finds nothing in any language, and nothing is wider than its screen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from api.pages import brief, country, country_papers, country_ways
from framework.terms import Role
from tests.browser.accessibility import OF_LOOKS, OF_WORDS, violations
from tests.browser.chromium import browser
from tests.browser.routes import with_all
from tests.browser.screens import COUNTRY, NARROW, WIDE
from tests.browser.site import site, visitor
from tests.browser.weight import weigh

WIDEST = "() => document.documentElement.scrollWidth"
GROUPS = (brief, country, country_papers, country_ways)
ADDRESSES = with_all(GROUPS, {screen.address for screen in COUNTRY})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An installation with four countries."""
    with site() as found:
        yield found


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    """One browser for all."""
    with browser() as found:
        yield found


@pytest.mark.parametrize(
    ("language", "width", "scheme", "rules"),
    [
        ("en", NARROW, "dark", ()),
        ("fr", WIDE, "light", (*OF_WORDS, *OF_LOOKS)),
        ("es", NARROW, "light", OF_WORDS),
    ],
)
def test_axe_finds_nothing_on_any_page_of_a_country(
    opened: Browser, address: str, language: str, width: int, scheme: str, rules: tuple[str, ...]
) -> None:
    wrong = []
    with visitor(opened, role=Role.SECRETARIAT, language=language, width=width, scheme=scheme) as context:
        page = context.new_page()
        for one in ADDRESSES:
            page.goto(address + one)
            expect(page.locator("html")).to_have_attribute("lang", language)
            for closed in page.locator("details").all():
                closed.locator("summary").click()
            wrong += [f"{one}: {found}" for found in violations(page, *rules)]
            if page.evaluate(WIDEST) > width:
                wrong.append(f"{one}: wider than {width}")
    assert wrong == []


def test_a_reviewer_finds_why_a_flag_is_raised_and_what_came_when_without_scripts(
    opened: Browser, address: str
) -> None:
    with visitor(opened, role=Role.MWG, language="es", scripts=False) as context:
        page = context.new_page()
        page.goto(f"{address}/desk/countries/XAD")
        expect(
            page.get_by_role("heading", name=re.compile("^Ningún informe|informe de progreso")).first
        ).to_be_visible()
        page.get_by_text("Lo mismo en un cuadro").click()
        expect(page.get_by_role("cell", name="Falta el informe 2027")).to_be_visible()
        page.get_by_role("link", name="Historial").click()
        page.get_by_label("Qué").select_option("flag_raised")
        page.get_by_role("button", name="Mostrar").click()
        expect(page.get_by_role("row")).not_to_have_count(1)
        page.get_by_role("rowheader").first.get_by_role("link").click()
        expect(page.get_by_role("heading", level=2)).to_contain_text("lerta")


def test_no_page_of_a_country_weighs_more_than_it_may(opened: Browser, address: str) -> None:
    for screen in COUNTRY:
        weight = weigh(opened, address, screen)
        assert not weight.too_much, weight
        assert weight.requests <= 4, weight
