"""Whole errands through a whole Pathfinder in a browser: people sign in by the mail that came, nothing is stood in for."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from api.examples import PROGRESS_REPORT, ROADMAP, STAKEHOLDER_LIST, WORKSHOP
from api.pages.forms.every import FORMS
from contracts.messages import Actor
from contracts.starting import ImportedCountry
from contracts.state import StatusChange
from framework.facts import Cycle
from framework.records import Contact
from framework.terms import Language, Role, Status
from tests.api.conftest import PDF
from tests.browser.chromium import browser
from tests.browser.errand_acts import (
    CONSULTED,
    DAY,
    STOCKTAKING,
    TODAY,
    contact,
    decide,
    hand_in,
    open_task,
    register,
    reload_until,
    take_position,
    without_kind,
)
from tests.browser.errand_house import ALMA, BEATRIZ, FLORIAN, House, errand_house
from tests.browser.forms_by_hand import fill_in, send

pytestmark = pytest.mark.timeout(400)
"""Whole errands take their time where everything else is busy too."""

SMALL, YEAR = 360, TODAY.year
GRANTED, FALLEN = TODAY - timedelta(days=1500), TODAY - timedelta(days=200)


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


def on_paper(code: str, email: str, *falls: StatusChange, **more: Any) -> ImportedCountry:
    """A country with a history on paper: active for four years, unless it has fallen since."""
    granted = StatusChange(before=Status.CANDIDATE, after=Status.ACTIVE, on=GRANTED)
    return ImportedCountry(
        code=code,
        name=f"Country {code}",
        status=falls[-1].after if falls else Status.ACTIVE,
        status_history=[granted, *falls],
        focal_point=Contact(name="Bo Dahl", post="Director", email=email, **more),
        priorities=["child-labour-cocoa"],
        bodies=["National Committee on SDG Target 8.7"],
        cycles=[Cycle(year=YEAR - 1), Cycle(year=YEAR)],
        imported_by=Actor(role=Role.SECRETARIAT, name="A secretariat"),
    )


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
        house.letters.await_mail(focal, "estatus de país pionero concedido")
    with house.visitor(opened, language="es", width=SMALL, script=False) as stranger:
        page = stranger.new_page()
        page.goto(f"/countries/{code}")
        expect(page.locator(".standing-now").first).to_contain_text("activo desde")
        expect(page.locator(".dated")).to_contain_text("GCM 2026/2")
        expect(page.locator("main")).not_to_contain_text("¿Quién financia")


@pytest.mark.clause("EOI-03")
def test_a_mandate_passes_to_a_successor_although_the_old_address_is_dead(
    house: House, opened: Browser, letter: Path
) -> None:
    code, old, new = "XZB", "bo.dahl@labour.example", "noor.basri@labour.example"
    house.bring_in(on_paper(code, old))
    report = f"/desk/tasks/{code}/progress_report-{YEAR}"
    with house.person(opened, old) as before, house.person(opened, ALMA) as alma:
        before.goto(f"{report}/experience")
        before.get_by_label("What stood in the way").fill("Roads closed by the rains.")
        before.get_by_role("button", name="Save and go on").click()
        before.wait_for_url("**/participation")
        house.letters.dead.add(old)
        naming = {"successor": contact("Noor Basri", new, "en"), "overlap_days": 0, "letter": letter}
        hand_in(alma, code, "successor_named", naming)
        reload_until(alma, f"/desk/mail?country={code}", "550 5.1.1 No such person here")
        with house.visitor(opened, width=SMALL, script=False) as of_noor:
            noor, told = of_noor.new_page(), house.letters.await_mail(new, "You have been named to follow")
            noor.goto(told.text[told.text.index(f"{house.address}/") :].split()[0])
            house.sign_in(noor, new)
            expect(noor.get_by_role("heading", level=1)).to_have_text(f"Inbox of Country {code}")
            draft = noor.get_by_role("article").filter(has_text="A draft is there")
            draft.get_by_role("link").first.click()
            noor.wait_for_url(f"**{report}")
            noor.goto(f"{report}/experience")
            expect(noor.get_by_label("What stood in the way")).to_have_value("Roads closed by the rains.")
            noor.goto("/desk")
            noor.get_by_role("link", name="Hand-over brief").click()
            expect(noor.locator("main")).to_contain_text("Noor Basri")
            with noor.expect_download() as download:
                noor.get_by_role("link", name="PDF").click()
            assert download.value.path().read_bytes().startswith(b"%PDF-")
            noor.goto(f"/desk/countries/{code}/people")
            expect(noor.locator("main")).not_to_contain_text(old)
        before.goto(f"{report}/experience")
        expect(before.get_by_role("heading", level=1)).to_have_text("You have been signed out")


@pytest.mark.clause("REA-01", "REA-02", "REA-03", "REA-04", "REA-05")
def test_an_inactive_country_comes_back(house: House, opened: Browser, letter: Path) -> None:
    code, focal = "XZC", "mara.lind@travail.example"
    fell = StatusChange(before=Status.ACTIVE, after=Status.INACTIVE, on=FALLEN)
    house.bring_in(on_paper(code, focal, fell, language=Language.FRENCH))
    asked = {
        "addressee": "chair",
        "dated": DAY,
        "letter": letter,
        "roadmap_changes": "Aucun.",
        "measures": [
            {"text": "Le comité siège de nouveau.", "taken": True, "link": "https://example.org/pv"}
        ],
    }
    proof = {
        "about": "collaboration",
        "form": "survey",
        "title": "Procès-verbaux du comité",
        "link": "https://example.org/pv",
        "supplied_by": "Ministère du travail",
    }
    with (
        house.person(opened, focal, language="fr", width=SMALL) as mara,
        house.person(opened, ALMA, language="fr") as alma,
    ):
        hand_in(mara, code, "reactivation_request", asked)
        obligations = ("annual_report", "indicator_framework", "evidence_of_progress")
        seen = dict.fromkeys(obligations, True) | {
            "evidence_of_collaboration": False,
            "note": "Et le comité ?",
        }
        open_task(alma, code, "Vérifier les quatre obligations")
        fill_in(alma, alma.url, FORMS["reactivation_check"], seen)
        send(alma)
        house.letters.await_mail(focal, "Et le comité ?")
        mara.goto("/desk")
        mara.locator("article.asked a").first.click()
        mara.get_by_role("link", name="Éléments de preuve").click()
        fill_in(mara, mara.url, FORMS["evidence"], proof)
        send(mara)
        open_task(alma, code, "Vérifier les quatre obligations")
        fill_in(alma, alma.url, FORMS["reactivation_check"], seen | {"evidence_of_collaboration": True})
        send(alma)
        confirmed = {"outcome": "confirmed", "consensus": "reached"}
        decide(alma, code, "reactivate", id="back-1", meeting="GCM 2026/2", meeting_on=DAY, **confirmed)
        house.letters.await_mail(focal, "de nouveau pays pionnier actif")
    with house.visitor(opened, language="fr", width=SMALL, script=False) as stranger:
        page = stranger.new_page()
        page.goto(f"/countries/{code}")
        expect(page.locator(".standing-now").first).to_contain_text("actif depuis")
        expect(page.locator(".dated")).to_contain_text("GCM 2026/2")


@pytest.mark.clause("REP-04", "REP-06")
def test_a_report_from_the_mails_link_to_the_receipt_over_a_session_that_was_ended_elsewhere(
    house: House, opened: Browser
) -> None:
    code, focal = "XZD", "lena.orr@travail.example"
    house.bring_in(on_paper(code, focal, language=Language.FRENCH))
    task, last_year = f"/desk/tasks/{code}/progress_report-{YEAR}", without_kind(PROGRESS_REPORT)
    del last_year["year"]
    with house.person(opened, ALMA, language="fr") as alma:
        fill_in(alma, f"/desk/tasks/{code}/progress_report-{YEAR - 1}", FORMS["progress_report"], last_year)
        send(alma, received_on=f"{YEAR - 1}-04-01")
    with house.visitor(opened, language="fr") as context:
        page = context.new_page()
        page.goto(task)
        house.sign_in(page, focal)
        page.goto(f"{task}/experience")
        obstacles, status = page.get_by_label("Les obstacles"), page.locator("[data-status]")
        obstacles.fill("Routes")
        expect(status).to_contain_text("Enregistré à")
        with house.person(opened, focal, language="fr", width=SMALL, script=False) as telephone:
            telephone.goto("/account")
            other = telephone.get_by_role("button", name="Y mettre fin")
            other.click()
            expect(other).to_have_count(0)
        obstacles.fill("Routes coupées pendant les pluies.")
        expect(status).to_contain_text("Votre session a pris fin")
        page.once("dialog", lambda dialog: dialog.accept())
        page.goto(f"{task}/experience")
        house.sign_in(page, focal)
        page.goto(f"{task}/experience")
        expect(obstacles).to_have_value("Routes coupées pendant les pluies.")
        expect(status).to_contain_text("Enregistré à")
        mine = {
            "progress": [{"text": "900 enfants scolarisés.", "state": "en bonne voie"}],
            "consultations": [CONSULTED],
            "next_steps": [{"key": "former", "text": "Former 60 inspecteurs"}],
        }
        fill_in(page, task, FORMS["progress_report"], mine)
        expect(page.get_by_text("Il ne manque rien.")).to_be_visible()
        expect(page.get_by_text("Routes coupées pendant les pluies.")).to_be_visible()
        send(page)
        expect(page.get_by_text("Empreinte (SHA-256)")).to_be_visible()
        page.get_by_role("link", name="Vers la boîte de réception").click()
        expect(page.get_by_role("link", name="Accusé de réception").first).to_be_visible()
        house.letters.await_mail(focal, "reçu")
