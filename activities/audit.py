"""Done once a day at the record of acts: its end is read, to be anchored, and ways in long over are forgotten."""

from datetime import datetime

from temporalio import activity

from contracts.audit import Anchor
from storage import audit, ways_in
from storage.engine import Database


class AuditActivities:
    """The activity that looks at the record of acts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="audit_head")
    async def audit_head(self, at: datetime) -> Anchor | None:
        """The last row, its hash, and how many rows there are; None while there are none. `at`: when it was asked for.

        Before that it forgets sign-ins, sessions and tokens that have long been over. An activity of its own would be
        another command in histories that are on record.
        """
        await ways_in.forget(self._database, at)
        return await audit.head(self._database, at)
