"""Reads the GCM's items across countries: they lie in the countries' rows."""

from pydantic import BaseModel, TypeAdapter
from sqlmodel import col, select

from contracts.state import Item
from framework.terms import Status
from storage.engine import Database
from storage.tables import CountryTable

_ITEMS = TypeAdapter(list[Item])


class CountryItem(BaseModel):
    """An item with the country that it is about."""

    country: str
    country_name: str
    item: Item


async def open_items(database: Database) -> list[CountryItem]:
    """The open items of all countries, by country and in the order in which they opened."""
    query = select(CountryTable.code, CountryTable.name, CountryTable.content)
    async with database.reading() as session:
        rows = list(await session.exec(query.order_by(col(CountryTable.code))))
    return [
        CountryItem(country=code, country_name=name, item=item)
        for code, name, content in rows
        for item in _ITEMS.validate_python(content.get("items", []))
        if item.closed_at is None
    ]


async def decidable(database: Database) -> list[tuple[str, str]]:
    """Code and name of every country on which the GCM can decide: all that have not withdrawn, by name."""
    query = select(CountryTable.code, CountryTable.name)
    query = query.where(col(CountryTable.status) != Status.WITHDRAWN.value)
    async with database.reading() as session:
        rows = list(await session.exec(query.order_by(col(CountryTable.sort_name))))
    return [(code, name) for code, name in rows]
