"""The GCM's items through the API: members take positions, never on their own country; the agenda of each meeting."""

from datetime import UTC, datetime
from typing import Any

import pytest

from framework.terms import Role
from tests.api.conftest import Caller, Installation

SUPPORT = {"kind": "gcm_position", "seat": "Employers", "position": "support"}
OBJECT = {"kind": "gcm_position", "seat": "Employers", "position": "object", "reason": "No budget"}


async def say(person: Caller, code: str, position: dict[str, Any], item: str = "grant") -> Any:
    return await person.post(f"/countries/{code}/items/{item}/positions", {"submission": position})


@pytest.mark.clause("PLN-07", "PLN-09")
async def test_a_presented_candidate_is_an_item_with_what_is_unmet_and_a_decision_filled_in(
    installation: Installation,
) -> None:
    code, member = await installation.presented(), installation.person(Role.GCM)
    (listed,) = await member.all(f"/countries/{code}/items")
    assert (listed["item"]["key"], listed["item"]["task"], listed["recused"]) == (
        "grant",
        "roadmap_decision",
        False,
    )
    whole = (await member.get(f"/countries/{code}/items/grant")).json()
    assert {one["clause"] for one in whole["unmet"]} >= {"EOI-07", "PLN-01"}
    assert (whole["draft"]["kind"], whole["draft"]["meeting"], whole["draft"]["consensus"]) == (
        "grant",
        "GCM 2026/2",
        "reached",
    )
    assert (await member.get(f"/countries/{code}/items/reactivate")).status_code == 404


@pytest.mark.clause("PLN-09")
async def test_members_take_positions_and_the_draft_carries_them(installation: Installation) -> None:
    code, member = await installation.presented(), installation.person(Role.GCM)
    assert (await say(member, code, SUPPORT)).status_code == 200
    assert (await say(member, code, OBJECT)).status_code == 200
    whole = (await member.get(f"/countries/{code}/items/grant")).json()
    assert [(one["position"], one["replaced_at"] is None) for one in whole["item"]["positions"]] == [
        ("support", False),
        ("object", True),
    ]
    assert whole["draft"]["consensus"] == "blocked"
    assert [one["seat"] for one in whole["draft"]["positions"]] == ["Employers"]


@pytest.mark.clause("PLN-09")
@pytest.mark.parametrize("role", [Role.GCM, Role.CHAIR])
async def test_the_seat_of_the_country_concerned_takes_no_position_by_any_door(
    installation: Installation, role: Role
) -> None:
    code = await installation.presented()
    own, another = installation.person(role, code), installation.person(role, "XAZ")
    assert (await say(own, code, SUPPORT)).status_code == 403
    assert (await own.submit(code, {**SUPPORT, "item": "grant"})).status_code == 403
    assert (await own.get(f"/countries/{code}/items/grant")).json()["recused"] is True
    assert (await say(another, code, SUPPORT)).status_code == 200
    refused = await say(another, code, {**SUPPORT, "seat": f"Government {code}"})
    assert [one["key"] for one in refused.json()["findings"]] == ["item.position.recused"]


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.DEPUTY, Role.MWG, Role.AUDITOR, Role.OPERATOR])
async def test_nobody_else_takes_a_position(installation: Installation, role: Role) -> None:
    code = await installation.presented()
    country = code if role in (Role.FOCAL_POINT, Role.DEPUTY) else ""
    assert (await say(installation.person(role, country), code, SUPPORT)).status_code == 403


@pytest.mark.clause("GEN-05", "PLN-09")
async def test_the_secretariat_registers_a_position_that_came_otherwise(installation: Installation) -> None:
    code = await installation.presented()
    answer = await installation.secretariat.post(
        f"/countries/{code}/items/grant/positions",
        {"submission": SUPPORT, "on_behalf_of": "The Employers' seat"},
    )
    assert answer.status_code == 200, answer.text


@pytest.mark.clause("PLN-09")
async def test_the_country_reads_nothing_of_what_the_gcm_says_beforehand(installation: Installation) -> None:
    code = await installation.presented()
    assert (await say(installation.person(Role.GCM), code, OBJECT)).status_code == 200
    country = installation.person(Role.FOCAL_POINT, code)
    assert (await country.get(f"/countries/{code}/items")).status_code == 403
    (entry,) = await country.all(f"/countries/{code}/timeline", kind="gcm_position")
    assert (entry["withheld"], entry["values"]) == (True, {})
    assert (await country.get(f"/countries/{code}/versions/gcm_position/1")).status_code == 403
    assert (await installation.secretariat.get(f"/countries/{code}/versions/gcm_position/1")).is_success


@pytest.mark.clause("PLN-09")
async def test_a_decision_that_passes_over_an_objection_is_refused_and_its_record_shows_what_stood(
    installation: Installation,
) -> None:
    code = await installation.presented()
    assert (await say(installation.person(Role.GCM), code, OBJECT)).status_code == 200
    sent = {
        "id": "gcm-1",
        "kind": "grant",
        "meeting": "GCM 2026/2",
        "meeting_on": datetime.now(UTC).date().isoformat(),
        "consensus": "reached",
    }
    answer = await installation.secretariat.post(f"/countries/{code}/decisions", {"decision": sent})
    assert "decision.position.objection_stands" in [one["key"] for one in answer.json()["findings"]]
    path = f"/countries/{code}/decisions/gcm-1"
    assert [one["seat"] for one in (await installation.secretariat.get(path)).json()["beforehand"]] == [
        "Employers"
    ]
    assert (await installation.person(Role.FOCAL_POINT, code).get(path)).json()["beforehand"] == []


@pytest.mark.clause("PLN-07")
async def test_the_agenda_lists_the_items_of_each_meeting_and_what_waits_for_one(
    installation: Installation,
) -> None:
    first, second = await installation.presented(), await installation.active()
    item = {"kind": "gcm_item", "decides": "open_dialogue", "text": "Two reports are missing."}
    opened = await installation.secretariat.post(f"/countries/{second}/items", {"submission": item})
    assert opened.status_code == 200, opened.text
    meetings = (await installation.person(Role.GCM).get("/meetings")).json()
    found = {
        (meeting["meeting"], one["country"], one["item"]["key"])
        for meeting in meetings
        for one in meeting["items"]
    }
    assert {("GCM 2026/2", first, "grant"), ("", second, "open_dialogue")} <= found
    assert meetings[-1]["meeting"] == ""
    ended = await installation.secretariat.post(
        f"/countries/{second}/items/open_dialogue/end",
        {"submission": {"kind": "gcm_item_end", "reason": "They came."}},
    )
    assert ended.status_code == 200, ended.text
    (closed,) = await installation.secretariat.all(f"/countries/{second}/items", open=False)
    assert (closed["item"]["outcome"], closed["item"]["reason"]) == ("ended", "They came.")


@pytest.mark.parametrize("role", [Role.GCM, Role.CHAIR, Role.MWG])
async def test_only_the_secretariat_keeps_the_agenda(installation: Installation, role: Role) -> None:
    code = await installation.presented()
    item = {"kind": "gcm_item", "decides": "grant", "text": "Now"}
    person = installation.person(role)
    assert (await person.post(f"/countries/{code}/items", {"submission": item})).status_code == 403
    assert (await person.submit(code, item)).status_code == 403
