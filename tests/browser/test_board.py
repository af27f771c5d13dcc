"""The Secretariat's desk in a real browser: whole errands, on a phone, without JavaScript, and usable by everybody."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from api.pages import board, bulk, guide, letters_desk, mail_desk, operations, registering
from contracts.rows import Batch
from framework.terms import Language, Role
from storage.writing import write_batch
from tests.api.conftest import Installation
from tests.browser.accessibility import OF_LOOKS, OF_WORDS, violations
from tests.browser.chromium import browser
from tests.browser.serving import serving, visiting
from tests.pages.many import NOW, SITUATIONS, fill
from tests.storage.samples import country_row, letter

GROUPS = (board, bulk, guide, letters_desk, mail_desk, operations, registering)
VALUES = {"{code}": "XAA", "{year}": "2027", "{place}": "1", "{name}": "operations"}
MORE = {
    "/desk/board": ("?report=late", "?q=nothing-like-this"),
    "/desk/bulk": (
        "?act=remind&all=1",
        "?act=extend&code=XAA&code=XAF&looked=1",
        "?act=extend&code=XAA&code=XAC&until=2027-06-30&text=Elections&looked=1",
    ),
    "/desk/due": ("?late=1",),
}
"""What makes a page look otherwise."""

WIDE, NARROW = 1280, 360
COUNTRIES = 2 * len(SITUATIONS)
WIDEST = "() => document.documentElement.scrollWidth"
TABLES = "() => [...document.querySelectorAll('.table')].filter(e => e.scrollWidth > e.clientWidth).length"


def addresses() -> list[str]:
    """Every page of the desk's groups, as the routes say, and how else some of them look."""
    found = []
    for group in GROUPS:
        for route in group.router.routes:
            path, methods = getattr(route, "path", ""), getattr(route, "methods", None) or set()
            if "GET" in methods and not path.endswith(".csv"):
                for name, value in VALUES.items():
                    path = path.replace(name, value)
                found += [path, *(f"{path}{query}" for query in MORE.get(path, ()))]
    return found


async def prepare(installation: Installation) -> None:
    """Two countries in each situation, one of them with a letter that waits."""
    database = installation.app.state.parts.database
    await fill(database, COUNTRIES)
    waiting = Batch(code="XAA", revision=1, country=country_row(), letters=[letter()])
    await write_batch(database, waiting, {})


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    """One browser for all."""
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on 10 May 2027, while Temporal is away."""
    with serving(tmp_path_factory.mktemp("desk"), prepare, now=lambda: NOW) as url:
        yield url


def test_the_list_of_pages_comes_from_the_routes() -> None:
    assert {"/desk/board", "/desk/due", "/desk/letters/XAA/2027/1", "/desk/register"} <= set(addresses())
    assert len(addresses()) > 12


@pytest.mark.parametrize("language", Language)
def test_every_page_can_be_used_by_everybody_in_every_language(
    opened: Browser, here: str, language: Language
) -> None:
    found = []
    ways: dict[str, tuple[str, ...]] = {"light": OF_WORDS}
    if language is Language.ENGLISH:
        ways = {"light": (), "dark": OF_LOOKS}
    for scheme, rules in ways.items():
        with visiting(opened, here, language=language.value, scheme=scheme, bypass=True) as sheet:
            for address in addresses():
                sheet.goto(address)
                assert sheet.locator("html").get_attribute("lang") == language.value
                assert sheet.locator("h1").count() == 1
                found += [(address, one) for one in violations(sheet, *rules)]
    assert found == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("language", Language)
def test_no_page_scrolls_sideways(opened: Browser, here: str, language: Language, width: int) -> None:
    wrong = []
    with visiting(opened, here, language=language.value, width=width) as sheet:
        for address in addresses():
            sheet.goto(address)
            if sheet.evaluate(WIDEST) > width or sheet.evaluate(TABLES):
                wrong.append(address)
    assert wrong == []


def test_the_board_is_light_and_asks_for_nothing_from_elsewhere(opened: Browser, here: str) -> None:
    weights: dict[str, int] = {}
    with visiting(opened, here) as sheet:
        sheet.on("response", lambda answer: weights.update({answer.url: len(answer.body())}))
        sheet.goto("/desk/board", wait_until="networkidle")
        assert sheet.locator("table.board tbody tr").count() == COUNTRIES
    assert all(url.startswith(here) for url in weights)
    assert sum(weights.values()) < 65_000


def test_a_number_of_the_overview_leads_to_its_list_by_keyboard_alone(opened: Browser, here: str) -> None:
    with visiting(opened, here) as sheet:
        sheet.goto("/desk/board")
        link = sheet.locator(".overview a[href*='report=late']")
        number = int(re.findall(r"\d+", link.inner_text())[0])
        link.focus()
        sheet.keyboard.press("Enter")
        expect(sheet.locator("table.board tbody tr")).to_have_count(number)
        expect(sheet.locator("#report")).to_have_value("late")


def test_filters_work_without_javascript_and_stay_in_the_address(opened: Browser, here: str) -> None:
    with visiting(opened, here, width=NARROW, script=False) as sheet:
        sheet.goto("/desk/board")
        sheet.fill("#q", "XAC")
        sheet.select_option("#sort", "risks")
        sheet.click(".filters button")
        assert "q=XAC" in sheet.url
        assert "sort=risks" in sheet.url
        expect(sheet.locator("table.board tbody tr")).to_have_count(1)


def test_the_board_is_printed_with_its_table_and_without_what_is_to_press(opened: Browser, here: str) -> None:
    with visiting(opened, here) as sheet:
        sheet.goto("/desk/board")
        sheet.emulate_media(media="print")
        expect(sheet.locator("table.board tbody tr").first).to_be_visible()
        for part in (".bulk", ".filters", "td.pick >> nth=0"):
            expect(sheet.locator(part)).to_be_hidden()


async def two_that_owe(installation: Installation) -> None:
    """Two candidates whose focal points owe something, one that owes nothing, and one that is presented to the GCM."""
    for _ in range(3):
        await installation.candidate()
    waiver = {"kind": "waiver", "task": "reply_letter", "reason": "Spoken about"}
    for row in (await installation.secretariat.all("/countries"))[:2]:
        answer = await installation.secretariat.submit(row["code"], waiver)
        assert answer.status_code == 200
    await installation.presented()


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application with a living process behind each country."""
    with serving(tmp_path_factory.mktemp("living"), two_that_owe, temporal=True) as url:
        yield url


