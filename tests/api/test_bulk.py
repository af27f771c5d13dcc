"""Acts in many countries: previewed by the rules, done country by country, never twice, failures named."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import httpx2
import pytest

from framework.terms import Role
from tests.api.conftest import Installation

KEY = "0123456789abcdef" * 2


async def ask(installation: Installation, query: str, role: Role = Role.SECRETARIAT) -> httpx2.Response:
    """The page of what would happen."""
    person = installation.person(role)
    headers = {"Authorization": person.authorization, "Accept": "text/html"}
    return await installation.client.get(f"/desk/bulk?{query}", headers=headers)


async def act(installation: Installation, role: Role = Role.SECRETARIAT, **form: Any) -> httpx2.Response:
    """The form, sent."""
    headers = {"Authorization": installation.person(role).authorization, "Accept": "text/html"}
    return await installation.client.post("/desk/bulk", headers=headers, data={"key": KEY, **form})


def items(page: str) -> list[str]:
    """What can be ticked."""
    return [unescape(one) for one in re.findall(r'name="item" value="([^"]+)"', page)]


def results(page: str) -> list[str]:
    """What became of each country, in words."""
    listed = page.partition('<ol class="progress"')[2].partition("</ol>")[0]
    return [" ".join(re.sub("<[^>]+>", " ", one).split()) for one in listed.split("<li>")[1:]]


async def owing(installation: Installation) -> str:
    """A candidate whose focal point owes something."""
    code = await installation.candidate()
    waiver = {"kind": "waiver", "task": "reply_letter", "reason": "Spoken about"}
    assert (await installation.secretariat.submit(code, waiver)).status_code == 200
    return code


async def nudges(installation: Installation, code: str) -> int:
    """How often a country was asked by hand."""
    found = await installation.secretariat.all(f"/countries/{code}/timeline")
    return sum(entry["kind"] == "nudge" for entry in found)


@pytest.mark.clause("REP-07")
async def test_what_would_happen_is_said_by_the_rules_and_happens(installation: Installation) -> None:
    asked, fresh = await owing(installation), await owing(installation)
    (task, *_) = items((await ask(installation, f"act=remind&code={asked}")).text)
    nudge = {"kind": "nudge", "task": task.partition("/")[2]}
    assert (await installation.secretariat.submit(asked, nudge)).status_code == 200
    page = (await ask(installation, f"act=remind&code={asked}&code={fresh}")).text
    assert "asked about by hand in the last seven days" in page
    assert [one.partition("/")[0] for one in items(page)] == [fresh]
    done = await act(installation, act="remind", item=items(page))
    assert [("asked" in one) for one in results(done.text)] == [True, False]
    assert "Done in 1 country." in results(done.text)[-1]
    assert await nudges(installation, fresh) == 1


async def test_a_form_that_is_sent_again_does_nothing_twice(installation: Installation) -> None:
    codes = [await owing(installation) for _ in range(3)]
    page = (await ask(installation, "act=remind&" + "&".join(f"code={code}" for code in codes))).text
    for _ in range(2):
        done = await act(installation, act="remind", item=items(page), key="a" * 32)
        assert "Done in 3 countries." in results(done.text)[-1]
    assert [await nudges(installation, code) for code in codes] == [1, 1, 1]


async def test_a_country_that_refuses_is_named_with_its_reasons_and_holds_up_no_other(
    installation: Installation,
) -> None:
    good, gone = await owing(installation), await owing(installation)
    page = (await ask(installation, f"act=remind&code={good}&code={gone}")).text
    chosen = items(page)
    letter = (await installation.secretariat.upload(gone)).json()["id"]
    withdrawal = {"kind": "withdrawal", "dated": "2026-11-02", "letter": {"id": letter}}
    assert (await installation.secretariat.submit(gone, withdrawal)).status_code == 200
    await installation.ended(gone)
    done = results((await act(installation, act="remind", item=[*chosen, "XZZ/roadmap"], key="b" * 32)).text)
    by_country = {one.partition(":")[0].strip(): one for one in done}
    assert "asked" in by_country[f"Country {good}"]
    assert "not done" in by_country[f"Country {gone}"]
    assert "no such country" in by_country["XZZ"]
    assert "Not done in 2 countries" in done[-1]


@pytest.mark.clause("REP-02")
async def test_a_later_date_is_granted_in_many_countries_once_date_and_reason_are_given(
    installation: Installation,
) -> None:
    codes = [await owing(installation) for _ in range(2)]
    query = "act=extend&looked=1&about=timetable&" + "&".join(f"code={code}" for code in codes)
    page = (await ask(installation, query)).text
    assert "Give the new date." in page
    assert "Give the reason." in page
    assert 'href="#until"' in page
    assert items(page) == []
    until = (datetime.now(UTC) + timedelta(days=200)).date().isoformat()
    page = (await ask(installation, f"{query}&until={until}&text=Elections")).text
    done = await act(
        installation, act="extend", item=items(page), about="timetable", until=until, text="Elections"
    )
    assert "Done in 2 countries." in results(done.text)[-1]
    for code in codes:
        task = (await installation.secretariat.get(f"/countries/{code}/tasks/timetable")).json()["task"]
        assert (task["state"], task["due_on"]) == ("extended", until)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR, Role.GCM, Role.MWG])
async def test_nobody_else_acts_in_bulk(installation: Installation, role: Role) -> None:
    assert (await ask(installation, "act=remind&code=XAA", role)).status_code == 403
    assert (await act(installation, role, act="remind", item=["XAA/roadmap"])).status_code == 403


async def test_without_a_choice_nothing_happens_and_the_page_says_so(installation: Installation) -> None:
    assert "No country was chosen" in (await ask(installation, "act=remind")).text
    done = await act(installation, act="remind")
    assert "nothing has happened" in done.text
    assert results(done.text) == []


async def test_an_item_that_is_none_is_refused(installation: Installation) -> None:
    for item in ("XAA", "xaa/roadmap", "XAA/../secrets", "XAA/" + "x" * 300):
        assert (await act(installation, act="remind", item=[item])).status_code == 422
