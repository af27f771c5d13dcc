"""The record of acts: who did what, who was not let. A chain of hashes to which rows are only added (decision 0014).

Who acts is a person's id, never a name. Whatever names people or was given in confidence stands in `detail`, key by key;
the chain holds a salted hash of each, so that a key can be erased and every other row still proves what it proved.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import text
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.audit import Anchor
from storage.audit_table import AuditTable
from storage.canonical import canonical, sha256
from storage.column_types import storable, storable_json
from storage.engine import Database

GENESIS = "0" * 64
"""What the first row has before it."""

ERASED = "erase_detail"
"""The action of the row that says from which others something was erased."""

Detail = Mapping[str, Any]

_ONE_AT_A_TIME = 8_700_002
"""The number of the lock under which PostgreSQL lets one writer add a row at a time."""

_TEXTS = ("action", "person", "role", "mandate", "country", "object", "message")


class Outcome(StrEnum):
    """What became of an act. `attempted` is written before it can have an effect, another row after it.

    `denied`: whoever asked may not. `refused`: the rules or the record stand against it. `failed`: a part did not work.
    """

    ATTEMPTED = "attempted"
    DONE = "done"
    DENIED = "denied"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Act:
    """What is to be recorded. `at`: aware. `person`, `object` and `message` are ids and name nobody.

    `message`: the Idempotency-Key or the decision's id. `event_entry` and `event_revision`: what it became in its country.
    `refers_to`: the rows before, such as the attempt of which this is the outcome. `count`: how often the same came
    within a minute. `detail`: what can be erased later, such as `name`, `client`, `on_behalf_of`, `given`, `before`.
    """

    at: datetime
    outcome: Outcome
    action: str
    person: str = ""
    role: str = ""
    mandate: str = ""
    country: str = ""
    object: str = ""
    message: str = ""
    event_entry: int | None = None
    event_revision: int | None = None
    reasons: tuple[str, ...] = ()
    refers_to: tuple[int, ...] = ()
    count: int = 1
    detail: Detail = field(default_factory=dict)


async def record(database: Database, act: Act) -> int:
    """Adds a row in a transaction of its own, on the disk when this returns; gives its sequence number."""
    async with database.writing(durable=True) as session:
        return await append(session, act)


async def append(session: AsyncSession, act: Act) -> int:
    """Adds a row within a transaction that writes; other writers wait until it ends. Gives the sequence number."""
    await take_turn(session)
    last = (await session.exec(_newest().limit(1))).first()
    sequence, previous = last or (0, GENESIS)
    row = _row(act, sequence + 1, previous)
    row.sha256 = digest(row)
    session.add(row)
    await session.flush()
    return row.sequence


async def head(database: Database, at: datetime) -> Anchor | None:
    """The end of the chain at a moment, to be kept elsewhere; None while there are no rows."""
    async with database.reading() as session:
        last = (await session.exec(_newest().limit(1))).first()
        rows = (await session.exec(select(func.count()).select_from(AuditTable))).one()
    return Anchor(at=at, sequence=last[0], sha256=last[1], rows=rows) if last else None


async def erase(database: Database, goes: Callable[[str, Any], bool], act: Act) -> tuple[int, ...]:
    """Erases the particulars of which `goes(key, value)` is true, and adds a row that says from which rows.

    Returns their sequence numbers; where nothing goes, nothing is added.
    """
    async with database.writing(durable=True) as session:
        await take_turn(session)
        touched = []
        for row in await session.exec(select(AuditTable).order_by(col(AuditTable.sequence))):
            kept = {key: one for key, one in row.detail.items() if not goes(key, one["value"])}
            if len(kept) < len(row.detail):
                row.detail = kept
                session.add(row)
                touched.append(row.sequence)
        if touched:
            await append(session, _erasure(act, touched))
    return tuple(touched)


def message_id(message: str) -> str:
    """A message's id as the record keeps it: one that may hold an address stands as its hash."""
    return f"sha256:{sha256(message.encode('utf-8', 'replace'))}" if "@" in message else message


def digest(row: AuditTable, sequence: int | None = None) -> str:
    """The hash of a row as it stands, or as it would be in another place; of all but `detail` and itself."""
    plain = {
        "sequence": row.sequence if sequence is None else sequence,
        "at": row.at.astimezone(UTC).isoformat(),
        "outcome": row.outcome,
        **{name: getattr(row, name) for name in _TEXTS},
        "event": [row.event_entry, row.event_revision],
        "reasons": row.reasons,
        "refers_to": row.refers_to,
        "count": row.count,
        "seals": row.seals,
        "previous": row.previous,
    }
    return sha256(canonical(plain))


def seal(one: Mapping[str, Any]) -> str:
    """The hash that stands for a particular: of its value and its salt."""
    return sha256(canonical([one["salt"], one["value"]]))


def opened(row: AuditTable) -> dict[str, Any]:
    """What is left of a row's particulars."""
    return {key: one["value"] for key, one in row.detail.items()}


async def take_turn(session: AsyncSession) -> None:
    """Waits until no other writer is between its look at the last row and its own."""
    # SQLite's write transaction has begun already and is such a lock by itself.
    if session.get_bind().dialect.name == "postgresql":
        connection = await session.connection()
        await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})


def _newest() -> Any:
    return select(AuditTable.sequence, AuditTable.sha256).order_by(col(AuditTable.sequence).desc())


def _row(act: Act, sequence: int, previous: str) -> AuditTable:
    detail = {
        key: {"salt": secrets.token_hex(16), "value": storable_json(value)}
        for key, value in act.detail.items()
        if value not in ("", None)
    }
    return AuditTable(
        sequence=sequence,
        at=act.at,
        outcome=act.outcome.value,
        **{name: storable(getattr(act, name)) for name in _TEXTS},
        event_entry=act.event_entry,
        event_revision=act.event_revision,
        reasons=[storable(one) for one in act.reasons],
        refers_to=list(act.refers_to),
        count=act.count,
        seals={key: seal(one) for key, one in detail.items()},
        previous=previous,
        detail=detail,
    )


def _erasure(act: Act, touched: Iterable[int]) -> Act:
    values = {name: getattr(act, name) for name in Act.__dataclass_fields__}
    return Act(**values | {"action": ERASED, "refers_to": tuple(touched)})
