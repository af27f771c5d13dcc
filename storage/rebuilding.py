"""Makes the read model anew from the workflows, and shows that it becomes what it was."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, delete, select
from temporalio.client import Client

from contracts.names import ALLIANCE_CODE
from contracts.rows import Batch, YearToArchive
from storage import erasures, ledger, returned, uploads
from storage.canonical import canonical
from storage.contents import bodies_of, keep_contents
from storage.directory import put_appointments
from storage.documents import ARCHIVES, Documents
from storage.dump import Dump, digests, dump_rows
from storage.engine import Database
from storage.erasures import Erasures
from storage.sources import Delivered, Source, TemporalSource
from storage.tables import CountryTable, DocumentTable, MailTable
from storage.writing import Bodies, delete_country, replace_country, upsert

NEWEST = 2**31 - 1
"""A revision that no country reaches."""


class RebuildRefused(Exception):
    """The rebuild would only delete; nothing was changed."""


@dataclass(frozen=True)
class Rebuilt:
    """What was written anew, and (when checked) in what the read model differs from before."""

    counts: dict[str, int]
    differences: list[str] = field(default_factory=list)


Progress = Callable[[int, int, str], None]
"""Is told how many of how many are written, and which comes next."""


def _silent(done: int, total: int, what: str) -> None:
    """Tells nobody."""


async def rebuild(
    client: Client, database: Database, documents: Documents, progress: Progress = _silent
) -> Rebuilt:
    """Deletes what the workflows once wrote and writes it again. May run beside a living worker.

    Raises RebuildRefused when the namespace has no countries but the read model does, SourceSilent when
    one does not answer, DocumentMissing or DocumentDamaged when an archive is not what it was.
    """
    return Rebuilt(await rebuild_from(TemporalSource(client), database, documents, progress))


async def check_rebuild(
    client: Client, database: Database, documents: Documents, progress: Progress = _silent
) -> Rebuilt:
    """Rebuilds, and lists the tables and rows that are not as they were before."""
    return await check_rebuild_from(TemporalSource(client), database, documents, progress)


async def check_rebuild_from(
    source: Source, database: Database, documents: Documents, progress: Progress = _silent
) -> Rebuilt:
    """The same from any source."""
    before = await dump_rows(database)
    counts = await rebuild_from(source, database, documents, progress)
    return Rebuilt(counts, differences(before, await dump_rows(database)))


async def rebuild_from(
    source: Source, database: Database, documents: Documents, progress: Progress = _silent
) -> dict[str, int]:
    """The same from any source, returning the counts."""
    return {
        "countries": await _countries(source, database, documents, progress),
        "mails": await _mails(source, database, await erasures.load(documents), progress),
        "returned": await returned.rebuild(database, documents),
        "documents": await _documents(database, documents),
        "appointments": await _appointments(source, database),
    }


def differences(before: Dump, after: Dump) -> list[str]:
    """The tables whose hashes differ, each with how many rows were only there before and only there after."""
    old, new = digests(before), digests(after)
    return [
        f"{table}: {len(_without(before[table], after[table]))} rows gone or changed, "
        f"{len(_without(after[table], before[table]))} new or changed"
        for table in old
        if old[table] != new[table]
    ]


async def _countries(source: Source, database: Database, documents: Documents, progress: Progress) -> int:
    async with database.reading() as session:
        known = set(await session.exec(select(CountryTable.code)))
    listed = await source.codes()
    if known and not listed:
        raise RebuildRefused(
            f"no country's process was found, but {len(known)} are in the read model; is the namespace right?"
        )
    written, codes = 0, sorted(known | listed)
    for done, code in enumerate(codes):
        progress(done, len(codes), code)
        written += await rebuild_country(source, database, documents, code)
    await rebuild_country(source, database, documents, ALLIANCE_CODE)
    return written


async def rebuild_country(source: Source, database: Database, documents: Documents, code: str) -> int:
    """Writes the rows of one country anew, or of the Alliance by its code; how many countries that were."""
    book = await source.book(code)
    if book is None:
        async with database.writing() as session:
            await delete_country(session, code, NEWEST)
        return 0
    gone = await erasures.load(documents)
    await keep_contents(documents, gone.without_in(book.batch))
    years = [await documents.read_json(ARCHIVES, archive.sha256) for archive in book.archives]
    batches = [YearToArchive.model_validate(year).batch for year in years]
    filled = [await _with_bodies(documents, batch, gone) for batch in [*batches, book.batch]]
    await replace_country(database, code, filled, book.batch.revision)
    return 1


async def _with_bodies(documents: Documents, batch: Batch, gone: Erasures) -> tuple[Batch, Bodies]:
    """A batch with its contents, both without those who were erased."""
    return gone.without_in(batch), gone.without(await bodies_of(documents, batch))


async def _mails(source: Source, database: Database, gone: Erasures, progress: Progress) -> int:
    async with database.reading() as session:
        known = set(await session.exec(select(MailTable.key)))
    written, keys = 0, sorted(known | await source.mail_keys())
    for done, key in enumerate(keys):
        progress(done, len(keys), "mail")
        written += await _mail(database, key, await source.delivered(key), gone)
    return written


async def _mail(database: Database, key: str, delivered: Delivered | None, gone: Erasures) -> int:
    async with database.writing() as session:
        if delivered is None:
            # A message without a process that is not finished is just being handed over: it stays. One that is held
            # for a digest, or was part of one, never had a process.
            states = set(ledger.FINAL_STATES) - set(ledger.WITHOUT_PROCESS)
            finished = col(MailTable.state).in_(sorted(states))
            await session.exec(delete(MailTable).where(col(MailTable.key) == key, finished))
            return 0
        row = gone.without(ledger.new_row(delivered.delivery, delivered.outcome))
        if delivered.outcome:
            await upsert(session, MailTable, [row], guarded=False)
        else:
            state = ledger.ATTEMPTING if delivered.unreported else row["state"]
            await ledger.put_missing(session, [row | {"state": state, "attempts": delivered.attempts}])
        return 1


async def _documents(database: Database, documents: Documents) -> int:
    stored = await uploads.cards(documents)
    async with database.writing() as session:
        await session.exec(delete(DocumentTable))
        await uploads.put_missing(session, stored)
    return len(stored)


async def _appointments(source: Source, database: Database) -> int:
    seats = await source.seats()
    if seats is None:
        return 0
    await put_appointments(database, seats.holders, seats.revision)
    return len(seats.holders)


def _without(rows: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    there = {canonical(row) for row in others}
    return [row for row in rows if canonical(row) not in there]
