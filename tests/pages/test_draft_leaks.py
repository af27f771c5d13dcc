"""What somebody types and has not handed in is their country's and the Secretariat's: nobody else gets a word of it."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from api.app import create_app
from framework.terms import Role
from storage.documents import Documents
from tests.api.conftest import bearer, served, settings_in
from tests.pages import leaks
from tests.pages.desk_world import HTML
from tests.pages.living import NOW, read_model, steady

pytestmark = pytest.mark.asyncio(loop_scope="session")

YEAR = 2028
KINDS = (f"progress_report-{YEAR}", "evidence")
VALUES = {
    "code": "XAA",
    "number": "1",
    "entry": "1",
    "year": str(YEAR),
    "place": "1",
    "id": "0" * 32,
    "name": "operations",
}
OUTSIDE = (
    (Role.GCM, ""),
    (Role.OPERATOR, ""),
    (Role.FOCAL_POINT, "XAB"),
)
INSIDE = ((Role.SECRETARIAT, ""), (Role.AUDITOR, ""), (Role.FOCAL_POINT, "XAA"))


def addresses(app: FastAPI, planted: list[tuple[str, str]]) -> Iterator[str]:
    """Every address of the application that can be read, for each draft that was planted."""
    for route in iter_route_contexts(app.routes):
        path = route.path or ""
        if not isinstance(route.original_route, APIRoute) or "GET" not in (route.methods or ()):
            continue
        if "/docs" in path or "health" in path:
            continue
        for key, section in planted if "{section}" in path else {(one, "") for one, _ in planted}:
            kind = key.partition("-")[0]
            yield path.format_map(Values(VALUES | {"key": key, "section": section, "kind": kind}))
            if "{key}" not in path:
                break


class Values(dict[str, str]):
    """What is not named is something that is nowhere."""

    def __missing__(self, name: str) -> str:
        return "nothing"


async def told(client: httpx2.AsyncClient, found: list[str], role: Role, country: str) -> set[str]:
    """The addresses at which somebody is told what stands in a draft."""
    headers = {"Authorization": bearer(role, country), "Accept": HTML}
    answers = {one: await client.get(one, headers=headers) for one in found}
    assert [one for one, answer in answers.items() if answer.status_code == 500] == []
    return {one for one, answer in answers.items() if leaks.MARK in answer.text}


async def test_a_draft_is_read_by_its_country_and_the_secretariat_and_by_nobody_else_anywhere(
    tmp_path: Path,
) -> None:
    database = await read_model(tmp_path, steady(1))
    planted = [one for one in await leaks.plant_drafts(database, "XAA", YEAR) if one[0] in KINDS]
    documents = Documents(tmp_path.as_uri())
    app = create_app(settings_in(tmp_path), database=database, documents=documents, now=lambda: NOW)
    found = sorted(set(addresses(app, planted)))
    async with served(app) as client:
        for role, country in OUTSIDE:
            assert await told(client, found, role, country) == set(), role
        for role, country in INSIDE:
            for key, section in planted:
                own = [
                    f"/desk/tasks/XAA/{key}/{section}",
                    f"/api/v1/countries/XAA/tasks/{key}/draft/{section}",
                ]
                assert set(own) < set(found)
                assert await told(client, own, role, country) == set(own), role
    await database.close()
