"""The GCM's and the MWG's errands in a browser: a position, a decision refused, mended and accepted, a review."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from api.pages import deciding, meetings, reviews
from framework.terms import Role
from tests.api.conftest import PDF
from tests.browser.accessibility import OF_WORDS, violations
from tests.browser.chromium import browser
from tests.browser.gcm_countries import Found, person
from tests.browser.routes import unvisited
from tests.browser.serving import serving

GROUPS = (meetings, deciding, reviews)
LANGUAGES = ("en", "fr", "es")
FOUND = Found()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application with Temporal, and the countries of these errands."""
    with serving(tmp_path_factory.mktemp("gcm"), FOUND.prepare, temporal=True) as address:
        yield address


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    """One browser for all."""
    with browser() as found:
        yield found


def pages() -> dict[str, tuple[Role, str]]:
    """Every page of these errands, with somebody who sees all of it."""
    item = f"/desk/items/{FOUND.unready}/grant"
    report = f"/desk/reviews/{FOUND.active}/{FOUND.year}"
    return {
        "meetings": (Role.SECRETARIAT, "/desk/meetings"),
        "item": (Role.SECRETARIAT, item),
        "item of a member": (Role.GCM, item),
        "reviews": (Role.MWG, "/desk/reviews"),
        "matrix": (Role.MWG, f"/desk/reviews/{FOUND.active}"),
        "report": (Role.MWG, report),
        "review": (Role.MWG, f"{report}/review"),
        "decision": (Role.SECRETARIAT, f"/desk/decisions/{FOUND.unready}/never-sent"),
    }


WEIGHT = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
.reduce((sum, one) => sum + one.decodedBodySize, 0)"""
"""The bytes of a page with all that it loads."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_of_these_pages(opened: Browser, url: str, language: str) -> None:
    assert unvisited(GROUPS, [address for _, address in pages().values()]) == []
    for name, (role, address) in pages().items():
        with person(opened, url, role, language=language, bypass_csp=True) as page:
            page.goto(address)
            assert violations(page, *(() if language == "en" else OF_WORDS)) == [], name


def test_no_page_weighs_more_than_a_hundred_kilobytes_or_is_wider_than_a_phone(
    opened: Browser, url: str
) -> None:
    for name, (role, address) in pages().items():
        with person(opened, url, role, width=360) as page:
            page.goto(address, wait_until="load")
            assert 10_000 < page.evaluate(WEIGHT) < 100_000, name
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, name


@pytest.mark.clause("PLN-09")
def test_a_decision_is_refused_mended_and_accepted(opened: Browser, url: str) -> None:
    code = FOUND.ready[0]
    with person(opened, url, Role.GCM, "XAZ", language="fr") as member:
        member.goto(f"/desk/items/{code}/grant")
        member.get_by_label("Siège", exact=True).fill("Employers")
        member.get_by_label("Objection", exact=True).check()
        member.get_by_label("Motif ou commentaire").fill("La deuxième priorité n'a pas de budget.")
        member.get_by_role("button", name="Prendre cette position").click()
        expect(member.get_by_role("table").filter(has_text="La deuxième priorité")).to_be_visible()
    with person(opened, url, Role.SECRETARIAT, language="fr") as page:
        page.goto(f"/desk/items/{code}/grant")
        page.get_by_label("Consensus, tel que déclaré").select_option("reached")
        page.get_by_label("Siège, ligne 1").fill("")
        page.get_by_label("Position, ligne 1").select_option("")
        page.get_by_label("Motif ou commentaire, ligne 1").fill("")
        page.get_by_label("Déclaration").fill("Bienvenue.")
        page.get_by_role("button", name="Envoyer la décision").click()
        summary = page.get_by_role("alert")
        expect(summary).to_contain_text("des objections consignées sont maintenues")
        expect(page.get_by_label("Déclaration")).to_have_value("Bienvenue.")
        summary.get_by_role("link").first.click()
        page.get_by_label("Numéro de la décision").fill("gcm-mended")
        page.get_by_label("Siège, ligne 1").fill("Employers")
        page.get_by_label("Position, ligne 1").select_option("abstain")
        page.get_by_label("Motif ou commentaire, ligne 1").fill("Retirée à la réunion")
        page.get_by_role("button", name="Envoyer la décision").click()
        expect(page.get_by_role("main")).to_contain_text("acceptée")
        expect(page.get_by_role("main")).to_contain_text("Le statut du pays est maintenant")
        page.goto(f"/desk/items/{code}/grant")
        expect(page.get_by_role("heading", name="Décidé")).to_be_visible()


