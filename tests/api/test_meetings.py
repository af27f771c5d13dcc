"""The GCM's items: who reads them, the agenda, and a decision that is refused, mended and accepted under one id."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from framework.terms import Role
from tests.api.conftest import Installation

TODAY = datetime.now(UTC).date()
READERS = {Role.SECRETARIAT, Role.CHAIR, Role.GCM, Role.OPERATOR, Role.AUDITOR}


async def show(
    installation: Installation, address: str = "", role: Role = Role.SECRETARIAT, country: str = ""
) -> httpx2.Response:
    headers = {
        "Authorization": installation.person(role, country).authorization,
        "Accept": "text/html",
    }
    return await installation.client.get(f"/desk/meetings{address}", headers=headers)


async def send(
    installation: Installation, code: str, form: dict[str, Any], role: Role = Role.SECRETARIAT
) -> httpx2.Response:
    """The form, sent."""
    headers = {"Authorization": installation.person(role).authorization, "Accept": "text/html"}
    return await installation.client.post(f"/desk/meetings/{code}", headers=headers, data=form)


def grant(**changes: Any) -> dict[str, Any]:
    """A grant by consensus at today's meeting."""
    return {
        "id": f"gcm-{uuid.uuid4().hex}",
        "kind": "grant",
        "meeting": "GCM 2026/2",
        "meeting_on": TODAY.isoformat(),
        "consensus": "reached",
        "statement": "Welcome.",
        **changes,
    }


def linked(page: str) -> list[str]:
    """The fields to which the error summary leads."""
    return re.findall(r'href="#(\w*)"', page.partition('id="errors"')[2].partition("</div>")[0])


@pytest.mark.parametrize(
    "role", [Role.SECRETARIAT, Role.CHAIR, Role.GCM, Role.OPERATOR, Role.AUDITOR, Role.MWG]
)
async def test_the_group_the_secretariat_and_those_who_oversee_read_the_items(
    installation: Installation, role: Role
) -> None:
    code = await installation.presented()
    for address in ("", f"/{code}", f"/{code}?kind=grant"):
        answer = await show(installation, address, role)
        assert answer.status_code == (200 if role in READERS else 403), address
    if role in READERS - {Role.SECRETARIAT}:
        assert "<form method" not in answer.text.partition("<main")[2]
        assert (await send(installation, code, grant(), role)).status_code == 403


@pytest.mark.clause("PLN-07", "PLN-09")
async def test_a_presented_candidate_is_on_the_agenda_with_what_is_missing(
    installation: Installation,
) -> None:
    code, other = await installation.presented(), await installation.candidate()
    page = (await show(installation)).text
    assert f'href="/desk/meetings/{code}?kind=grant"' in page
    assert f"/desk/meetings/{other}" not in page
    item = (await show(installation, f"/{code}")).text
    assert "Requirements not met" in item
    assert item.count("<li>") > 5
    assert "Nothing is to be decided on this country now" in (await show(installation, f"/{other}")).text


@pytest.mark.clause("PLN-09")
async def test_a_decision_is_refused_with_all_reasons_and_what_was_typed_stays(
    installation: Installation,
) -> None:
    code = await installation.presented()
    late = (TODAY + timedelta(days=40)).isoformat()
    form = grant(meeting="", meeting_on=late, consensus="", statement="<b>Welcome</b>")
    answer = await send(installation, code, form)
    assert answer.status_code == 422
    assert {"meeting", "meeting_on", "consensus"} <= set(linked(answer.text))
    assert "&lt;b&gt;Welcome&lt;/b&gt;" in answer.text
    assert f'value="{form["id"]}"' in answer.text
    history = (await show(installation, f"/{code}")).text.partition('id="history"')[2]
    assert "refused" in history


@pytest.mark.clause("PLN-08")
async def test_a_mended_decision_is_accepted_under_the_same_id_once(installation: Installation) -> None:
    code = await installation.presented()
    form = grant(kind="comments", consensus="", comments="")
    refused = await send(installation, code, form)
    assert linked(refused.text) == ["comments"]
    mended = form | {"comments": "Say how inspections are paid for.\r\n\r\nName the\r\nministries."}
    for _ in range(2):
        answer = await send(installation, code, mended)
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"] == f"/desk/meetings/{code}?sent={form['id']}"
    page = (await show(installation, f"/{code}?sent={form['id']}")).text
    assert "The decision is on record" in page
    found = await installation.secretariat.all(f"/countries/{code}/decisions")
    assert [one["answer"]["answer"] for one in found] == ["accepted"]
    assert found[0]["decision"]["comments"] == ["Say how inspections are paid for.", "Name the ministries."]


async def test_an_id_or_a_kind_that_the_form_did_not_make_is_refused(installation: Installation) -> None:
    code = await installation.presented()
    for changes in ({"id": "mine"}, {"kind": "correction"}, {"kind": "coup"}, {"meeting_on": "soon"}):
        assert (await send(installation, code, grant(**changes))).status_code == 422
    assert (await show(installation, "/XZZ")).status_code == 404
