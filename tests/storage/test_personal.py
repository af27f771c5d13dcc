"""Where persons are named in the tables, and how what is held about one of them is found."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, String, Table
from sqlalchemy.types import TypeDecorator

from contracts.rows import Batch
from framework.records import Contact
from framework.terms import Language, Role
from storage import audit, calendar_feeds, ledger
from storage.audit import Act, Outcome
from storage.calendar_feeds import Person
from storage.directory import SeatHolder, put_appointments
from storage.documents import ARCHIVES, Documents
from storage.engine import Database
from storage.personal import PERSONAL, WITHOUT
from storage.personal_search import Known, in_documents, in_rows, known_by, mentions
from storage.tables import metadata
from storage.uploads import Upload, keep
from storage.writing import write_batch
from tests.storage.samples import country_row, delivery, entry

AT = datetime(2027, 3, 1, tzinfo=UTC)
ADDRESS, NAME = "ada.stroem@labour.example", "Ada Ström"
KNOWN = Known(frozenset({ADDRESS}), frozenset({NAME}))


def texts_of(table: Table) -> set[str]:
    """The columns of a table that can hold text."""
    kinds = {
        column.name: column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        for column in table.columns
    }
    return {name for name, kind in kinds.items() if isinstance(kind, String | JSON)}


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_row_37_of_every_column_it_is_decided_whether_it_may_name_a_person(table: Table) -> None:
    personal, without = PERSONAL.get(table.name, frozenset()), WITHOUT.get(table.name, frozenset())
    assert personal & without == set()
    assert personal | without == texts_of(table), "enter the column in storage/personal.py"


def test_no_table_is_listed_that_is_not_there() -> None:
    assert set(PERSONAL) | set(WITHOUT) <= set(metadata.tables)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (ADDRESS, True),
        (ADDRESS.upper(), True),
        (f"<{ADDRESS}>: user unknown", True),
        (f"Ask {NAME}, she knows.", True),
        (f"not.{ADDRESS}", False),
        (f"{ADDRESS}.org", False),
        (f"Write to {ADDRESS}.", True),
        (f"{NAME}berg", False),
        ("Ada", False),
    ],
)
def test_a_person_is_named_by_whole_words_only(text: str, named: bool) -> None:
    assert KNOWN.is_in(text) is named


def test_nobody_is_known_by_nothing() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Known(frozenset({""}))


def test_the_smallest_object_around_a_name_is_what_is_held() -> None:
    value = {"deputies": [{"name": "Bob"}, {"name": NAME, "email": ADDRESS}], "other": {"name": "Eve"}}
    (found,) = mentions(KNOWN, value, "country", "XAA", "content")
    assert (found.place, found.value) == ("content.deputies[1].name", {"name": NAME, "email": ADDRESS})


async def everywhere(database: Database, documents: Documents) -> None:
    """Ada in every table that knows of persons by something of its own, and Bob beside her."""
    ada, bob = Contact(name=NAME, email=ADDRESS), Contact(name="Bob", email="bob@labour.example")
    row = country_row().model_copy(update={"focal_point": ada, "deputies": [bob]})
    entries = [entry(1, by=NAME), entry(2, by="Bob")]
    await write_batch(database, Batch(code=row.code, revision=1, country=row, entries=entries), {})
    seat = SeatHolder(id="s1", role="gcm", seat="ILO", name=NAME, email=ADDRESS, from_on=date(2027, 1, 1))
    await put_appointments(database, [seat], 1)
    await ledger.enqueue(database, [delivery().model_copy(update={"to_name": NAME, "to_email": ADDRESS})])
    person = Person(role=Role.FOCAL_POINT, country="XAA", name=NAME)
    await calendar_feeds.create(database, person, Language.ENGLISH, by=person, at=AT)
    upload = Upload(country="XAA", name="a.pdf", by=NAME, role=Role.FOCAL_POINT, at=AT)
    await keep(database, documents, upload, b"%PDF-1.4\n%%EOF\n")
    done: dict[str, Any] = {"outcome": Outcome.DONE, "action": "submit", "at": AT}
    await audit.record(database, Act(**done, detail={"name": NAME, "client": "192.0.2.1"}))
    await audit.record(database, Act(**done, detail={"name": "Bob"}))


async def test_all_that_is_held_about_a_person_is_found_and_nothing_about_others(
    database: Database, documents: Documents
) -> None:
    await everywhere(database, documents)
    known = await known_by(database, ADDRESS.upper())
    assert known.names == {NAME}
    found = await in_rows(database, known)
    assert {one.where for one in found} == {
        *("country", "contact_address", "entry", "appointment", "mail"),
        *("calendar_feed", "document", "audit"),
    }
    assert "Bob" not in str([one.value for one in found])
    assert all(KNOWN.is_in(str(one.value)) for one in found)


async def test_about_somebody_unknown_nothing_is_held(database: Database, documents: Documents) -> None:
    await everywhere(database, documents)
    assert await in_rows(database, await known_by(database, "nobody@labour.example")) == []


async def test_documents_of_closed_years_are_searched_too(documents: Documents) -> None:
    kept = await documents.keep_json(ARCHIVES, {"batch": {"entries": [{"by": NAME}, {"by": "Bob"}]}})
    (found,) = await in_documents(documents, KNOWN)
    assert (found.where, found.key, found.value) == (ARCHIVES, kept.sha256, {"by": NAME})