@pytest.mark.clause("PLN-09")
def test_a_member_takes_a_position_without_script_on_a_phone_and_changes_it(
    opened: Browser, url: str
) -> None:
    code = FOUND.ready[1]
    with person(opened, url, Role.GCM, language="es", width=360, script=False) as page:
        page.goto("/desk/meetings")
        page.locator(f'a[href="/desk/items/{code}/grant"]').click()
        page.get_by_label("Puesto", exact=True).fill("Workers")
        page.get_by_label("Comentario", exact=True).check()
        page.get_by_role("button", name="Tomar esta posición").click()
        expect(page.get_by_role("alert")).to_contain_text("Indique sobre qué versa el comentario")
        expect(page.get_by_label("Puesto", exact=True)).to_have_value("Workers")
        page.get_by_label("Motivo o comentario").fill("La encuesta llega tarde.")
        page.get_by_role("button", name="Tomar esta posición").click()
        page.get_by_label("Puesto", exact=True).fill("Workers")
        page.get_by_label("Apoyo", exact=True).check()
        page.get_by_role("button", name="Tomar esta posición").click()
        row = page.get_by_role("row").filter(has_text="Workers")
        expect(row).to_contain_text("Apoyo")
        expect(row).to_contain_text("antes: Comentario")


@pytest.mark.clause("PLN-09")
def test_whoever_holds_the_seat_of_the_country_reads_and_takes_no_position(opened: Browser, url: str) -> None:
    with person(opened, url, Role.GCM, FOUND.unready) as page:
        page.goto(f"/desk/items/{FOUND.unready}/grant")
        expect(page.get_by_role("heading", name="Your seat is recused")).to_be_visible()
        expect(page.get_by_role("button", name="Take this position")).to_have_count(0)


@pytest.mark.clause("PLN-07")
def test_the_secretariat_puts_an_item_on_the_agenda_and_takes_it_off(opened: Browser, url: str) -> None:
    with person(opened, url, Role.SECRETARIAT) as page:
        page.goto("/desk/meetings")
        page.get_by_label("Country", exact=True).select_option(FOUND.active)
        page.get_by_label("To be decided").select_option("open_dialogue")
        page.get_by_label("Text for the members").fill("Two years without a report.")
        page.get_by_label("Last day of a silence procedure").fill("2099-01-01")
        page.get_by_role("button", name="Put on the agenda").click()
        expect(page.get_by_role("alert")).to_contain_text("The silence procedure is switched off")
        page.get_by_label("Last day of a silence procedure").fill("")
        page.get_by_role("button", name="Put on the agenda").click()
        page.locator(f'a[href="/desk/items/{FOUND.active}/open_dialogue"]').click()
        expect(page.get_by_role("main")).to_contain_text("Two years without a report.")
        for name, content in (("note.html", b"<script>"), ("Note for members.pdf", PDF)):
            page.get_by_label("Add papers").set_input_files(
                {"name": name, "mimeType": "application/pdf", "buffer": content}
            )
            page.get_by_role("button", name="Add", exact=True).click()
            if name == "note.html":
                expect(page.get_by_role("alert")).to_contain_text("This kind of file is not taken")
        link = page.get_by_role("link", name="Note for members.pdf")
        expect(link).to_be_visible()
        paper = str(link.get_attribute("href"))
        for role, seen in ((Role.GCM, 200), (Role.OPERATOR, 404)):
            with person(opened, url, role) as reader:
                reader.goto(f"/desk/items/{FOUND.active}/open_dialogue")
                assert (reader.get_by_text("Note for members.pdf").count() == 1) is (seen == 200)
                assert reader.request.get(paper).status == seen
        page.get_by_label("Why it is not decided").fill("The report came.")
        page.get_by_role("button", name="Take off the agenda").click()
        expect(page.get_by_role("heading", name="Taken off the agenda")).to_be_visible()


@pytest.mark.clause("REP-08", "REV-01", "REV-08")
def test_the_mwg_comments_beside_the_text_and_reviews_the_year(opened: Browser, url: str) -> None:
    with person(opened, url, Role.MWG) as page:
        page.goto(f"/desk/reviews/{FOUND.active}/{FOUND.year}")
        page.get_by_role("button", name="Hand in the comments").click()
        expect(page.get_by_role("alert")).to_contain_text("Write a comment beside a section")
        page.get_by_label("Comment: Obstacles").fill("Which roads?\n\nWhat was done about it?")
        page.get_by_role("button", name="Hand in the comments").click()
        expect(page.get_by_role("table")).to_contain_text("Obstacles. Which roads?")
        expect(page.get_by_role("row").filter(has_text="What was done about it?")).to_contain_text(
            "waits for an answer"
        )
        page.goto(f"/desk/reviews/{FOUND.active}/{FOUND.year}/review")
        page.get_by_label("Guidance for the country").fill("Name a body for each indicator")
        page.get_by_role("button", name="Hand in the review").click()
        expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(5)
        expect(page.get_by_label("Guidance for the country")).to_have_value("Name a body for each indicator")
        for group in page.get_by_role("group").all():
            group.get_by_label("Yes", exact=True).check()
        page.get_by_role("button", name="Hand in the review").click()
        page.goto(f"/desk/reviews/{FOUND.active}/{FOUND.year}/review")
        expect(page.get_by_role("main")).to_contain_text("Judged")
