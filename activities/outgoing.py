"""Rows and mail in one go: what a country's step changes and what it says of it nearly always go out together."""

from temporalio import activity

from activities.correspondence import Correspondence
from activities.records import Records
from contracts.rows import Batch, Posting


class Outgoing:
    """The activity that does what `write_rows` and `post` do, in this order."""

    def __init__(self, records: Records, correspondence: Correspondence) -> None:
        self._records = records
        self._correspondence = correspondence

    @activity.defn(name="write_and_post")
    async def write_and_post(self, batch: Batch, posting: Posting) -> list[str]:
        """Writes the rows, then hands the messages to the post: nobody reads of what the record does not know yet.

        Both may be repeated without effect. Returns the rows that the database refuses for good; the mail goes all the same.
        """
        refused = await self._records.write_rows(batch)
        await self._correspondence.post(posting)
        return refused
