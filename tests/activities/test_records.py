"""The record: rows and archives, whatever is repeated."""

import pytest
from temporalio.testing import ActivityEnvironment

from activities.records import Records
from contracts.rows import Batch, YearToArchive
from storage.documents import ARCHIVES, VERSIONS, DocumentMissing, Documents
from storage.dump import dump_rows
from storage.engine import Database
from storage.reading_history import version
from tests.storage.samples import content, full_batch
from tests.storage.samples import version as version_of


async def test_rows_and_contents_are_written_and_a_repetition_changes_nothing(
    database: Database, documents: Documents
) -> None:
    records, batch = Records(database, documents), full_batch()
    await ActivityEnvironment().run(records.write_rows, batch)
    before = await dump_rows(database)
    await ActivityEnvironment().run(records.write_rows, batch)
    assert await dump_rows(database) == before
    assert await documents.names(VERSIONS) == [batch.contents[0].sha256]
    assert await documents.read_json(VERSIONS, batch.contents[0].sha256) == batch.contents[0].body


async def test_a_version_that_is_written_again_without_its_content_keeps_it(
    database: Database, documents: Documents
) -> None:
    records, handed_in = Records(database, documents), content()
    first = Batch(code="XAA", revision=1, versions=[version_of(of=handed_in)], contents=[handed_in])
    again = Batch(code="XAA", revision=2, versions=[version_of(of=handed_in, by="Ada")])
    for batch in (first, again):
        await ActivityEnvironment().run(records.write_rows, batch)
    stored = await version(database, "XAA", "progress_report", 1, 2027)
    assert stored is not None
    assert (stored.version.by, stored.body) == ("Ada", handed_in.body)


async def test_a_content_that_is_nowhere_is_an_error_and_no_empty_row(
    database: Database, documents: Documents
) -> None:
    lost = Batch(code="XAA", revision=1, versions=[version_of(of=content("lost"))])
    with pytest.raises(DocumentMissing):
        await ActivityEnvironment().run(Records(database, documents).write_rows, lost)
    assert await version(database, "XAA", "progress_report", 1, 2027) is None


async def test_a_closed_year_is_archived_under_its_hash_once(
    database: Database, documents: Documents
) -> None:
    records = Records(database, documents)
    year = YearToArchive(code="XAA", label="2027", batch=full_batch())
    first = await ActivityEnvironment().run(records.archive_year, year)
    assert await ActivityEnvironment().run(records.archive_year, year) == first
    assert (first.name, first.media_type) == ("XAA-2027.json", "application/json")
    assert await documents.names(ARCHIVES) == [first.sha256]
    kept = YearToArchive.model_validate(await documents.read_json(ARCHIVES, first.sha256))
    assert kept == year
