"""What the Secretariat puts on record although no task asks for it: found from the country's tasks, seen, then sent."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from api.examples import WORKSHOP
from api.pages.forms.every import ACTS
from framework.terms import Role
from tests.api.conftest import PDF
from tests.pages.desk_world import (
    Form,
    Installation,
    Person,
    database,
    documents,
    installation,
    patient,
    person,
    settings,
    temporal,
    timetabled,
    words,
)

__all__ = ["database", "documents", "installation", "patient", "settings", "temporal"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

LETTER = {"letter._file": ("letter.pdf", PDF, "application/pdf")}


def offered(html: str, code: str) -> list[str]:
    """The kinds that the tasks of a country offer to be put on record, in their order."""
    acts = html.partition('id="acts"')[2].partition('id="papers"')[0]
    return re.findall(rf'href="/desk/tasks/{code}/([a-z_]+)"', acts)


async def shown(staff: Person, address: str, values: dict[str, str], files: Any = None) -> httpx2.Response:
    """Fills an act's form in and comes to what will be sent."""
    answer = await staff.fill(address, values, act="next", files=files)
    assert "/preview" in str(answer.url), words(answer.text)
    return answer


async def put(staff: Person, address: str, values: dict[str, str], files: Any = None) -> str:
    """The same, and sends it; returns the text of the receipt."""
    await shown(staff, address, values, files)
    receipt = await staff.fill(f"{address.partition('?')[0]}/preview", {}, wanted="/send")
    assert "/receipt/" in str(receipt.url), words(receipt.text)
    return words(receipt.text)


async def test_the_secretariat_alone_is_offered_what_no_task_asks_for(installation: Installation) -> None:
    code = await timetabled(installation)
    tasks = f"/desk/countries/{code}/tasks"
    staff, own = person(installation, Role.SECRETARIAT), person(installation, Role.FOCAL_POINT, code)
    kinds = offered((await staff.get(tasks)).text, code)
    assert kinds == [one for one in ACTS if one not in {"resume", "dialogue_guidance"}]
    assert "On behalf of the country" in await staff.text(tasks)
    others = [person(installation, role) for role in (Role.GCM, Role.MWG, Role.AUDITOR, Role.OPERATOR)]
    for other in (own, *others):
        assert offered((await other.get(tasks)).text, code) == []
    for kind in kinds:
        page = f"/desk/tasks/{code}/{kind}"
        assert (await staff.get(page)).status_code == 200, kind
        assert (await own.get(page)).status_code == 404, kind
        assert (await own.post(Form(), {}, "", None, f"{page}/send")).status_code == 404, kind


@pytest.mark.clause("REP-02")
@pytest.mark.parametrize("language", ["en", "fr", "es"])
async def test_a_date_is_moved_from_the_page_of_its_task(installation: Installation, language: str) -> None:
    code = await timetabled(installation)
    staff = person(installation, Role.SECRETARIAT, language=language)
    page = (await staff.get(f"/desk/tasks/{code}/timetable")).text
    extension = f"/desk/tasks/{code}/extension"
    assert f'href="{extension}?task=timetable"' in page
    form = (await staff.get(f"{extension}?task=timetable")).text
    assert re.search(r'<option value="timetable" selected>', form), "it is the task from which one comes"
    later = (datetime.now(UTC).date() + timedelta(days=200)).isoformat()
    values = {"until": later, "reason": "Elections."}
    await put(staff, f"{extension}?task=timetable", values)
    task = (await installation.secretariat.get(f"/countries/{code}/tasks/timetable")).json()["task"]
    assert (task["due_on"], task["state"]) == (later, "extended")
    assert "timetable" not in (await staff.get(extension)).text.partition("selected")[2].partition(">")[0]


@pytest.mark.clause("REP-02")
async def test_a_later_date_can_be_refused_with_a_reason_and_a_past_one_says_so(
    installation: Installation,
) -> None:
    code = await timetabled(installation)
    staff, extension = person(installation, Role.SECRETARIAT), f"/desk/tasks/{code}/extension?task=timetable"
    before = (await installation.secretariat.get(f"/countries/{code}/tasks/timetable")).json()["task"]
    past = await shown(staff, extension, {"until": "2020-01-31", "reason": "Elections."})
    assert 'href="/desk/tasks/' in past.text
    assert "/send" not in past.text, "what the rules refuse cannot be sent"
    await put(staff, extension, {"granted": "no", "until": "", "reason": "There is time enough."})
    task = (await installation.secretariat.get(f"/countries/{code}/tasks/timetable")).json()["task"]
    assert task["due_on"] == before["due_on"]


@pytest.mark.clause("GEN-05")
async def test_only_what_may_be_waived_is_offered_and_nobody_is_asked_for_it_afterwards(
    installation: Installation,
) -> None:
    code = await timetabled(installation)
    staff, waiver = person(installation, Role.SECRETARIAT), f"/desk/tasks/{code}/waiver"
    form = (await staff.get(waiver)).text
    choices = set(re.findall(r'<option value="([^"]+)"', form))
    assert "stocktaking" in choices
    assert "stakeholder_list" not in choices, "the framework obliges the country to it"
    assert "waiver?task" not in (await staff.get(f"/desk/tasks/{code}/stakeholder_list")).text
    assert f"{waiver}?task=stocktaking" in (await staff.get(f"/desk/tasks/{code}/stocktaking")).text
    await put(staff, f"{waiver}?task=stocktaking", {"reason": "It was done for another Alliance."})
    task = (await installation.secretariat.get(f"/countries/{code}/tasks/stocktaking")).json()["task"]
    assert (task["state"], task["reason"]) == ("waived", "It was done for another Alliance.")
    own = person(installation, Role.FOCAL_POINT, code)
    assert "Take stock" not in (await own.text("/desk")).partition("What has been sent")[0]


