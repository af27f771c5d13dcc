"""Errands at the desk, in a browser: from the mail's link to the receipt over a lost session, two editors, a phone."""

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
from tests.browser.accessibility import violations
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


@pytest.mark.clause("REP-04", "REP-06")
def test_a_report_from_the_mails_link_to_the_receipt_with_a_lost_session_in_between(
    desk: Site, chromium: Browser
) -> None:
    code, task = reporting(desk)
    with desk.person(chromium, Role.FOCAL_POINT, code, language="fr") as context:
        page = context.new_page()
        page.goto(task)
        page.get_by_role("link", name="Progrès", exact=True).click()
        page.get_by_label("Progrès des douze derniers mois").fill("900 enfants scolarisés.")
        saved(page, "Enregistré à")
        page.get_by_role("button", name="Enregistrer et continuer").click()

        # The session ends while somebody types: nothing is saved, nothing is lost, the text is there again afterwards.
        context.set_extra_http_headers({})
        page.get_by_label("Les obstacles").fill("Routes coupées pendant les pluies.")
        saved(page, "Votre session a pris fin")
        page.once("dialog", lambda dialog: dialog.accept())
        context.set_extra_http_headers(desk.signed_in(Role.DEPUTY, code))
        page.goto(f"{task}/experience")
        expect(page.get_by_label("Les obstacles")).to_have_value("")
        context.set_extra_http_headers(desk.signed_in(Role.FOCAL_POINT, code))
        page.once("dialog", lambda dialog: dialog.accept())
        page.goto(f"{task}/experience")
        expect(page.get_by_label("Les obstacles")).to_have_value("Routes coupées pendant les pluies.")
        saved(page, "Enregistré à")

        page.goto(f"{task}/participation")
        for box in page.get_by_label("Cela vaut toujours").all():
            box.check()
        page.get_by_role("button", name="Enregistrer et continuer").click()
        page.get_by_role("button", name="Ajouter : Consultation").click()
        page.get_by_label("Date de la réunion").fill("2026-02-10")
        page.get_by_label("Par quel organe").fill("Comité national")
        for name in ("Organisations d\u2019employeurs", "Organisations de travailleurs", "Société civile"):
            page.get_by_label(name).check()
        page.get_by_label("Résultat").fill("Projet examiné.")
        page.get_by_role("button", name="Enregistrer et continuer").click()
        page.get_by_role("button", name="Ajouter : Prochaine étape").click()
        page.get_by_label("Nom court").fill("former")
        page.get_by_label("Ce qu\u2019il faut faire").fill("Former 60 inspecteurs")
        for box in page.get_by_label("Cela vaut toujours").all():
            box.check()
        page.get_by_role("button", name="Enregistrer et continuer").click()

        page.get_by_role("button", name="Enregistrer et voir ce qui sera envoyé").click()
        expect(page.get_by_text("Il ne manque rien.")).to_be_visible()
        expect(page.get_by_text("Routes coupées pendant les pluies.")).to_be_visible()
        page.get_by_role("button", name="Envoyer").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Reçu")
        expect(page.get_by_text("Empreinte (SHA-256)")).to_be_visible()
        page.get_by_role("link", name="Vers la boîte de réception").click()
        expect(page.get_by_role("link", name="Accusé de réception").first).to_be_visible()

        # What is kept in the browser goes when its author signs out; another person's stays theirs.
        mine = page.locator("form[data-owner]").get_attribute("data-owner")
        page.evaluate(
            "names => names.forEach(one => localStorage.setItem(one, '{}'))",
            [f"draft {mine} /a", "draft p-2 /a"],
        )
        page.route("**/sign-out", lambda route: route.fulfill(body="out"))
        page.get_by_role("button", name="Se déconnecter").click()
        assert page.evaluate("Object.keys(localStorage)") == ["draft p-2 /a"]


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
        for code, address in shown:
            with desk.person(
                chromium, Role.FOCAL_POINT, code, language=language, width=width, bypass_csp=True
            ) as context:
                page = context.new_page()
                page.goto(address)
                assert page.locator("html").get_attribute("lang") == language.value
                if page.evaluate(WIDEST) > width:
                    found.append(f"{address} in {language}: wider than {width}")
                found += [
                    f"{address} in {language}: {one}"
                    for one in violations(page, words=language is not Language.ENGLISH)
                ]
    assert found == []
