"""Migrations on both databases."""

import asyncio

from sqlalchemy import inspect

from storage.engine import Database
from storage.schema import differences, downgrade, migrate, pending
from storage.tables import metadata


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


async def test_two_processes_that_migrate_at_once_take_turns(unmigrated: Database) -> None:
    await asyncio.gather(migrate(unmigrated), migrate(unmigrated), migrate(unmigrated))
    assert await differences(unmigrated) == []
