"""The read model, dropped and made anew from what the workflows know."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from contracts.names import ALLIANCE_CODE
from contracts.returns import ReturnCard
from contracts.rows import Batch, Book, Delivery, Outcome, YearToArchive
from framework.records import DocumentRef
from framework.terms import Role, TaskState
from storage import ledger, returned, uploads
from storage.contents import bodies_of, keep_contents
from storage.directory import SeatHolder, appointments, put_appointments
from storage.documents import ARCHIVES, DocumentDamaged, DocumentMissing, Documents
from storage.dump import NOT_DUMPED, digests, dump_rows
from storage.engine import Database, open_database
from storage.reading import country
from storage.reading_history import timeline, version
from storage.rebuilding import RebuildRefused, check_rebuild_from, rebuild_from
from storage.schema import migrate
from storage.sources import Delivered, Seats, SourceSilent
from storage.tables import metadata
from storage.uploads import Upload
from storage.writing import write_batch
from tests.storage.samples import (
    NOON,
    content,
    country_row,
    delivery,
    entry,
    full_batch,
    task,
)
from tests.storage.samples import (
    version as version_of,
)


@dataclass
class Workflows:
    """What the workflows of a namespace would answer."""

    books: dict[str, Book] = field(default_factory=dict)
    deliveries: dict[str, Delivered] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    directory: Seats | None = None

    async def codes(self) -> set[str]:
        """See Source."""
        return self.books.keys() - self.unlisted - {ALLIANCE_CODE}

    async def book(self, code: str) -> Book | None:
        """See Source."""
        if code in self.silent:
            raise SourceSilent(f"country-{code} does not answer")
        return self.books.get(code)

    async def mail_keys(self) -> set[str]:
        """See Source."""
        return self.deliveries.keys() - self.unlisted

    async def delivered(self, key: str) -> Delivered | None:
        """See Source."""
        return self.deliveries.get(key)

    async def seats(self) -> Seats | None:
        """See Source."""
        return self.directory


async def write(database: Database, documents: Documents, batch: Batch) -> None:
    """Writes a batch as the activity does."""
    await keep_contents(documents, batch)
    await write_batch(database, batch, await bodies_of(documents, batch))


async def lived(database: Database, documents: Documents) -> Workflows:
    """Two countries, one with an archived year, with mail and an upload; what their workflows would answer."""
    old = full_batch("XAA", revision=5)
    await write(database, documents, old)
    archive = await documents.keep_json(ARCHIVES, YearToArchive(code="XAA", label="2027", batch=old))
    now = Batch(
        code="XAA",
        revision=9,
        country=country_row("XAA", 9, cycle=2028),
        tasks=[task("indicator_framework-2027", state=TaskState.DONE)],
        entries=[entry(3)],
        versions=[version_of(2, of=content("2028"))],
        contents=[content("2028")],
    )
    await write(database, documents, now)
    await write(database, documents, full_batch("XAB", revision=2))
    told = now.model_copy(update={"contents": []})
    books = {"XAA": Book(batch=told, archives=[archive]), "XAB": Book(batch=full_batch("XAB", revision=2))}
    upload = Upload(country="XAA", name="a.txt", by="Ada", role=Role.FOCAL_POINT, at=NOON)
    await uploads.keep(database, documents, upload, b"words")
    deliveries = await mailed(database)
    await came_back(database, documents)
    return Workflows(books=books, deliveries=deliveries)


async def came_back(database: Database, documents: Documents) -> None:
    """A report that a message failed, an answer to it, and something that nobody understands, seen to by now."""
    for number, (kind, names) in enumerate((("failed", ["sent"]), ("unclear", ["sent"]), ("unclear", []))):
        at = NOON + timedelta(hours=3 - number)  # names and moments are in different orders
        card = ReturnCard(id=f"{number}" * 64, kind=kind, recorded_at=at, size=5, identities=names)
        await returned.keep(database, documents, card, b"words")
    seen = await returned.see_to(database, documents, "2" * 64, by="Sira", at=NOON, note="Spam")
    assert seen is not None


async def mailed(database: Database) -> dict[str, Delivered]:
    """Messages in every state, and what their workflows know of them."""
    sent, waiting, nobody = delivery("sent"), delivery("waiting"), delivery("nobody", to_email="")
    await ledger.enqueue(database, [sent, waiting, nobody])
    await ledger.begin(database, sent)
    done = Outcome(state="sent", at=NOON + timedelta(seconds=3), answer="250 OK", possible_duplicate=True)
    stood = await ledger.finish(database, sent, done)
    await ledger.begin(database, waiting)
    no_recipient = Outcome(state="no_recipient", at=NOON, attempts=0)
    return {
        "sent": Delivered(sent, stood),
        "waiting": Delivered(waiting, attempts=1, unreported=True),
        "nobody": Delivered(nobody, no_recipient),
    }


async def empty(database: Database) -> None:
    """Loses every row."""
    async with database.writing() as session:
        for table in metadata.sorted_tables:
            await (await session.connection()).execute(delete(table))


async def test_all_rows_come_back_equal_after_every_row_was_lost(
    database: Database, documents: Documents
) -> None:
    source = await lived(database, documents)
    before = await dump_rows(database)
    await empty(database)
    assert await dump_rows(database) != before
    told: list[tuple[int, int, str]] = []
    counts = await rebuild_from(source, database, documents, lambda *what: told.append(what))
    assert [what for what in told if what[2] != "mail"] == [(0, 2, "XAA"), (1, 2, "XAB")]
    assert await dump_rows(database) == before
    assert counts == {"countries": 2, "mails": 3, "returned": 3, "documents": 1, "appointments": 0}


async def test_rebuilding_what_is_whole_changes_nothing(database: Database, documents: Documents) -> None:
    source = await lived(database, documents)
    rebuilt = await check_rebuild_from(source, database, documents)
    assert rebuilt.differences == []
    assert (await check_rebuild_from(source, database, documents)).differences == []


async def test_rows_that_no_workflow_wrote_are_found_and_named(
    database: Database, documents: Documents
) -> None:
    source = await lived(database, documents)
    await write_batch(database, Batch(code="XAA", revision=6, entries=[entry(77)]), {})
    await write_batch(database, full_batch("XZZ").model_copy(update={"versions": []}), {})
    async with database.writing() as session:
        await (await session.connection()).execute(delete(metadata.tables["comment"]))
    rebuilt = await check_rebuild_from(source, database, documents)
    assert [line.partition(":")[0] for line in rebuilt.differences] == [
        "comment",
        "country",
        "cycle",
        "decision",
        "entry",
        "letter",
        "task",
    ]
    assert "entry: 3 rows gone or changed, 0 new or changed" in rebuilt.differences
    assert "comment: 0 rows gone or changed, 4 new or changed" in rebuilt.differences
    assert await country(database, "XZZ") is None


async def test_what_a_living_process_writes_meanwhile_stays(database: Database, documents: Documents) -> None:
    source = await lived(database, documents)
    later = Batch(code="XAA", revision=10, country=country_row("XAA", 10, late=True), entries=[entry(4)])
    await write_batch(database, later, {})
    await rebuild_from(source, database, documents)
    stored = await country(database, "XAA")
    assert stored is not None
    assert (stored.revision, stored.late) == (10, True)
    assert [each.number for each in (await timeline(database, "XAA")).items] == [4, 3, 2, 1]


async def test_after_a_rebuild_late_batches_still_change_nothing(
    database: Database, documents: Documents
) -> None:
    source = await lived(database, documents)
    await empty(database)
    await rebuild_from(source, database, documents)
    before = await dump_rows(database)
    await write(database, documents, full_batch("XAB", revision=1))
    assert await dump_rows(database) == before


async def test_contents_come_back_from_the_document_store(database: Database, documents: Documents) -> None:
    source = await lived(database, documents)
    await empty(database)
    await rebuild_from(source, database, documents)
    stored = await version(database, "XAA", "progress_report", 2, 2027)
    assert stored is not None
    assert stored.body == content("2028").body


async def test_a_listing_that_lags_behind_loses_no_rows(database: Database, documents: Documents) -> None:
    source = await lived(database, documents)
    source.unlisted = {"XAB", "sent"}
    assert (await check_rebuild_from(source, database, documents)).differences == []


async def test_a_country_that_does_not_answer_stops_the_rebuild_and_keeps_its_rows(
    database: Database, documents: Documents
) -> None:
    source = await lived(database, documents)
    before = await dump_rows(database)
    source.silent = {"XAB"}
    with pytest.raises(SourceSilent, match="country-XAB"):
        await rebuild_from(source, database, documents)
    assert await dump_rows(database) == before


async def test_the_wrong_namespace_does_not_empty_the_read_model(
    database: Database, documents: Documents
) -> None:
    await lived(database, documents)
    before = await dump_rows(database)
    with pytest.raises(RebuildRefused, match="namespace"):
        await rebuild_from(Workflows(), database, documents)
    assert await dump_rows(database) == before


async def test_an_archive_that_was_changed_stops_the_rebuild(
    database: Database, documents: Documents, tmp_path: Any
) -> None:
    source = await lived(database, documents)
    (archive,) = source.books["XAA"].archives
    (tmp_path / "documents" / f"{archive.id}.json").write_text("{}")
    with pytest.raises(DocumentDamaged):
        await rebuild_from(source, database, documents)
    source.books["XAA"].archives[0] = DocumentRef(id="archives/" + "0" * 64, sha256="0" * 64)
    with pytest.raises(DocumentMissing):
        await rebuild_from(source, database, documents)
    assert (await country(database, "XAA")) is not None


async def test_what_came_back_and_what_it_did_to_a_message_come_back_too(
    database: Database, documents: Documents
) -> None:
    source = await lived(database, documents)
    before = await ledger.mail(database, "sent")
    await empty(database)
    await rebuild_from(source, database, documents)
    after = await ledger.mail(database, "sent")
    assert after == before
    assert after is not None
    assert (after.state, sorted(one.what for one in after.story)) == (
        "bounced",
        ["answered", "bounced", "sent"],
    )
    states = {item.card.id[0]: item.state for item in (await returned.all_returned(database)).items}
    assert states == {"0": "noted", "1": "open", "2": "seen"}


async def test_mail_under_way_is_neither_lost_nor_forgotten_to_be_possibly_sent(
    database: Database, documents: Documents
) -> None:
    source = await lived(database, documents)
    await empty(database)
    await rebuild_from(source, database, documents)
    assert (await ledger.begin(database, delivery("waiting"))).earlier_unreported
    assert (await ledger.begin(database, delivery("sent"))).standing is not None


async def test_mail_that_is_just_being_handed_over_stays(database: Database, documents: Documents) -> None:
    source = await lived(database, documents)
    fresh: Delivery = delivery("fresh")
    await ledger.enqueue(database, [fresh])
    await rebuild_from(source, database, documents)
    assert await ledger.mail(database, "fresh") is not None


async def test_the_alliances_own_rows_come_back_too(database: Database, documents: Documents) -> None:
    source = await lived(database, documents)
    own = Batch(code=ALLIANCE_CODE, revision=3, tasks=[task("mwg_report-2027")], entries=[entry(1)])
    await write_batch(database, own, {})
    source.books[ALLIANCE_CODE] = Book(batch=own)
    before = await dump_rows(database)
    await empty(database)
    assert (await rebuild_from(source, database, documents))["countries"] == 2
    assert await dump_rows(database) == before


async def test_the_directory_comes_from_the_process_that_keeps_it(
    database: Database, documents: Documents
) -> None:
    source = await lived(database, documents)
    chair = SeatHolder(
        id="1", role="chair", seat="Chair", name="Ada", email="ada@x.example", from_on=date(2024, 1, 1)
    )
    await put_appointments(database, [chair], revision=1)
    await rebuild_from(source, database, documents)
    assert await appointments(database) == [chair]
    source.directory = Seats([chair.model_copy(update={"name": "Bo"})], revision=2)
    assert (await rebuild_from(source, database, documents))["appointments"] == 1
    assert [holder.name for holder in await appointments(database)] == ["Bo"]


async def test_what_one_database_holds_another_holds_alike(
    database: Database, documents: Documents, tmp_path: Any
) -> None:
    source = await lived(database, documents)
    other = open_database(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    await migrate(other)
    await rebuild_from(source, other, documents)
    hashes = digests(await dump_rows(database))
    assert digests(await dump_rows(other)) == hashes
    assert set(hashes) == {table.name for table in metadata.sorted_tables} - set(NOT_DUMPED)
    await other.close()
