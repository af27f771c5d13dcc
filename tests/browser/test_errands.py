"""Whole errands through a whole Pathfinder in a browser: people sign in by the mail that came, nothing is stood in for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from api.examples import ROADMAP, STAKEHOLDER_LIST, WORKSHOP
from api.pages.forms.every import FORMS
from tests.api.conftest import PDF
from tests.browser.chromium import browser
from tests.browser.errand_house import ALMA, BEATRIZ, FLORIAN, House, errand_house
from tests.browser.forms_by_hand import fill_in, send

TODAY = datetime.now(UTC).date()
SMALL = 360


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all errands."""
    with pytest.MonkeyPatch.context() as patch, errand_house(tmp_path_factory.mktemp("house")) as found:
        patch.setattr("api.handing_in.READ_MODEL_PATIENCE", 20.0)
        yield found


@pytest.fixture(scope="module")
def opened(house: House) -> Iterator[Browser]:
    """One browser for all."""
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A letter on paper, scanned."""
    file = tmp_path_factory.mktemp("papers") / "letter.pdf"
    file.write_bytes(PDF)
    return file


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


def shown(page: Page, address: str, words: str) -> None:
    """Loads a page until it shows these words: pages do not change by themselves, and effects take a moment."""
    with page.expect_response(lambda answer: answer.ok):
        page.goto(address)
    expect(page.locator("main")).to_contain_text(words)


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
    page.locator("form[action$='/decision'] button").click()
    page.wait_for_url(f"**/desk/decisions/{code}/**")
    expect(page.locator("main .mark.good").first).to_be_visible()


def take_position(page: Page, code: str, item: str, position: str, reason: str = "") -> None:
    """A seat says what it thinks of an item."""
    page.goto(f"/desk/items/{code}/{item}")
    page.locator(f"input[name=own_position][value={position}]").check()
    page.locator("#own_reason").fill(reason)
    page.locator("form[action$='/position'] button").click()
    expect(page.locator("#seats ~ .table").first).to_contain_text(reason)


@pytest.mark.clause("EOI-02", "EOI-05", "EOI-07", "EOI-09", "PLN-01", "PLN-05", "PLN-07", "PLN-08", "PLN-09")
def test_a_candidate_from_its_letter_to_the_grant_through_all_roles(
    house: House, opened: Browser, letter: Path
) -> None:
    code, focal, deputy, helper = "XZA", *(f"{one}@trabajo.example" for one in ("ana", "dia", "sol"))
    with (
        house.person(opened, ALMA, language="es") as alma,
        house.visitor(opened, language="es") as of_ana,
    ):
        register(alma, code, "Zarvania", ("Ana Ruiz", focal), letter)
        hand_in(alma, code, "reply_letter", {"dated": DAY, "text": "Inicien sus consultas."})
        ana = of_ana.new_page()
        house.sign_in(ana, focal)
        dates = {
            "consultations_from": DAY,
            "consultations_until": (TODAY + timedelta(days=30)).isoformat(),
            "workshop_on": (TODAY + timedelta(days=40)).isoformat(),
            "roadmap_on": (TODAY + timedelta(days=60)).isoformat(),
        }
        hand_in(ana, code, "timetable", dates)
        hand_in(ana, code, "stakeholder_list", without_kind(STAKEHOLDER_LIST))
        hand_in(ana, code, "contact_change", {"deputies": [contact("Dia Sow", deputy)]})
        named = {"contributor": contact("Sol Ferrant", helper), "tasks": ["stocktaking"]}
        hand_in(ana, code, "contributor_named", named)
        with house.person(opened, helper, language="es") as sol:
            fill_in(sol, f"/desk/tasks/{code}/stocktaking", FORMS["stocktaking"], STOCKTAKING)
            expect(sol.locator("form[action*='/send']")).to_have_count(0)
        with house.person(opened, deputy, language="es", width=SMALL, script=False) as dia:
            dia.goto(f"/desk/tasks/{code}/stocktaking/preview")
            expect(dia.locator("main")).to_contain_text("Faltan inspectores")
            send(dia)
        hand_in(ana, code, "workshop", without_kind(WORKSHOP) | {"held_on": DAY})
        hand_in(ana, code, "roadmap", without_kind(ROADMAP) | {"consultations": [CONSULTED]})
        agenda = {"meeting": "GCM 2026/2", "meeting_on": DAY, "place": "Ginebra"}
        hand_in(alma, code, "presentation", agenda)
        with house.person(opened, BEATRIZ, language="es") as member:
            take_position(member, code, "grant", "comment", "¿Quién financia la medida?")
        decide(alma, code, "grant", kind="comments", comments="¿Quién financia la primera medida?")
        answer = {"answers": [{"addressed": True, "text": "El presupuesto nacional."}]}
        hand_in(ana, code, "comment_answers", answer)
        with house.person(opened, FLORIAN, language="es") as chair:
            chair.goto(f"/desk/items/{code}/grant")
            expect(chair.locator("main .mark.late")).to_have_count(0)
            take_position(chair, code, "grant", "support")
        decide(alma, code, "grant", id="grant-1", consensus="reached", statement="Bienvenidos.")
        house.letters.await_mail(focal, "GCM 2026/2")
    with house.visitor(opened, language="es", width=SMALL, script=False) as stranger:
        page = stranger.new_page()
        page.goto(f"/countries/{code}")
        expect(page.locator(".standing-now").first).to_contain_text("activo desde")
        expect(page.locator(".dated")).to_contain_text("GCM 2026/2")
        expect(page.locator("main")).not_to_contain_text("¿Quién financia")
