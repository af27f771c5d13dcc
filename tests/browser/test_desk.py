"""What goes on at the desk, in a browser: two editors, a phone without scripts, a file; whole errands: test_errands."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.examples import PROGRESS_REPORT
from api.pages import desk as inbox
from api.pages import desk_sending, desk_tasks
from framework.facts import Cycle
from framework.terms import Language, Role
from tests.browser.accessibility import OF_LOOKS, OF_WORDS, violations
from tests.browser.chromium import browser
from tests.browser.desk_site import Site, site
from tests.browser.routes import unvisited
from tests.pages.desk_world import person, timetabled

WIDEST = "() => document.documentElement.scrollWidth"
SMALL, WIDE = 360, 1280
GROUPS = (inbox, desk_sending, desk_tasks)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch, site(tmp_path_factory.mktemp("desk")) as found:
        patch.setattr("api.handing_in.READ_MODEL_PATIENCE", 20.0)
        yield found


@pytest.fixture(scope="module")
def chromium(desk: Site) -> Iterator[Browser]:
    """One browser for all."""
    with browser() as found:
        yield found


def saved(page: Page, word: str) -> None:
    """Waits until the page says that what was typed is saved."""
    expect(page.locator("[data-status]")).to_contain_text(word)


def reporting(desk: Site) -> tuple[str, str]:
    """A country that owes a report of this year, with one of last year on record; the address of the task."""
    year = datetime.now(UTC).year
    staff = desk.installation.secretariat
    code = desk.ask(desk.installation.active(Cycle(year=year - 1), Cycle(year=year)))
    before = PROGRESS_REPORT | {"year": year - 1}
    answer = desk.ask(staff.submit(code, before, received_on=f"{year - 1}-04-01"))
    assert answer.status_code == 200, answer.text
    return code, f"/desk/tasks/{code}/progress_report-{year}"


def test_two_editors_clash_as_they_type_and_nothing_is_lost(desk: Site, chromium: Browser) -> None:
    code = desk.ask(timetabled(desk.installation))
    address = f"/desk/tasks/{code}/stocktaking/sources"
    with (
        desk.person(chromium, Role.FOCAL_POINT, code, language="es") as one,
        desk.person(chromium, Role.DEPUTY, code, language="es") as other,
    ):
        mine, theirs = one.new_page(), other.new_page()
        for page in (mine, theirs):
            page.goto(address)
        theirs.get_by_label("Estudios").fill("El estudio de ellos")
        saved(theirs, "Guardado a las")
        mine.get_by_label("Estudios").fill("Mi estudio")
        saved(mine, "Se conservan ambos textos")
        mine.get_by_role("link", name="Compararlos").click()
        expect(mine.get_by_text("El estudio de ellos")).to_be_visible()
        expect(mine.get_by_text("Mi estudio")).to_be_visible()
        mine.get_by_role("button", name="Editar ambos textos juntos").click()
        expect(mine.get_by_label("Estudios")).to_have_value("Mi estudio")
        mine.get_by_label("Estudios").fill("El estudio de ellos\nMi estudio")
        saved(mine, "Guardado a las")
        theirs.reload()
        expect(theirs.get_by_label("Estudios")).to_have_value("El estudio de ellos\nMi estudio")


@pytest.mark.clause("PLN-05")
def test_a_roadmap_grows_on_a_phone_without_a_script(desk: Site, chromium: Browser) -> None:
    code = desk.ask(timetabled(desk.installation))
    with desk.person(chromium, Role.FOCAL_POINT, code, width=SMALL, script=False) as context:
        page = context.new_page()
        page.goto("/desk")
        page.get_by_role("link", name="Submit the roadmap").click()
        page.get_by_role("link", name="Priorities, measures and indicators").click()
        page.get_by_role("button", name="Add: Priority area").click()
        page.get_by_label("Title").fill("Child labour in cocoa")
        page.get_by_label("Short name").fill("cocoa")
        page.get_by_label("Topic").select_option("child_labour")
        page.get_by_role("button", name="Add: Measure").click()
        assert page.url.endswith("#priorities%5B0%5D.measures%5B0%5D")
        page.get_by_label("What is to be done").fill("Monitoring in 12 districts")
        page.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.get_by_label("Title")).to_have_value("Child labour in cocoa")
        page.goto(f"/desk/tasks/{code}/roadmap/preview")
        expect(page.get_by_text("Monitoring in 12 districts")).to_be_visible()
        expect(page.get_by_role("button", name="Send")).to_have_count(0)


def test_a_file_is_uploaded_as_it_is_chosen(desk: Site, chromium: Browser, tmp_path: Path) -> None:
    code = desk.ask(timetabled(desk.installation))
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")
    with desk.person(chromium, Role.FOCAL_POINT, code) as context:
        page = context.new_page()
        page.goto(f"/desk/tasks/{code}/contact_change")
        page.locator("input[type=file]").set_input_files(paper)
        expect(page.get_by_text("letter.pdf")).to_be_visible()
        saved(page, "Saved at")
        page.reload()
        expect(page.get_by_role("link", name="letter.pdf")).to_be_visible()


def pages_of(desk: Site) -> list[tuple[str, str]]:
    """A country and the address of each kind of page at the desk, with something on it."""
    code, task = reporting(desk)
    other = desk.ask(timetabled(desk.installation))
    sources = f"/desk/tasks/{other}/stocktaking/sources"
    for role, text in ((Role.DEPUTY, "One"), (Role.FOCAL_POINT, "Two")):
        who = person(desk.installation, role, other)
        desk.ask(who.fill(sources, {"based-on": "0", "studies": text}))
    who = person(desk.installation, Role.FOCAL_POINT, code)
    desk.ask(who.fill(f"{task}/consultations", {}, act="add:consultations"))
    evidence = {"title": "Survey", "about": "progress", "form": "survey", "supplied_by": "Office"}
    desk.ask(who.fill(f"/desk/tasks/{code}/evidence", evidence | {"link": "https://example.org/survey"}))
    receipt = desk.ask(who.fill(f"/desk/tasks/{code}/evidence/preview", {}, wanted="/send"))
    assert "/receipt/" in str(receipt.url), receipt.text
    own = ("", "/participation", "/consultations", "/annexes", "/preview")
    return [
        (code, "/desk"),
        *((code, task + one) for one in own),
        (code, f"/desk/tasks/{code}/contact_change"),
        (code, receipt.url.path),
        (other, "/desk"),
        (other, f"{sources}/clash"),
        (other, f"{sources}?beside=1"),
    ]


def test_no_page_of_the_desk_shuts_anybody_out_or_runs_off_its_screen(desk: Site, chromium: Browser) -> None:
    found: list[str] = []
    shown = pages_of(desk)
    assert unvisited(GROUPS, [address for _, address in shown]) == []
    for language, width in ((Language.ENGLISH, WIDE), (Language.FRENCH, SMALL), (Language.SPANISH, SMALL)):
        for code in dict.fromkeys(code for code, _ in shown):
            with desk.person(
                chromium, Role.FOCAL_POINT, code, language=language, width=width, bypass_csp=True
            ) as context:
                page = context.new_page()
                for address in (one for owner, one in shown if owner == code):
                    page.goto(address)
                    found += [f"{address} in {language}: {one}" for one in wrong_with(page, language, width)]
    assert found == []


def wrong_with(page: Page, language: Language, width: int) -> list[str]:
    """What is wrong with a page as it stands; in further languages, on a small screen, what words and looks can break."""
    assert page.locator("html").get_attribute("lang") == language.value
    too_wide = [f"wider than {width}"] if page.evaluate(WIDEST) > width else []
    return too_wide + violations(page, *(() if language is Language.ENGLISH else (*OF_WORDS, *OF_LOOKS)))
