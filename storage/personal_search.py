"""Finds what is held about a person: in rows, in documents of closed years, in what processes carry.

Somebody is known by addresses and names. A word of a text counts only as a whole: Ada is not in Adamant.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Table, select
from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from contracts.names import ALLIANCE_CODE, alliance_id, country_id
from storage import people
from storage.contact_addresses import folded_address
from storage.documents import ARCHIVES, Documents
from storage.engine import Database
from storage.personal import PERSONAL
from storage.sources import SourceSilent, TemporalSource
from storage.tables import metadata

ADDRESSES = ("email", "second_email", "to_email", "address")
NAMES = ("name", "to_name")
"""Under which keys an address and the name that belongs to it stand beside each other."""

NOT_SEARCHED = (
    "Not searched: the encrypted histories of Temporal, which end with their retention; letters and mails that were"
    " sent; the bytes of uploaded files and of returned messages; logs and backups."
)


@dataclass(frozen=True)
class Known:
    """By what somebody is known. Both are compared without regard to case."""

    addresses: frozenset[str]
    names: frozenset[str] = frozenset()
    pattern: re.Pattern[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        terms = sorted(filter(None, self.addresses | self.names), key=len, reverse=True)
        if not terms:
            raise ValueError("a person is known by at least one address or name")
        words = "|".join(re.escape(one.strip()) for one in terms)
        object.__setattr__(
            self, "pattern", re.compile(rf"(?<![\w.@-])(?:{words})(?![\w@-]|\.\w)", re.IGNORECASE)
        )

    def is_in(self, text: str) -> bool:
        """Whether a text names this person."""
        return bool(self.pattern.search(text))


class Held(BaseModel):
    """One thing that is held: in which table, document or process, of which row, at which place, and what it says.

    `value` is the object around the place: a contact, an entry, a message.
    """

    where: str
    key: str
    place: str
    value: Any


async def known_by(database: Database, address: str, names: Iterable[str] = ()) -> Known:
    """By what the person with an address is known: all their addresses, and each name that stands beside one in a row."""
    wanted, found = await _addresses(database, address), {one for one in names if one.strip()}
    async for _, _, values in _rows(database):
        for value in values.values():
            found |= {name for one in _objects(value) for name in _named(one, wanted)}
        found |= _named(values, wanted)
    return Known(frozenset({address.strip(), *wanted - {folded_address(address)}}), frozenset(found))


async def _addresses(database: Database, address: str) -> set[str]:
    """An address and the others of whoever signs in with it, folded."""
    wanted, person = folded_address(address), await people.person_at(database, address)
    return {wanted, *(await people.addresses_of(database, person) if person else ())}


async def in_rows(database: Database, known: Known) -> list[Held]:
    """What the tables hold."""
    return [
        one
        async for table, key, values in _rows(database)
        for column, value in values.items()
        for one in mentions(known, value, table, key, column)
    ]


async def in_documents(documents: Documents, known: Known) -> list[Held]:
    """What the documents of closed years hold. Raises DocumentDamaged when one is not what it was."""
    found: list[Held] = []
    for name in await documents.names(ARCHIVES):
        found += mentions(known, await documents.read_json(ARCHIVES, name), ARCHIVES, name, "")
    return found


async def in_processes(client: Client, known: Known) -> list[Held]:
    """What living processes carry. Raises SourceSilent when one does not answer."""
    codes = sorted(await TemporalSource(client).codes())
    found: list[Held] = []
    for workflow_id in (*(country_id(code) for code in codes if code != ALLIANCE_CODE), alliance_id()):
        state = await _state(client, workflow_id)
        found += mentions(known, state, "process", workflow_id, "")
    return found


def mentions(known: Known, value: Any, where: str, key: str, place: str) -> Iterator[Held]:
    """The smallest objects in a value that name somebody, each once."""
    if isinstance(value, str):
        if known.is_in(value):
            yield Held(where=where, key=key, place=place, value=value)
        return
    if isinstance(value, dict):
        own = [name for name, one in value.items() if isinstance(one, str) and known.is_in(one)]
        if own:
            yield Held(where=where, key=key, place=f"{place}.{own[0]}".lstrip("."), value=value)
            return
        parts: Iterable[tuple[str, Any]] = (
            (f"{place}.{name}".lstrip("."), one) for name, one in value.items()
        )
    elif isinstance(value, list):
        parts = ((f"{place}[{number}]", one) for number, one in enumerate(value))
    else:
        return
    for inner, one in parts:
        yield from mentions(known, one, where, key, inner)


async def _rows(database: Database) -> Any:
    async with database.engine.connect() as connection:
        for name, columns in PERSONAL.items():
            table = metadata.tables[name]
            rows = await connection.stream(select(table).order_by(*table.primary_key))
            async for row in rows.mappings():
                values = {column: row[column] for column in sorted(columns) if row[column] is not None}
                yield name, row_key(table, row), values


def row_key(table: Table, row: Any) -> str:
    """The primary key of a row (its columns by name) as one text."""
    return "/".join(_plain(row[column.name]) for column in table.primary_key)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _objects(one)
    elif isinstance(value, list):
        for one in value:
            yield from _objects(one)


def _named(value: dict[str, Any], addresses: set[str]) -> set[str]:
    texts = {name: one for name, one in value.items() if isinstance(one, str)}
    if not any(folded_address(texts.get(name, "")) in addresses for name in ADDRESSES):
        return set()
    return {texts[name].strip() for name in NAMES if texts.get(name, "").strip()}


async def _state(client: Client, workflow_id: str) -> Any:
    try:
        return await client.get_workflow_handle(workflow_id).query("state")
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise SourceSilent(f"{workflow_id} does not answer ({error}): is a worker running?") from error
    except WorkflowQueryFailedError as error:
        raise SourceSilent(f"{workflow_id} does not answer ({error})") from error
