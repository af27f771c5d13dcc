"""The ledger of mail: one row for each message to each recipient, which lets every message go out once.

An attempt is on record before it begins. One that is found `attempting` never reported: it may have sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.names import message_identity, return_token
from contracts.rows import Delivery, Happening, Outcome
from storage import mail_story
from storage.engine import Database
from storage.paging import Page, after, checked, cursor_of, values_of
from storage.tables import MailTable

QUEUED = "queued"
ATTEMPTING = "attempting"
SENT = "sent"
REFUSED = "refused"
UNKNOWN = "unknown"
GIVEN_UP = "given_up"
NO_RECIPIENT = "no_recipient"
BOUNCED = "bounced"
HELD = "held"
IN_DIGEST = "in_digest"

FINAL_STATES = (SENT, REFUSED, UNKNOWN, GIVEN_UP, NO_RECIPIENT, BOUNCED, IN_DIGEST)
STATES = (HELD, QUEUED, ATTEMPTING, *FINAL_STATES)

WITHOUT_PROCESS = (HELD, IN_DIGEST)
"""A message that waits for its reader's digest, or was part of one, has no delivery of its own."""


class MailItem(BaseModel):
    """A message as the ledger knows it, with a person's name and address: not for everybody."""

    key: str
    state: str
    answer: str
    attempts: int
    possible_duplicate: bool
    finished_at: datetime | None
    message_id: str
    story: list[Happening]
    delivery: Delivery


@dataclass(frozen=True, kw_only=True)
class MailFilter:
    """Which messages. Empty texts and tuples do not filter."""

    country: str = ""
    kind: str = ""
    task: str = ""
    states: tuple[str, ...] = ()
    possible_duplicate: bool | None = None


@dataclass(frozen=True)
class Attempt:
    """What an attempt finds: an outcome that stands, or none; and whether an earlier one never reported."""

    number: int
    standing: Outcome | None = None
    earlier_unreported: bool = False


ALL_MAIL = MailFilter()

KEYS_PER_QUESTION = 500


async def enqueue(database: Database, deliveries: list[Delivery]) -> None:
    """Enters messages as `queued`, or `no_recipient` without an address. Those on record stay as they are."""
    if not deliveries:
        return
    async with database.writing() as session:
        await put_missing(session, [new_row(delivery) for delivery in deliveries])


async def begun(database: Database, keys: Sequence[str]) -> set[str]:
    """Which of these messages a delivery has tried already."""
    found: set[str] = set()
    async with database.reading() as session:
        for start in range(0, len(keys), KEYS_PER_QUESTION):
            asked = col(MailTable.key).in_(keys[start : start + KEYS_PER_QUESTION])
            found.update(await session.exec(select(MailTable.key).where(asked, MailTable.attempts > 0)))
    return found


async def begin(database: Database, delivery: Delivery, at: datetime | None = None) -> Attempt:
    """Puts an attempt on record before it begins (now, or at `at`), or returns the outcome that already stands."""
    async with database.writing() as session:
        await put_missing(session, [new_row(delivery)])
        row = await locked(session, delivery.key)
        if row.state in FINAL_STATES:
            return Attempt(row.attempts, standing=outcome_of(row))
        unreported = row.state == ATTEMPTING or row.possible_duplicate
        row.state, row.attempts, row.possible_duplicate = ATTEMPTING, row.attempts + 1, unreported
        _tell(row, Happening(what=ATTEMPTING, at=at or datetime.now(UTC), attempt=row.attempts))
        session.add(row)
        return Attempt(row.attempts, earlier_unreported=unreported)


async def postpone(database: Database, key: str, ended: Happening) -> None:
    """Records how an attempt ended that surely brought nothing to the reader; another will follow."""
    async with database.writing() as session:
        row = await locked(session, key)
        if row.state not in FINAL_STATES:
            row.state, row.answer = QUEUED, ended.said
            _tell(row, ended)
            session.add(row)


async def finish(database: Database, delivery: Delivery, outcome: Outcome) -> Outcome:
    """Records the final outcome and returns the one that stands: the first, marked when it was sent twice."""
    async with database.writing() as session:
        await put_missing(session, [new_row(delivery)])
        row = await locked(session, delivery.key)
        standing = _standing(row, outcome)
        _enter(row, standing)
        session.add(row)
        return standing


