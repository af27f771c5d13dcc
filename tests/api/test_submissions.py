"""Handing in: all reasons or a receipt, once per key, visible at once."""

import asyncio
from typing import Any

import pytest

from framework.terms import Role
from tests.api.conftest import Installation

STAKEHOLDERS: dict[str, Any] = {
    "kind": "stakeholder_list",
    "stakeholders": [
        {"name": "Ministry of Labour", "category": "government"},
        {"name": "Employers' Federation", "category": "employers"},
        {"name": "Trade Unions", "category": "workers"},
        {"name": "A network", "category": "civil_society"},
    ],
    "bodies": [{"name": "National Committee", "mandate": "A decree"}],
}
INTRODUCTION = {"kind": "introduction", "held_on": "2026-01-06", "notes": "By video."}


async def entries(installation: Installation, code: str, kind: str) -> list[Any]:
    return await installation.secretariat.all(f"/countries/{code}/timeline", kind=kind)


@pytest.mark.clause("EOI-07")
async def test_an_accepted_submission_gets_a_receipt_and_shows_at_once(installation: Installation) -> None:
    code = await installation.candidate()
    answer = await installation.person(Role.FOCAL_POINT, code, "The Director").submit(code, STAKEHOLDERS)
    assert answer.status_code == 200, answer.text
    assert answer.headers["X-Read-Model"] == "current"
    receipt = answer.json()
    (entry,) = await entries(installation, code, "stakeholder_list")
    assert (entry["number"], entry["by"], entry["role"]) == (receipt["entry"], "The Director", "focal_point")
    version = await installation.secretariat.get(f"/countries/{code}/versions/stakeholder_list/1")
    assert version.json()["content"]["bodies"][0]["name"] == "National Committee"


@pytest.mark.clause("REP-05")
async def test_a_version_that_is_numbered_by_year_says_which_years_to_ask_for(
    installation: Installation,
) -> None:
    code = await installation.active()
    year = await installation.year(code)
    indicators = {
        "kind": "indicator_framework",
        "year": year,
        "values": [{"indicator": "convictions", "unavailable_because": "The courts publish in autumn."}],
    }
    assert (await installation.secretariat.submit(code, indicators)).status_code == 200
    path = f"/countries/{code}/versions/indicator_framework"
    missing = await installation.secretariat.get(f"{path}/1")
    assert missing.status_code == 404
    assert f"give ?year=; there is one for {year}" in missing.json()["detail"]
    assert (await installation.secretariat.get(f"{path}/1", year=year)).status_code == 200
    for unknown in ({}, {"year": year}):
        answer = await installation.secretariat.get(f"{path}/2", **unknown)
        assert (answer.status_code, "give" in answer.json()["detail"]) == (404, False)


