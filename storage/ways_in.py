"""Ways in that are long over: they name people and machines, and nothing needs them any more."""

from datetime import datetime, timedelta

from sqlmodel import col, delete, or_

from storage import sign_ins
from storage.access_tables import ApiTokenTable, SessionTable
from storage.engine import Database

SIGN_INS_KEPT = timedelta(days=1)
"""How long a sign-in that is over stays on record: it names an address, whoever typed it."""

ENDED_KEPT = timedelta(days=90)
"""How long a session or a machine's token stays after it ended or was revoked: for whoever asks what happened there."""


async def forget(database: Database, at: datetime) -> int:
    """Deletes what at a moment (aware) has been over for as long; gives how many sessions and tokens that were."""
    await sign_ins.forget(database, at - SIGN_INS_KEPT)
    before, gone = at - ENDED_KEPT, 0
    async with database.writing() as session:
        for table in (SessionTable, ApiTokenTable):
            over = or_(col(table.ends_at) < before, col(table.revoked_at) < before)
            gone += (await session.exec(delete(table).where(over))).rowcount
    return gone
