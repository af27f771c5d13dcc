"""The letters desk: drafts of all countries, editing, and that nobody approves what was edited after they read it."""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from framework.terms import Role
from tests.api.conftest import Installation
from tests.api.test_letters import made, number, read

YEAR = datetime.now(UTC).year


async def show(installation: Installation, address: str, role: Role = Role.SECRETARIAT) -> httpx2.Response:
    headers = {"Authorization": installation.person(role).authorization, "Accept": "text/html"}
    return await installation.client.get(f"/desk/letters{address}", headers=headers)


async def act(
    installation: Installation, code: str, role: Role = Role.SECRETARIAT, **form: Any
) -> httpx2.Response:
    """One of the forms of a country's second letter, sent."""
    headers = {"Authorization": installation.person(role).authorization, "Accept": "text/html"}
    data = {"key": uuid.uuid4().hex, "seen": 0, **form}
    return await installation.client.post(
        f"/desk/letters/{code}/{YEAR}/2", headers=headers, data=data, follow_redirects=False
    )


def errors(page: str) -> str:
    """The error summary of a page."""
    return page.partition('id="errors"')[2].partition("</div>")[0]


async def test_drafts_of_all_countries_wait_on_one_page(installation: Installation) -> None:
    codes = [await installation.candidate() for _ in range(2)]
    page = (await show(installation, "")).text
    for code in codes:
        assert f'href="/desk/letters/{code}/{YEAR}/2"' in page
        assert number(code, 2) in page
    approved = (await show(installation, "?state=approved")).text
    assert number(codes[0], 2) not in approved


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.GCM, Role.MWG])
async def test_nobody_but_secretariat_and_auditor_reads_drafts(
    installation: Installation, role: Role
) -> None:
    code = await installation.candidate()
    for address in ("", f"/{code}/{YEAR}/2"):
        assert (await show(installation, address, role)).status_code == 403
    assert (await act(installation, code, role, act="edit")).status_code in (403, 404)


async def test_an_auditor_reads_a_draft_and_is_offered_nothing(installation: Installation) -> None:
    code = await installation.candidate()
    page = (await show(installation, f"/{code}/{YEAR}/2", Role.AUDITOR)).text
    assert "/preview" in page
    assert "<form method" not in page.partition("<main")[2]
    assert (await act(installation, code, Role.AUDITOR, act="edit")).status_code == 403


@pytest.mark.clause("EOI-05")
async def test_a_letter_is_edited_read_again_approved_and_made_public(installation: Installation) -> None:
    code = await installation.candidate()
    text = "First <b>paragraph</b>.\r\n\r\n- one\r\n- two\r\n\r\n\r\nLast."
    answer = await act(installation, code, act="edit", subject="To the Group", text=text)
    assert (answer.status_code, answer.headers["location"][-10:]) == (303, "?done=edit")
    page = (await show(installation, f"/{code}/{YEAR}/2")).text
    assert "First &lt;b&gt;paragraph&lt;/b&gt;." in page
    assert "<li>one</li><li>two</li>" in page
    assert 'name="seen" value="1"' in page
    answer = await act(installation, code, act="approve", seen=1, signed_by="Ada Ames", signed_post="Head")
    assert answer.status_code == 303, errors(answer.text)
    await made(installation, code, 2)
    page = (await show(installation, f"/{code}/{YEAR}/2")).text
    assert f"/api/v1/countries/{code}/letters/{YEAR}/2/pdf" in page
    assert 'value="approve"' not in page
    assert (await act(installation, code, act="publish")).status_code == 303
    assert (await read(installation.secretariat, code, 2)).json()["letter"]["public"] is True
    assert (await act(installation, code, act="hide")).status_code == 303
    assert (await read(installation.secretariat, code, 2)).json()["letter"]["public"] is False


async def test_nobody_approves_or_overwrites_what_was_edited_after_they_read_it(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    assert (await act(installation, code, act="edit", subject="Mine", text="My text.")).status_code == 303
    approved = await act(installation, code, act="approve", seen=0, signed_by="Ada Ames", signed_post="Head")
    assert approved.status_code == 422
    assert "edited" in errors(approved.text)
    assert 'value="Ada Ames"' in approved.text
    assert "My text." in approved.text
    clash = await act(installation, code, act="edit", seen=0, subject="Theirs", text="Their text.")
    assert clash.status_code == 422
    article, _, form = clash.text.partition("</article>")
    assert "My text." in article
    assert "Their text." in form
    letter = (await read(installation.secretariat, code, 2)).json()
    assert (letter["letter"]["state"], letter["subject"]) == ("draft", "Mine")


async def test_all_that_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    answer = await act(installation, code, act="edit", subject="", text="")
    assert answer.status_code == 422
    assert re.findall(r'href="#(\w+)"', errors(answer.text)) == ["subject", "text"]
    answer = await act(installation, code, act="approve", signed_by="Ada <Ames>")
    assert re.findall(r'href="#(\w+)"', errors(answer.text)) == ["signed_post"]
    assert 'value="Ada &lt;Ames&gt;"' in answer.text


async def test_a_draft_is_withdrawn_for_a_reason_and_an_approved_letter_corrected(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    assert errors((await act(installation, code, act="withdraw")).text)
    assert (await act(installation, code, act="withdraw", reason="Told by telephone")).status_code == 303
    page = (await show(installation, f"/{code}/{YEAR}/2")).text
    assert "Told by telephone" in page
    assert 'value="withdraw"' not in page


async def test_a_letter_whose_text_comes_with_a_task_leads_there(installation: Installation) -> None:
    code = await installation.candidate()
    page = (await show(installation, f"/{code}/{YEAR}/1")).text
    assert f'href="/desk/tasks/{code}/' in page
    assert 'value="approve"' not in page


async def test_a_letter_that_is_not_there_is_not_there(installation: Installation) -> None:
    code = await installation.candidate()
    for address in (f"/{code}/{YEAR}/99", f"/XZZ/{YEAR}/1", f"/{code}/1999/1"):
        assert (await show(installation, address)).status_code in (404, 422)
