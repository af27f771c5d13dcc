"""What the Secretariat does by itself has its page too; to a country those pages are not there."""

import re
from datetime import UTC, datetime

import pytest

from framework.terms import Role
from tests.pages.desk_world import (
    Form,
    Installation,
    database,
    documents,
    installation,
    patient,
    person,
    settings,
    temporal,
)

__all__ = ["database", "documents", "installation", "patient", "settings", "temporal"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.clause("EOI-05")
async def test_the_secretariat_replies_to_a_country_on_a_page_that_the_country_does_not_find(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    staff, own = person(installation, Role.SECRETARIAT), person(installation, Role.FOCAL_POINT, code)
    page = f"/desk/tasks/{code}/reply_letter"
    for address in (page, f"{page}/letter", f"{page}/preview", f"/desk/tasks/{code}/presentation"):
        assert (await own.get(address)).status_code == 404, address
        assert (await staff.get(address)).status_code == 200, address
    assert (await own.post(Form(), {}, "", None, f"{page}/send")).status_code == 404
    await staff.fill(page, {"dated": "2026-11-01", "text": "Please begin."}, act="next")
    shown = await staff.text(f"{page}/preview")
    assert "On whose behalf" not in shown, "the Secretariat writes it itself"
    receipt = await staff.fill(f"{page}/preview", {}, wanted="/send")
    assert "/receipt/" in str(receipt.url), receipt.text
    assert "Give a timetable" in await own.text("/desk")


async def test_a_link_to_a_task_leads_to_where_it_is_done(installation: Installation) -> None:
    code = await installation.presented()
    staff, own = person(installation, Role.SECRETARIAT), person(installation, Role.FOCAL_POINT, code)
    tasks = [one["task"] for one in await installation.secretariat.all(f"/countries/{code}/tasks")]
    led = {}
    for one in tasks:
        answer = await staff.get(f"/desk/tasks/{code}/{one['key']}")
        assert answer.status_code == 200, one["key"]
        led[one["kind"]] = answer.url.path
    assert led["roadmap_decision"] == "/desk/meetings"
    assert led["letter"] == "/desk/letters"
    decision = next(one["key"] for one in tasks if one["kind"] == "roadmap_decision")
    assert (await own.get(f"/desk/tasks/{code}/{decision}")).status_code == 404


async def test_every_link_to_a_task_leads_to_a_page_of_whoever_is_offered_it(
    installation: Installation,
) -> None:
    code = await installation.presented()
    for role in (Role.GCM, Role.MWG, Role.OPERATOR, Role.AUDITOR):
        member = person(installation, role)
        page = (await member.get(f"/desk/countries/{code}/tasks")).text.partition("<tbody>")[2]
        found = set(re.findall(r'href="([^"]+)"', page.partition("</tbody>")[0]))
        assert len(found) > 1, role
        assert {one: (await member.get(one)).status_code for one in found} == dict.fromkeys(found, 200), role
        assert ("/desk/meetings" in found) is (role in (Role.GCM, Role.AUDITOR))


@pytest.mark.clause("PLN-11", "DIA-01")
async def test_a_meeting_of_a_dialogue_is_put_on_record_from_its_page(installation: Installation) -> None:
    code, today = await installation.presented(), datetime.now(UTC).date().isoformat()
    decision = {"id": f"not-yet-{code}", "kind": "not_yet", "meeting": "GCM 2026/2", "meeting_on": today}
    said = {"consensus": "reached", "statement": "Consult the workers first."}
    answer = await installation.secretariat.post(
        f"/countries/{code}/decisions", {"decision": decision | said}
    )
    assert answer.json()["answer"] == "accepted", answer.text
    tasks = [one["task"] for one in await installation.secretariat.all(f"/countries/{code}/tasks")]
    page = next(f"/desk/tasks/{code}/{one['key']}" for one in tasks if one["kind"] == "dialogue_meeting")
    staff = person(installation, Role.SECRETARIAT)
    await staff.fill(
        page, {"held_on": today, "topics": "Consultation\nBudget", "notes": "Agreed."}, act="next"
    )
    receipt = await staff.fill(f"{page}/preview", {}, wanted="/send")
    assert "/receipt/" in str(receipt.url), receipt.text
    shown = await staff.text(f"/desk/countries/{code}/dialogue")
    assert "1 meeting," in shown
    assert "Agreed." in shown
