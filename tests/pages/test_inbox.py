"""The desk of those who act for a country: what is asked, typing without a script, seeing what is sent, sending it once."""

from datetime import UTC, datetime

import pytest

from api.examples import ROADMAP
from api.problems import unavailable
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

DATES = {
    "consultations_from": "2027-01-10",
    "consultations_until": "2027-03-10",
    "workshop_on": "2027-04-10",
    "roadmap_on": "2027-06-10",
}


def task(code: str, key: str, *more: str) -> str:
    return "/".join(["/desk/tasks", code, key, *more])


async def focal_point(installation: Installation, language: str = "en") -> tuple[str, Person]:
    code = await timetabled(installation)
    return code, person(installation, Role.FOCAL_POINT, code, language)


async def test_the_inbox_says_what_is_asked_by_when_and_what_comes_of_it(installation: Installation) -> None:
    code, who = await focal_point(installation)
    text = await who.text("/desk")
    assert "Give a timetable" in text
    assert "60 days left" in text
    assert "in Geneva: the end of that day Anywhere on Earth" in text
    assert "What your country has handed in appears here" in text
    await who.fill(task(code, "timetable"), DATES)
    assert "A draft is there. Saved" in await who.text("/desk")


async def test_a_country_of_which_nothing_is_asked_is_told_what_will_appear(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    text = await person(installation, Role.FOCAL_POINT, code).text("/desk")
    assert "A pathfinder" not in text
    assert "What your country has handed in appears here, with its receipt" in text


@pytest.mark.clause("EOI-03")
async def test_a_contributor_sees_and_types_what_it_was_named_for_and_sends_nothing(
    installation: Installation,
) -> None:
    code = await timetabled(installation)
    who = person(installation, Role.CONTRIBUTOR, code, tasks=("timetable",))
    text = await who.text("/desk")
    assert "Give a timetable" in text
    assert "Take stock" not in text
    await who.fill(task(code, "timetable"), DATES)
    shown = await who.text(task(code, "timetable", "preview"))
    assert "A focal point or a deputy sends it" in shown
    headers = who.headers | {"Idempotency-Key": "k"}
    answer = await who.client.post(task(code, "timetable", "send"), headers=headers)
    assert answer.status_code == 403
    assert (await who.get(task(code, "stocktaking"))).status_code == 404


async def test_another_country_and_what_is_no_task_of_a_focal_point_are_not_there(
    installation: Installation,
) -> None:
    code, who = await focal_point(installation)
    other = await installation.candidate()
    for address in (task(other, "timetable"), task(code, "presentation"), task(code, "nothing")):
        assert (await who.get(address)).status_code == 404
    assert (await person(installation, Role.MWG).get(task(code, "timetable", "preview"))).status_code == 403


@pytest.mark.clause("EOI-06")
@pytest.mark.parametrize("language", ["en", "fr", "es"])
async def test_from_the_first_word_to_the_receipt_without_a_script(
    installation: Installation, language: str
) -> None:
    code, who = await focal_point(installation, language)
    await who.fill(task(code, "timetable"), DATES | {"roadmap_on": ""})
    half = await who.get(task(code, "timetable", "preview"))
    assert 'action="/desk/tasks/' not in half.text.partition("<main")[2]
    assert f'href="{task(code, "timetable")}#roadmap_on"' in half.text
    shown = await who.fill(task(code, "timetable"), {"roadmap_on": "2027-06-10"}, act="next")
    assert str(shown.url).endswith("/preview?form=timetable")
    receipt = await who.fill(task(code, "timetable", "preview"), {}, wanted="/send")
    assert "/receipt/" in str(receipt.url)
    entry = (await installation.secretariat.get(f"/countries/{code}/timeline")).json()["items"][0]
    assert str(entry["number"]) in words(receipt.text)
    assert (await installation.secretariat.get(f"/countries/{code}/tasks/timetable")).json()["task"][
        "state"
    ] == "done"
    done = await who.get(task(code, "timetable"))
    assert 'name="act"' not in done.text.partition("data-status")[2]
    assert f"/receipt/{entry['number']}" in (await who.get("/desk")).text


async def test_sending_twice_is_one_act(installation: Installation) -> None:
    code, who = await focal_point(installation)
    await who.fill(task(code, "stakeholder_list", "stakeholders"), {}, act="add:stakeholders")
    values = {"stakeholders[0].name": "Ministry", "stakeholders[0].category": "government"}
    await who.fill(task(code, "stakeholder_list", "stakeholders"), values)
    form = Form("/send")
    form.feed((await who.get(task(code, "stakeholder_list", "preview"))).text)
    first = await who.post(form, {}, "", None, "")
    second = await who.post(form, {}, "", None, "")
    assert str(first.url) == str(second.url)
    assert "Fingerprint (SHA-256)" in words(first.text)
    versions = await installation.secretariat.get(f"/countries/{code}/versions")
    assert len([one for one in versions.json()["items"] if one["kind"] == "stakeholder_list"]) == 1


async def test_what_was_not_looked_at_is_not_sent(installation: Installation) -> None:
    code, who = await focal_point(installation)
    await who.fill(task(code, "timetable"), DATES)
    form = Form("/send")
    form.feed((await who.get(task(code, "timetable", "preview"))).text)
    await person(installation, Role.DEPUTY, code).fill(task(code, "timetable"), {"roadmap_on": "2027-07-01"})
    answer = await who.post(form, {}, "", None, "")
    assert answer.status_code == 409
    assert "The draft has changed since this preview was shown" in words(answer.text)
    assert "2027-07-01" in answer.text


async def test_a_refusal_names_all_reasons_each_with_a_link_and_loses_nothing(
    installation: Installation,
) -> None:
    code, who = await focal_point(installation)
    await who.fill(task(code, "timetable"), DATES)
    form = Form("/send")
    form.feed((await who.get(task(code, "timetable", "preview"))).text)
    done = await installation.secretariat.submit(code, {"kind": "timetable", **DATES})
    assert done.status_code == 200, done.text
    answer = await who.post(form, {}, "", None, "")
    assert answer.status_code == 409
    assert "It was not sent" in words(answer.text)
    assert "2027-06-10" in (await who.get(task(code, "timetable"))).text


async def test_groups_grow_and_shrink_without_a_script_and_come_back_to_the_place(
    installation: Installation,
) -> None:
    code, who = await focal_point(installation)
    address = task(code, "roadmap", "priorities")
    await who.fill(address, {}, act="add:priorities")
    await who.fill(address, {"priorities[0].title": "Cocoa"}, act="add:priorities[0].measures")
    added = await who.fill(
        address, {"priorities[0].measures[0].text": "First"}, act="add:priorities[0].measures"
    )
    assert added.url.fragment == "priorities[0].measures[1]"
    assert 'id="priorities[0].measures[1]"' in added.text
    await who.fill(
        address, {"priorities[0].measures[1].text": "Second"}, act="remove:priorities[0].measures[0]"
    )
    page = (await who.get(address)).text
    assert "Second" in page
    assert "First" not in page
    assert 'value="Cocoa"' in page


async def test_a_file_comes_along_with_what_was_typed_and_a_bad_one_costs_nothing(
    installation: Installation,
) -> None:
    code, who = await focal_point(installation)
    address = task(code, "nap_submission", "plans")
    await who.fill(address, {}, act="add:plans")
    bad = {"plans[0].document._file": ("plan.exe", b"MZ\x90\x00 not a document", "application/pdf")}
    refused = await who.fill(address, {"plans[0].title": "The plan"}, files=bad)
    assert refused.status_code == 422
    assert "This kind of file is not taken" in words(refused.text)
    assert 'value="The plan"' in refused.text
    good = {"plans[0].document._file": ("plan.pdf", PDF, "application/pdf")}
    kept = await who.fill(address, {}, files=good)
    assert "plan.pdf" in words(kept.text)
    removed = await who.fill(address, {}, act="remove:plans[0].document")
    assert "plan.pdf" not in words(removed.text)


async def test_two_editors_who_clash_without_a_script_choose_and_nothing_is_lost(
    installation: Installation,
) -> None:
    code = await timetabled(installation)
    mine, theirs = (person(installation, role, code) for role in (Role.FOCAL_POINT, Role.DEPUTY))
    address = task(code, "stocktaking", "sources")
    before = {"based-on": "0"}
    await theirs.fill(address, before | {"studies": "Their study"})
    clash = await mine.fill(address, before | {"studies": "My study"})
    assert str(clash.url).endswith("/clash")
    assert "Their study" in clash.text
    assert "My study" in clash.text
    together = await mine.fill(f"{address}/clash", {}, act="together")
    assert "My study</textarea>" in together.text.replace("\r", "")
    assert "Their study" in words(together.text)
    await mine.fill(f"{address}?beside=1", {"studies": "Their study\nMy study"})
    settled = await mine.get(f"{address}/clash")
    assert str(settled.url).endswith("/sources")
    assert "Their study\nMy study" in settled.text


@pytest.mark.parametrize(("act", "kept"), [("mine", "My study"), ("theirs", "Their study")])
async def test_one_text_of_two_can_be_kept(installation: Installation, act: str, kept: str) -> None:
    code = await timetabled(installation)
    mine, theirs = (person(installation, role, code) for role in (Role.FOCAL_POINT, Role.DEPUTY))
    address = task(code, "stocktaking", "sources")
    for who, text in ((theirs, "Their study"), (mine, "My study")):
        await who.fill(address, {"based-on": "0", "studies": text})
    settled = await mine.fill(f"{address}/clash", {}, act=act)
    assert kept in settled.text
    assert "Another person saved" not in words(settled.text)


async def test_a_preview_is_a_tagged_pdf_too(installation: Installation) -> None:
    code, who = await focal_point(installation, "fr")
    await who.fill(task(code, "timetable"), DATES)
    answer = await who.get(task(code, "timetable", "preview.pdf"))
    assert answer.headers["content-type"] == "application/pdf"
    assert b"StructTreeRoot" in answer.content
    assert b"/Lang" in answer.content


async def test_a_paper_that_cannot_be_set_in_type_is_told_and_the_page_is_there_all_the_same(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("correspondence.typesetting.ROUNDS", 0)
    code, who = await focal_point(installation)
    assert (await who.get(task(code, "timetable", "preview.pdf"))).status_code == 422
    assert (await who.get(task(code, "timetable", "preview"))).status_code == 200


@pytest.mark.clause("GEN-05")
async def test_the_secretariat_sends_on_behalf_of_a_country(installation: Installation) -> None:
    code = await timetabled(installation)
    staff = person(installation, Role.SECRETARIAT)
    await staff.fill(task(code, "timetable"), DATES)
    values = {"on_behalf_of": "Ministry of Labour", "received_on": "2026-11-20"}
    await staff.fill(task(code, "timetable", "preview"), values, wanted="/send")
    done = (await installation.secretariat.get(f"/countries/{code}/tasks/timetable")).json()["task"]
    assert (done["state"], done["on_behalf_of"]) == ("done", "Ministry of Labour")


@pytest.mark.clause("GEN-05")
async def test_a_day_that_cannot_be_read_is_named_and_what_was_typed_beside_it_stays(
    installation: Installation,
) -> None:
    code = await timetabled(installation)
    staff = person(installation, Role.SECRETARIAT)
    await staff.fill(task(code, "timetable"), DATES)
    values = {"on_behalf_of": "Ministry of Labour", "received_on": "20 November"}
    refused = await staff.fill(task(code, "timetable", "preview"), values, wanted="/send")
    assert (refused.status_code, "This is no date. Write it as 2027-04-30." in refused.text) == (422, True)
    form = Form("/send")
    form.feed(refused.text)
    assert dict(form.fields) | values == dict(form.fields), "nothing that was typed is lost"
    mended = await staff.post(form, {"received_on": "2026-11-20"}, "", None, str(refused.url))
    assert "/receipt/" in str(mended.url), mended.text
    done = (await installation.secretariat.get(f"/countries/{code}/tasks/timetable")).json()["task"]
    assert done["on_behalf_of"] == "Ministry of Labour"


async def test_an_update_begins_with_the_version_on_record(installation: Installation) -> None:
    code = await installation.candidate()
    assert (await installation.secretariat.submit(code, ROADMAP)).status_code == 200
    who = person(installation, Role.FOCAL_POINT, code)
    page = await who.get(task(code, "roadmap", "priorities"))
    assert 'value="Child labour in cocoa"' in page.text


async def test_while_the_process_is_away_texts_are_saved_and_nobody_is_told_that_it_is_complete(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, who = await focal_point(installation)

    async def away(*_: object) -> None:
        raise unavailable("away")

    monkeypatch.setattr(installation.app.state.parts.processes, "state", away)
    await who.fill(task(code, "timetable"), DATES)
    preview = await who.text(task(code, "timetable", "preview"))
    assert "Whether it is complete cannot be told just now" in preview
    assert "2027-06-10" in preview


@pytest.mark.clause("EOI-03")
async def test_contacts_on_record_are_shown_before_they_are_confirmed(installation: Installation) -> None:
    code = await installation.active()
    who, key = person(installation, Role.FOCAL_POINT, code), f"contacts_confirmation-{datetime.now(UTC).year}"
    for address in (task(code, key), task(code, key, "preview")):
        assert f"{code}@labour.example" in await who.text(address)
    shown = await who.text(task(code, key, "preview"))
    assert "are not being asked for" in shown
    assert "The contacts have changed" not in shown


async def test_what_is_asked_by_nobody_starts_anew_after_it_was_sent(installation: Installation) -> None:
    code = await installation.active()
    who = person(installation, Role.FOCAL_POINT, code)
    values = {
        "title": "Survey",
        "about": "progress",
        "form": "survey",
        "supplied_by": "Office",
        "link": "https://example.org/a",
    }
    await who.fill(task(code, "evidence"), values)
    first = await who.fill(task(code, "evidence", "preview"), {}, wanted="/send")
    assert "/receipt/" in str(first.url), words(first.text)
    again = await who.get(task(code, "evidence"))
    assert 'value="Survey"' not in again.text
    await who.fill(task(code, "evidence"), {"title": "Second survey"})
    assert 'value="Second survey"' in (await who.get(task(code, "evidence"))).text


async def test_a_document_that_is_not_there_is_named_at_its_field_when_it_is_sent(
    installation: Installation,
) -> None:
    code = await installation.active()
    who = person(installation, Role.FOCAL_POINT, code)
    values = {
        "title": "Survey",
        "about": "progress",
        "form": "survey",
        "supplied_by": "Office",
        "document.id": "0" * 32,
        "document.name": "lost.pdf",
    }
    await who.fill(task(code, "evidence"), values)
    refused = await who.fill(task(code, "evidence", "preview"), {}, wanted="/send")
    assert refused.status_code == 422
    assert f'href="{task(code, "evidence")}#document"' in refused.text
    assert "There is no document" in words(refused.text)
    assert 'value="Survey"' in (await who.get(task(code, "evidence"))).text


@pytest.mark.parametrize("role", [Role.GCM, Role.OPERATOR])
async def test_whoever_follows_a_country_sees_its_tasks_without_what_is_being_written(
    installation: Installation, role: Role
) -> None:
    code = await timetabled(installation)
    who = person(installation, Role.FOCAL_POINT, code)
    await who.fill(f"/desk/tasks/{code}/stocktaking/sources", {"studies": "Not yet for others"})
    page = await person(installation, role).get(f"/desk/tasks/{code}/stocktaking")
    assert page.status_code == 200
    assert "Who sees to it focal point" in words(page.text)
    assert "Not yet for others" not in page.text
    assert (await person(installation, role).get(f"/desk/tasks/{code}/nothing")).status_code == 404
