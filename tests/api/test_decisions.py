"""GCM decisions through the API: accepted, refused with reasons, or still pending; once per id."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contracts.messages import DecisionAnswer
from framework.terms import Role
from tests.api.conftest import Installation
from tests.api.test_submissions import INTRODUCTION

GRANT: dict[str, Any] = {
    "id": "gcm-2026-1",
    "kind": "grant",
    "meeting": "GCM 2026/1",
    "meeting_on": "2026-06-10",
    "consensus": "reached",
}


def comments() -> dict[str, Any]:
    """A decision that is lawful on the day of the presentation."""
    return {
        "id": "comments-1",
        "kind": "comments",
        "meeting": "GCM 2026/2",
        "meeting_on": datetime.now(UTC).date().isoformat(),
        "comments": ["Say how inspections will be paid for."],
    }


@pytest.mark.clause("PLN-09")
async def test_a_grant_that_requirements_stand_against_is_refused_with_all_of_them_and_is_on_record(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    answer = await installation.secretariat.post(f"/countries/{code}/decisions", {"decision": GRANT})
    assert answer.status_code == 422
    problem = answer.json()
    assert len(problem["findings"]) >= 3
    assert all(found["text"] for found in problem["findings"])
    record = (await installation.secretariat.get(f"/countries/{code}/decisions/gcm-2026-1")).json()
    assert record["answer"]["answer"] == "refused"
    assert [one["key"] for one in record["answer"]["reasons"]] == [one["key"] for one in problem["findings"]]
    assert (await installation.secretariat.get(f"/countries/{code}")).json()["status"] == "candidate"


async def test_a_lawful_decision_is_accepted_and_the_same_again_gets_the_first_answer(
    installation: Installation,
) -> None:
    code, decision = await installation.presented(), comments()
    path = f"/countries/{code}/decisions"
    first = await installation.secretariat.post(path, {"decision": decision})
    assert first.status_code == 200, first.text
    assert first.json()["answer"] == "accepted"
    assert first.headers["X-Read-Model"] == "current"
    again = await installation.secretariat.post(path, {"decision": decision})
    assert (again.status_code, again.json()) == (200, first.json())
    assert len(await installation.secretariat.all(path, answer="accepted")) == 1


@pytest.mark.clause("GEN-03")
async def test_the_timeline_says_who_sent_a_decision_and_from_which_message_its_effects_come(
    installation: Installation,
) -> None:
    code, decision = await installation.presented(), comments()
    path, sender = f"/countries/{code}/decisions", installation.person(Role.SECRETARIAT, name="Sira Molnar")
    assert (await sender.post(path, {"decision": decision})).status_code == 200
    found = await installation.secretariat.all(f"/countries/{code}/timeline", kind="decision_accepted")
    assert [(one["by"], one["role"], one["message"]) for one in found] == [
        ("Sira Molnar", "gcm", decision["id"])
    ]
    again = await installation.secretariat.post(path, {"decision": decision})
    assert again.status_code == 200, "sent by somebody else it is the same decision"


async def test_another_decision_under_a_used_id_is_refused_and_leaves_the_first(
    installation: Installation,
) -> None:
    code, decision = await installation.presented(), comments()
    path = f"/countries/{code}/decisions"
    assert (await installation.secretariat.post(path, {"decision": decision})).status_code == 200
    other = {**decision, "comments": ["Something else altogether."]}
    answer = await installation.secretariat.post(path, {"decision": other})
    assert answer.status_code == 422
    kept = (await installation.secretariat.get(f"{path}/{decision['id']}")).json()
    assert kept["answer"]["answer"] == "accepted"


async def test_a_refused_decision_that_comes_again_is_judged_anew(installation: Installation) -> None:
    code = await installation.candidate()
    path = f"/countries/{code}/decisions"
    first = await installation.secretariat.post(path, {"decision": GRANT})
    before = (await installation.secretariat.get(f"{path}/{GRANT['id']}")).json()["answer"]["at"]
    again = await installation.secretariat.post(path, {"decision": GRANT})
    after = (await installation.secretariat.get(f"{path}/{GRANT['id']}")).json()["answer"]["at"]
    assert first.status_code == again.status_code == 422
    assert after > before


async def test_a_decision_that_the_country_has_not_read_yet_is_202_with_the_place_to_ask(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = await installation.candidate()

    async def unread(*_: Any) -> Any:
        return DecisionAnswer(decision_id=GRANT["id"])

    processes = installation.app.state.parts.processes
    monkeypatch.setattr(processes, "decision", unread)
    monkeypatch.setattr(processes, "patience", type(processes.patience)(seconds=1))
    answer = await installation.secretariat.post(f"/countries/{code}/decisions", {"decision": GRANT})
    assert answer.status_code == 202
    assert answer.json()["answer"] == "pending"
    monkeypatch.undo()
    found = await installation.secretariat.get(answer.headers["Location"])
    assert found.json()["answer"]["answer"] == "refused"


async def test_a_decision_that_nobody_sent_is_pending(installation: Installation) -> None:
    code = await installation.candidate()
    answer = await installation.secretariat.get(f"/countries/{code}/decisions/never-sent")
    assert answer.status_code == 200
    assert (answer.json()["decision"], answer.json()["answer"]["answer"]) == (None, "pending")


@pytest.mark.parametrize("bad", ["", "with space", "a/b", "x" * 101])
async def test_a_decision_needs_an_id_that_can_be_asked_for(installation: Installation, bad: str) -> None:
    answer = await installation.secretariat.post(
        "/countries/XAA/decisions", {"decision": {**GRANT, "id": bad}}
    )
    assert answer.status_code == 422
    assert [found["where"] for found in answer.json()["findings"]] == ["decision"]


@pytest.mark.parametrize("year", [10**12, 2015, -1])
async def test_a_decision_on_a_year_that_cannot_be_meant_is_not_sent(
    installation: Installation, year: int
) -> None:
    answer = await installation.secretariat.post(
        "/countries/XAA/decisions", {"decision": {**GRANT, "year": year}}
    )
    assert answer.status_code == 422
    assert "2016 to 2200" in answer.text


async def test_a_decision_on_a_country_that_is_not_there_is_404(installation: Installation) -> None:
    assert (
        await installation.secretariat.post("/countries/XZZ/decisions", {"decision": GRANT})
    ).status_code == 404


async def test_the_gcm_reads_decisions_and_does_not_send_them(installation: Installation) -> None:
    code = await installation.candidate()
    await installation.secretariat.submit(code, INTRODUCTION)
    person = installation.person(Role.GCM)
    assert (await person.post(f"/countries/{code}/decisions", {"decision": GRANT})).status_code == 403
    assert (await person.get(f"/countries/{code}/decisions")).json()["items"] == []