async def put_missing(session: AsyncSession, rows: list[dict[str, Any]]) -> None:
    """Inserts rows whose keys are not there yet."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    connection = await session.connection()
    ordered = sorted(rows, key=lambda row: str(row["key"]))
    statement: Any = insert(MailTable)
    await connection.execute(statement.on_conflict_do_nothing(index_elements=["key"]), ordered)


def new_row(delivery: Delivery, outcome: Outcome | None = None) -> dict[str, Any]:
    """The ledger row of a delivery, as it is made of the delivery and its outcome alone."""
    order = delivery.order
    if outcome is None and not delivery.to_email:
        outcome = Outcome(state=NO_RECIPIENT, at=order.made_at, attempts=0)
    return {
        "key": delivery.key,
        "country": order.country,
        "cycle": order.cycle,
        "kind": order.kind,
        "task": order.task,
        "due_at": order.due_at,
        "made_at": order.made_at,
        "state": outcome.state if outcome else QUEUED,
        "answer": outcome.answer if outcome else "",
        "attempts": outcome.attempts if outcome else 0,
        "possible_duplicate": outcome.possible_duplicate if outcome else False,
        "finished_at": outcome.at if outcome else None,
        "message_id": message_identity(delivery.key),
        "token": return_token(delivery.key),
        "story": mail_story.written(outcome.story) if outcome else [],
        "content": delivery.model_dump(mode="json"),
    }


def outcome_of(row: MailTable) -> Outcome:
    """The outcome that a finished row stands for."""
    assert row.finished_at is not None  # rows get their final state and its moment together
    return Outcome(
        state=row.state,
        at=row.finished_at,
        answer=row.answer,
        attempts=row.attempts,
        possible_duplicate=row.possible_duplicate,
        story=mail_story.read(row.story),
    )


async def locked(session: AsyncSession, key: str) -> MailTable:
    """The row of a key, for one writer at a time. Raises NoResultFound."""
    query = select(MailTable).where(col(MailTable.key) == key).with_for_update()
    return (await session.exec(query)).one()


async def mails(
    database: Database, filter: MailFilter = ALL_MAIL, *, limit: int = 50, cursor: str = ""
) -> Page[MailItem]:
    """A page of the ledger in the order in which messages were made. Raises ValueError for a bad cursor."""
    made, key = col(MailTable.made_at), col(MailTable.key)
    query = select(MailTable).where(*_conditions(filter)).order_by(made, key).limit(checked(limit) + 1)
    if cursor:
        query = query.where(after((made, key), values_of(cursor, datetime, str)))
    async with database.reading() as session:
        rows = list(await session.exec(query))
    last = rows[limit - 1] if len(rows) > limit else None
    return Page([_item(row) for row in rows[:limit]], cursor_of(last.made_at, last.key) if last else None)


async def mail(database: Database, key: str) -> MailItem | None:
    """One message of the ledger, or None."""
    async with database.reading() as session:
        row = await session.get(MailTable, key)
    return _item(row) if row else None


def _standing(row: MailTable, outcome: Outcome) -> Outcome:
    if row.state not in FINAL_STATES:
        # Given up while an attempt is still on record as begun: that one may have got through.
        unreported = outcome.state == GIVEN_UP and row.state == ATTEMPTING
        twice = outcome.possible_duplicate or row.possible_duplicate or unreported
        happened = Happening(
            what=outcome.state, at=outcome.at, attempt=_attempt(row, outcome), said=outcome.answer
        )
        story = mail_story.told(mail_story.read(row.story), happened)
        return outcome.model_copy(
            update={"attempts": row.attempts, "possible_duplicate": twice, "story": story}
        )
    first = outcome_of(row)
    twice = first.state == SENT and outcome.state == SENT and first.at != outcome.at
    return first.model_copy(update={"possible_duplicate": first.possible_duplicate or twice})


def _attempt(row: MailTable, outcome: Outcome) -> int:
    """Which attempt an outcome ends. Giving up is none: an attempt that never reported stays in the story as such."""
    return 0 if outcome.state == GIVEN_UP else min(outcome.attempts, row.attempts)


def _enter(row: MailTable, outcome: Outcome) -> None:
    row.state, row.answer, row.attempts = outcome.state, outcome.answer, outcome.attempts
    row.finished_at, row.possible_duplicate = outcome.at, outcome.possible_duplicate
    row.story = mail_story.written(outcome.story)


def _tell(row: MailTable, one: Happening) -> None:
    row.story = mail_story.written(mail_story.told(mail_story.read(row.story), one))


def _item(row: MailTable) -> MailItem:
    return MailItem(
        key=row.key,
        state=row.state,
        answer=row.answer,
        attempts=row.attempts,
        possible_duplicate=row.possible_duplicate,
        finished_at=row.finished_at,
        message_id=row.message_id,
        story=mail_story.read(row.story),
        delivery=Delivery.model_validate(row.content),
    )


def _conditions(filter: MailFilter) -> list[ColumnElement[bool]]:
    pairs = (
        (MailTable.country, filter.country),
        (MailTable.kind, filter.kind),
        (MailTable.task, filter.task),
    )
    found: list[ColumnElement[bool]] = [col(column) == value for column, value in pairs if value]
    if filter.possible_duplicate is not None:
        found.append(col(MailTable.possible_duplicate).is_(filter.possible_duplicate))
    return [*found, col(MailTable.state).in_(filter.states)] if filter.states else found
