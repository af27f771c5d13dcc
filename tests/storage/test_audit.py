"""The record of acts: a chain without gaps under any number of writers, of which particulars can be erased."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from storage import audit
from storage.audit import Act, Outcome
from storage.audit_table import AuditTable
from storage.audit_verifying import Defect, Found, verify
from storage.engine import Database, open_database

AT = datetime(2027, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)


def act(number: int = 1, **more: Any) -> Act:
    """An act whose particulars name somebody."""
    detail = {"name": "Ada Ström", "client": "192.0.2.7", "given": {"kind": "roadmap", "share": 0.1}}
    values: dict[str, Any] = {"at": AT, "outcome": Outcome.DONE, "action": "submit", "detail": detail}
    return Act(**values | {"person": "p-3f9c", "country": "XAA", "message": f"key-{number}"} | more)


async def rows(database: Database) -> list[AuditTable]:
    """All rows in their order."""
    async with database.reading() as session:
        return list(await session.exec(select(AuditTable).order_by(col(AuditTable.sequence))))


async def change(database: Database, place: int, **values: Any) -> None:
    """What somebody with the database's password could do to a row."""
    async with database.writing() as session:
        statement = update(AuditTable).where(col(AuditTable.sequence) == place).values(**values)
        await (await session.connection()).execute(statement)


async def test_rows_are_numbered_from_one_and_each_names_the_hash_of_the_one_before(
    database: Database,
) -> None:
    numbers = [await audit.record(database, act(number)) for number in range(3)]
    found = await rows(database)
    assert numbers == [1, 2, 3]
    assert [row.previous for row in found] == [audit.GENESIS, found[0].sha256, found[1].sha256]
    assert (await verify(database)).sound


async def test_a_row_holds_what_was_done_and_its_particulars_apart(database: Database) -> None:
    moment = AT.astimezone(timezone(timedelta(hours=5)))
    given = act(at=moment, reasons=("rule.one",), refers_to=(7,), count=3, event_entry=4, event_revision=9)
    await audit.record(database, given)
    (row,) = await rows(database)
    assert (row.at, row.outcome, row.reasons, row.refers_to) == (AT, "done", ["rule.one"], [7])
    assert (row.event_entry, row.event_revision, row.count) == (4, 9, 3)
    assert audit.opened(row) == dict(given.detail)
    chained = row.model_dump_json(exclude={"detail"})
    assert "Ada" not in chained
    assert "192.0.2.7" not in chained


async def test_the_same_particular_has_another_seal_in_each_row(database: Database) -> None:
    for number in range(2):
        await audit.record(database, act(number))
    first, second = await rows(database)
    assert first.seals["name"] != second.seals["name"]


async def test_text_that_no_database_keeps_does_not_break_the_chain(database: Database) -> None:
    await audit.record(database, act(object="a\x00b\ud800", detail={"given": {"x\x00": ["\ud800", 1e300]}}))
    assert (await verify(database)).sound


async def test_fifty_writers_at_once_leave_no_gap_and_no_double(database: Database) -> None:
    numbers = await asyncio.gather(*(audit.record(database, act(number)) for number in range(50)))
    assert sorted(numbers) == list(range(1, 51))
    found = await verify(database)
    assert (found.rows, found.defects) == (50, [])
    assert {row.message for row in await rows(database)} == {f"key-{number}" for number in range(50)}


async def test_what_a_transaction_takes_back_leaves_no_gap(database: Database) -> None:
    await audit.record(database, act())

    async def fail() -> None:
        async with database.writing() as session:
            await audit.append(session, act(2))
            raise RuntimeError("the act failed")

    with pytest.raises(RuntimeError):
        await fail()
    assert await audit.record(database, act(3)) == 2
    assert (await verify(database)).sound


WRITER = """
import asyncio, sys
from storage import audit
from storage.engine import open_database
from tests.storage.test_audit import act

async def write():
    database = open_database(sys.argv[1])
    while True:
        print(await audit.record(database, act()), flush=True)

asyncio.run(write())
"""


async def test_row_37_a_writer_that_is_killed_between_leaves_every_row_that_it_was_told_of(
    database: Database, database_url: str
) -> None:
    acknowledged: list[int] = []
    for _ in range(2):
        pipe = asyncio.subprocess.PIPE
        writer = await asyncio.create_subprocess_exec(
            sys.executable, "-c", WRITER, database_url, stdout=pipe, cwd=os.getcwd()
        )
        assert writer.stdout
        acknowledged += [int(await writer.stdout.readline()) for _ in range(5)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in (await writer.stdout.read()).split(b"\n")[:-1]]
        await writer.wait()
    found = await verify(database)
    assert found.sound
    assert set(acknowledged) <= {row.sequence for row in await rows(database)}


async def test_what_is_erased_is_gone_and_everything_else_still_proves_what_it_proved(
    database: Database,
) -> None:
    for number in range(3):
        await audit.record(database, act(number, detail={"name": f"Person {number}", "client": "192.0.2.7"}))
    gone = await audit.erase(database, lambda key, value: value == "Person 1", act(action="erase_person"))
    assert gone == (2,)
    found = await rows(database)
    assert audit.opened(found[1]) == {"client": "192.0.2.7"}
    assert (found[3].action, found[3].refers_to) == (audit.ERASED, [2])
    verified = await verify(database)
    assert (verified.sound, verified.erased, verified.rows) == (True, 1, 4)
    assert await audit.erase(database, lambda key, value: value == "Person 1", act()) == ()
    assert len(await rows(database)) == 4


