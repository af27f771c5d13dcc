"""Rows and mail in one go: the rows first, each once, and neither keeps the other."""

import pytest
from temporalio.testing import ActivityEnvironment

from activities.correspondence import Correspondence
from activities.outgoing import Outgoing
from activities.records import Records
from contracts.rows import Batch, Delivery, Posting
from contracts.state import Recipient
from storage import ledger, reading_history
from storage.documents import Documents
from storage.dump import dump_rows
from storage.engine import Database
from tests.storage.samples import entry, full_batch, order

ADA = Recipient(name="Ada", email="ada@land.example")
TOO_LARGE = 10**20


class Watcher:
    """A courier that looks how many lines the timeline has when a message is handed to it, and breaks down at first."""

    def __init__(self, database: Database, *, breaks: int = 0) -> None:
        self.database = database
        self.breaks = breaks
        self.lines: list[int] = []

    async def take(self, delivery: Delivery) -> None:
        """Takes a message about the country XAA."""
        if self.breaks:
            self.breaks -= 1
            raise ConnectionError("the Temporal server is away")
        self.lines.append(len((await reading_history.timeline(self.database, delivery.order.country)).items))


async def send_out(database: Database, documents: Documents, courier: Watcher, batch: Batch) -> list[str]:
    """Sends out a batch and one message as the activity does."""
    outgoing = Outgoing(Records(database, documents), Correspondence(database, courier))
    return await ActivityEnvironment().run(outgoing.write_and_post, batch, Posting(orders=[order(to=[ADA])]))


async def test_what_a_message_tells_of_is_on_record_before_the_message_goes(
    database: Database, documents: Documents
) -> None:
    watcher = Watcher(database)
    assert await send_out(database, documents, watcher, full_batch()) == []
    assert watcher.lines == [len(full_batch().entries)]


async def test_a_repetition_after_a_break_down_of_the_post_changes_no_row_and_enters_no_mail_twice(
    database: Database, documents: Documents
) -> None:
    watcher = Watcher(database, breaks=1)
    with pytest.raises(ConnectionError):
        await send_out(database, documents, watcher, full_batch())
    before = await dump_rows(database)
    assert before["entry"], "the rows do not wait for the post"
    await send_out(database, documents, watcher, full_batch())
    await send_out(database, documents, watcher, full_batch())
    assert await dump_rows(database) == before
    assert len((await ledger.mails(database)).items) == 1


@pytest.mark.clause("GEN-03")
async def test_rows_that_are_refused_for_good_are_named_and_the_mail_goes_all_the_same(
    database: Database, documents: Documents
) -> None:
    batch = Batch(code="XAA", revision=1, entries=[entry(1), entry(2, year=TOO_LARGE)])
    watcher = Watcher(database)
    assert await send_out(database, documents, watcher, batch) == ["entry XAA/2"]
    assert watcher.lines == [1]
