"""Tokens for machines: made by a person for a mandate, shown once, limited to some actions; and what is no token at all."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import RSAKey

import tokens
from access.table import Action
from api.pages.account_words import MAY
from correspondence.signing_in import token_of
from framework.terms import Role
from storage import api_tokens
from tests.api.conftest import SECRET
from tests.api.forging import by_hand
from tests.api.signing import ALMA, NOON, House, house

FOCAL = "bo@ministry.example"
READING = {"name": "Reporting tool", "scopes": ["read", "read_task"], "days": 30}
RSA = RSAKey.generate_key(2048)


@pytest_asyncio.fixture(loop_scope="session")
async def here(tmp_path: Path) -> AsyncIterator[House]:
    """An installation of its own for each test."""
    async with house(tmp_path) as found:
        await found.country("XAA", FOCAL)
        yield found


async def made(browser: httpx2.AsyncClient, **changes: Any) -> dict[str, Any]:
    """A new token, as the API answers."""
    answer = await browser.post("/api/v1/me/tokens", json=READING | changes, headers={"Idempotency-Key": "1"})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def sent(here: House, token: str, path: str = "/me", **headers: str) -> httpx2.Response:
    """What a machine is answered."""
    machine = here.browser()
    return await machine.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}", **headers})


async def test_a_machine_does_what_its_token_was_made_for_and_nothing_else(here: House) -> None:
    token = await made(await here.signed_in(FOCAL))
    assert token["token"].startswith("pf_")
    answer = await sent(here, token["token"])
    assert (answer.json()["role"], answer.json()["country"]) == ("focal_point", "XAA")
    assert (await sent(here, token["token"], "/countries/XAA")).status_code == 200
    assert (await sent(here, token["token"], "/countries/XAB")).status_code == 404
    for path in ("/mails", "/me/tokens", "/me/sessions"):
        refused = await sent(here, token["token"], path)
        assert refused.status_code == 403
        assert "scopes" in refused.json()["detail"]


async def test_a_machine_needs_no_page_of_ours_to_change_something(here: House) -> None:
    browser = await here.signed_in(FOCAL)
    token = await made(browser, scopes=["read", "keep_calendar"])
    headers = {"Authorization": f"Bearer {token['token']}", "Origin": "http://elsewhere.example"}
    answer = await here.browser().post("/api/v1/me/calendar-feeds", json={"language": "en"}, headers=headers)
    assert answer.status_code not in (401, 403)


async def test_a_token_is_shown_once_and_never_again(here: House) -> None:
    browser = await here.signed_in(FOCAL)
    token = await made(browser)
    for address in ("/api/v1/me/tokens", "/account/tokens"):
        shown = (await browser.get(address)).text
        assert "Reporting tool" in shown
        assert token["token"] not in shown


async def test_a_revoked_token_is_refused_at_once(here: House) -> None:
    browser = await here.signed_in(FOCAL)
    token = await made(browser)
    assert (await sent(here, token["token"])).status_code == 200
    assert (await browser.delete(f"/api/v1/me/tokens/{token['id']}")).status_code == 204
    assert (await sent(here, token["token"])).status_code == 401
    assert (await browser.delete(f"/api/v1/me/tokens/{token['id']}")).status_code == 404


async def test_nobody_sees_or_revokes_the_token_of_somebody_else(here: House) -> None:
    token = await made(await here.signed_in(FOCAL))
    other = await here.signed_in(ALMA)
    assert (await other.get("/api/v1/me/tokens")).json()["items"] == []
    assert (await other.delete(f"/api/v1/me/tokens/{token['id']}")).status_code == 404
    assert (await other.post(f"/account/tokens/{token['id']}/revoke")).status_code == 404
    assert (await sent(here, token["token"])).status_code == 200


async def test_a_token_ends_on_its_day_and_with_its_mandate(here: House) -> None:
    browser = await here.signed_in(FOCAL)
    short, long = await made(browser, days=1), await made(browser, days=366)
    here.later(days=1)
    assert (await sent(here, short["token"])).status_code == 401
    assert (await sent(here, long["token"])).status_code == 200
    await here.country("XAA", "successor@ministry.example")
    answer = await sent(here, long["token"])
    assert answer.status_code == 401
    assert "mandate" in answer.json()["detail"]


async def test_row_28_a_role_that_was_removed_a_second_ago_lets_nobody_in(here: House) -> None:
    browser = await here.signed_in(ALMA)
    token = await made(browser)
    assert (await sent(here, token["token"])).status_code == 200
    await here.appoint("secretariat", ALMA, until=NOON.date() - timedelta(days=1))
    assert (await sent(here, token["token"])).status_code == 401
    assert (await browser.get("/api/v1/me")).status_code == 401


async def test_a_token_acts_in_the_mandate_for_which_it_was_made_and_in_no_other(here: House) -> None:
    await here.appoint("gcm", FOCAL)
    browser = here.browser()
    await here.asked(browser, FOCAL)
    await browser.post(here.link())
    await browser.post("/account/acting-as", data={"mandate": "focal_point-XAA"})
    token = await made(browser)
    keys = [one["key"] for one in (await browser.get("/api/v1/me/mandates")).json()["items"]]
    (other,) = [key for key in keys if key != token["mandate"]]
    assert (await sent(here, token["token"])).json()["role"] == "focal_point"
    assert (await sent(here, token["token"], **{"Pathfinder-Acting-As": other})).status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": []},
        {"scopes": ["decide"]},
        {"scopes": ["dance"]},
        {"days": 0},
        {"days": 367},
        {"name": ""},
        {"name": "a\nb"},
        {"name": "x" * 101},
        {"role": "secretariat"},
    ],
)
async def test_a_token_that_makes_no_sense_is_not_made(here: House, changes: dict[str, Any]) -> None:
    browser = await here.signed_in(FOCAL)
    answer = await browser.post("/api/v1/me/tokens", json=READING | changes)
    assert answer.status_code == 422, answer.text
    assert (await browser.get("/api/v1/me/tokens")).json()["items"] == []


async def test_the_page_makes_and_revokes_a_token_and_says_what_is_wrong(here: House) -> None:
    browser = await here.signed_in(FOCAL)
    wrong = await browser.post("/account/tokens", data={"name": "", "days": "7", "scopes": ["decide"]})
    assert wrong.status_code == 422
    assert all(f'href="#{field}"' in wrong.text for field in ("name", "days", "scopes"))
    assert "Read countries, their papers, decisions and history" in wrong.text
    page = await browser.post("/account/tokens", data={"name": "Tool", "days": "30", "scopes": ["read"]})
    secret = page.text.partition('id="secret">')[2].partition("<")[0]
    assert (await sent(here, secret)).status_code == 200
    (token,) = (await browser.get("/api/v1/me/tokens")).json()["items"]
    assert (await browser.post(f"/account/tokens/{token['id']}/revoke")).status_code == 303
    assert (await sent(here, secret)).status_code == 401


async def test_a_person_has_so_many_tokens_and_no_more(here: House) -> None:
    browser = await here.signed_in(FOCAL)
    for _ in range(api_tokens.MOST_TOKENS):
        await made(browser)
    assert (await browser.post("/api/v1/me/tokens", json=READING)).status_code == 409
    page = await browser.post("/account/tokens", data={"name": "Tool", "days": "30", "scopes": ["read"]})
    assert page.status_code == 409
    assert "Revoke one first" in page.text


async def test_a_signed_token_that_names_nobody_makes_none(here: House) -> None:
    token = tokens.issue(SECRET, Role.SECRETARIAT, name="A machine")
    answer = await here.browser().post(
        "/api/v1/me/tokens", json=READING, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 409
    assert (await sent(here, token, "/me/mandates")).json()["items"] == []


CLAIMS = {
    "iss": "https://login.example",
    "aud": "pathfinder",
    "sub": "7",
    "email": ALMA,
    "exp": 4_000_000_000,
}
PUBLIC = RSA.as_pem(private=False)
NOT_OURS = {
    "an identity token": jwt.encode({"alg": "RS256", "kid": "1"}, CLAIMS, RSA, algorithms=["RS256"]),
    "a public key as a secret": by_hand(PUBLIC, CLAIMS | {"iss": "pathfinder", "aud": "pathfinder-api"}),
    "another key's name": by_hand(PUBLIC, CLAIMS, kid="../../etc"),
    "a link to sign in": token_of(SECRET, "0" * 32),
    "a token that was never issued": "pf_" + "a" * 43,
    "too short": "pf_abc",
    "too long": "pf_" + "a" * 5000,
    "an injection": "pf_' or 1=1 --",
}


@pytest.mark.parametrize("token", NOT_OURS.values(), ids=NOT_OURS)
async def test_row_28_what_was_made_for_something_else_is_no_token(here: House, token: str) -> None:
    await here.signed_in(ALMA)
    answer = await sent(here, token)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


LETTERS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


@given(st.one_of(st.text(max_size=60), st.text(alphabet="ab-_\n é", min_size=42, max_size=44)))
def test_only_what_has_the_shape_of_a_token_is_looked_for(text: str) -> None:
    looked = api_tokens.is_one("pf_" + text)
    assert looked is (len(text) == 43 and set(text) <= LETTERS)


def test_everything_that_a_program_may_be_let_do_has_words_and_the_rest_is_for_people_alone() -> None:
    for_people = {
        Action.CONFIRM_BY_LINK,
        Action.EXPORT_OWN_DATA,
        Action.KEEP_ACCOUNT,
        Action.KEEP_TOKENS,
        Action.OPEN_PAYLOADS_HERE,
        Action.READ_HEALTH,
        Action.READ_OPEN_CALENDAR,
        Action.READ_PUBLIC_PAGES,
        Action.SIGN_IN,
    }
    assert set(MAY) == set(Action) - for_people
