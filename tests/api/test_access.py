"""Who may do what: every route of the OpenAPI document with every role, against a table written down here."""

from typing import Any

import pytest
from fastapi import FastAPI

from framework.terms import Role
from tests.api.conftest import Installation

S, G, M, F, OP = Role.SECRETARIAT, Role.GCM, Role.MWG, Role.FOCAL_POINT, Role.OPERATOR
EVERYBODY = {S, G, M, F, OP}
EXPECTED: dict[str, set[Role]] = {
    "list_countries": EVERYBODY,
    "register_country": {S},
    "read_country": EVERYBODY,
    "read_benefits": EVERYBODY,
    "explain_flags": EVERYBODY,
    "read_timeline": EVERYBODY,
    "list_cycles": EVERYBODY,
    "list_versions": EVERYBODY,
    "read_version": EVERYBODY,
    "list_comments": EVERYBODY,
    "list_tasks": EVERYBODY,
    "list_my_tasks": EVERYBODY,
    "list_country_tasks": EVERYBODY,
    "read_task": EVERYBODY,
    "complete_task": {S, G, M, F},
    "submit": {S, G, M, F},
    "request_reactivation": {S, F},
    "request_extension": {S, F},
    "grant_extension": {S},
    "read_contacts": EVERYBODY,
    "change_contacts": {S, F},
    "read_policy": EVERYBODY,
    "read_country_policy": EVERYBODY,
    "change_policy": {S},
    "send_decision": {S},
    "list_decisions": EVERYBODY,
    "read_decision": EVERYBODY,
    "upload_document": {S, M, F},
    "read_document": EVERYBODY,
    "download_document": EVERYBODY,
    "list_documents": EVERYBODY,
    "create_calendar_feed": EVERYBODY,
    "list_calendar_feeds": EVERYBODY,
    "revoke_calendar_feed": EVERYBODY,
    "read_me": EVERYBODY,
    "list_mails": {S, F, OP},
    "read_mail": {S, F, OP},
    "list_returns": {S, OP},
    "read_return": {S, OP},
    "download_return": {S, OP},
    "see_to_return": {S},
    "list_letters": EVERYBODY,
    "read_letter": EVERYBODY,
    "preview_letter": {S},
    "download_letter": EVERYBODY,
    "open_payloads": {OP},
    "seal_payloads": {OP},
}
OPEN = {"is_live", "is_ready", "read_calendar"}
BODIES: dict[str, Any] = {
    "send_decision": {"decision": {"id": "d-1", "kind": "grant"}},
    "register_country": {"submission": {"country": "XAB"}},
    "request_reactivation": {"submission": {}},
    "request_extension": {"submission": {}},
    "grant_extension": {"submission": {}},
    "change_contacts": {"submission": {}},
    "change_policy": {"submission": {}},
    "see_to_return": {"note": "Spam"},
    "create_calendar_feed": {"language": "en"},
}
ANY = {"submission": {"kind": "featured_event"}}
VALUES = {
    "code": "XAA",
    "key": "task",
    "kind": "roadmap",
    "number": "1",
    "id": "0" * 32,
    "year": "2026",
    "place": "1",
}


def operations(app: FastAPI) -> dict[str, tuple[str, str]]:
    found = {}
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            found[operation["operationId"]] = (method.upper(), path)
    return found


async def test_the_table_knows_every_route(installation: Installation) -> None:
    assert set(operations(installation.app)) == set(EXPECTED) | OPEN


@pytest.mark.parametrize("role", sorted(EVERYBODY))
@pytest.mark.parametrize("name", sorted(EXPECTED))
async def test_a_role_passes_exactly_where_the_table_lets_it(
    installation: Installation, name: str, role: Role
) -> None:
    method, path = operations(installation.app)[name]
    person = installation.person(role, "XAA" if role is F else "")
    address = path.removeprefix("/api/v1").format(**VALUES)
    if method == "GET":
        answer = await person.get(address)
    elif method == "DELETE":
        answer = await person.delete(address)
    elif name == "upload_document":
        answer = await person.upload("XAA")
    else:
        answer = await person.post(address, BODIES.get(name, ANY))
    if role not in EXPECTED[name]:
        assert answer.status_code == 403
        assert role.value in answer.json()["detail"]
    elif name not in ("submit", "complete_task"):
        assert answer.status_code not in (401, 403)


@pytest.mark.parametrize("name", sorted(set(EXPECTED)))
async def test_without_a_token_every_route_is_401(installation: Installation, name: str) -> None:
    method, path = operations(installation.app)[name]
    answer = await installation.client.request(method, path.format(**VALUES), content=b"{")
    assert answer.status_code == 401


@pytest.mark.clause("EOI-03")
@pytest.mark.parametrize("name", sorted(name for name in EXPECTED if name != "register_country"))
async def test_for_a_focal_point_another_country_is_not_there(installation: Installation, name: str) -> None:
    method, path = operations(installation.app)[name]
    other = await installation.candidate()
    if ("{code}" not in path and name != "upload_document") or F not in EXPECTED[name]:
        return
    values = {**VALUES, "code": other, "key": "reply_letter", "kind": "expression_of_interest"}
    address = path.removeprefix("/api/v1").format(**values)
    person = installation.person(F, "XAA")
    if method == "GET":
        there, missing = await person.get(address), await person.get(address.replace(other, "XZZ"))
    elif name == "upload_document":
        there, missing = await person.upload(other), await person.upload("XZZ")
    else:
        body = BODIES.get(name, ANY)
        there, missing = (
            await person.post(address, body),
            await person.post(address.replace(other, "XZZ"), body),
        )
    assert there.status_code == missing.status_code == 404
    assert there.text.replace(other, "XZZ") == missing.text


async def test_a_focal_point_sees_only_its_own_country_in_lists(installation: Installation) -> None:
    own, other = await installation.candidate(), await installation.candidate()
    person = installation.person(F, own)
    assert [country["code"] for country in await person.all("/countries")] == [own]
    assert {task["country"] for task in await person.all("/tasks")} == {own}
    mine = await person.all("/me/tasks")
    assert {task["task"]["role"] for task in mine} == {"focal_point"}
    assert other in {task["country"] for task in await installation.secretariat.all("/tasks")}


async def test_a_role_hands_in_only_the_kinds_that_are_its_own(installation: Installation) -> None:
    code = await installation.candidate()
    answer = await installation.person(F, code).submit(code, {"kind": "reply_letter"})
    assert answer.status_code == 403
    assert "reply_letter" in answer.json()["detail"]
    assert "secretariat" in answer.json()["detail"]
