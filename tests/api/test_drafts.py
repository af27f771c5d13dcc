"""Drafts over the API: for everybody of the country who works on the task, for nobody else, and without losing a text."""

import uuid

import pytest

from framework.terms import Role
from tests.api.conftest import Caller, Installation

TIMETABLE = {"kind": "timetable", "consultations_from": "2027-01-10", "consultations_until": "2027-03-10"}
WHOLE = TIMETABLE | {"workshop_on": "2027-04-10", "roadmap_on": "2027-06-10"}


def draft(code: str, key: str = "stocktaking", section: str = "") -> str:
    return f"/countries/{code}/tasks/{key}/draft" + (f"/{section}" if section else "")


def typed(text: str) -> dict[str, object]:
    return {"content": {"studies": text}}


async def standing(
    person: Caller, code: str, section: str = "sources", key: str = "stocktaking"
) -> dict[str, object]:
    found: dict[str, object] = (await person.get(draft(code, key, section))).json()
    return found


async def test_a_section_is_saved_and_read_with_its_version(installation: Installation) -> None:
    code = await installation.candidate()
    person = installation.person(Role.FOCAL_POINT, code)
    empty = await person.get(draft(code, section="sources"))
    assert (empty.json()["text"], empty.headers["etag"]) == (None, '"0"')
    saved = await person.put(draft(code, section="sources"), typed("A survey"))
    assert (saved.status_code, saved.headers["etag"]) == (200, '"1"')
    read = (await person.get(draft(code, section="sources"))).json()["text"]
    assert read == saved.json()
    assert read["content"] == {"studies": "A survey", "laws": "", "policies": "", "existing_sources_used": ""}
    assert (read["role"], read["by_you"]) == ("focal_point", True)
    whole = (await person.get(draft(code))).json()
    assert [one["section"] for one in whole["sections"]] == ["sources", "gaps", "consultations"]
    assert whole["closed"] is False


@pytest.mark.clause("EOI-03")
async def test_a_draft_is_the_countrys_and_stays_at_a_hand_over(installation: Installation) -> None:
    code = await installation.candidate()
    before = installation.person(Role.FOCAL_POINT, code, "The first")
    await before.put(draft(code, section="sources"), typed("A survey"))
    after = installation.person(Role.FOCAL_POINT, code, "The second")
    text = (await after.get(draft(code, section="sources"))).json()["text"]
    assert (text["content"]["studies"], text["by_you"]) == ("A survey", False)
    assert (await after.put(draft(code, section="sources"), typed("Two"), 1)).json()["version"] == 2


async def test_of_two_editors_who_clash_neither_loses_a_text(installation: Installation) -> None:
    code = await installation.candidate()
    first, second = installation.person(Role.FOCAL_POINT, code), installation.person(Role.DEPUTY, code)
    address = draft(code, section="sources")
    await first.put(address, typed("Theirs"))
    answer = await second.put(address, typed("Mine"))
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    clash = answer.json()
    assert clash["theirs"]["content"]["studies"] == "Theirs"
    assert clash["mine"]["content"]["studies"] == "Mine"
    assert (clash["theirs"]["by_you"], clash["mine"]["by_you"]) == (False, True)
    found = (await first.get(address)).json()
    assert found["text"]["content"]["studies"] == "Theirs"
    assert [one["content"]["studies"] for one in found["beside"]] == ["Mine"]
    assert (await second.put(address, typed("Both"), 1)).json()["version"] == 2
    assert (await first.get(address)).json()["beside"] == []


async def test_a_text_that_was_set_aside_can_be_given_up(installation: Installation) -> None:
    code = await installation.candidate()
    first, second = installation.person(Role.FOCAL_POINT, code), installation.person(Role.DEPUTY, code)
    address = draft(code, section="sources")
    await first.put(address, typed("Theirs"))
    await second.put(address, typed("Mine"))
    assert (await first.delete(f"{address}/mine")).status_code == 404
    assert (await second.delete(f"{address}/mine")).status_code == 204
    assert (await first.get(address)).json()["beside"] == []
    assert (await first.get(address)).json()["text"]["content"]["studies"] == "Theirs"


async def test_without_the_version_that_was_read_nothing_is_saved(installation: Installation) -> None:
    code = await installation.candidate()
    person = installation.person(Role.FOCAL_POINT, code)
    headers = {"Authorization": person.authorization}
    answer = await person.client.put(
        f"/api/v1{draft(code, section='sources')}", headers=headers, json=typed("A")
    )
    assert answer.status_code == 422
    assert (await standing(person, code))["text"] is None


@pytest.mark.clause("GEN-05")
async def test_who_may_work_on_a_draft(installation: Installation) -> None:
    code = await installation.candidate()
    address = draft(code, section="sources")
    named = installation.person(Role.CONTRIBUTOR, code, tasks=("stocktaking",))
    other = installation.person(Role.CONTRIBUTOR, code, tasks=("roadmap",))
    assert (await named.put(address, typed("A"))).status_code == 200
    assert (await other.put(address, typed("B"), 1)).status_code == 404
    assert (await installation.secretariat.put(address, typed("On behalf"), 1)).status_code == 200
    for role in (Role.GCM, Role.MWG, Role.OPERATOR):
        assert (await installation.person(role).get(address)).status_code == 403
    auditor = installation.person(Role.AUDITOR)
    assert (await auditor.get(address)).status_code == 200
    assert (await auditor.put(address, typed("C"), 2)).status_code == 403
    stranger = installation.person(Role.FOCAL_POINT, await installation.candidate())
    assert (await stranger.get(address)).status_code == 404


@pytest.mark.parametrize(
    ("key", "section"),
    [
        ("stocktaking", "nowhere"),
        ("reply_letter", "sources"),
        ("progress_report", "progress"),
        ("evidence-2027", "evidence"),
        ("nothing", "evidence"),
    ],
)
async def test_what_no_focal_point_hands_in_has_no_draft(
    installation: Installation, key: str, section: str
) -> None:
    code = await installation.candidate()
    person = installation.person(Role.FOCAL_POINT, code)
    assert (await person.put(draft(code, key, section), {"content": {}})).status_code == 404


async def test_a_draft_of_what_nobody_asks_for_is_kept_under_its_kind(installation: Installation) -> None:
    code = await installation.candidate()
    person = installation.person(Role.FOCAL_POINT, code)
    for key, section in (("consultation", "consultation"), ("progress_report-2027", "experience")):
        assert (await person.put(draft(code, key, section), {"content": {}})).status_code == 200


async def test_a_draft_of_a_task_that_is_done_can_only_be_read(installation: Installation) -> None:
    code = await installation.candidate()
    reply = {"kind": "reply_letter", "dated": "2026-11-01", "text": "Please begin."}
    assert (await installation.secretariat.submit(code, reply)).status_code == 200
    person = installation.person(Role.FOCAL_POINT, code)
    await person.put(draft(code, "timetable", "dates"), {"content": TIMETABLE})
    path = f"/countries/{code}/tasks/timetable/completion"
    refused = await person.post(path, {"submission": TIMETABLE}, key=uuid.uuid4().hex)
    assert refused.status_code == 422
    kept = (await standing(person, code, "dates", "timetable"))["text"]
    assert isinstance(kept, dict)
    assert kept["content"]["consultations_from"] == "2027-01-10"
    assert (await person.post(path, {"submission": WHOLE})).status_code == 200
    assert (await person.put(draft(code, "timetable", "dates"), {"content": {}}, 1)).status_code == 409
    assert (await person.get(draft(code, "timetable"))).json()["closed"] is True
    assert (await standing(person, code, "dates", "timetable"))["text"] == kept
