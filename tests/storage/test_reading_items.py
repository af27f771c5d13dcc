"""The GCM's items across countries, as they lie in the countries' rows."""

from datetime import UTC, datetime

from contracts.rows import Batch
from contracts.state import Item
from framework.terms import DecisionKind, Status
from storage.engine import Database
from storage.reading_items import decidable, open_items
from storage.writing import write_batch
from tests.storage.samples import country_row

AT = datetime(2027, 10, 1, 9, tzinfo=UTC)


async def test_open_items_come_with_their_country_and_closed_ones_do_not(database: Database) -> None:
    grant = Item(key="grant", kind=DecisionKind.GRANT, opened_at=AT)
    closed = Item(key="reactivate", kind=DecisionKind.REACTIVATE, opened_at=AT, closed_at=AT)
    row = country_row("XAA", items=[closed, grant])
    gone = country_row("XAB", status=Status.WITHDRAWN)
    for one in (row, gone):
        await write_batch(database, Batch(code=one.code, revision=1, country=one), {})
    assert [(one.country, one.item.key) for one in await open_items(database)] == [("XAA", "grant")]
    assert [code for code, _ in await decidable(database)] == ["XAA"]
