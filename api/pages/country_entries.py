"""All entries of one kind of a country's timeline, as their reader may see them."""

from access.people import Principal
from api.confidence import sees_entry
from api.views import EntryView
from storage import reading_history
from storage.engine import Database
from storage.paging import MAXIMUM_LIMIT


async def entries(database: Database, code: str, kind: str, principal: Principal) -> list[EntryView]:
    """The entries of a kind, newest first; the particulars of what was given in confidence are withheld."""
    found: list[EntryView] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await reading_history.timeline(database, code, kind=kind, limit=MAXIMUM_LIMIT, cursor=cursor)
        found += [EntryView.of(one, withheld=not sees_entry(principal, one, code)) for one in page.items]
        cursor = page.next_cursor
    return found
