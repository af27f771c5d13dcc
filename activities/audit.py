"""Reads the end of the audit's chain, for the workflow that anchors it."""

from datetime import datetime

from temporalio import activity

from contracts.audit import Anchor
from storage import audit
from storage.engine import Database


class AuditActivities:
    """The activity that looks at the record of acts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="audit_head")
    async def audit_head(self, at: datetime) -> Anchor | None:
        """The last row, its hash, and how many rows there are; None while there are none. `at`: when it was asked for."""
        return await audit.head(self._database, at)
