"""Sessions: kept on the server, ended by time, by their owner and by the end of the last mandate."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from framework.records import Contact
from framework.terms import Language
from storage import people
from storage.people import mandate_key
from tests.api.signing import ALMA, NOON, House, house

FOCAL = "bo@ministry.example"
PROGRAMS = {"Accept": "application/json"}
YESTERDAY = NOON.date() - timedelta(days=1)


@pytest_asyncio.fixture(loop_scope="session")
async def here(tmp_path: Path) -> AsyncIterator[House]:
    """An installation of its own for each test."""
    async with house(tmp_path) as found:
        yield found


async def me(browser: httpx2.AsyncClient, **headers: str) -> httpx2.Response:
    """Who the browser's user is, over the API."""
    return await browser.get("/api/v1/me", headers=PROGRAMS | headers)


async def test_a_session_that_sleeps_ends_and_one_that_is_used_lasts_a_week(here: House) -> None:
    browser = await here.signed_in(ALMA)
    for _ in range(13):
        here.later(hours=11, minutes=59)
        assert (await me(browser)).status_code == 200
    here.later(hours=12)
    assert (await me(browser)).status_code == 401
    browser = await here.signed_in(ALMA)
    for _ in range(16):
        here.later(hours=10)
        await me(browser)
    here.later(hours=8)
    assert (await me(browser)).status_code == 401


async def test_the_cookie_holds_nothing_but_a_secret_and_scripts_do_not_see_it(here: House) -> None:
    browser = here.browser()
    await here.asked(browser, ALMA)
    answer = await browser.post(here.link())
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("pathfinder=")]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert len(browser.cookies["pathfinder"]) == 43


async def test_over_https_the_cookie_is_bound_to_this_host(tmp_path: Path) -> None:
    async with house(tmp_path, public_url="https://api") as here:
        browser = here.browser()
        await here.asked(browser, ALMA)
        answer = await browser.post(here.link())
        (cookie,) = [one for one in answer.headers.get_list("set-cookie") if "__Host-pathfinder" in one]
        assert "Secure" in cookie
        assert "Domain" not in cookie
        assert "Path=/" in cookie


async def test_signing_in_again_gives_a_new_secret_and_the_old_one_is_worth_nothing(here: House) -> None:
    browser = await here.signed_in(ALMA)
    before = browser.cookies["pathfinder"]
    await here.asked(browser, ALMA)
    await browser.post(here.link())
    assert browser.cookies["pathfinder"] != before
    assert (await me(here.browser(), Cookie=f"pathfinder={before}")).status_code == 401
    assert len((await browser.get("/api/v1/me/sessions")).json()["items"]) == 1


async def test_whoever_signs_out_is_out_and_the_secret_is_worth_nothing(here: House) -> None:
    browser = await here.signed_in(ALMA)
    secret = browser.cookies["pathfinder"]
    answer = await browser.post("/sign-out")
    assert answer.status_code == 303
    assert "pathfinder" not in browser.cookies
    assert (await me(here.browser(), Cookie=f"pathfinder={secret}")).status_code == 401


async def test_an_owner_sees_where_they_are_signed_in_and_ends_one_or_all(here: House) -> None:
    one, other = await here.signed_in(ALMA), await here.signed_in(ALMA)
    page = await one.get("/account")
    assert page.text.count('/end"') == 2
    listed = (await one.get("/api/v1/me/sessions")).json()["items"]
    assert len(listed) == 2
    mine = (await one.get("/account")).text
    (theirs,) = [item["id"] for item in listed if f"{item['id']}/end" in mine and item["id"] != _here(mine)]
    assert (await one.delete(f"/api/v1/me/sessions/{theirs}")).status_code == 204
    assert (await one.delete(f"/api/v1/me/sessions/{theirs}")).status_code == 404
    assert (await me(other)).status_code == 401
    assert (await me(one)).status_code == 200
    other = await here.signed_in(ALMA)
    assert (await one.post("/account/sessions/end-all")).status_code == 303
    assert [(await me(each)).status_code for each in (one, other)] == [401, 401]


def _here(page: str) -> str:
    """The id of the session whose row says that it is this one."""
    row = next(part for part in page.split("<tr>") if "this one" in part)
    return row.partition("/account/sessions/")[2].partition("/")[0]