@pytest.mark.clause("PLN-05")
async def test_a_refusal_shows_every_reason_with_key_clause_and_sentence_and_changes_nothing(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    answer = await installation.person(Role.FOCAL_POINT, code).submit(code, {"kind": "roadmap"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert len(problem["findings"]) >= 4
    assert str(len(problem["findings"])) in problem["detail"]
    for found in problem["findings"]:
        assert found["key"]
        assert found["text"]
        assert found["text"] != found["key"]
    assert "PLN-05" in {found["clause"] for found in problem["findings"]}
    assert await entries(installation, code, "roadmap") == []


async def test_without_an_idempotency_key_it_is_400_and_says_what_to_send(installation: Installation) -> None:
    code = await installation.candidate()
    body = {"submission": INTRODUCTION}
    answer = await installation.secretariat.post(f"/countries/{code}/submissions", body, key=None)
    assert answer.status_code == 400
    (found,) = answer.json()["findings"]
    assert found["where"] == "Idempotency-Key"
    assert "new for each submission" in found["text"]


@pytest.mark.parametrize("key", ["with space", "x" * 201, "tab\t"])
async def test_a_key_that_cannot_be_used_is_400(installation: Installation, key: str) -> None:
    answer = await installation.secretariat.post("/countries/XAA/submissions", {"submission": {}}, key=key)
    assert answer.status_code == 400
    assert "Idempotency-Key" in {found["where"] for found in answer.json()["findings"]}


async def test_twenty_at_once_with_one_key_are_one_submission_with_one_receipt(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    person = installation.person(Role.FOCAL_POINT, code)
    answers = await asyncio.gather(*(person.submit(code, STAKEHOLDERS, key="the-same") for _ in range(20)))
    assert [answer.status_code for answer in answers] == [200] * 20
    assert len({answer.text for answer in answers}) == 1
    assert len(await entries(installation, code, "stakeholder_list")) == 1


@pytest.mark.parametrize("other", ["another content", "another kind", "another person"])
async def test_a_key_used_for_something_else_is_a_conflict_and_never_passes_off_its_receipt(
    installation: Installation, other: str
) -> None:
    code = await installation.candidate()
    person = installation.person(Role.FOCAL_POINT, code, "The Director")
    assert (await person.submit(code, STAKEHOLDERS, key="used")).status_code == 200
    changed = {**STAKEHOLDERS, "bodies": [{"name": "Another committee", "mandate": "x"}]}
    sent = {"another content": changed, "another kind": INTRODUCTION, "another person": STAKEHOLDERS}[other]
    sender = (
        installation.person(Role.FOCAL_POINT, code, "The Deputy") if other == "another person" else person
    )
    answer = await sender.submit(code, sent, key="used")
    assert answer.status_code == 409
    assert "used" in answer.json()["detail"]
    assert len(await entries(installation, code, sent["kind"])) == (other != "another kind")


@pytest.mark.clause("GEN-05")
async def test_the_secretariat_hands_in_on_a_countrys_behalf_and_it_is_recorded_as_such(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    answer = await installation.secretariat.submit(
        code, STAKEHOLDERS, on_behalf_of="Ministry of Labour", received_on="2026-01-05"
    )
    assert answer.status_code == 200, answer.text
    (entry,) = await entries(installation, code, "stakeholder_list")
    assert (entry["role"], entry["on_behalf_of"]) == ("secretariat", "Ministry of Labour")
    assert entry["effective_on"] == "2026-01-05"


async def test_completing_a_task_closes_it_and_completing_it_again_is_a_409_that_says_who_did(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    person = installation.person(Role.FOCAL_POINT, code, "The Director")
    path = f"/countries/{code}/tasks/introduction/completion"
    answer = await person.post(path, {"submission": INTRODUCTION})
    assert answer.status_code == 200, answer.text
    assert answer.json()["closed"] == ["introduction"]
    task = (await person.get(f"/countries/{code}/tasks/introduction")).json()["task"]
    assert (task["state"], task["closed_by"]) == ("done", "The Director")
    again = await person.post(path, {"submission": INTRODUCTION})
    assert again.status_code == 409
    assert again.json()["findings"][0]["values"]["who"] == "The Director"


async def test_a_task_that_is_not_there_cannot_be_completed(installation: Installation) -> None:
    code = await installation.candidate()
    path = f"/countries/{code}/tasks/no_such_task/completion"
    answer = await installation.secretariat.post(path, {"submission": INTRODUCTION})
    assert answer.status_code == 404
    assert (await installation.secretariat.get(f"/countries/{code}/tasks/no_such_task")).status_code == 404


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"submission": {"kind": "roadmap", "priorites": []}}, "submission.priorites"),
        ({"submission": {"kind": "workshop", "participants": ["martians"]}}, "submission.participants[0]"),
        ({"submission": {"kind": "nonsense"}}, "submission"),
        ({"submission": {}}, "submission"),
        ({"submission": INTRODUCTION, "onbehalf": "x"}, "onbehalf"),
        ({}, "submission"),
    ],
)
async def test_what_does_not_fit_the_form_is_refused_by_place_and_a_mistyped_field_is_never_dropped(
    installation: Installation, body: Any, where: str
) -> None:
    answer = await installation.secretariat.post("/countries/XAA/submissions", body)
    assert answer.status_code == 422
    assert [found["where"] for found in answer.json()["findings"]] == [where]


async def test_a_country_that_nobody_registered_is_not_there(installation: Installation) -> None:
    assert (await installation.secretariat.submit("XZZ", INTRODUCTION)).status_code == 404


async def test_while_the_read_model_lags_behind_the_answer_says_so(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = await installation.candidate()
    monkeypatch.setattr("api.handing_in.READ_MODEL_PATIENCE", 0.2)
    with installation.closed_gate():
        answer = await installation.secretariat.submit(code, INTRODUCTION, key="behind")
    assert answer.status_code == 200
    assert answer.headers["X-Read-Model"] == "behind"
    again = await installation.secretariat.submit(code, INTRODUCTION, key="behind")
    assert again.json() == answer.json()


@pytest.mark.clause("EOI-03")
async def test_a_new_focal_point_by_the_door_for_contacts(installation: Installation) -> None:
    code = await installation.candidate()
    contact = {"name": "A Successor", "post": "Director", "email": "successor@labour.example"}
    answer = await installation.secretariat.post(
        f"/countries/{code}/contacts", {"submission": {"focal_point": contact}}
    )
    assert answer.status_code == 200, answer.text
    contacts = (await installation.secretariat.get(f"/countries/{code}/contacts")).json()
    assert contacts["focal_point"]["name"] == "A Successor"


@pytest.mark.clause("REP-02")
async def test_a_policy_change_by_its_door_is_for_cycles_to_come(installation: Installation) -> None:
    code = await installation.candidate()
    change = {"settings": {"report_due": "05-15"}, "reason": "The GCM's wish"}
    answer = await installation.secretariat.post(f"/countries/{code}/policy", {"submission": change})
    assert answer.status_code == 200, answer.text
    policy = (await installation.secretariat.get(f"/countries/{code}/policy")).json()
    assert policy["policy"]["report_due"] == {"month": 4, "day": 30}
    assert policy["next"]["report_due"] == {"month": 5, "day": 15}


@pytest.mark.clause("REP-02")
@pytest.mark.parametrize("door", ["extension-requests", "extensions", "reactivation-requests"])
async def test_the_named_doors_refuse_what_the_rules_refuse(installation: Installation, door: str) -> None:
    code = await installation.candidate()
    answer = await installation.secretariat.post(f"/countries/{code}/{door}", {"submission": {}})
    assert answer.status_code == 422
    assert answer.json()["findings"]
