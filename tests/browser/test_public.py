"""A stranger goes round the public pages: with and without scripts, on a desk and on a phone, in every language."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from api.pages import public
from tests.browser.accessibility import OF_LOOKS, OF_WORDS, violations
from tests.browser.chromium import browser
from tests.browser.routes import with_all
from tests.browser.screens import NARROW, PUBLIC, WIDE, Screen
from tests.browser.site import site, visitor
from tests.browser.weight import weigh

WIDEST = "() => document.documentElement.scrollWidth"
GROUPS = (public,)
ADDRESSES = with_all(GROUPS, {screen.address for screen in PUBLIC})


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


@pytest.mark.parametrize("scripts", [True, False])
def test_a_stranger_goes_round_the_public_pages_in_french_on_a_phone(
    opened: Browser, address: str, scripts: bool
) -> None:
    with visitor(opened, language="fr", width=NARROW, scripts=scripts) as context:
        page = context.new_page()
        page.goto(address)
        expect(page).to_have_title(re.compile("Alliance 8.7"))
        page.get_by_role("link", name=re.compile("^actif")).click()
        expect(page.get_by_role("cell", name="actif")).to_have_count(2)
        page.get_by_label("Nom ou code").fill("arun")
        page.get_by_role("button", name="Afficher").click()
        page.get_by_role("link", name="Aruna").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Aruna")
        page.get_by_label("Statut à une date").fill("2026-01-15")
        page.get_by_role("button", name="Afficher").click()
        expect(page.get_by_role("status")).to_contain_text("candidat (depuis le 1er septembre 2025)")
        page.get_by_role("link", name="Rapport final 2028").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Rapport final 2028")
        expect(page.locator("p[lang=en]").first).to_have_text("More inspections")
        page.get_by_role("link", name="Fonctionnement").click()
        expect(page.get_by_role("img", name=re.compile("^Le parcours"))).to_be_visible()
        page.get_by_role("navigation").get_by_role("link", name="Español").click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        page.get_by_role("link", name="Glosario").first.click()
        expect(page.locator("#roadmap dt")).to_have_text("hoja de ruta")


def test_the_keyboard_reaches_content_first_by_the_link_past_the_head(opened: Browser, address: str) -> None:
    with visitor(opened) as context:
        page = context.new_page()
        page.goto(f"{address}/countries/XAA")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Pathfinder Countries")


@pytest.mark.parametrize(
    ("language", "width", "scheme", "rules"),
    [
        ("en", WIDE, "light", ()),
        ("fr", NARROW, "light", OF_WORDS),
        ("es", NARROW, "dark", (*OF_WORDS, *OF_LOOKS)),
    ],
)
def test_axe_finds_nothing_on_any_public_page_and_nothing_is_wider_than_its_screen(
    opened: Browser, address: str, language: str, width: int, scheme: str, rules: tuple[str, ...]
) -> None:
    wrong = []
    with visitor(opened, language=language, width=width, scheme=scheme) as context:
        page = context.new_page()
        for one in ADDRESSES:
            page.goto(address + one)
            wrong += [f"{one}: {found}" for found in violations(page, *rules)]
            if page.evaluate(WIDEST) > width:
                wrong.append(f"{one}: wider than {width}")
    assert wrong == []


def test_what_axe_would_find_is_found(opened: Browser, address: str) -> None:
    with visitor(opened) as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate(
            "tiny => { document.querySelector('main').innerHTML = '<img src=x><input>' + tiny + tiny }",
            "<a href=/ style='display:block;width:9px;height:9px;overflow:hidden'>on</a>",
        )
        assert {one.partition(":")[0] for one in violations(page)} >= {"image-alt", "label", "target-size"}


def test_no_public_page_weighs_more_than_it_may_or_asks_for_anything_elsewhere(
    opened: Browser, address: str
) -> None:
    for one in ADDRESSES:
        weight = weigh(opened, address, Screen(name="", address=one))
        assert not weight.too_much, weight
        assert weight.requests <= 6, weight