async def test_nobody_ends_the_session_of_somebody_else(here: House) -> None:
    await here.appoint("gcm", "gil@gcm.example")
    alma, gil = await here.signed_in(ALMA), await here.signed_in("gil@gcm.example")
    (session,) = (await alma.get("/api/v1/me/sessions")).json()["items"]
    assert (await gil.delete(f"/api/v1/me/sessions/{session['id']}")).status_code == 404
    assert (await gil.post(f"/account/sessions/{session['id']}/end")).status_code == 404
    assert (await me(alma)).status_code == 200


async def test_another_site_changes_nothing_with_somebodys_session(here: House) -> None:
    browser = await here.signed_in(ALMA)
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": ""}):
        assert (await browser.delete("/api/v1/me/sessions", headers=headers)).status_code == 403
        assert (await browser.post("/account/sessions/end-all", headers=headers)).status_code == 403
        assert (await browser.get("/api/v1/me", headers=headers)).status_code == 200


@pytest.mark.clause("EOI-03")
async def test_a_mandate_that_ended_yesterday_ends_the_session_at_the_next_request(here: House) -> None:
    browser = await here.signed_in(ALMA)
    await here.appoint("secretariat", ALMA, until=YESTERDAY)
    answer = await me(browser)
    assert answer.status_code == 401
    assert "mandates has ended" in answer.json()["detail"]
    page = await browser.get("/account")
    assert page.status_code == 403
    assert "You have been signed out" in page.text
    await here.appoint("secretariat", ALMA)
    assert (await me(browser)).status_code == 401


@pytest.mark.clause("EOI-03")
async def test_contacts_of_a_country_act_for_it_and_for_no_other(here: House) -> None:
    await here.country("XAA", FOCAL, "dee@ministry.example")
    await here.country("XAB", "other@ministry.example")
    focal, deputy = await here.signed_in(FOCAL), await here.signed_in("dee@ministry.example")
    for browser, role in ((focal, "focal_point"), (deputy, "deputy")):
        found = (await me(browser)).json()
        assert (found["role"], found["country"]) == (role, "XAA")
        assert (await browser.get("/api/v1/countries/XAA")).status_code == 200
        assert (await browser.get("/api/v1/countries/XAB")).status_code == 404
    await here.country("XAA", "successor@ministry.example", "dee@ministry.example")
    assert [(await me(one)).status_code for one in (focal, deputy)] == [401, 200]


async def test_several_mandates_are_told_apart_and_one_is_chosen(here: House) -> None:
    await here.country("XAA", ALMA)
    browser = here.browser()
    await here.asked(browser, ALMA)
    answer = await browser.post(here.link())
    assert answer.headers["location"].startswith("/account/acting-as")
    refused = await me(browser)
    assert refused.status_code == 403
    assert "Pathfinder-Acting-As" in refused.json()["detail"]
    assert (await browser.get("/account")).headers["location"].startswith("/account/acting-as")
    page = await browser.get("/account/acting-as")
    assert page.text.count('type="radio"') == 2
    assert "Focal point, Land XAA" in page.text
    assert (await browser.post("/account/acting-as", data={"mandate": "operator-1"})).status_code == 422
    before = browser.cookies["pathfinder"]
    await browser.post("/account/acting-as", data={"mandate": "focal_point-XAA"})
    assert browser.cookies["pathfinder"] != before
    assert (await me(browser)).json()["role"] == "focal_point"
    assert "acting as: focal point, Land XAA" in (await browser.get("/account")).text
    assert (await me(here.browser(), Cookie=f"pathfinder={before}")).status_code == 401
    keys = [one["key"] for one in (await browser.get("/api/v1/me/mandates")).json()["items"]]
    (seat,) = [key for key in keys if key.startswith("secretariat")]
    assert (await me(browser, **{"Pathfinder-Acting-As": seat})).json()["role"] == "secretariat"
    assert (await me(browser, **{"Pathfinder-Acting-As": "secretariat-of-others"})).status_code == 403


async def test_a_mandate_that_ends_while_others_hold_is_not_swapped_silently(here: House) -> None:
    await here.country("XAA", ALMA)
    browser = here.browser()
    await here.asked(browser, ALMA)
    await browser.post(here.link())
    await browser.post("/account/acting-as", data={"mandate": "focal_point-XAA"})
    await here.country("XAA", FOCAL)
    assert (await me(browser)).status_code == 403
    assert (await browser.get("/account")).headers["location"].startswith("/account/acting-as")


