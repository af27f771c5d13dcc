"""Signing in with an organisation's own provider: a real one on loopback, and everything that must not let anybody in."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import RSAKey

from api import oidc
from api.oidc import NotVouchedFor, Provider, ProviderAway
from api.oidc_roles import roles_in
from framework.terms import Role
from settings import Settings
from storage import people
from storage.audit_reading import AuditFilter, acts
from tests.api.conftest import SECRET, settings_in
from tests.api.forging import by_hand
from tests.api.signing import ALMA, House, house
from tests.launch.stand_ins import free_ports

NOW = datetime.now(UTC)
KEY, OTHER = (RSAKey.generate_key(2048, {"kid": name}) for name in ("one", "two"))
ISSUER = "https://login.example"
USERS: dict[str, dict[str, Any]] = {
    "alma": {"email": ALMA.upper(), "email_verified": True},
    "unverified": {"email": ALMA, "email_verified": False},
    "said": {"email": ALMA, "email_verified": "true"},
    "silent": {"email": ALMA},
    "stranger": {"email": "nobody@alliance.example", "email_verified": True},
    "staff": {"email": "staff@alliance.example", "email_verified": True, "groups": ["staff", "gcm"]},
    "auditor": {
        "email": "audit@alliance.example",
        "email_verified": True,
        "name": "Ole Audit",
        "groups": ["staff", "pathfinder-audit"],
    },
    "forger": {"email": "f@evil.example", "email_verified": True, "groups": ["pathfinder-audit"]},
    "elsewhere": {"email": "alma@evil.example", "email_verified": True},
}
SERVER = """
import json, sys
from oidc_provider_mock import User, run_server_in_thread
users = [User(sub=name, claims=claims) for name, claims in json.loads(sys.argv[1]).items()]
with run_server_in_thread(user_claims=users) as server:
    print(server.server_port, flush=True)
    sys.stdin.read()
