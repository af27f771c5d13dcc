"""Migrations on both databases."""

import asyncio
from typing import Any

from sqlalchemy import Column, MetaData, Table, inspect

from storage import ledger
from storage.engine import Database
from storage.schema import differences, downgrade, migrate, pending
from storage.tables import metadata
from tests.storage.samples import delivery

OLD = {column.name for column in metadata.tables["mail"].columns} - {"message_id", "token", "story"}
"""The columns of mail before the second revision."""


async def test_after_migrating_the_tables_are_those_that_the_program_declares(unmigrated: Database) -> None:
    database = unmigrated
    await migrate(database)
    assert await differences(database) == []
    async with database.engine.connect() as connection:
        names = await connection.run_sync(lambda each: set(inspect(each).get_table_names()))
    assert names == {table.name for table in metadata.sorted_tables} | {"alembic_version"}


async def test_an_empty_database_differs_from_what_is_declared(unmigrated: Database) -> None:
    assert len(await differences(unmigrated)) >= len(metadata.sorted_tables)
    assert await pending(unmigrated)


async def test_migrations_go_up_and_down_and_up_again(database: Database) -> None:
    await downgrade(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(lambda each: inspect(each).get_table_names()) == ["alembic_version"]
    await migrate(database)
    assert await differences(database) == []
    assert not await pending(database)


async def test_mail_on_record_from_before_is_found_by_what_comes_back_and_survives_the_way_down(
    unmigrated: Database,
) -> None:
    await migrate(unmigrated, "0001")
    old = Table("mail", MetaData(), *(Column(column.name, column.type) for column in _columns("mail", OLD)))
    row = {name: value for name, value in ledger.new_row(delivery()).items() if name in OLD}
    async with unmigrated.writing() as session:
        await (await session.connection()).execute(old.insert(), [row])
    await migrate(unmigrated)
    found = await ledger.mail(unmigrated, delivery().key)
    assert found is not None
    assert (found.message_id, found.story, found.delivery) == (delivery().key, [], delivery())
    await downgrade(unmigrated, "0001")
    await migrate(unmigrated)
    assert await ledger.mail(unmigrated, delivery().key) == found


def _columns(table: str, names: set[str]) -> list[Any]:
    return [column for column in metadata.tables[table].columns if column.name in names]


async def test_two_processes_that_migrate_at_once_take_turns(unmigrated: Database) -> None:
    await asyncio.gather(migrate(unmigrated), migrate(unmigrated), migrate(unmigrated))
    assert await differences(unmigrated) == []
