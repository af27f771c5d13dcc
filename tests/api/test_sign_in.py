"""Signing in by a link or a code: the same answer for everybody, used once, by the button and never by looking."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from api.access_log import WithoutAddresses
from api.attempts import place_of
from api.pages.guard import place
from api.user_agents import short_agent
from sign_in_settings import SigningIn
from storage.tables import metadata
from tests.api.signing import ALMA, HTML, NOON, House, house

PROGRAMS = {"Accept": "application/json"}


@pytest_asyncio.fixture(loop_scope="session")
async def here(tmp_path: Path) -> AsyncIterator[House]:
    """An installation of its own for each test: attempts are counted."""
    async with house(tmp_path) as found:
        yield found


async def me(browser: httpx2.AsyncClient) -> httpx2.Response:
    """Who the browser's user is, over the API."""
    return await browser.get("/api/v1/me", headers=PROGRAMS)


def without_date(answer: httpx2.Response) -> tuple[int, str, list[str]]:
    """What an answer says, without what is new in each."""
    names = [re.sub(r"sign-in=[^;]+", "sign-in=…", one) for one in answer.headers.get_list("set-cookie")]
    return answer.status_code, answer.text + answer.headers.get("location", ""), names


async def test_a_link_signs_in_whoever_is_on_record_at_the_address(here: House) -> None:
    browser = await here.signed_in(f" {ALMA.upper()} ")
    answer = await me(browser)
    assert answer.status_code == 200
    assert answer.json()["role"] == "secretariat"
    assert "Alma Verdane" in (await browser.get("/")).text


async def test_row_33_the_answer_does_not_tell_whether_anybody_is_known_at_an_address(here: House) -> None:
    known, unknown = here.browser(), here.browser()
    answers = [without_date(await here.asked(*one)) for one in ((known, ALMA), (unknown, "no@one.example"))]
    assert answers[0] == answers[1]
    assert [one.to_email for one in here.post.taken] == [ALMA]
    pages = [await browser.get("/sign-in/code") for browser in (known, unknown)]
    assert pages[0].text == pages[1].text
    tried = [await one.post("/sign-in/code", data={"code": "22222222"}) for one in (known, unknown)]
    assert without_date(tried[0]) == without_date(tried[1])


async def test_row_33_a_thousand_attempts_are_refused_and_others_are_not_affected(here: House) -> None:
    attacker = here.browser(client=("203.0.113.9", 1))
    answers = [await here.asked(attacker, f"a{number}@b.example") for number in range(1000)]
    assert [one.status_code for one in answers[:20]] == [303] * 20
    assert {one.status_code for one in answers[20:]} == {429}
    assert int(answers[-1].headers["retry-after"]) > 0
    assert "Too many attempts" in answers[-1].text
    other = here.browser(client=("203.0.113.10", 1))
    assert (await here.asked(other, ALMA)).status_code == 303
    assert (await other.post(here.link())).status_code == 303


@pytest.mark.parametrize("address", [ALMA, "nobody@b.example"])
async def test_nobodys_mailbox_is_filled_from_wherever_it_is_tried(here: House, address: str) -> None:
    places = [here.browser(client=(f"203.0.113.{number}", 1)) for number in range(7)]
    answers = [(await here.asked(one, address)).status_code for one in places]
    assert answers == [303] * 5 + [429] * 2
    assert len(here.post.taken) <= 5


async def test_the_limit_for_an_address_holds_over_all_processes(here: House) -> None:
    for _ in range(5):
        await here.asked(here.browser(), ALMA)
    parts: Any = here.app.state.parts
    object.__setattr__(parts, "attempts", type(parts.attempts)())  # as another process has its own
    assert (await here.asked(here.browser(), ALMA)).status_code == 429
    here.later(minutes=16)
    assert (await here.asked(here.browser(), ALMA)).status_code == 303


async def test_a_programme_that_opens_the_link_uses_nothing_up(here: House) -> None:
    browser, scanner = here.browser(), here.browser()
    await here.asked(browser, ALMA)
    for method in ("GET", "HEAD", "OPTIONS", "GET"):
        answer = await scanner.request(method, here.link())
        assert not answer.headers.get_list("set-cookie")
    assert (await me(scanner)).status_code == 401
    page = await browser.get(here.link())
    assert page.text.count("<form") == 1
    assert (await browser.post(here.link())).status_code == 303
    assert (await me(browser)).status_code == 200


async def test_a_link_works_once_and_of_two_at_once_one_comes_too_late(here: House) -> None:
    one, other = here.browser(), here.browser()
    await here.asked(one, ALMA)
    answers = await asyncio.gather(one.post(here.link()), other.post(here.link()))
    assert sorted(answer.status_code for answer in answers) == [303, 410]
    assert (await other.get(here.link())).status_code == 410
    assert (await one.post("/sign-in/code", data={"code": here.code()})).status_code == 410


async def test_a_link_and_its_code_are_over_after_a_quarter_of_an_hour(here: House) -> None:
    browser = here.browser()
    await here.asked(browser, ALMA)
    here.later(minutes=15)
    for answer in (
        await browser.get(here.link()),
        await browser.post(here.link()),
        await browser.post("/sign-in/code", data={"code": here.code()}),
    ):
        assert answer.status_code == 410
        assert "/sign-in" in answer.text


async def test_the_code_works_in_the_browser_that_asked_and_in_no_other(here: House) -> None:
    desk, phone = here.browser(), here.browser()
    await here.asked(desk, ALMA)
    assert (await phone.post("/sign-in/code", data={"code": here.code()})).status_code == 410
    typed = here.code().lower().replace("-", " ")
    assert (await desk.post("/sign-in/code", data={"code": typed})).status_code == 303
    assert (await me(desk)).json()["role"] == "secretariat"
    assert (await phone.post(here.link())).status_code == 410


