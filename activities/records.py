"""Writes the read model and the archive for the workflows. Everything here may be repeated without effect."""

from dataclasses import replace

from temporalio import activity

from contracts.rows import Batch, YearToArchive
from framework.records import DocumentRef
from storage.contents import bodies_of, keep_contents
from storage.documents import ARCHIVES, Documents
from storage.engine import Database
from storage.writing import write_batch


class Records:
    """The activities that keep a country's record."""

    def __init__(self, database: Database, documents: Documents) -> None:
        self._database = database
        self._documents = documents

    @activity.defn(name="write_rows")
    async def write_rows(self, batch: Batch) -> list[str]:
        """Keeps a batch's contents, then its rows in one transaction. Late repetitions change nothing.

        Returns the rows that the database refuses for good, which are left out.
        """
        await keep_contents(self._documents, batch)
        return await write_batch(self._database, batch, await bodies_of(self._documents, batch))

    @activity.defn(name="archive_year")
    async def archive_year(self, year: YearToArchive) -> DocumentRef:
        """Keeps a closed run of a country as a document; the same run gives the same document."""
        await keep_contents(self._documents, year.batch)
        reference = await self._documents.keep_json(ARCHIVES, year)
        return replace(reference, name=f"{year.code}-{year.label}.json")