"""
"""In a process of its own: what the provider is made of warns of what will go, and our warnings are errors."""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider on loopback, until nobody holds its standard input any more."""
    command = [sys.executable, "-c", SERVER, json.dumps(USERS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]
        yield f"http://localhost:{process.stdout.readline().strip()}"
        process.communicate()


@pytest_asyncio.fixture(loop_scope="session")
async def here(tmp_path: Path, issuer: str) -> AsyncIterator[House]:
    """An installation that knows the provider."""
    async with house(
        tmp_path,
        oidc_issuer=issuer,
        oidc_client_id="pathfinder",
        oidc_client_secret="a client's secret",
        oidc_domains="alliance.example",
        oidc_name="Example ministry",
    ) as found:
        found.now = datetime.now(UTC)
        await found.appoint("operator", "alma@evil.example")
        yield found


async def returned(browser: httpx2.AsyncClient, user: str, to: str = "/account") -> str:
    """The address to which the provider sends somebody back who has signed in there."""
    start = await browser.get("/sign-in/oidc", params={"to": to})
    assert start.status_code == 303
    async with httpx2.AsyncClient() as at_the_provider:
        answer = await at_the_provider.post(start.headers["location"], data={"sub": user})
    back: str = answer.headers["location"]
    assert back.startswith("http://api/sign-in/oidc/back?")
    return back


async def test_whom_the_provider_vouches_for_is_signed_in_and_led_on(here: House) -> None:
    browser = here.browser()
    assert "Sign in with Example ministry" in (await browser.get("/sign-in")).text
    answer = await browser.get(await returned(browser, "alma", "/account/tokens"))
    assert answer.headers["location"] == "/account/tokens"
    assert (await browser.get("/api/v1/me")).json()["role"] == "secretariat"
    assert (await browser.get("/api/v1/me/sessions")).json()["items"][0]["door"] == "oidc"


@pytest.mark.parametrize("user", ["unverified", "said", "silent", "stranger", "elsewhere"])
async def test_whom_the_provider_or_our_record_does_not_know_is_not_let_in(here: House, user: str) -> None:
    browser = here.browser()
    answer = await browser.get(await returned(browser, user))
    assert answer.status_code == 403
    assert "You were not signed in" in answer.text
    assert (await browser.get("/api/v1/me")).status_code == 401


GROUPS = {
    "oidc_client_secret": "a client's secret",
    "oidc_client_id": "pathfinder",
    "oidc_domains": "alliance.example",
    "oidc_roles_claim": "groups",
    "oidc_roles": "pathfinder-audit=auditor, cn=ops=operator, pathfinder-desk = secretariat",
}


async def test_a_role_that_the_provider_says_is_granted_as_mapped_until_the_session_ends(
    tmp_path: Path, issuer: str
) -> None:
    async with house(tmp_path, oidc_issuer=issuer, **GROUPS) as here:
        here.now = datetime.now(UTC)
        browser = here.browser()
        for user in ("staff", "forger", "stranger"):
            assert (await browser.get(await returned(browser, user))).status_code == 403
        assert (await browser.get(await returned(browser, "auditor"))).headers["location"] == "/account"
        me = (await browser.get("/api/v1/me")).json()
        assert (me["role"], me["name"]) == ("auditor", "Ole Audit")
        mandates = (await browser.get("/api/v1/me/mandates")).json()["items"]
        assert [one["key"] for one in mandates] == ["provider-auditor"]
        made = await browser.post("/api/v1/me/tokens", json={"name": "Tool", "scopes": ["read"]})
        assert made.status_code == 409
        assert (
            await browser.post("/account/tokens", data={"name": "T", "scopes": "read"})
        ).status_code == 409
        recorded = (await acts(here.database, AuditFilter(action="sign_in"))).items
        assert [one.outcome.value for one in reversed(recorded)] == ["denied", "done"], "a flood is one row"
        assert recorded[0].person == await people.person_at(here.database, "audit@alliance.example")
        here.later(hours=11)
        assert (await browser.get("/api/v1/me")).status_code == 200
        here.later(hours=1)
        assert (await browser.get("/api/v1/me")).status_code == 401
        assert await people.mandates_at(here.database, "audit@alliance.example", here.now) == []


async def test_whoever_is_appointed_and_has_a_role_of_the_provider_says_in_which_they_act(
    tmp_path: Path, issuer: str
) -> None:
    async with house(tmp_path, oidc_issuer=issuer, **GROUPS) as here:
        here.now = datetime.now(UTC)
        await here.appoint("mwg", "audit@alliance.example", name="Ole On Record")
        browser = here.browser()
        answer = await browser.get(await returned(browser, "auditor"))
        assert answer.headers["location"].startswith("/account/acting-as")
        await browser.post("/account/acting-as", data={"mandate": "provider-auditor"})
        assert (await browser.get("/api/v1/me")).json()["role"] == "auditor"
        await here.appoint("auditor", "audit@alliance.example")
        choice = (await browser.get("/account/acting-as")).text
        assert choice.count('type="radio"') == 2
        assert "provider-" not in choice, "what is on record comes first"


@pytest.mark.parametrize(
    "claims", [{}, {"groups": None}, {"groups": {"a": 1}}, {"groups": [7, ["a"]]}, {"b": "a"}]
)
def test_a_claim_of_another_shape_grants_nothing(claims: dict[str, Any]) -> None:
    assert roles_in(claims, "groups", {"a": "operator"}) == ()
    assert roles_in({"realm": {"roles": ["a"]}}, "realm.roles", {"a": "operator"}) == (Role.OPERATOR,)
    assert roles_in({"groups": "a"}, "groups", {"a": "operator"}) == (Role.OPERATOR,)
    assert roles_in({"": "a"}, "", {"a": "operator"}) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"oidc_roles": "a=gcm", "oidc_roles_claim": "groups"},
        {"oidc_roles": "a=focal_point", "oidc_roles_claim": "groups"},
        {"oidc_roles": "a=system", "oidc_roles_claim": "groups"},
        {"oidc_roles": "=operator", "oidc_roles_claim": "groups"},
        {"oidc_roles": "operator", "oidc_roles_claim": "groups"},
        {"oidc_roles": "a=operator"},
        {"oidc_roles_claim": "groups"},
    ],
    ids=str,
)
def test_only_roles_without_a_country_or_seat_can_be_mapped(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="ROLE"):
        Settings.model_validate(settings_in(tmp_path).model_dump() | wrong)