async def test_after_five_wrong_codes_the_right_one_is_none_either(here: House) -> None:
    browser = here.browser()
    await here.asked(browser, ALMA)
    wrong = "22222222" if here.code() != "2222-2222" else "33333333"
    answers = [(await browser.post("/sign-in/code", data={"code": wrong})).status_code for _ in range(6)]
    assert answers == [422] * 5 + [410]
    assert (await browser.post("/sign-in/code", data={"code": here.code()})).status_code == 410


async def test_what_is_no_code_is_not_counted(here: House) -> None:
    browser = here.browser()
    await here.asked(browser, ALMA)
    for text in ("", "1234", "0OIl0OIl", "'; drop table sign_in; --", "é" * 8, "A" * 200):
        assert (await browser.post("/sign-in/code", data={"code": text})).status_code == 422
    assert (await browser.post("/sign-in/code", data={"code": here.code()})).status_code == 303


@pytest.mark.parametrize(
    "text", ["", "nobody", "@", "a@", "@b", "a b@c.example", "a@b\r\nBcc: c@d", "a" * 400 + "@b"]
)
async def test_what_is_no_address_is_said_to_be_none(here: House, text: str) -> None:
    answer = await here.asked(here.browser(), text)
    assert answer.status_code == 422
    assert 'href="#address"' in answer.text
    assert here.post.taken == []


async def test_no_secret_lies_in_the_database_in_the_order_or_in_the_log(
    here: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        browser = await here.signed_in(ALMA)
    cookies = [cookie.value or "" for cookie in browser.cookies.jar]
    secrets = [here.link().rpartition("/")[2], here.code(), here.code().replace("-", ""), *cookies]
    async with here.database.engine.connect() as connection:
        rows = [
            str(tuple(row))
            for table in metadata.sorted_tables
            for row in await connection.execute(table.select())
        ]
    kept = "\n".join([*rows, here.post.taken[-1].model_dump_json(), caplog.text.replace(here.link(), "")])
    assert all(len(secret) >= 8 for secret in secrets)
    assert [secret for secret in secrets if secret in kept] == []


def test_the_servers_log_of_requests_holds_no_link() -> None:
    for line, shown in (
        ("/sign-in/link/abc-DEF_1", "/sign-in/link/…"),
        ("/sign-in/oidc/back?code=abc&state=d", "/sign-in/oidc/back?…"),
    ):
        record = logging.LogRecord("a", 20, "", 0, "%s %s", ("GET", line), None)
        assert WithoutAddresses().filter(record)
        assert record.getMessage() == f"GET {shown}"


@pytest.mark.parametrize("wanted", ["/account", "/api/v1/docs", "/account?x=1"])
async def test_one_comes_back_to_where_one_wanted_to_go(here: House, wanted: str) -> None:
    browser = here.browser()
    await browser.post("/sign-in", data={"address": ALMA}, params={"to": wanted})
    answer = await browser.post("/sign-in/code", data={"code": here.code()}, params={"to": wanted})
    assert answer.headers["location"] == wanted


@given(st.text(max_size=60))
def test_nobody_is_led_to_another_site(text: str) -> None:
    request = Request({"type": "http", "query_string": b"", "headers": []})
    request._query_params = {"to": text}  # type: ignore[assignment]
    found = place(request)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert found in (text, "/desk")


async def test_another_site_cannot_ask_or_sign_in_for_anybody(here: House) -> None:
    browser = here.browser()
    await here.asked(browser, ALMA)
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": ""},
    ):
        assert (await browser.post(here.link(), headers=headers)).status_code == 403
    assert (await browser.post(here.link())).status_code == 303


async def test_whoever_lost_the_mandate_since_the_link_was_sent_is_not_let_in(here: House) -> None:
    browser = here.browser()
    await here.asked(browser, ALMA)
    await here.appoint("secretariat", ALMA, until=NOON.date().replace(month=2))
    answer = await browser.post(here.link())
    assert answer.status_code == 403
    assert "You have been signed out" in answer.text
    assert (await me(browser)).status_code == 401


def called(peer: str, forwarded: str = "", proxies: str = "") -> str:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "client": (peer, 1), "headers": headers})
    return place_of(request, SigningIn(trusted_proxies=proxies).proxies)


def test_what_a_caller_says_of_its_address_is_believed_of_trusted_proxies_only() -> None:
    assert called("198.51.100.7", "1.1.1.1") == "198.51.100.7"
    assert called("10.0.0.1", "1.1.1.1", "10.0.0.0/8") == "1.1.1.1"
    assert called("10.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.2", "10.0.0.0/8") == "1.1.1.1"
    assert called("198.51.100.7", "1.1.1.1", "10.0.0.0/8") == "198.51.100.7"
    assert called("2001:db8:1:2::9") == called("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"


def test_a_browser_is_shown_by_its_short_name_and_nothing_of_what_it_said_is_kept() -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"
    assert short_agent(firefox) == "Firefox, Linux"
    assert short_agent(edge) == "Edge, Windows"
    assert short_agent("<script>alert(1)</script>") == ""


async def test_the_pages_ask_for_nothing_but_what_is_needed(here: House) -> None:
    browser = here.browser()
    await here.asked(browser, ALMA)
    for address in ("/sign-in", "/sign-in/code", here.link()):
        answer = await browser.get(address, headers=HTML)
        assert answer.status_code == 200
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "no-store" in answer.headers["cache-control"]
        assert not re.search(r"\son\w+=|style=|javascript:", answer.text)
