"""Operations: each trouble stands there with where to look and what to do; what is well says so."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.pages import troubles
from api.pages.guide_text import names
from api.pages.operations import ANCHORS, LATE_AFTER, SECTIONS, late_timers
from api.pages.troubles import Troubled, country_in
from contracts.rows import Batch
from framework.terms import Role, TaskState
from storage.engine import Database
from storage.reading_board import Duty
from storage.writing import delete_country, write_batch
from tests.pages.many import NOW
from tests.pages.readers import read, rows, section, signed_in
from tests.storage.samples import country_row, task

pytestmark = pytest.mark.asyncio(loop_scope="session")

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
PAGE = "/desk/operations"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
async def test_secretariat_operators_and_auditors_read_it_and_nobody_else(
    desk: httpx2.AsyncClient, role: Role
) -> None:
    allowed = role in {Role.SECRETARIAT, Role.OPERATOR, Role.AUDITOR}
    answer = await desk.get(PAGE, headers=signed_in(role))
    assert answer.status_code == (200 if allowed else 403)


async def test_the_guide_has_every_section_that_the_page_refers_to() -> None:
    headings = re.findall(r"^## (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    assert {*ANCHORS.values(), *SECTIONS.values()} <= anchors


async def test_the_guide_is_read_as_pages_whose_links_all_lead_somewhere(desk: httpx2.AsyncClient) -> None:
    pages = {name: await read(desk, f"/desk/guide/{name}", Role.OPERATOR) for name in names()}
    assert "operations" in pages
    for name, page in pages.items():
        for other, place in re.findall(r'href="/desk/guide/([a-z-]+)(?:#([^"]+))?"', page):
            assert not place or f'id="{place}"' in pages[other], (name, other, place)
        for place in re.findall(r'href="#([^"]+)"', page):
            assert f'id="{place}"' in page, (name, place)
        assert "<h1" in page.partition("<article")[0]
        assert "<h1" not in page.partition("<article")[2]
        assert ".md)" not in page
    linked = set(re.findall(r'href="/desk/guide/([a-z-]+)#?([^"]*)"', await read(desk, PAGE, Role.OPERATOR)))
    assert all(f'id="{place}"' in pages[name] for name, place in linked)
    wheel = (GUIDE.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert set(re.findall(r'"docs/([a-z-]+)\.md"', wheel)) == set(pages)
    for role, address, status in (
        (Role.OPERATOR, "/desk/guide/nothing", 404),
        (Role.OPERATOR, "/desk/guide/..%2Fpyproject", 404),
        (Role.FOCAL_POINT, "/desk/guide/operations", 403),
    ):
        assert (await desk.get(address, headers=signed_in(role))).status_code == status


async def test_a_part_that_is_down_says_what_to_do_and_one_that_is_up_does_not(
    desk: httpx2.AsyncClient,
) -> None:
    parts = section(await read(desk, PAGE, Role.OPERATOR), "parts")
    assert "Start the Temporal server again" in parts
    assert 'href="/desk/guide/operations#the-parts-one-by-one"' in parts
    assert "Bring the database back" not in parts


async def test_without_temporal_the_page_is_drawn_and_does_not_claim_that_all_is_well(
    desk: httpx2.AsyncClient,
) -> None:
    stuck = section(await read(desk, PAGE, Role.OPERATOR), "stuck")
    assert "did not say in time" in stuck
    assert "All processes move" not in stuck


async def test_a_process_that_is_stuck_is_shown_with_its_cause_and_marks_its_country(
    desk: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [
        Troubled(
            workflow=name, run="r-1", country=country_in(name), started_at=NOW, cause="NonDeterminismError"
        )
        for name in ("country-XAD", "dialogue-XAE-1", "alliance")
    ]

    async def listed(_: Any) -> list[Troubled]:
        return found

    monkeypatch.setattr(troubles, "_listed", listed)
    page = section(await read(desk, PAGE, Role.OPERATOR), "stuck")
    assert rows(page) == ["country-XAD", "dialogue-XAE-1", "alliance"]
    assert "/namespaces/default/workflows/country-XAD/r-1/history" in page
    assert "NonDeterminismError" in page
    assert 'href="/desk/guide/changing-a-running-country"' in page
    assert page.count("bring the version before back") == 3
    marked = rows(await read(desk, "/desk/board?mark=stuck"))
    assert [name.split()[1] for name in marked] == ["XAD", "XAE"]


@pytest.mark.parametrize(
    ("workflow", "code"),
    [
        ("country-XAA", "XAA"),
        ("dialogue-XAA-2", "XAA"),
        ("reactivation-XAB-1", "XAB"),
        ("mail-XAA-2027-reminder", ""),
        ("alliance", ""),
    ],
)
async def test_the_country_of_a_process_is_in_its_name(workflow: str, code: str) -> None:
    assert country_in(workflow) == code


async def test_refused_messages_are_those_that_the_board_counts_country_by_country(
    desk: httpx2.AsyncClient,
) -> None:
    every = section(await read(desk, PAGE), "refused")
    assert every.count("unknown kind") == 4
    one = section(await read(desk, f"{PAGE}?country=XAJ"), "refused")
    assert one.count("unknown kind") == 1
    assert "/workflows/country-XAJ" in one


def duty(state: TaskState, hours: float, country: str = "XAA") -> Duty:
    due = NOW - timedelta(hours=hours)
    return Duty(
        country=country, name="Land", key="k", kind="roadmap", role="x", year=None, state=state, due_at=due
    )


async def test_a_timer_is_late_when_its_task_should_have_become_late_by_itself() -> None:
    late = duty(TaskState.OPEN, 2)
    others = [duty(TaskState.LATE, 2), duty(TaskState.EXTENDED, 0.5), duty(TaskState.OPEN, -3)]
    assert late_timers([late, *others], [], NOW) == [late]
    assert timedelta(minutes=30) < LATE_AFTER


async def test_a_late_timer_is_shown_with_the_way_to_its_process_unless_the_country_pauses(
    desk: httpx2.AsyncClient, full: Database
) -> None:
    assert "No timer is late" in await read(desk, PAGE)
    overdue = task("roadmap", state=TaskState.OPEN, due_at=NOW - timedelta(hours=5))
    batch = Batch(code="XYA", revision=1, country=country_row("XYA", name="Land XYA"), tasks=[overdue])
    await write_batch(full, batch, {})
    try:
        page = section(await read(desk, PAGE), "timers")
        assert "/workflows/country-XYA" in page
        assert "#reminders-seem-late" in page
    finally:
        async with full.writing() as session:
            await delete_country(session, "XYA", 1)