async def test_what_comes_back_works_once_and_in_the_browser_that_went_there_only(here: House) -> None:
    browser, other = here.browser(), here.browser()
    back = await returned(browser, "alma")
    assert (await other.get(back)).status_code == 403
    await returned(other, "alma")
    assert (await other.get(back)).status_code == 403
    assert (await browser.get(back)).status_code == 303
    assert (await browser.get(back)).status_code == 403


@pytest.mark.parametrize("query", ["", "?code=1", "?state=x", "?error=access_denied", "?code=1&state="])
async def test_what_the_provider_did_not_send_is_refused(here: House, query: str) -> None:
    browser = here.browser()
    await browser.get("/sign-in/oidc")
    assert (await browser.get(f"/sign-in/oidc/back{query}")).status_code == 403


async def test_whoever_stays_away_too_long_begins_anew(here: House) -> None:
    browser = here.browser()
    back = await returned(browser, "alma")
    here.later(minutes=11)
    assert (await browser.get(back)).status_code == 403


async def test_while_the_provider_is_away_the_page_says_so_and_links_still_work(tmp_path: Path) -> None:
    (nobodys,) = free_ports(1)
    async with house(tmp_path, oidc_issuer=f"http://127.0.0.1:{nobodys}", oidc_client_id="p") as here:
        browser = here.browser()
        answer = await browser.get("/sign-in/oidc")
        assert answer.status_code == 503
        assert "does not answer" in answer.text
        assert int(answer.headers["retry-after"]) > 0
        assert (await here.signed_in(ALMA)).cookies


async def test_without_a_provider_there_is_no_such_way_in(tmp_path: Path) -> None:
    async with house(tmp_path) as here:
        for address in ("/sign-in/oidc", "/sign-in/oidc/back?code=1&state=2"):
            assert (await here.browser().get(address)).status_code == 404
        assert "oidc" not in (await here.browser().get("/sign-in")).text


class Told:
    """Answers in place of a provider, with an identity token of the test's choice."""

    def __init__(self, token: str, keys: list[Any]) -> None:
        self.token, self.keys, self.forms = token, keys, list[dict[str, str]]()
        self.key_questions = 0
        self.issuer = ISSUER

    async def fetched(self, method: str, address: str, **more: Any) -> dict[str, Any]:
        """What the provider would answer."""
        if method == "POST":
            self.forms.append(more["data"])
            return {"id_token": self.token, "access_token": "x"}
        if address.endswith("jwks"):
            self.key_questions += 1
            return {"keys": [key.as_dict(private=False) for key in self.keys]}
        places = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint")}
        return places | {"issuer": self.issuer, "jwks_uri": f"{ISSUER}/jwks"}


BEGUN = oidc.begin("/")


def whole(**changes: Any) -> dict[str, Any]:
    """The claims of an identity token; None takes one out."""
    seconds = int(NOW.timestamp())
    claims = {"iss": ISSUER, "aud": "pathfinder", "sub": "7", "iat": seconds, "exp": seconds + 300}
    claims |= {"nonce": BEGUN.nonce, "email": ALMA, "email_verified": True} | changes
    return {name: value for name, value in claims.items() if value is not None}


def token(key: Any = KEY, kid: str = "one", **changes: Any) -> str:
    """An identity token of the provider."""
    return jwt.encode({"alg": "RS256", "kid": kid}, whole(**changes), key, algorithms=["RS256"])


