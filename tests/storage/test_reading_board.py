"""What the board reads: every country with its newest cycle, the open tasks of all, the same on both databases."""

from datetime import date, timedelta

from contracts.messages import Refusal
from contracts.record import Dialogue
from contracts.rows import Batch
from framework.facts import Cycle
from framework.terms import TaskState
from storage.engine import Database
from storage.reading_board import duties, open_tasks, standings
from storage.writing import write_batch
from tests.storage.samples import NOON, country_row, flag, full_batch, task, undelivered


async def test_each_country_comes_once_by_name_with_its_newest_cycle(database: Database) -> None:
    await write_batch(database, full_batch("XAB"), {full_batch("XAB").contents[0].sha256: {}})
    cycles = [Cycle(year=2025, closed=True), Cycle(year=2026, closed=True)]
    other = Batch(code="XAA", revision=1, country=country_row("XAA", name="Ämbar"), cycles=cycles)
    await write_batch(database, other, {})
    await write_batch(database, Batch(code="XAC", revision=1, country=country_row("XAC", name="Zeta")), {})
    found = await standings(database)
    assert [one.code for one in found] == ["XAA", "XAB", "XAC"]
    assert [one.cycle.year if one.cycle else None for one in found] == [2026, 2027, None]


async def test_what_is_open_counts_and_what_is_over_does_not(database: Database) -> None:
    row = country_row(
        flags=[flag("no_report"), flag("no_indicators", cleared_on=date(2027, 1, 1))],
        dialogues=[
            Dialogue(number=1, opened_on=date(2025, 1, 1), closed_on=date(2025, 6, 1)),
            Dialogue(number=2, opened_on=date(2027, 1, 4)),
        ],
        undelivered=[undelivered()],
        refusals=[Refusal(at=NOON, message="m-1", reason="unknown kind")],
        paused_on=date(2027, 1, 20),
    )
    await write_batch(database, Batch(code="XAA", revision=1, country=row), {})
    (found,) = await standings(database)
    assert found.flags == ("no_report",)
    assert found.dialogue_since == date(2027, 1, 4)
    assert [one["task"] for one in found.undelivered] == ["mail_failed-k-1"]
    assert [one["message"] for one in found.refusals] == ["m-1"]
    assert found.paused_on == date(2027, 1, 20)
    assert found.reachable


async def test_duties_are_the_open_tasks_soonest_first_and_those_without_a_date_last(
    database: Database,
) -> None:
    tasks = [
        task("report-2027", due_at=NOON + timedelta(days=3), state=TaskState.EXTENDED),
        task("undated", due_at=None),
        task("late-2026", due_at=NOON - timedelta(days=3), state=TaskState.LATE),
        task("done-2026", due_at=NOON - timedelta(days=9), state=TaskState.DONE),
    ]
    await write_batch(database, Batch(code="XAA", revision=1, country=country_row(), tasks=tasks), {})
    assert [one.key for one in await duties(database)] == ["late-2026", "report-2027", "undated"]
    assert [one.key for one in await duties(database, NOON)] == ["late-2026"]
    assert (await duties(database))[0].name == "Land XAA"
    assert [(code, one.key) for code, one in await open_tasks(database, ["XAA"])] == [
        ("XAA", "late-2026"),
        ("XAA", "report-2027"),
        ("XAA", "undated"),
    ]
    assert await open_tasks(database, []) == []
