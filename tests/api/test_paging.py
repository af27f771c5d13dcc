"""Lists: every item exactly once, whatever the page size, whoever comes in between; filters and orders."""

from typing import Any

import pytest

from framework.terms import Role
from tests.api.conftest import Installation
from tests.api.test_decisions import GRANT
from tests.api.test_submissions import INTRODUCTION, STAKEHOLDERS


def names(items: list[Any], *path: str) -> list[Any]:
    for step in path:
        items = [item[step] for item in items]
    return items


@pytest.mark.parametrize("limit", [1, 2, 3, 200])
@pytest.mark.parametrize("sort", ["name", "code", "deadline"])
async def test_paging_shows_every_country_exactly_once(
    installation: Installation, sort: str, limit: int
) -> None:
    for _ in range(2):
        await installation.candidate()
    whole = names(await installation.secretariat.all("/countries", sort=sort, limit=200), "code")
    paged = names(await installation.secretariat.all("/countries", sort=sort, limit=limit), "code")
    assert paged == whole
    assert len(set(paged)) == len(paged) >= 2


@pytest.mark.parametrize("limit", [1, 2, 7])
async def test_every_list_of_a_country_is_paged(installation: Installation, limit: int) -> None:
    code = await installation.candidate()
    for submission in (STAKEHOLDERS, STAKEHOLDERS):
        assert (await installation.secretariat.submit(code, submission)).status_code == 200
    for number in range(2):
        body = {"decision": {**GRANT, "id": f"grant-{number}"}}
        await installation.secretariat.post(f"/countries/{code}/decisions", body)
    for name in ("one.pdf", "two.pdf"):
        await installation.secretariat.upload(code, name=name)
    keys = {
        "timeline": ("number",),
        "versions": ("entry",),
        "tasks": ("task", "key"),
        "decisions": ("answer", "decision_id"),
        "documents": ("id",),
    }
    for part, path in keys.items():
        address = f"/countries/{code}/{part}"
        whole = names(await installation.secretariat.all(address, limit=200), *path)
        paged = names(await installation.secretariat.all(address, limit=limit), *path)
        assert paged == whole
        assert len(set(paged)) == len(paged) >= 2, part


async def test_a_page_keeps_its_filters_and_has_no_next_at_the_end(installation: Installation) -> None:
    code = await installation.candidate()
    for _ in range(3):
        await installation.secretariat.submit(code, STAKEHOLDERS)
    path = f"/countries/{code}/timeline"
    first = (
        await installation.secretariat.get(path, kind="stakeholder_list", limit=2, order="oldest")
    ).json()
    assert len(first["items"]) == 2
    assert "kind=stakeholder_list" in first["next"]
    second = (await installation.secretariat.get(first["next"])).json()
    assert names(second["items"], "kind") == ["stakeholder_list"]
    assert second["next"] is None


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WzFd", "WyJhIl0", "W10", "WzFlOTld", "é", "A" * 2001])
@pytest.mark.parametrize(
    "part", ["", "/{}/timeline", "/{}/tasks", "/{}/decisions", "/{}/versions", "/{}/documents"]
)
async def test_a_cursor_of_elsewhere_is_refused_and_never_shows_a_wrong_page(
    installation: Installation, part: str, cursor: str
) -> None:
    code = await installation.candidate()
    if part.endswith("decisions"):
        await installation.secretariat.post(f"/countries/{code}/decisions", {"decision": GRANT})
    answer = await installation.secretariat.get(f"/countries{part.format(code)}", cursor=cursor)
    if cursor == "WzFd" and part.endswith("timeline"):  # [1] is a cursor of a timeline
        assert answer.status_code == 200
    else:
        assert answer.status_code == 422
        assert names(answer.json()["findings"], "where") == ["cursor"]


async def test_the_board_is_filtered_by_status_stage_lateness_and_search(installation: Installation) -> None:
    code = await installation.candidate()
    for query in (
        {"status": "candidate"},
        {"late": "false"},
        {"search": code.lower()},
        {"search": f"country {code}"},
        {"stage": "expression_of_interest", "search": code},
    ):
        assert code in names(await installation.secretariat.all("/countries", limit=200, **query), "code")
    for query in ({"status": "active"}, {"late": "true"}, {"search": "%"}, {"flag": "no_report"}):
        assert code not in names(await installation.secretariat.all("/countries", limit=200, **query), "code")


async def test_tasks_are_filtered_by_role_kind_and_state(installation: Installation) -> None:
    code = await installation.candidate()
    await installation.secretariat.submit(code, INTRODUCTION)
    path = f"/countries/{code}/tasks"
    roles = names(await installation.secretariat.all(path, role="secretariat"), "task", "role")
    assert set(roles) == {"secretariat"}
    done = names(await installation.secretariat.all(path, state="done"), "task", "key")
    assert done == ["introduction"]
    assert "introduction" not in names(await installation.secretariat.all(path), "task", "key")
    mine = await installation.person(Role.SECRETARIAT).all("/me/tasks", kind="reply_letter")
    assert code in names(mine, "country")
