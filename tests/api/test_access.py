"""Who may do what: every route with every role, in its own and in another country, against the table of access."""

from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from access.matrix import ROLES
from access.people import FOR_A_COUNTRY
from access.table import STRANGER, Action, Reach, reach, who_may
from api.deps import GuardedRoute, action_of, open_to_all
from api.pages.guard import SignedInRoute
from framework.terms import Role
from tests.api.conftest import Caller, Installation

F = Role.FOCAL_POINT
BODIES: dict[str, Any] = {
    "send_decision": {"decision": {"id": "d-1", "kind": "grant"}},
    "register_country": {"submission": {"country": "XAB"}},
    "request_reactivation": {"submission": {}},
    "request_extension": {"submission": {}},
    "grant_extension": {"submission": {}},
    "change_contacts": {"submission": {}},
    "change_policy": {"submission": {}},
    "name_successor": {"submission": {}},
    "accept_mandate": {"submission": {}},
    "withdraw_successor": {"submission": {}},
    "name_contributor": {"submission": {}},
    "end_contributor": {"submission": {}},
    "see_to_return": {"note": "Spam"},
    "create_calendar_feed": {"language": "en"},
    "export_person": {"address": ""},
    "erase_person": {"address": ""},
    "join_addresses": {"address": ""},
    "make_my_token": {"name": "Tool", "scopes": ["read"]},
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
    "section": "progress",
    "entry": "1",
    "name": "operations",
}


def routes(app: FastAPI) -> list[RouteContext]:
    """Every route of the application, also those that its OpenAPI document leaves out; not the documentation's files."""
    found = [one for one in iter_route_contexts(app.routes) if isinstance(one.original_route, APIRoute)]
    return [one for one in found if not where(one).startswith("/api/v1/docs")]


def where(route: RouteContext) -> str:
    """The address of a route."""
    return route.path or ""


def guarded(app: FastAPI) -> list[RouteContext]:
    """The routes that ask who somebody is."""
    return [one for one in routes(app) if isinstance(one.original_route, GuardedRoute)]


def without_rule(app: FastAPI) -> list[str]:
    """Routes that no line of the table guards."""
    return [where(one) for one in routes(app) if action_of(one) is None]


def caller(installation: Installation, role: Role, country: str = "XAA") -> Caller:
    return installation.person(role, country if role in FOR_A_COUNTRY else "")


async def call(person: Caller, route: RouteContext, country: str = "XAA", key: str = "task") -> Any:
    """Calls a route with what it needs to be understood, as far as permission goes."""
    values = VALUES | {"code": country, "key": key}
    (method,) = route.methods or {"GET"}
    if not where(route).startswith("/api/v1"):
        return await call_page(person, method, where(route).format(**values))
    address = where(route).removeprefix("/api/v1").format(**values)
    if method == "PUT":
        return await person.put(address, {"content": {}})
    if method == "GET":
        return await person.get(address)
    if method == "DELETE":
        return await person.delete(address)
    if route.operation_id == "upload_document":
        return await person.upload(country)
    return await person.post(address, BODIES.get(str(route.operation_id), ANY))


async def call_page(person: Caller, method: str, address: str) -> Any:
    """Calls a page, or hands in its form with nothing in it."""
    return await person.client.request(method, address, headers={"Authorization": person.authorization})


def test_every_route_has_a_rule(installation: Installation) -> None:
    assert without_rule(installation.app) == []


def test_a_route_that_is_added_without_a_rule_is_found() -> None:
    app, router = FastAPI(), APIRouter(route_class=GuardedRoute)
    router.add_api_route("/forgotten", lambda: "secret")
    router.add_api_route("/open", lambda: "open", dependencies=[open_to_all(Action.READ_HEALTH)])
    app.include_router(router)
    assert without_rule(app) == ["/forgotten"]


def test_a_route_cannot_be_opened_to_strangers_against_the_table() -> None:
    with pytest.raises(ValueError, match="decide"):
        open_to_all(Action.DECIDE)