async def five_rows(database: Database) -> list[AuditTable]:
    """A chain of five rows."""
    for number in range(5):
        await audit.record(database, act(number))
    return await rows(database)


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": "refused"},
        {"person": "p-other"},
        {"at": AT + timedelta(microseconds=1)},
        {"country": "XAB"},
        {"event_entry": 3},
        {"reasons": ["none"]},
        {"count": 2},
        {"seals": {}},
    ],
    ids=lambda changed: next(iter(changed)),
)
async def test_an_altered_row_is_found(database: Database, changed: dict[str, Any]) -> None:
    await five_rows(database)
    await change(database, 3, **changed)
    assert (await verify(database)).defects[0] == Found(3, Defect.ALTERED)


async def test_a_row_altered_together_with_its_hash_no_longer_joins_the_next(database: Database) -> None:
    third = (await five_rows(database))[2]
    third.outcome = "refused"
    await change(database, 3, outcome="refused", sha256=audit.digest(third))
    assert (await verify(database)).defects == [Found(4, Defect.UNLINKED)]


async def test_a_missing_row_is_found(database: Database) -> None:
    third = (await five_rows(database))[2]
    async with database.writing() as session:
        await session.delete(third)
    assert (await verify(database)).defects[0] == Found(3, Defect.MISSING)


async def test_rows_in_another_order_are_found(database: Database) -> None:
    await five_rows(database)
    for before, after in ((3, 99), (4, 3), (99, 4)):
        await change(database, before, sequence=after)
    assert (await verify(database)).defects[0] == Found(3, Defect.MOVED)


async def test_an_inserted_row_is_found(database: Database) -> None:
    await five_rows(database)
    for place in (5, 4, 3):
        await change(database, place, sequence=place + 1)
    second = (await rows(database))[1]
    forged = AuditTable(**second.model_dump() | {"sequence": 3, "previous": second.sha256, "sha256": ""})
    forged.sha256 = audit.digest(forged)
    async with database.writing() as session:
        session.add(forged)
    assert (await verify(database)).defects[0] == Found(4, Defect.MOVED)


async def test_a_row_before_the_first_is_found(database: Database) -> None:
    first = (await five_rows(database))[0]
    forged = AuditTable(**first.model_dump() | {"sequence": 0})
    forged.sha256 = audit.digest(forged)
    async with database.writing() as session:
        session.add(forged)
    assert Found(0, Defect.INSERTED) in (await verify(database)).defects


async def test_a_chain_that_ends_before_an_anchor_is_found(database: Database) -> None:
    last = (await five_rows(database))[4]
    anchor = await audit.head(database, AT)
    assert anchor is not None
    assert (anchor.sequence, anchor.sha256, anchor.rows) == (5, last.sha256, 5)
    assert (await verify(database, [anchor])).sound
    async with database.writing() as session:
        await session.delete(last)
    assert (await verify(database)).sound, "nothing but an anchor can tell"
    assert (await verify(database, [anchor])).defects == [Found(5, Defect.TRUNCATED)]


async def test_an_emptied_table_is_found(database: Database) -> None:
    await five_rows(database)
    anchor = await audit.head(database, AT)
    async with database.writing() as session:
        for row in await session.exec(select(AuditTable)):
            await session.delete(row)
    assert anchor is not None
    assert await audit.head(database, AT) is None
    assert (await verify(database, [anchor])).defects == [Found(1, Defect.TRUNCATED)]


async def test_a_chain_that_was_written_anew_is_found_by_its_anchor(database: Database) -> None:
    await five_rows(database)
    anchor = await audit.head(database, AT)
    assert anchor is not None
    async with database.writing() as session:
        previous = audit.GENESIS
        for row in await session.exec(select(AuditTable).order_by(col(AuditTable.sequence))):
            row.person, row.previous = "p-scapegoat", previous
            row.sha256 = previous = audit.digest(row)
            session.add(row)
    assert (await verify(database)).sound, "nothing but an anchor can tell"
    assert (await verify(database, [anchor])).defects == [Found(5, Defect.REWRITTEN)]


async def test_a_particular_that_was_changed_or_taken_away_without_a_record_is_found(
    database: Database,
) -> None:
    third = (await five_rows(database))[2]
    await change(database, 3, detail=third.detail | {"name": {**third.detail["name"], "value": "Bob"}})
    await change(database, 4, detail={})
    assert (await verify(database)).defects[:2] == [
        Found(3, Defect.DETAIL_ALTERED),
        Found(4, Defect.DETAIL_MISSING),
    ]


async def test_the_chain_goes_on_after_the_database_was_closed(database_url: str) -> None:
    for number in (1, 2):
        opened = open_database(database_url)
        assert await audit.record(opened, act(number)) == number
        await opened.close()
