"""Every page for every role, in its own and in another country: seen and handed in exactly where the table lets it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from access.matrix import ROLES
from access.people import FOR_A_COUNTRY
from access.table import who_may
from api.deps import action_of
from api.pages.guard import SignedInRoute
from contracts.people import Contributor
from framework.records import Contact
from framework.terms import Role
from tests.api.signing import NOON, House, house
from tests.api.test_access import VALUES, where

IDS = {"name": "operations", "id": "0" * 24, "year": "2026", "number": "1", "entry": "1", "place": "1"}
"""What stands for parts of addresses, beside VALUES."""


def address_of(role: Role) -> str:
    """At which address somebody in this role is known."""
    return f"{role.value}@people.example"


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """An installation with two countries and somebody in every role."""
    async with house(Path(tmp_path_factory.mktemp("pages"))) as found:
        for role in ROLES:
            if role not in FOR_A_COUNTRY:
                await found.appoint(role.value, address_of(role), name=f"A {role.value}")
        helper = Contact(name="A contributor", email=address_of(Role.CONTRIBUTOR))
        named = Contributor(
            id="c-1", contact=helper, tasks=["progress_report"], from_on=NOON.date() - timedelta(days=9)
        )
        people = (address_of(Role.FOCAL_POINT), address_of(Role.DEPUTY))
        await found.country("XAA", *people, contributors=[named])
        await found.country("XAB", "other@people.example")
        yield found


def pages(here: House) -> list[tuple[RouteContext, str]]:
    """Every page for those who have signed in, with its method."""
    found = [one for one in iter_route_contexts(here.app.routes) if isinstance(one.original_route, APIRoute)]
    signed_in = [one for one in found if isinstance(one.original_route, SignedInRoute)]
    return [(one, method) for one in signed_in for method in sorted(one.methods or ())]


async def ask(browser: httpx2.AsyncClient, page: RouteContext, method: str, country: str) -> Any:
    """Opens a page, or hands its form in with nothing in it."""
    return await browser.request(method, where(page).format(**VALUES | IDS | {"code": country}))


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("role", ROLES)
async def test_row_27_a_role_sees_exactly_the_pages_that_the_table_lets_it(here: House, role: Role) -> None:
    browser, cells = await here.signed_in(address_of(role)), 0
    for page, method in pages(here):
        action = action_of(page)
        assert action is not None
        may = role in who_may(action)
        own = await ask(browser, page, method, "XAA") if not may or method == "GET" else None
        if not may:
            assert own is not None
            assert own.status_code == 403, (method, where(page))
        elif own is not None:
            assert own.status_code not in (401, 403, 500), (where(page), own.status_code)
        cells += 1
        if may and role in FOR_A_COUNTRY and "{code}" in where(page):
            other, missing = [await ask(browser, page, method, one) for one in ("XAB", "XZZ")]
            assert other.status_code == missing.status_code == 404, (method, where(page))
            assert other.text.replace("XAB", "XZZ") == missing.text
            cells += 2
    assert cells >= 50
    print(f"{cells} cells: every page for the role {role.value}")