async def test_whoever_handed_over_follows_or_helps_is_known_until_their_day_is_over_everywhere(
    here: House,
) -> None:
    last = NOON.date()
    content = {
        "former_focal_points": [{"contact": {"email": "old@x.example"}, "until_on": str(last)}],
        "contributors": [
            {"contact": {"email": "con@x.example"}, "tasks": ["roadmap"], "until_on": str(last)},
            {"contact": {"email": "later@x.example"}, "tasks": [], "from_on": "2028-01-01"},
        ],
        "pending_successor": {"contact": {"email": "new@x.example"}, "open_until": "2027-04-01"},
    }
    found = [one.mandate for _, one in people._capacities("XAA", content)]
    assert [mandate_key(one) for one in found] == [
        "former_focal_point-focal_point-XAA",
        "successor-contributor-XAA",
        "contributor-XAA",
        "contributor-XAA",
    ]
    assert [one.holds(last) for one in found] == [True, True, True, False]
    assert [one.holds(last + timedelta(days=1)) for one in found] == [False, True, False, False]
    assert found[2].tasks == ("roadmap",)
    assert people._capacities("XAA", {"focal_point": None, "deputies": None, "contributors": [7]}) is not None
    assert list(people._capacities("XAA", {"focal_point": None, "contributors": [7]})) == []


async def test_a_seat_ends_with_its_last_day(here: House) -> None:
    await here.appoint("operator", "ops@x.example", until=NOON.date())
    held = await people.mandates_at(here.database, "OPS@x.example ", NOON)
    assert [one.mandate.role.value for one in held] == ["operator"]
    assert await people.mandates_at(here.database, "ops@x.example", NOON + timedelta(days=1)) == []
    assert await people.mandates_at(here.database, "ops@x.example", NOON.replace(year=2025)) == []


async def test_a_second_address_of_a_contact_is_the_contacts_too(here: House) -> None:
    contact = Contact(name="Bo", email=FOCAL, second_email="bo@home.example", language=Language.SPANISH)
    await here.country("XAA", FOCAL, focal_point=contact)
    browser = await here.signed_in("bo@home.example")
    assert (await me(browser)).json()["country"] == "XAA"
    assert here.post.taken[-1].language is Language.SPANISH
    assert '<html lang="es">' in (await browser.get("/account")).text


async def test_a_person_says_how_to_be_addressed(here: House) -> None:
    browser = await here.signed_in(ALMA)
    answer = await browser.post("/account/person", data={"language": "fr", "time_zone": "America/Lima"})
    assert answer.status_code == 303
    page = (await browser.get("/account")).text
    assert '<html lang="fr">' in page
    assert "(Lima)" in page
    wrong = await browser.post("/account/person", data={"language": "fr", "time_zone": "Mars/Base"})
    assert "fuseau horaire" in (await browser.get(wrong.headers["location"])).text
    assert (await browser.post("/account/person", data={"language": "xx"})).status_code == 422


async def test_a_person_keeps_their_id_over_sessions_and_it_says_nothing_of_them(here: House) -> None:
    await here.signed_in(ALMA)
    first = await people.person_at(here.database, ALMA)
    await here.signed_in(ALMA)
    assert await people.person_at(here.database, ALMA) == first
    assert first.startswith("p-")
    assert "alma" not in first
    person = await people.person(here.database, first)
    assert person is not None
    assert person.last_seen_at == here.now
    assert person.name == "Alma Verdane"


@pytest.mark.parametrize("address", ["/account", "/account/tokens", "/account/acting-as"])
async def test_whoever_is_not_signed_in_is_led_to_where_one_signs_in_and_back(
    here: House, address: str
) -> None:
    answer = await here.browser().get(address)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?to={address}"


async def test_nobody_is_signed_in_by_a_secret_that_was_made_up(here: House) -> None:
    await here.signed_in(ALMA)
    for secret in ("x", "a" * 43, "a" * 5000, "%00", "' or 1=1 --"):
        assert (await me(here.browser(), Cookie=f"pathfinder={secret}")).status_code == 401
