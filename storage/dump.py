"""The read model as plain values, in an order and form that only depend on what the workflows know."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select

from storage.canonical import canonical, sha256
from storage.engine import Database
from storage.ledger import FINAL_STATES
from storage.tables import metadata

Dump = dict[str, list[dict[str, Any]]]

NOT_DUMPED = ("person", "person_address", "sign_in", "session", "api_token", "audit", "draft")
"""What people's acts add to all the while, and no workflow remembers."""

GUARD = "revision"
"""When a row was last written is no part of what it says."""


async def dump_rows(database: Database) -> Dump:
    """All rows of all tables by key. Of mail under way only that it is: attempts change by the minute."""
    dump: Dump = {}
    async with database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name in NOT_DUMPED:
                continue
            rows = await connection.execute(select(table).order_by(*table.primary_key))
            dump[table.name] = [_plain(table, row) for row in rows.mappings()]
    return dump


def digests(dump: Dump) -> dict[str, str]:
    """The hash of every table."""
    return {table: sha256(canonical(rows)) for table, rows in dump.items()}


def _plain(table: Table, row: Any) -> dict[str, Any]:
    plain = {name: _value(value) for name, value in row.items() if name != GUARD}
    if table.name == "mail" and plain["state"] not in FINAL_STATES:
        under_way = {"state": "under way", "attempts": 0, "answer": "", "story": []}
        return plain | under_way | {"possible_duplicate": False}
    return plain


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
