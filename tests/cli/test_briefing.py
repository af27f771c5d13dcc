"""`pathfinder country brief` and `pathfinder handover show`: what the read model knows, on the screen and as a PDF."""

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.people import Contributor, FormerFocalPoint, PendingSuccessor
from contracts.rows import Batch
from framework.records import Contact
from storage.engine import open_database
from storage.schema import migrate
from storage.writing import write_batch
from tests.cli.conftest import Shell
from tests.storage.samples import country_row, task

NEW = Contact(name="Noor Basri", post="Director", email="noor@labour.example")
PEOPLE: dict[str, Any] = {
    "pending_successor": PendingSuccessor(
        id="handover-12",
        contact=NEW,
        named_on=date(2027, 2, 1),
        open_until=date(2027, 3, 3),
        overlap_days=30,
    ),
    "former_focal_points": [FormerFocalPoint(id="handover-4", contact=NEW, until_on=date(2027, 2, 9))],
    "contributors": [
        Contributor(id="contributor-8", contact=NEW, tasks=["roadmap"], from_on=date(2027, 2, 1))
    ],
}


@pytest.fixture
def country(shell: Shell) -> Shell:
    """A read model with one country."""

    async def write() -> None:
        database = open_database(shell.environment["PATHFINDER_DATABASE_URL"])
        try:
            await migrate(database)
            row = country_row("XAA", **PEOPLE)
            await write_batch(database, Batch(code="XAA", revision=1, country=row, tasks=[task()]), {})
        finally:
            await database.close()

    asyncio.run(write())
    return shell


@pytest.mark.clause("EOI-03")
def test_a_brief_is_read_on_the_screen_in_three_languages(country: Shell) -> None:
    said = country.run("country", "brief", "XAA")
    assert said.code == 0, said.err
    assert "Land XAA: hand-over brief\n" in said.out
    assert "WHAT IS DUE NEXT\n  - Annual progress report 2027: 30 April 2027 (open)\n" in said.out
    assert "note de transmission" in country.run("country", "brief", "XAA", "--lang", "fr").out
    assert country.run("country", "brief", "XAA", "--lang", "de").code == 2
    assert json.loads(country.run("country", "brief", "XAA", "--json").out)["code"] == "XAA"


def test_a_brief_is_written_as_a_pdf(country: Shell, tmp_path: Path) -> None:
    said = country.run("country", "brief", "XAA", "--pdf", "brief.pdf")
    assert said.code == 0, said.err
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF-")


def test_who_follows_who_went_and_who_helps_is_shown(country: Shell) -> None:
    said = country.run("handover", "show", "XAA").out
    assert "Named to follow: Noor Basri, can accept until 2027-03-03 (handover-12)\n" in said
    assert "Former focal point: Noor Basri, access until 2027-02-09 (handover-4)\n" in said
    assert "Contributor: Noor Basri, roadmap (contributor-8)\n" in said
    found = json.loads(country.run("handover", "show", "XAA", "--json").out)
    assert found["pending_successor"]["id"] == "handover-12"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("country", "brief", "XAB"), "XAB"),
        (("handover", "show", "XAB"), "XAB"),
        (
            (
                *("handover", "name", "XAA", "--successor", "N", "--post", "P"),
                *("--email", "n@x.example", "--letter", "0" * 32),
            ),
            "There is no document",
        ),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(
    country: Shell, arguments: tuple[str, ...], says: str
) -> None:
    said = country.run(*arguments)
    assert said.code == 1
    assert says in said.err
