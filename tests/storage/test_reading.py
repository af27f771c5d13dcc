"""Lists: filters, order and pages, the same on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.rows import Batch
from framework.terms import Role, Stage, Status, TaskState
from storage.engine import Database
from storage.reading import CountryFilter, CountrySort, countries, country
from storage.reading_history import comments, decisions, timeline, version, versions
from storage.reading_history import entry as read_entry
from storage.reading_tasks import TaskFilter, tasks
from storage.reading_tasks import task as read_task
from storage.writing import write_batch
from tests.storage.samples import (
    NOON,
    comment,
    country_row,
    decision,
    entry,
    flag,
    task,
    undelivered,
)
from tests.storage.samples import (
    version as version_of,
)


async def put(database: Database, code: str, **changes: Any) -> None:
    """Writes a country."""
    await write_batch(database, Batch(code=code, revision=1, country=country_row(code, **changes)), {})


@pytest.fixture
async def four(database: Database) -> Database:
    """Four countries that differ in everything that can be filtered."""
    await put(database, "XAD", name="Çeria", flags=[flag("no_report")], late=True)
    await put(
        database, "XAC", name="Delta 100%", status=Status.CANDIDATE, stage=Stage.PLANNING, next_deadline=None
    )
    await put(database, "XAB", name="alfa", flags=[flag("no_report", cleared_on=date(2027, 1, 1))])
    await put(
        database,
        "XAA",
        name="Beta_land",
        next_deadline=NOON,
        flags=[flag("no_report_at_all")],
        undelivered=[undelivered()],
    )
    return database


async def codes(database: Database, filter: CountryFilter, sort: CountrySort = "code") -> list[str]:
    """The codes that a filter finds."""
    return [row.code for row in (await countries(database, filter, sort=sort)).items]


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        (CountryFilter(), ["XAA", "XAB", "XAC", "XAD"]),
        (CountryFilter(status=Status.CANDIDATE), ["XAC"]),
        (CountryFilter(stage=Stage.REPORTING), ["XAA", "XAB", "XAD"]),
        (CountryFilter(late=True), ["XAD"]),
        (CountryFilter(undelivered=True), ["XAA"]),
        (CountryFilter(undelivered=False, late=False), ["XAB", "XAC"]),
        (CountryFilter(late=False, status=Status.ACTIVE), ["XAA", "XAB"]),
        (CountryFilter(flag="no_report"), ["XAD"]),
        (CountryFilter(flag="%"), []),
        (CountryFilter(search="ceria"), ["XAD"]),
        (CountryFilter(search="ÇERIA"), ["XAD"]),
        (CountryFilter(search="xab"), ["XAB"]),
        (CountryFilter(search="%"), ["XAC"]),
        (CountryFilter(search="_"), ["XAA"]),
        (CountryFilter(search="' OR 1=1 --"), []),
        (CountryFilter(codes=("XAB", "XAD")), ["XAB", "XAD"]),
        (CountryFilter(codes=()), []),
    ],
)
async def test_countries_are_found_by_what_is_asked(
    four: Database, filter: CountryFilter, found: list[str]
) -> None:
    assert await codes(four, filter) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("code", ["XAA", "XAB", "XAC", "XAD"]),
        ("name", ["XAB", "XAA", "XAD", "XAC"]),
        ("deadline", ["XAA", "XAB", "XAD", "XAC"]),
    ],
)
async def test_countries_come_in_order_page_by_page(
    four: Database, sort: CountrySort, order: list[str]
) -> None:
    assert await codes(four, CountryFilter(), sort) == order
    found, cursor = [], ""
    while True:
        page = await countries(four, sort=sort, limit=1, cursor=cursor)
        found += [row.code for row in page.items]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert found == order


async def test_a_country_that_comes_in_between_pages_is_neither_lost_nor_doubled(four: Database) -> None:
    first = await countries(four, sort="code", limit=2)
    await put(four, "XAA", name="Renamed")
    await put(four, "XAE")
    second = await countries(four, sort="code", limit=5, cursor=first.next_cursor or "")
    assert [row.code for row in (*first.items, *second.items)] == ["XAA", "XAB", "XAC", "XAD", "XAE"]


@pytest.mark.parametrize("cursor", ["nonsense", "W10", "WzEsMl0", "\x00", "é", "WyJhIiwgMV0"])
async def test_a_cursor_that_is_none_is_refused_by_name(four: Database, cursor: str) -> None:
    with pytest.raises(ValueError, match="cursor"):
        await countries(four, cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 501])
async def test_a_limit_outside_of_the_bounds_is_refused(four: Database, limit: int) -> None:
    with pytest.raises(ValueError, match="limit must be"):
        await countries(four, limit=limit)


async def test_what_is_not_there_is_none_and_no_error(database: Database) -> None:
    assert await country(database, "XZZ") is None
    assert await read_task(database, "XZZ", "a") is None
    assert await read_entry(database, "XZZ", 1) is None
    assert await version(database, "XZZ", "roadmap", 1) is None


@pytest.fixture
async def board(database: Database) -> Database:
    """Two countries with tasks of several roles, states and dates."""
    await put(database, "XAB", name="Beta")
    soon = NOON + timedelta(days=1)
    many = [
        task("progress_report-2027"),
        task("reply_letter", role=Role.SECRETARIAT, due_at=soon, year=None),
        task("review-2027", role=Role.MWG, due_at=None, due_on=None),
        task("progress_report-2026", year=2026, state=TaskState.MISSING),
        task("roadmap", state=TaskState.LATE, due_at=NOON, year=None),
    ]
    await write_batch(database, Batch(code="XAA", revision=1, tasks=many), {})
    await write_batch(database, Batch(code="XAB", revision=1, tasks=[task("roadmap", due_at=NOON)]), {})
    return database


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        (
            TaskFilter(),
            ["XAA roadmap", "XAB roadmap", "XAA reply_letter", "XAA progress_report-2027", "XAA review-2027"],
        ),
        (TaskFilter(country="XAB"), ["XAB roadmap"]),
        (TaskFilter(roles=(Role.SECRETARIAT, Role.MWG)), ["XAA reply_letter", "XAA review-2027"]),
        (TaskFilter(states=(TaskState.MISSING,)), ["XAA progress_report-2026"]),
        (
            TaskFilter(states=(), kind="progress_report"),
            ["XAA progress_report-2027", "XAA progress_report-2026"],
        ),
        (TaskFilter(states=(), year=2026), ["XAA progress_report-2026"]),
        (TaskFilter(due_before=NOON + timedelta(days=1)), ["XAA roadmap", "XAB roadmap"]),
        (
            TaskFilter(due_after=NOON + timedelta(days=1), country="XAA"),
            ["XAA reply_letter", "XAA progress_report-2027"],
        ),
    ],
)
async def test_tasks_are_found_soonest_first_page_by_page(
    board: Database, filter: TaskFilter, found: list[str]
) -> None:
    whole = await tasks(board, filter)
    assert sorted(f"{item.country} {item.task.key}" for item in whole.items) == sorted(found)
    paged, cursor = [], ""
    for _ in range(10):
        page = await tasks(board, filter, limit=2, cursor=cursor)
        paged += [f"{item.country} {item.task.key}" for item in page.items]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert sorted(paged) == sorted(found)
    assert paged == [f"{item.country} {item.task.key}" for item in whole.items]


async def test_the_open_tasks_come_by_due_date_and_name_their_country(board: Database) -> None:
    items = (await tasks(board)).items
    assert [item.task.key for item in items][:2] == ["roadmap", "roadmap"]
    assert [item.country_name for item in items][:2] == ["XAA", "Beta"]
    assert items[-1].task.due_at is None


@pytest.mark.clause("GEN-05")
async def test_a_timeline_is_read_by_kind_and_year_in_both_directions(database: Database) -> None:
    lines = [entry(1, kind="registered", year=None), entry(2), entry(3), entry(4, year=2028)]
    await write_batch(database, Batch(code="XAA", revision=1, entries=lines), {})
    by_kind = await timeline(database, "XAA", kind="progress_report")
    assert [each.number for each in by_kind.items] == [4, 3, 2]
    assert [each.number for each in (await timeline(database, "XAA", year=2027)).items] == [3, 2]
    first = await timeline(database, "XAA", limit=3, newest_first=False)
    rest = await timeline(database, "XAA", limit=3, newest_first=False, cursor=first.next_cursor or "")
    assert [each.number for each in (*first.items, *rest.items)] == [1, 2, 3, 4]
    assert rest.next_cursor is None
    assert await read_entry(database, "XAA", 2) == lines[1]


async def test_versions_are_told_apart_by_kind_and_year(database: Database) -> None:
    many = [version_of(1), version_of(2), version_of(1, year=2028), version_of(1, kind="roadmap", year=None)]
    await write_batch(database, Batch(code="XAA", revision=1, versions=many), {})
    assert len(await versions(database, "XAA")) == 4
    assert await versions(database, "XAA", kind="roadmap") == [many[3]]
    assert await versions(database, "XAA", kind="progress_report", year=2027) == many[:2]
    assert await version(database, "XAA", "roadmap", 1) is not None


async def test_decisions_come_in_the_order_of_their_answers_and_pending_ones_last(database: Database) -> None:
    many = [decision("c", None), decision("a", NOON + timedelta(days=1)), decision("b")]
    await write_batch(database, Batch(code="XAA", revision=1, decisions=many), {})
    assert [record.decision.id for record in await decisions(database, "XAA")] == ["b", "a", "c"]


async def test_comments_of_a_roadmap_and_of_a_year_are_separate(database: Database) -> None:
    many = [comment(1), comment(2), comment(1, about="2027")]
    await write_batch(database, Batch(code="XAA", revision=1, comments=many), {})
    assert await comments(database, "XAA", about="2027") == [many[2]]
    assert len(await comments(database, "XAA")) == 3