def tick_all(sheet: Page) -> None:
    """Ticks every country of the board."""
    for box in sheet.locator("input[name=code]").all():
        box.check()


def test_two_countries_are_reminded_in_french_after_a_look_at_what_would_happen(
    opened: Browser, living: str
) -> None:
    with visiting(opened, living, language="fr", script=False, width=NARROW) as sheet:
        sheet.goto("/desk/board")
        tick_all(sheet)
        sheet.click("button[value=remind]")
        expect(sheet.locator("h1")).to_have_text("Relancer plusieurs pays")
        expect(sheet.locator("caption")).to_contain_text("possible dans 2 pays")
        expect(sheet.locator("input[name=item]")).to_have_count(2)
        sheet.fill("#text", "Nous restons à votre disposition.")
        sheet.click("form[action='/desk/bulk'] .actions button:not([formmethod])")
        expect(sheet.locator(".progress li")).to_have_count(3)
        expect(sheet.locator(".progress li").last).to_contain_text("Fait dans 2 pays.")
        sheet.goto("/desk/board")
        tick_all(sheet)
        sheet.click("button[value=remind]")
        expect(sheet.locator("input[name=item]")).to_have_count(0)
        expect(sheet.locator("table.board")).to_contain_text("impossible")


def test_a_form_for_a_later_date_says_what_is_missing_and_keeps_what_was_typed(
    opened: Browser, living: str
) -> None:
    with visiting(opened, living) as sheet:
        sheet.goto("/desk/board")
        sheet.check("#all")
        sheet.click("button[value=extend]")
        sheet.fill("#text", "Elections")
        sheet.click("button[formmethod=get]")
        expect(sheet.locator("#errors")).to_be_focused()
        expect(sheet.locator("#errors a")).to_have_attribute("href", "#until")
        expect(sheet.locator("#text")).to_have_value("Elections")
        assert sheet.locator("input[name=item]").count() == 0


def test_an_operator_is_shown_the_trouble_and_nothing_to_press(opened: Browser, here: str) -> None:
    with visiting(opened, here, Role.OPERATOR) as sheet:
        sheet.goto("/desk/operations")
        expect(sheet.locator("#parts ~ .table").first).to_contain_text("does not answer")
        assert sheet.locator("main form").count() == 0
        sheet.goto("/desk/board")
        assert sheet.locator("input[type=checkbox]").count() == 0
