"""Brings the tables to a revision and back, and tells whether they are as the program expects them."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.access_tables import (
    ApiTokenTable,
    ContactAddressTable,
    PersonAddressTable,
    PersonTable,
    SessionTable,
    SignInTable,
)
from storage.audit_table import AuditTable
from storage.engine import Database
from storage.tables import metadata

OF_NO_WORKFLOW = (
    AuditTable,
    PersonTable,
    PersonAddressTable,
    ContactAddressTable,
    SignInTable,
    SessionTable,
    ApiTokenTable,
)
"""Tables that are declared in files of their own: naming them here makes `metadata` know them."""

_ONE_AT_A_TIME = 8_700_001
"""The number of the lock under which PostgreSQL lets one process migrate at a time."""


async def migrate(database: Database, revision: str = "head") -> None:
    """Brings the tables up to a revision, by default the newest. Two processes at once: the second waits."""
    async with database.writing() as session:
        await (await session.connection()).run_sync(_upgrade, revision)


async def downgrade(database: Database, revision: str = "base") -> None:
    """Takes the tables back to a revision, by default to none. `rebuild` can remake the rows that go."""
    async with database.writing() as session:
        await (await session.connection()).run_sync(_downgrade, revision)


async def pending(database: Database) -> bool:
    """Whether the tables are behind the newest revision."""
    async with database.engine.connect() as connection:
        current = await connection.run_sync(
            lambda each: MigrationContext.configure(each).get_current_revision()
        )
    return current != ScriptDirectory.from_config(_config()).get_current_head()


async def differences(database: Database) -> list[str]:
    """Where the tables in the database differ from those that the program declares; none after `migrate`."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(
            lambda each: [str(change) for change in compare_metadata(_context(each), metadata)]
        )


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"compare_type": True})


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    _wait_for_turn(connection)
    command.upgrade(_config(connection), revision)


def _downgrade(connection: Connection, revision: str) -> None:
    _wait_for_turn(connection)
    command.downgrade(_config(connection), revision)


def _wait_for_turn(connection: Connection) -> None:
    # SQLite's write transaction has begun already and is such a lock by itself.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
