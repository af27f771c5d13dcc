"""Messages that wait in the ledger for their reader's digest, and become part of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from contracts.rows import Delivery
from storage.engine import Database
from storage.ledger import HELD, IN_DIGEST, new_row, put_missing
from storage.tables import MailTable


async def hold(database: Database, deliveries: Sequence[Delivery]) -> None:
    """Enters messages as `held`. Those on record stay as they are."""
    if not deliveries:
        return
    async with database.writing() as session:
        await put_missing(session, [new_row(delivery) | {"state": HELD} for delivery in deliveries])


async def held(database: Database, address: str = "") -> list[Delivery]:
    """The messages that wait, oldest first: all of them, or those to one mailbox (in whatever case)."""
    query = select(MailTable).where(col(MailTable.state) == HELD)
    query = query.order_by(col(MailTable.made_at), col(MailTable.key))
    if address:
        mailbox = func.lower(func.trim(col(MailTable.content)["to_email"].as_string()))
        query = query.where(mailbox == address.strip().lower())
    async with database.reading() as session:
        return [Delivery.model_validate(row.content) for row in await session.exec(query)]


async def put_in_digest(
    database: Database, digest: Delivery, included: Sequence[Delivery], at: datetime
) -> None:
    """Enters a digest as queued, and what it includes as `in_digest` under its key: all of it, or nothing."""
    keys = [one.key for one in included]
    query = select(MailTable).where(col(MailTable.key).in_(keys), col(MailTable.state) == HELD)
    async with database.writing() as session:
        await put_missing(session, [new_row(digest)])
        for row in await session.exec(query.with_for_update()):
            row.state, row.answer, row.finished_at = IN_DIGEST, digest.key, at
            session.add(row)
