"""Batches: written once, whole, and never over something newer."""

from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from contracts.rows import Batch
from contracts.state import Entry
from framework.facts import Cycle
from framework.terms import Status, TaskState
from storage.dump import dump_rows
from storage.engine import Database
from storage.reading import country
from storage.reading_history import comments, cycles, decision, decisions, timeline, version, versions
from storage.reading_tasks import task as read_task
from storage.tables import metadata
from storage.writing import write_batch
from tests.storage.samples import NOON, country_row, entry, full_batch, task
from tests.storage.samples import version as version_of


def bodies(batch: Batch) -> dict[str, dict[str, Any]]:
    """The contents that a batch brings."""
    return {content.sha256: content.body for content in batch.contents}


async def write(database: Database, batch: Batch) -> None:
    """Writes a batch with its own contents."""
    await write_batch(database, batch, bodies(batch))


async def test_everything_that_a_batch_holds_can_be_read_again(database: Database) -> None:
    batch = full_batch()
    await write(database, batch)
    assert await country(database, "XAA") == batch.country
    assert await read_task(database, "XAA", "progress_report-2027") == batch.tasks[0]
    assert (await timeline(database, "XAA", newest_first=False)).items == batch.entries
    assert await versions(database, "XAA") == batch.versions
    assert await decisions(database, "XAA") == batch.decisions
    assert await decision(database, "XAA", "gcm-1") == batch.decisions[0]
    assert await cycles(database, "XAA") == [Cycle(year=2026, closed=True), batch.cycles[0]]
    assert await comments(database, "XAA", about="roadmap") == batch.comments
    stored = await version(database, "XAA", "progress_report", 1, 2027)
    assert stored is not None
    assert stored.body == batch.contents[0].body


async def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    await write(database, full_batch())
    stored = await country(database, "XAA")
    assert stored is not None
    assert stored.updated_at == NOON
    assert stored.updated_at.utcoffset() == NOON.utcoffset()


async def test_writing_a_batch_twice_changes_nothing(database: Database) -> None:
    await write(database, full_batch())
    before = await dump_rows(database)
    await write(database, full_batch())
    assert await dump_rows(database) == before


async def test_a_batch_that_arrives_after_a_later_one_changes_no_row_of_it(database: Database) -> None:
    early = Batch(
        code="XAA",
        revision=3,
        country=country_row(revision=3),
        tasks=[task()],
        entries=[entry(1)],
    )
    late = Batch(
        code="XAA",
        revision=4,
        country=country_row(revision=4, status=Status.INACTIVE),
        tasks=[task(state=TaskState.DONE)],
        entries=[entry(2)],
    )
    await write(database, late)
    await write(database, early)
    stored = await country(database, "XAA")
    done = await read_task(database, "XAA", "progress_report-2027")
    assert stored is not None
    assert stored.status is Status.INACTIVE
    assert done is not None
    assert done.state is TaskState.DONE
    assert [each.number for each in (await timeline(database, "XAA")).items] == [2, 1]


async def test_in_order_the_later_batch_overwrites(database: Database) -> None:
    await write(database, Batch(code="XAA", revision=3, tasks=[task()]))
    await write(database, Batch(code="XAA", revision=4, tasks=[task(state=TaskState.WAIVED, reason="war")]))
    stored = await read_task(database, "XAA", "progress_report-2027")
    assert stored is not None
    assert (stored.state, stored.reason) == (TaskState.WAIVED, "war")


async def test_a_batch_that_fails_in_the_middle_leaves_no_row(unmigrated: Database) -> None:
    async with unmigrated.writing() as session:
        connection = await session.connection()
        await connection.run_sync(lambda one: metadata.create_all(one, [metadata.tables["country"]]))
    with pytest.raises(DBAPIError):  # a table that is missing may come back: nothing is left out
        await write(unmigrated, Batch(code="XAA", revision=1, country=country_row(), entries=[entry(1)]))
    assert await country(unmigrated, "XAA") is None


async def test_a_version_whose_content_is_nowhere_is_not_written(database: Database) -> None:
    batch = full_batch()
    with pytest.raises(KeyError):
        await write_batch(database, batch, {})
    assert await versions(database, "XAA") == []


async def test_a_version_of_imported_history_needs_no_content(database: Database) -> None:
    await write(database, Batch(code="XAA", revision=1, versions=[version_of()]))
    stored = await version(database, "XAA", "progress_report", 1, 2027)
    assert stored is not None
    assert stored.body is None


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "‮evil", "'; DROP TABLE entry; --", "💧" * 400])
async def test_no_text_that_people_send_can_stop_a_row(database: Database, text: str) -> None:
    hostile = Entry(number=1, at=NOON, kind=text, values={text: [text, float("nan"), 1.5]})
    await write(database, Batch(code="XAA", revision=1, entries=[hostile]))
    (stored,) = (await timeline(database, "XAA")).items
    readable = text.replace("\x00", "\N{REPLACEMENT CHARACTER}").replace("\ud800", "?")
    assert stored.kind == readable
    assert list(stored.values.values()) == [[readable, None, 1.5]]


async def test_countries_do_not_touch_each_other(database: Database) -> None:
    await write(database, full_batch("XAA", revision=9))
    await write(database, full_batch("XAB", revision=1))
    assert len((await timeline(database, "XAB")).items) == 2
    assert len((await timeline(database, "XAA")).items) == 2


async def test_a_large_batch_is_written_whole(database: Database) -> None:
    entries = [entry(number) for number in range(1, 1302)]
    await write(database, Batch(code="XAA", revision=1, entries=entries))
    page = await timeline(database, "XAA", limit=500, newest_first=False)
    assert len(page.items) == 500
    assert (await timeline(database, "XAA", limit=1)).items[0].number == 1301


async def test_a_row_that_the_database_refuses_for_good_is_left_out_and_named(database: Database) -> None:
    batch = full_batch()
    batch.entries.append(entry(3, year=10**20))
    batch.entries.append(entry(4, at=NOON.replace(tzinfo=None)))
    assert await write_batch(database, batch, bodies(batch)) == ["entry XAA/3", "entry XAA/4"]
    assert [one.number for one in (await timeline(database, "XAA", newest_first=False)).items] == [1, 2]
    assert await country(database, "XAA") == batch.country
    assert await decisions(database, "XAA") == batch.decisions