def unsigned() -> str:
    """A token without a signature."""
    return f"eyJhbGciOiJub25lIn0.{token().split('.')[1]}."


SECONDS = int(NOW.timestamp())
FORGED = {
    "no signature": unsigned(),
    "another key of that name": token(OTHER),
    "an unknown key": token(OTHER, kid="two"),
    "a public key as a secret": by_hand(KEY.as_pem(private=False), whole(), kid="one"),
    "expired": token(exp=SECONDS - 61),
    "no end": token(exp=None),
    "not yet valid": token(nbf=SECONDS + 61),
    "made in the future": token(iat=SECONDS + 3600),
    "another issuer": token(iss="https://evil.example"),
    "another audience": token(aud="another"),
    "two audiences for another client": token(aud=["pathfinder", "another"], azp="another"),
    "another nonce": token(nonce="another"),
    "no nonce": token(nonce=None),
    "no subject": token(sub=None),
    "nothing": "",
    "no token": "a.b.c",
    "not ASCII": "é.é.é",
}


@pytest.fixture
def provider(tmp_path: Path) -> Provider:
    """The provider as an installation knows it."""
    given = {"oidc_issuer": ISSUER, "oidc_client_id": "pathfinder"}
    return Provider(Settings.model_validate(settings_in(tmp_path).model_dump() | given))


async def vouched(
    provider: Provider, told: Told, monkeypatch: pytest.MonkeyPatch, now: datetime = NOW
) -> str:
    """The address for which the provider vouches."""
    monkeypatch.setattr(oidc, "_fetched", told.fetched)
    return (await provider.vouched("code", BEGUN, now)).address


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
async def test_row_28_a_forged_identity_token_lets_nobody_in(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, forged: str
) -> None:
    with pytest.raises(NotVouchedFor):
        await vouched(provider, Told(forged, [KEY]), monkeypatch)


async def test_a_whole_identity_token_is_taken_with_a_clock_that_is_a_little_off(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told(token(exp=SECONDS - 30, nbf=SECONDS + 30), [KEY])
    assert await vouched(provider, told, monkeypatch) == ALMA
    assert told.forms[0]["code_verifier"] == BEGUN.verifier
    assert told.forms[0]["redirect_uri"].endswith("/sign-in/oidc/back")


async def test_the_way_to_the_provider_carries_state_nonce_and_challenge_and_no_verifier(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc, "_fetched", Told("", [KEY]).fetched)
    query = parse_qs(urlsplit(await provider.address(BEGUN, NOW)).query)
    assert query["state"] == [BEGUN.state]
    assert query["nonce"] == [BEGUN.nonce]
    assert query["code_challenge_method"] == ["S256"]
    assert BEGUN.verifier not in str(query)


async def test_new_keys_of_the_provider_are_learned_but_not_asked_for_at_every_forged_token(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told(token(), [KEY])
    await vouched(provider, told, monkeypatch)
    told.keys, told.token = [OTHER], token(OTHER, kid="two", exp=SECONDS + 999)
    for _ in range(5):
        with pytest.raises(NotVouchedFor):
            await vouched(provider, told, monkeypatch)
    assert told.key_questions == 1
    assert await vouched(provider, told, monkeypatch, NOW + timedelta(minutes=2)) == ALMA
    assert told.key_questions == 2


async def test_a_provider_that_calls_itself_otherwise_is_not_believed(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told(token(), [KEY])
    told.issuer = "https://evil.example"
    with pytest.raises(ProviderAway):
        await vouched(provider, told, monkeypatch)


@pytest.mark.parametrize("kept", ["", "a.b.c", "é", SECRET])
def test_what_a_browser_did_not_get_from_us_is_not_read(kept: str) -> None:
    with pytest.raises(NotVouchedFor):
        oidc.opened(kept, BEGUN.state, SECRET, NOW)
    assert oidc.opened(oidc.sealed(BEGUN, SECRET, NOW), BEGUN.state, SECRET, NOW) == BEGUN
