"""The record of acts in the API: who reads what of it, and whether it is what was written."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import update
from sqlmodel import col

from api.deps import Parts
from contracts.names import anchors_id
from framework.terms import Role
from storage import audit
from storage.audit import Act, Outcome
from storage.audit_table import AuditTable
from tests.api.conftest import Caller, Installation
from tests.api.test_submissions import INTRODUCTION


async def contacts(caller: Caller, code: str) -> None:
    body = {
        "submission": {"focal_point": {"name": "New Person", "post": "Head", "email": "new@labour.example"}}
    }
    assert (await caller.post(f"/countries/{code}/contacts", body)).status_code == 200


@pytest_asyncio.fixture(loop_scope="session")
async def code(installation: Installation) -> str:
    """A candidate about which the Secretariat, its focal point and a neighbour have acted."""
    parts = installation.app.state.parts
    await parts.floods.over(parts.database)  # other tests of this minute may have filled what is told apart
    code = await installation.candidate()
    assert (await installation.secretariat.submit(code, INTRODUCTION)).status_code == 200
    await contacts(installation.person(Role.FOCAL_POINT, code, "Ada"), code)
    neighbour = installation.person(Role.FOCAL_POINT, "XAA", f"Neighbour of {code}")
    assert (await neighbour.get(f"/countries/{code}")).status_code == 404
    return code


async def acts(caller: Caller, code: str, **query: Any) -> list[dict[str, Any]]:
    return await caller.all("/audit", country=code, **query)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.AUDITOR])
async def test_the_secretariat_and_an_auditor_read_all_of_it(
    installation: Installation, code: str, role: Role
) -> None:
    found = await acts(installation.person(role), code)
    assert {"denied", "attempted", "done"} == {one["outcome"] for one in found}
    assert [one["sequence"] for one in found] == sorted((one["sequence"] for one in found), reverse=True)
    (changed,) = [one for one in found if (one["action"], one["outcome"]) == ("change_contacts", "done")]
    assert changed["detail"]["after"]["focal_point"]["name"] == "New Person"
    assert changed["detail"]["client"] == "127.0.0.1"
    assert changed["entry"] is not None


async def test_an_operator_reads_who_and_what_but_no_contents(installation: Installation, code: str) -> None:
    found = await acts(installation.person(Role.OPERATOR), code)
    assert found
    assert {name for one in found for name in one["detail"]} == {"name", "client"}


async def test_row_27_a_focal_point_reads_about_its_own_country_without_the_addresses_of_others(
    installation: Installation, code: str
) -> None:
    ada = installation.person(Role.FOCAL_POINT, code, "Ada")
    found = await acts(ada, code)
    assert {one["country"] for one in found} == {code}
    assert not [one for one in found if "client" in one["detail"]]
    assert not [one for one in found if one["role"] == "secretariat" and "given" in one["detail"]]
    assert [one for one in found if one["role"] == "focal_point" and "given" in one["detail"]]
    neighbours = [one for one in found if one["outcome"] == "denied"]
    assert {one["role"] for one in neighbours} <= {"focal_point"}
    assert (await ada.get("/audit", country="XAA")).status_code == 404
    everything = await ada.all("/audit")
    assert {one["country"] for one in everything} == {code}


async def test_acts_are_found_by_action_outcome_and_moment(installation: Installation, code: str) -> None:
    found = await acts(installation.secretariat, code, outcome="done", action="submit")
    assert [(one["action"], one["outcome"]) for one in found] == [("submit", "done")]
    since = found[0]["at"]
    later = await acts(installation.secretariat, code, since=since)
    assert found[0]["sequence"] in {one["sequence"] for one in later}
    assert all(one["at"] >= since for one in later)
    assert await acts(installation.secretariat, code, until="2020-01-01T00:00:00Z") == []
    assert (await installation.secretariat.get("/audit", since="yesterday")).status_code == 422
    assert (await installation.secretariat.get("/audit", cursor="nonsense")).status_code == 422


async def test_pages_of_the_record_go_on_where_the_last_ended(installation: Installation, code: str) -> None:
    whole = await acts(installation.secretariat, code)
    assert await acts(installation.secretariat, code, limit=2) == whole


async def test_reading_the_record_adds_nothing_to_it(installation: Installation, code: str) -> None:
    before = await acts(installation.secretariat, code)
    assert await acts(installation.secretariat, code) == before


async def test_a_sound_record_is_told_with_what_came_by_another_door(
    installation: Installation, code: str
) -> None:
    parts: Parts = installation.app.state.parts
    handle = parts.processes.client.get_workflow_handle(f"country-{code}")
    await handle.signal("gcm_decision", {"id": f"typed-{code}", "kind": "not_yet", "meeting": "GCM"})
    before = (await installation.secretariat.get(f"/countries/{code}")).json()["revision"]
    assert before >= 1
    answer = await installation.secretariat.get("/audit/verification")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["sound"], found["defects"]) == (True, [])
    assert found["rows"] == found["sequence"]


async def test_an_altered_row_is_told(installation: Installation) -> None:
    parts: Parts = installation.app.state.parts
    act = Act(at=parts.now(), outcome=Outcome.DONE, action="planted")
    planted = await audit.record(parts.database, act)

    async def say(action: str) -> None:
        async with parts.database.writing() as session:
            where = col(AuditTable.sequence) == planted
            await (await session.connection()).execute(update(AuditTable).where(where).values(action=action))

    await say("forged")
    found = (await installation.secretariat.get("/audit/verification")).json()
    await say("planted")
    assert (found["sound"], found["defects"]) == (False, [{"sequence": planted, "defect": "altered"}])
    assert (await installation.secretariat.get("/audit/verification")).json()["sound"]


async def test_without_anchors_the_rest_is_verified(installation: Installation) -> None:
    assert anchors_id() == "audit-anchors"
    assert (await installation.secretariat.get("/audit/verification")).json()["anchors"] == 0
