"""Papers of a year at the desk: last year's answers, comments one by one, a final version, a later date."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from api.examples import PROGRESS_REPORT
from api.pages.forms.every import FORMS
from api.pages.static_files import STATIC
from contracts.rows import Batch
from contracts.state import Task
from framework.facts import Cycle
from framework.terms import Role
from storage.writing import write_batch
from tests.pages.desk_world import (
    Installation,
    database,
    documents,
    installation,
    patient,
    person,
    settings,
    temporal,
    words,
)

__all__ = ["database", "documents", "installation", "patient", "settings", "temporal"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


def task(code: str, key: str, *more: str) -> str:
    return "/".join(["/desk/tasks", code, key, *more])


async def test_every_page_of_a_report_is_light(installation: Installation) -> None:
    this = datetime.now(UTC).year
    code = await installation.active(Cycle(year=this))
    who, key = person(installation, Role.FOCAL_POINT, code), f"progress_report-{this}"
    files = sum(path.stat().st_size for path in STATIC.iterdir())
    sections = [one.id for one in FORMS["progress_report"].sections]
    for address in ("/desk", task(code, key), *(task(code, key, one) for one in (*sections, "preview"))):
        assert len((await who.get(address)).content) + files < 100_000


def report(year: int) -> dict[str, Any]:
    return PROGRESS_REPORT | {"year": year, "participation": "As in each year."}


@pytest.mark.clause("REP-04")
async def test_last_years_answers_stand_there_and_stop_the_sending_until_they_are_confirmed(
    installation: Installation,
) -> None:
    this = datetime.now(UTC).year
    code = await installation.active(Cycle(year=this - 1), Cycle(year=this))
    kept = await installation.secretariat.submit(code, report(this - 1), received_on=f"{this - 1}-04-01")
    assert kept.status_code == 200, kept.text
    who, key = person(installation, Role.FOCAL_POINT, code), f"progress_report-{this}"
    page = await who.get(task(code, key, "participation"))
    assert "As in each year." in page.text
    assert "From an earlier year, not confirmed" in words(page.text)
    preview = await who.text(task(code, key, "preview"))
    assert "This answer is from an earlier year" in preview
    await who.fill(task(code, key, "participation"), {"_confirmed": ["participation", "body_consulted"]})
    after = await who.get(task(code, key, "participation"))
    assert "not confirmed" not in words(after.text)
    ahead = await who.fill(
        task(code, key, "ahead"), {"support_needed": "Other", "experience_wanted": "Other"}
    )
    assert "not confirmed" not in words(ahead.text)
    assert "This answer is from an earlier year" not in await who.text(task(code, key, "preview"))


@pytest.mark.clause("REP-04")
async def test_last_years_indicators_are_confirmed_one_by_one(installation: Installation) -> None:
    this = datetime.now(UTC).year
    code = await installation.active(Cycle(year=this - 1), Cycle(year=this))
    values = [
        {"indicator": one, "value": "7", "unit": "%", "source": "Survey"}
        for one in ("Girls at work", "Boys at work")
    ]
    submission = {"kind": "indicator_framework", "year": this - 1, "values": values}
    kept = await installation.secretariat.submit(code, submission, received_on=f"{this - 1}-04-01")
    assert kept.status_code == 200, kept.text
    who, key = person(installation, Role.FOCAL_POINT, code), f"indicator_framework-{this}"
    page = await who.get(task(code, key))
    first, second = re.findall(r'name="_confirmed"[^>]*value="([^"]+)"', page.text)
    assert words(page.text).count("From an earlier year, not confirmed") == 2
    after = await who.fill(task(code, key), {"_confirmed": [first]})
    assert re.findall(r'value="([^"]+)" checked', after.text) == [first]
    preview = await who.text(task(code, key, "preview"))
    assert "Indicator 2: This answer is from an earlier year" in preview
    assert "Indicator 1: This answer" not in preview
    changed = await who.fill(task(code, key), {"values[1].value": "6"})
    assert second not in changed.text
    assert "This answer is from an earlier year" not in words(changed.text)


@pytest.mark.clause("PLN-08")
async def test_comments_are_answered_one_by_one_beside_their_text(installation: Installation) -> None:
    code = await installation.presented()
    today = datetime.now(UTC).date().isoformat()
    decision = {
        "id": f"{code}-comments",
        "kind": "comments",
        "meeting": "GCM 2026/2",
        "meeting_on": today,
        "comments": ["Say who pays.", "Name the districts."],
    }
    answer = await installation.secretariat.post(f"/countries/{code}/decisions", {"decision": decision})
    assert answer.status_code == 200, answer.text
    who = person(installation, Role.FOCAL_POINT, code)
    page = await who.text(task(code, "comment_answers"))
    assert "Say who pays." in page
    values = {"answers[1].addressed": "yes", "answers[1].text": "Twelve districts are named."}
    await who.fill(task(code, "comment_answers"), values)
    receipt = await who.fill(task(code, "comment_answers", "preview"), {}, wanted="/send")
    assert "/receipt/" in str(receipt.url), words(receipt.text)
    comments = (await installation.secretariat.get(f"/countries/{code}/comments")).json()["items"]
    assert [one["answer"] for one in comments] == ["", "Twelve districts are named."]


@pytest.mark.clause("REA-04")
async def test_what_is_missing_for_the_return_leads_to_the_forms_that_show_it(
    installation: Installation,
) -> None:
    code = await installation.active()
    asked = Task(
        key="reactivation_missing",
        kind="reactivation_missing",
        clause="REA-04",
        role=Role.FOCAL_POINT,
        opened_at=datetime.now(UTC),
        values={"missing": ["reactivation.annual_report.missing"]},
    )
    parts = installation.app.state.parts
    await write_batch(parts.database, Batch(code=code, revision=10**6, tasks=[asked]), {})
    page = await person(installation, Role.FOCAL_POINT, code).get(task(code, asked.key))
    assert page.status_code == 200
    year = datetime.now(UTC).year
    for key in (f"progress_report-{year}", f"indicator_framework-{year}", "evidence"):
        assert f'href="{task(code, key)}"' in page.text


async def test_a_final_report_stays_as_it_was_unless_it_is_ticked_as_revised(
    installation: Installation,
) -> None:
    this = datetime.now(UTC).year
    code = await installation.active(Cycle(year=this))
    staff, who = installation.secretariat, person(installation, Role.FOCAL_POINT, code)
    for submission in (
        report(this),
        {"kind": "mwg_comments", "year": this, "comments": ["Name the source."]},
    ):
        answer = await staff.submit(code, submission)
        assert answer.status_code == 200, answer.text
    key = f"final_report-{this}"
    values = {"answers[0].addressed": "yes", "answers[0].text": "The source is named."}
    await who.fill(task(code, key, "answers"), values)
    assert "As in each year." not in await who.text(task(code, key, "preview"))
    changed = await who.fill(task(code, key, "experience"), {"report.obstacles": "Roads and rain."})
    assert "only if you say that the report is revised" in words(changed.text)
    assert "not said that it is revised" in await who.text(task(code, key))
    grown = await who.fill(task(code, key, "ahead"), {}, "add:report.next_steps")
    assert 'name="report.next_steps[1].text"' in grown.text
    await who.fill(task(code, key, "ahead"), {}, "remove:report.next_steps[1]")
    await who.fill(task(code, key, "revised"), {"report_given": "yes"})
    contents = await who.get(task(code, key))
    for one in ("progress", "experience", "participation", "consultations", "ahead", "annexes"):
        assert f'href="{task(code, key, one)}"' in contents.text
    preview = await who.text(task(code, key, "preview"))
    assert "As in each year." in preview
    assert "Roads and rain." in preview
    receipt = await who.fill(task(code, key, "preview"), {}, wanted="/send")
    assert "/receipt/" in str(receipt.url), words(receipt.text)


@pytest.mark.clause("REP-02")
async def test_the_way_to_a_later_date_leads_to_a_form_that_names_the_task(
    installation: Installation,
) -> None:
    this = datetime.now(UTC).year
    code = await installation.active(Cycle(year=this))
    assert (await installation.secretariat.submit(code, report(this))).status_code == 200
    comments = {"kind": "mwg_comments", "year": this, "comments": ["Name the source."]}
    assert (await installation.secretariat.submit(code, comments)).status_code == 200
    who, key = person(installation, Role.FOCAL_POINT, code), f"final_report-{this}"
    page = await who.get(task(code, key))
    link = f"/desk/tasks/{code}/extension_request?task={key}"
    assert f'href="{link}"' in page.text
    assert f'<option value="{key}" selected>' in (await who.get(link)).text
