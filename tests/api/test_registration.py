"""Registering an expression of interest: complete or not at all, once per country, safe to repeat."""

import asyncio
from typing import Any

import pytest

from framework.terms import Role
from tests.api.conftest import Installation, next_code


@pytest.mark.clause("EOI-02", "EOI-05")
async def test_a_complete_letter_starts_a_candidate_whose_record_shows_it_at_once(
    installation: Installation,
) -> None:
    code = next_code()
    body = {"submission": await installation.expression(code)}
    answer = await installation.secretariat.post("/countries", body)
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/countries/{code}"
    assert answer.json()["process"] == f"country-{code}"
    assert answer.headers["X-Read-Model"] == "current"
    country = (await installation.secretariat.get(f"/countries/{code}")).json()
    assert (country["status"], country["focal_point"]["name"]) == ("candidate", "A Director")
    tasks = await installation.secretariat.all(f"/countries/{code}/tasks")
    assert "reply_letter" in [task["task"]["kind"] for task in tasks]


@pytest.mark.clause("EOI-02", "EOI-03")
async def test_a_letter_in_which_things_are_missing_is_refused_with_all_of_them_and_starts_nothing(
    installation: Installation,
) -> None:
    code = next_code()
    body = {"submission": {"country": code, "country_name": "Nowhere"}}
    answer = await installation.secretariat.post("/countries", body)
    assert answer.status_code == 422
    findings = answer.json()["findings"]
    assert len(findings) >= 5
    assert all(found["text"] and found["key"] for found in findings)
    assert {"EOI-02", "EOI-03"} <= {found["clause"] for found in findings}
    assert (await installation.secretariat.get(f"/countries/{code}")).status_code == 404


@pytest.mark.clause("GEN-01")
async def test_a_code_of_no_member_state_is_refused(installation: Installation) -> None:
    expression = await installation.expression(next_code())
    letter = (await installation.secretariat.upload("LIE")).json()["id"]
    body = {"submission": {**expression, "country": "LIE", "letter": {"id": letter}}}
    answer = await installation.secretariat.post("/countries", body)
    assert answer.status_code == 422
    assert "GEN-01" in {found["clause"] for found in answer.json()["findings"]}


async def test_a_country_that_is_registered_already_is_named_in_a_409(installation: Installation) -> None:
    code = await installation.candidate()
    body = {"submission": await installation.expression(code)}
    answer = await installation.secretariat.post("/countries", body)
    assert answer.status_code == 409
    assert code in answer.json()["detail"]


async def test_registering_again_with_the_same_key_is_the_same_registration(
    installation: Installation,
) -> None:
    code = next_code()
    body = {"submission": await installation.expression(code)}
    answers = await asyncio.gather(
        *(installation.secretariat.post("/countries", body, key=f"register-{code}") for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {201}
    entries = await installation.secretariat.all(f"/countries/{code}/timeline", kind="expression_of_interest")
    assert len(entries) == 1


async def test_a_key_that_registered_something_else_is_told_so_and_changes_nothing(
    installation: Installation,
) -> None:
    code = next_code()
    body: dict[str, Any] = {
        "submission": await installation.expression(code),
        "received_on": "2026-01-20",
    }
    name = body["submission"]["country_name"]
    assert (await installation.secretariat.post("/countries", body, key=f"key-{code}")).status_code == 201
    others: list[dict[str, Any]] = [
        {**body, "submission": {**body["submission"], "country_name": "Another"}},
        {**body, "received_on": "2026-01-21"},
    ]
    for other in others:
        answer = await installation.secretariat.post("/countries", other, key=f"key-{code}")
        assert answer.status_code == 409
        assert f"key-{code}" in answer.json()["detail"]
    assert (await installation.secretariat.get(f"/countries/{code}")).json()["name"] == name
    assert (await installation.secretariat.post("/countries", body, key=f"key-{code}")).status_code == 201


async def test_the_letter_must_have_been_uploaded_for_this_country(installation: Installation) -> None:
    code, other = next_code(), next_code()
    expression = {**await installation.expression(code), "country": other}
    answer = await installation.secretariat.post("/countries", {"submission": expression})
    assert answer.status_code == 422
    assert [found["where"] for found in answer.json()["findings"]] == ["submission.letter"]


@pytest.mark.clause("GEN-03")
async def test_a_country_that_withdrew_can_apply_again_and_keeps_its_record(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    letter = (await installation.secretariat.upload(code)).json()["id"]
    withdrawal = {
        "kind": "withdrawal",
        "dated": "2026-01-05",
        "letter": {"id": letter},
        "reason": "Elections",
    }
    answer = await installation.secretariat.submit(code, withdrawal)
    assert answer.status_code == 200, answer.text
    await installation.ended(code)
    refused = await installation.secretariat.submit(code, {"kind": "introduction", "held_on": "2026-01-06"})
    assert refused.status_code == 409
    assert "withdrawn" in refused.json()["detail"]
    body = {"submission": await installation.expression(code)}
    assert (await installation.secretariat.post("/countries", body)).status_code == 201
    assert (await installation.secretariat.get(f"/countries/{code}")).json()["status"] == "candidate"
    kinds = [entry["kind"] for entry in await installation.secretariat.all(f"/countries/{code}/timeline")]
    assert kinds.count("expression_of_interest") == 2
    assert "withdrawal" in kinds


async def test_only_the_secretariat_registers(installation: Installation) -> None:
    body = {"submission": {"country": "XAA"}}
    answer = await installation.person(Role.FOCAL_POINT, "XAA").post("/countries", body)
    assert answer.status_code == 403
