"""The MWG's pages: comments beside the report, the yearly review, who may and who may not."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from framework.facts import Cycle
from framework.terms import Role
from tests.api.conftest import Installation

TODAY = datetime.now(UTC).date()
NOTES = ("progress", "collaboration", "commitments", "community", "reporting")
JUDGED = (
    "evidence_of_progress",
    "evidence_of_collaboration",
    "commitments_met",
    "active_in_community",
    "reporting_met",
)


async def reported(installation: Installation) -> tuple[str, int]:
    """An active country whose report of the year has come, by an import."""
    year = TODAY.year
    cycle = Cycle(year=year, due_on=TODAY, report_on=TODAY - timedelta(days=2), report_version=1)
    code = await installation.active(cycle)
    return code, year


async def call(
    installation: Installation, address: str, role: Role = Role.MWG, form: dict[str, Any] | None = None
) -> httpx2.Response:
    """A page, or its form sent."""
    headers = {"Authorization": installation.person(role).authorization, "Accept": "text/html"}
    method = "GET" if form is None else "POST"
    data = None if form is None else {"key": uuid.uuid4().hex, **form}
    return await installation.client.request(method, f"/desk/reviews{address}", headers=headers, data=data)


def linked(page: str) -> list[str]:
    """The fields to which the error summary leads."""
    return re.findall(r'href="#(\w*)"', page.partition('id="errors"')[2].partition("</div>")[0])


@pytest.mark.parametrize("role", [Role.MWG, Role.SECRETARIAT, Role.AUDITOR, Role.GCM, Role.OPERATOR])
async def test_the_mwg_the_secretariat_and_auditors_read_and_only_the_first_two_act(
    installation: Installation, role: Role
) -> None:
    code, year = await reported(installation)
    reads, acts = role not in (Role.GCM, Role.OPERATOR), role in (Role.MWG, Role.SECRETARIAT)
    for address in ("", f"/{code}/{year}"):
        assert (await call(installation, address, role)).status_code == (200 if reads else 403)
    answer = await call(installation, f"/{code}/{year}", role, {"act": "review"})
    assert answer.status_code == (422 if acts else 403)


@pytest.mark.clause("REV-08", "REV-12", "REV-13")
async def test_a_review_needs_every_judgement_and_a_reason_for_each_no(installation: Installation) -> None:
    code, year = await reported(installation)
    answer = await call(installation, f"/{code}/{year}", form={"act": "review", "guidance": "Go <on>"})
    assert linked(answer.text) == list(JUDGED)
    assert "Go &lt;on&gt;" in answer.text
    judged = dict.fromkeys(JUDGED, "yes") | {"commitments_met": "no"}
    answer = await call(installation, f"/{code}/{year}", form={"act": "review", **judged})
    assert linked(answer.text) == ["commitments_note"]
    notes = {f"{one}_note": f"On {one}" for one in NOTES}
    form = {"act": "review", **judged, **notes, "guidance": "First.\r\n\r\nSecond."}
    answer = await call(installation, f"/{code}/{year}", form=form)
    assert answer.status_code == 303, linked(answer.text)
    found = (await installation.secretariat.get(f"/countries/{code}/timeline")).json()["items"]
    assert any(one["kind"] == "yearly_review" for one in found)


@pytest.mark.clause("REP-08")
async def test_comments_get_numbers_and_stand_beside_the_report(installation: Installation) -> None:
    code, year = await reported(installation)
    form = {"act": "comment", "comments": "Which <budget>?\r\n\r\nWho was\r\nconsulted?"}
    answer = await call(installation, f"/{code}/{year}", form=form)
    assert answer.status_code == 303, answer.text
    said = (await call(installation, f"/{code}/{year}")).text.partition('id="said"')[2]
    assert '<li value="1">Which &lt;budget&gt;?' in said
    assert '<li value="2">Who was consulted?' in said


async def test_a_year_that_is_not_there_is_not_there(installation: Installation) -> None:
    code, _ = await reported(installation)
    for address in (f"/{code}/2017", "/XZZ/2026"):
        assert (await call(installation, address)).status_code == 404
