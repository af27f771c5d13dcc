"""The board, the benefits, and why flags are raised."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import pytest

from framework.facts import Cycle
from framework.terms import Role
from tests.api.conftest import Installation


def silent(year: int) -> Cycle:
    """A past year in which a report was due and nothing came."""
    return Cycle(
        year=year, due_on=date(year, 4, 30), review_due_on=date(year, 9, 30), closed=True, imported=True
    )


@pytest.mark.clause("GEN-04")
async def test_the_seven_benefits_are_open_to_an_active_country_and_not_yet_to_a_candidate(
    installation: Installation,
) -> None:
    found = {}
    for name, code in (
        ("active", await installation.active()),
        ("candidate", await installation.candidate()),
    ):
        benefits = (await installation.secretariat.get(f"/countries/{code}/benefits")).json()
        found[name] = {(benefit["state"], benefit["since"] is not None) for benefit in benefits}
        assert len({benefit["text"] for benefit in benefits}) == 7
    assert found == {"active": {("open", True)}, "candidate": {("not_yet_open", False)}}


@pytest.mark.clause("REV-09", "REV-11")
async def test_why_a_flag_is_raised_names_the_years_and_what_would_clear_it(
    installation: Installation,
) -> None:
    year = datetime.now(UTC).year
    code = await installation.active(silent(year - 2), silent(year - 1))
    why = (await installation.person(Role.FOCAL_POINT, code).get(f"/countries/{code}/why")).json()
    indicators = {one["indicator"]: one for one in why["indicators"]}
    assert len(indicators) == 5
    assert {"no_report", "no_indicators"} <= set(why["raised"])
    report = indicators["no_report"]
    assert report["raised"]
    assert report["clause"] == "REV-09"
    assert [one["year"] for one in report["years"] if one["lapsed"]][:2] == [year - 2, year - 1]
    assert all(one["text"] for one in (*report["years"], *report["clears"]))
    assert f"No report had come by {year - 1}-09-30." in [one["text"] for one in report["years"]]
    assert report["why"] == "Raised: the last two judged years both lapsed."
    for one in (*why["indicators"], why["combination"]):
        assert all(" " in found["text"] for found in one["years"])
        assert " " in one["why"]
    assert report["clears"]


@pytest.mark.clause("REV-09")
async def test_the_board_shows_flagged_countries_by_flag(installation: Installation) -> None:
    year = datetime.now(UTC).year
    flagged = await installation.active(silent(year - 2), silent(year - 1))
    other = await installation.active()
    found = {one["code"]: one for one in await installation.secretariat.all("/countries", flag="no_report")}
    assert flagged in found
    assert "no_report" in found[flagged]["flags"]
    assert other not in found


async def test_refused_messages_show_to_the_secretariat_and_operators_only(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    handle = installation.app.state.parts.processes.client.get_workflow_handle(f"country-{code}")
    await handle.signal("no_such_message", {"secret": "of somebody"})
    await installation.secretariat.submit(code, {"kind": "introduction", "held_on": "2026-01-06"})
    shown = {}
    for role in (Role.SECRETARIAT, Role.OPERATOR, Role.MWG, Role.FOCAL_POINT):
        person = installation.person(role, code if role is Role.FOCAL_POINT else "")
        country = (await person.get(f"/countries/{code}")).json()
        assert country["refusal_count"] == 1
        shown[role] = bool(country["refusals"])
    assert shown == {Role.SECRETARIAT: True, Role.OPERATOR: True, Role.MWG: False, Role.FOCAL_POINT: False}


@pytest.mark.clause("REP-07")
async def test_the_board_shows_countries_whose_mail_did_not_come_to_its_reader(
    installation: Installation,
) -> None:
    code, other = await installation.active(), await installation.active()
    handle = installation.app.state.parts.processes.client.get_workflow_handle(f"country-{code}")
    note = {"key": "k-1", "kind": "reminder", "state": "bounced", "answer": "5.1.1", "role": "gcm"}
    await handle.signal("mail_failed", note)
    secretariat = installation.secretariat
    found: dict[str, Any] = {}
    async with asyncio.timeout(30):
        while code not in found:
            found = {one["code"]: one for one in await secretariat.all("/countries", undelivered="true")}
    assert other not in found
    (sign,) = found[code]["undelivered"]
    assert (sign["kind"], sign["state"], sign["to"]) == ("reminder", "bounced", "gcm")
    assert (await secretariat.get(f"/countries/{code}")).json()["undelivered"] == [sign]
    task = (await secretariat.get(f"/countries/{code}/tasks/{sign['task']}")).json()
    assert task["task"]["role"] == "secretariat"
    waived = await secretariat.submit(code, {"kind": "waiver", "task": sign["task"], "reason": "Telephoned"})
    assert waived.status_code == 200, waived.text
    assert code not in {one["code"] for one in await secretariat.all("/countries", undelivered="true")}


async def test_the_timeline_names_each_entry(installation: Installation) -> None:
    code = await installation.candidate()
    entries = await installation.secretariat.all(f"/countries/{code}/timeline", order="oldest")
    assert [entry["number"] for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[0]["title"] == "Expression of interest"


async def test_the_methods_of_a_place_are_all_named(installation: Installation) -> None:
    answer = await installation.client.put("/api/v1/countries/XAA/decisions")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")