def test_only_what_the_table_opens_to_strangers_asks_nobody_who_they_are(installation: Installation) -> None:
    for route in routes(installation.app):
        action = action_of(route)
        assert action is not None
        asks = isinstance(route.original_route, GuardedRoute | SignedInRoute)
        assert asks is (reach(STRANGER, action) is not Reach.ALL), where(route)


async def test_every_page_that_is_not_for_strangers_leads_them_to_where_one_signs_in(
    installation: Installation,
) -> None:
    pages = [one for one in routes(installation.app) if isinstance(one.original_route, SignedInRoute)]
    for route, method in ((one, method) for one in pages for method in one.methods or ()):
        answer = await installation.client.request(
            method, where(route).format(**VALUES), headers={"Origin": "http://api"}
        )
        assert answer.status_code == 303, where(route)
        assert answer.headers["location"].startswith("/sign-in?to=")
    assert len(pages) >= 10


@pytest.mark.parametrize("role", ROLES)
async def test_row_27_a_role_passes_exactly_where_the_table_lets_it(
    installation: Installation, role: Role
) -> None:
    person, cells = caller(installation, role), 0
    for route in guarded(installation.app):
        action = action_of(route)
        answer = await call(person, route)
        cells += 1
        if action is None or role not in who_may(action):
            assert answer.status_code == 403, (where(route), answer.text)
            assert role.value in answer.json()["detail"]
        elif action is not Action.SUBMIT:
            assert answer.status_code not in (401, 403), (where(route), answer.text)
    print(f"{cells} cells: every route for the role {role.value}")


async def test_row_27_without_a_token_every_guarded_route_is_401(installation: Installation) -> None:
    for route, method in ((one, method) for one in guarded(installation.app) for method in one.methods or ()):
        answer = await installation.client.request(method, where(route).format(**VALUES), content=b"{")
        assert answer.status_code == 401, where(route)


@pytest.mark.clause("EOI-03")
@pytest.mark.parametrize("role", sorted(FOR_A_COUNTRY))
async def test_row_27_for_whoever_acts_for_one_country_another_is_not_there(
    installation: Installation, role: Role
) -> None:
    other, person = await installation.candidate(), caller(installation, role)
    cells = 0
    for route in guarded(installation.app):
        action = action_of(route)
        named = "{code}" in where(route) or route.operation_id == "upload_document"
        if not named or action is None or role not in who_may(action):
            continue
        keys = ("reply_letter", "expression_of_interest") if "{key}" in where(route) else ("task",)
        for key in keys:
            there = await call(person, route, other, key)
            missing = await call(person, route, "XZZ", key)
            assert there.status_code == missing.status_code == 404, (where(route), there.text)
            assert there.text.replace(other, "XZZ") == missing.text
            cells += 2
    assert cells >= 40
    print(f"{cells} cells: another country for the role {role.value}")


async def test_a_contributor_sees_the_tasks_that_it_was_named_for_and_no_other(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    person = installation.person(Role.CONTRIBUTOR, code, tasks=["stakeholder_list"])
    own = {task["task"]["kind"] for task in await person.all("/me/tasks")}
    listed = {task["task"]["kind"] for task in await person.all(f"/countries/{code}/tasks")}
    every = {task["task"]["key"] for task in await installation.secretariat.all(f"/countries/{code}/tasks")}
    assert own | listed <= {"stakeholder_list"}
    for key in every - own - {"stakeholder_list"}:
        assert (await person.get(f"/countries/{code}/tasks/{key}")).status_code == 404


async def test_a_deputy_hands_in_for_the_focal_point_and_the_record_says_so(
    installation: Installation,
) -> None:
    code = await installation.candidate()
    deputy = installation.person(Role.DEPUTY, code, "The Deputy")
    answer = await deputy.submit(code, {"kind": "introduction", "on": "2026-11-20"})
    assert answer.status_code != 403, answer.text
    answer = await deputy.submit(code, {"kind": "reply_letter"})
    assert answer.status_code == 403


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
