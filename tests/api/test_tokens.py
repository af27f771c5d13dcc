"""Tokens: only ours, only in time, only for people."""

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

import tokens
from access.people import FOR_A_COUNTRY
from framework.terms import Role
from tests.api.conftest import SECRET, Caller, Installation
from tokens import TokenError

CLAIMS: dict[str, Any] = {
    "iss": tokens.ISSUER,
    "aud": tokens.AUDIENCE,
    "iat": 1_700_000_000,
    "exp": 4_000_000_000,
    "sub": "Somebody",
    "role": "secretariat",
    "country": "",
}


def signed(secret: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}
    return jwt.encode({"alg": algorithm}, claims, OctKey.import_key(secret), algorithms=[algorithm])


def unsigned() -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, CLAIMS)]
    return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), ""])


def by_rsa() -> str:
    return jwt.encode({"alg": "RS256"}, CLAIMS, RSAKey.generate_key(2048), algorithms=["RS256"])


def with_a_changed_role() -> str:
    head, body, signature = signed(role="mwg").split(".")
    claims = {**CLAIMS, "role": "secretariat"}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{head}.{body}.{signature}"


FORGED = {
    "another secret": signed("another secret, which is long enough too"),
    "another algorithm": signed(algorithm="HS512"),
    "no algorithm": unsigned(),
    "a public key": by_rsa(),
    "a changed role": with_a_changed_role(),
    "expired": signed(exp=int(time.time()) - 1),
    "no end": signed(exp=None),
    "an end that is no time": signed(exp="tomorrow"),
    "not yet valid": signed(nbf=int(time.time()) + 3600),
    "another audience": signed(aud="another-api"),
    "no audience": signed(aud=None),
    "another issuer": signed(iss="somebody else"),
    "a role that does not exist": signed(role="minister"),
    "the process's own role": signed(role="system"),
    "a list of roles": signed(role=["secretariat"]),
    "a focal point without country": signed(role="focal_point"),
    "a focal point of two countries": signed(role="focal_point", country="XAA,XAB"),
    "the Secretariat of one country": signed(country="XAA"),
    "a name that is no text": signed(sub=7),
    "no token": "nothing",
    "too many parts": "a.b.c.d.e",
    "not ASCII": "é.é.é",
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_row_28_a_token_that_is_not_ours_or_not_in_time_is_refused(token: str) -> None:
    with pytest.raises(TokenError):
        tokens.read(SECRET, token)


@pytest.mark.parametrize(
    ("role", "tasks"),
    [(Role.CONTRIBUTOR, ()), (Role.CONTRIBUTOR, ("dance",)), (Role.FOCAL_POINT, ("progress_report",))],
)
def test_a_contributor_and_nobody_else_is_named_for_kinds_of_task_that_there_are(
    role: Role, tasks: tuple[str, ...]
) -> None:
    with pytest.raises(TokenError):
        tokens.issue(SECRET, role, "XAA", "A Person", tasks=tasks)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_a_token_is_read_as_it_was_issued(role: Role) -> None:
    country = "XAA" if role in FOR_A_COUNTRY else ""
    tasks = ("progress_report",) if role is Role.CONTRIBUTOR else ()
    start = datetime.now(UTC).replace(microsecond=0)
    token = tokens.issue(SECRET, role, country, "A Person", timedelta(hours=2), tasks=tasks, now=start)
    read = tokens.read(SECRET, token)
    assert (read.role, read.country, read.name, read.tasks) == (role, country, "A Person", tasks)
    assert read.until == start + timedelta(hours=2)


@pytest.mark.parametrize(
    ("role", "country", "name", "valid_for"),
    [
        (Role.SYSTEM, "", "", timedelta(hours=1)),
        (Role.FOCAL_POINT, "", "", timedelta(hours=1)),
        (Role.FOCAL_POINT, "xaa", "", timedelta(hours=1)),
        (Role.MWG, "XAA", "", timedelta(hours=1)),
        (Role.MWG, "", "a\nb", timedelta(hours=1)),
        (Role.MWG, "", "n" * 201, timedelta(hours=1)),
        (Role.MWG, "", "", timedelta(0)),
        (Role.MWG, "", "", timedelta(days=367)),
    ],
)
def test_a_token_that_makes_no_sense_is_not_issued(
    role: Role, country: str, name: str, valid_for: timedelta
) -> None:
    with pytest.raises(TokenError):
        tokens.issue(SECRET, role, country, name, valid_for)


@pytest.mark.parametrize("name", ["expired", "no algorithm", "another audience", "no token"])
async def test_the_api_answers_a_forged_token_with_401_and_says_how_to_get_one(
    installation: Installation, name: str
) -> None:
    answer = await Caller(installation.client, f"Bearer {FORGED[name]}").get("/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "pathfinder token" in answer.json()["detail"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", signed()])
async def test_a_request_without_a_bearer_token_is_401(installation: Installation, header: str) -> None:
    answer = await Caller(installation.client, header).get("/countries")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


async def test_who_you_are_is_what_the_token_says(installation: Installation) -> None:
    answer = await installation.person(Role.FOCAL_POINT, "XAA", "The Director").get("/me")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["role"], body["country"], body["name"]) == ("focal_point", "XAA", "The Director")
    assert "submit" in body["may"]
    assert "decide" not in body["may"]