@pytest.mark.clause("GEN-03")
async def test_a_country_stands_still_by_its_letter_and_goes_on(installation: Installation) -> None:
    code = await timetabled(installation)
    staff, tasks = person(installation, Role.SECRETARIAT), f"/desk/countries/{code}/tasks"
    without = await shown(staff, f"/desk/tasks/{code}/pause", {"dated": "2026-11-01"})
    assert "/send" not in without.text, "it is the country's own letter that stops its dates"
    await put(staff, f"/desk/tasks/{code}/pause", {"dated": "2026-11-01"}, LETTER)
    assert "paused since" in await staff.text(tasks)
    kinds = offered((await staff.get(tasks)).text, code)
    assert "resume" in kinds
    assert "pause" not in kinds
    await put(staff, f"/desk/tasks/{code}/resume", {"reason": "The new minister goes on."})
    assert "paused since" not in await staff.text(tasks)
    assert "pause" in offered((await staff.get(tasks)).text, code)


@pytest.mark.clause("GEN-05")
async def test_a_mistaken_entry_is_taken_back_from_its_own_page(installation: Installation) -> None:
    code = await timetabled(installation)
    handed = await installation.secretariat.submit(code, WORKSHOP)
    assert handed.status_code == 200, handed.text
    number = handed.json()["entry"]
    staff, own = person(installation, Role.SECRETARIAT), person(installation, Role.FOCAL_POINT, code)
    entry, correction = f"/desk/countries/{code}/history/{number}", f"/desk/tasks/{code}/entry_correction"
    assert f"{correction}?entry={number}" in (await staff.get(entry)).text
    assert correction not in (await own.get(entry)).text
    first = f"/desk/countries/{code}/history/1"
    assert correction not in (await staff.get(first)).text, "what cannot be taken back is not offered"
    assert f'value="{number}"' in (await staff.get(f"{correction}?entry={number}")).text
    await put(staff, f"{correction}?entry={number}", {"reason": "It was the neighbour's."})
    tasks = [one["task"] for one in await installation.secretariat.all(f"/countries/{code}/tasks")]
    asked = [one for one in tasks if one["kind"] == "workshop" and one["state"] == "open"]
    assert asked, "what was mistaken is asked for again"
    newest = (await installation.secretariat.get(f"/countries/{code}/timeline")).json()["items"][0]
    assert (newest["kind"], newest["corrects"]) == ("entry_correction", number)


@pytest.mark.clause("REV-02", "DIA-02")
async def test_circumstances_subgroups_and_assignments_are_put_on_record(installation: Installation) -> None:
    code = await installation.presented()
    staff, home = person(installation, Role.SECRETARIAT), f"/desk/tasks/{code}"
    circumstances = {"form": "humanitarian", "starts_on": "2026-10-01", "note": "A flood."}
    await put(staff, f"{home}/special_circumstances", circumstances)
    assert "A flood." in await staff.text(f"/desk/countries/{code}/dialogue")
    subgroup = {"name": "Subgroup B", "members": "One\nAnother", "mandate": "Reviews the year."}
    await put(staff, f"{home}/subgroup", subgroup)
    tasks = [one["task"] for one in await installation.secretariat.all(f"/countries/{code}/tasks")]
    decision = next(one["key"] for one in tasks if one["kind"] == "roadmap_decision")
    assert decision in (await staff.get(f"{home}/assignment")).text
    await put(staff, f"{home}/assignment", {"task": decision, "assignee": "Subgroup B"})
    assert "Subgroup B" in await staff.text(f"/desk/countries/{code}/tasks")


@pytest.mark.clause("EOI-01", "REP-11")
async def test_introductions_and_events_are_put_on_record(installation: Installation) -> None:
    code, peer = await timetabled(installation), await installation.active()
    staff, home = person(installation, Role.SECRETARIAT), f"/desk/tasks/{code}"
    await put(staff, f"{home}/peer_introduction", {"with_country": peer, "on": "2026-10-01"})
    event = {"title": "A forum", "on": "2026-10-02", "place": "Geneva"}
    assert "Event at which progress was shown" in await put(staff, f"{home}/featured_event", event)
    history = await staff.text(f"/desk/countries/{code}/history")
    assert "Introduction to a peer" in history


@pytest.mark.clause("GEN-03")
async def test_a_country_leaves_by_its_letter_and_nothing_more_is_offered(
    installation: Installation,
) -> None:
    code = await timetabled(installation)
    staff = person(installation, Role.SECRETARIAT)
    receipt = await put(staff, f"/desk/tasks/{code}/withdrawal", {"dated": "2026-11-02"}, LETTER)
    assert "Withdrawal" in receipt
    await installation.ended(code)
    page = (await staff.get(f"/desk/countries/{code}/tasks")).text
    assert offered(page, code) == []
    assert 'id="papers"' not in page
