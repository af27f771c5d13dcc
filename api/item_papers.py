"""Papers of an item of the GCM: each is there only for whoever may read it, also by its name."""

from access.people import Principal
from api.references import sees_document
from contracts.state import Item
from framework.records import DocumentRef
from storage.engine import Database
from storage.reading_items import CountryItem
from storage.uploads import document


async def papers_for(database: Database, principal: Principal, item: Item) -> list[DocumentRef]:
    """The papers of an item that this person may read."""
    found = [(one, await document(database, one.id)) for one in item.documents]
    return [one for one, stored in found if stored is not None and sees_document(principal, stored)]


async def seen_by(database: Database, principal: Principal, found: CountryItem) -> CountryItem:
    """An item as this person sees it."""
    seen = await papers_for(database, principal, found.item)
    return found.model_copy(update={"item": found.item.model_copy(update={"documents": seen})})
