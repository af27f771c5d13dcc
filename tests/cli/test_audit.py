"""`pathfinder audit`: what commands do is on record; a record that was touched is found; copies for whoever asks."""

import asyncio
import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from contracts.rows import Batch
from storage import audit
from storage.access_tables import PersonAddressTable, PersonTable
from storage.audit import Act, Outcome
from storage.audit_table import AuditTable
from storage.engine import open_database
from storage.writing import write_batch
from tests.cli.conftest import SECRET, Shell
from tests.storage.samples import entry

AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


async def _written(url: str, *acts: Act) -> None:
    database = open_database(url)
    for one in acts:
        await audit.record(database, one)
    await database.close()


def act(outcome: Outcome = Outcome.DONE, **more: Any) -> Act:
    return Act(**{"at": AT, "outcome": outcome, "action": "submit", "role": "secretariat", **more})


@pytest.fixture
def book(shell: Shell) -> Shell:
    """A record of three acts, in two countries, by two people."""
    assert shell.run("migrate").code == 0
    acts = (
        act(country="XAA", person="p-1", message="m-1", detail={"name": "Ada", "client": "192.0.2.1"}),
        act(Outcome.DENIED, country="XAB", person="p-2", detail={"name": "=1+1", "given": {"a": 1}}),
        act(country="XAA", person="p-2", at=AT.replace(month=4), reasons=("one", "two")),
    )
    asyncio.run(_written(shell.environment["PATHFINDER_DATABASE_URL"], *acts))
    return shell


def touch(shell: Shell, sequence: int, **values: Any) -> None:
    """What somebody with the database's password could do."""

    async def change() -> None:
        database = open_database(shell.environment["PATHFINDER_DATABASE_URL"])
        async with database.writing() as session:
            statement = update(AuditTable).where(col(AuditTable.sequence) == sequence).values(**values)
            await (await session.connection()).execute(statement)
        await database.close()

    asyncio.run(change())


def test_a_sound_record_is_told_with_its_size(book: Shell) -> None:
    said = book.run("audit", "verify", "--no-anchors")
    assert (said.code, said.out) == (0, "")
    assert said.err == "3 rows are as they were written, 0 with something erased; no anchors were compared.\n"


def test_the_first_row_that_is_not_as_it_was_written_is_named(book: Shell) -> None:
    touch(book, 2, outcome="done")
    said = book.run("audit", "verify", "--no-anchors")
    assert said.code == 1
    assert "row 2 is altered" in said.err
    found = json.loads(book.run("audit", "verify", "--no-anchors", "--json").out)
    assert (found["sound"], found["verification"]["defects"][0]["sequence"]) == (False, 2)


def test_without_a_server_the_anchors_cannot_be_compared_and_it_says_so(book: Shell) -> None:
    said = book.run("audit", "verify")
    assert said.code == 1
    assert "No Temporal server answers" in said.err


def test_what_came_by_another_door_is_listed_and_no_error(book: Shell) -> None:
    entries = [
        entry(1, message="m-1", role="secretariat"),
        entry(2, message="typed-in-the-ui", role="gcm"),
        entry(3, message="alliance-0123", role="secretariat"),
        entry(4, message="", role="system"),
    ]

    async def written() -> None:
        database = open_database(book.environment["PATHFINDER_DATABASE_URL"])
        await write_batch(database, Batch(code="XAA", revision=1, entries=entries), {})
        await database.close()

    asyncio.run(written())
    said = book.run("audit", "verify", "--no-anchors", "--json")
    assert said.code == 0
    doors = json.loads(said.out)["other_doors"]
    assert [(one["country"], one["entry"], one["message"]) for one in doors] == [
        ("XAA", 2, "typed-in-the-ui")
    ]
    assert "1 came by another door" in book.run("audit", "verify", "--no-anchors").err


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        ([], [1, 2, 3]),
        (["--country", "XAA"], [1, 3]),
        (["--person", "ada"], [1]),
        (["--person", "p-2"], [2, 3]),
        (["--since", "2027-03-15"], [3]),
        (["--limit", "1"], [3]),
        (["--person", "nobody"], []),
    ],
)
def test_acts_are_shown_by_country_person_and_day(book: Shell, options: list[str], rows: list[int]) -> None:
    found = json.loads(book.run("audit", "show", "--json", *options).out)
    assert [one["sequence"] for one in found] == rows
    assert len(book.run("audit", "show", *options).out.splitlines()) == len(rows) + 1


@pytest.mark.parametrize("named", ["ada@home.example", "p-1", "p-2"])
def test_acts_of_somebody_known_by_two_ids_are_shown_for_either_and_for_an_address(
    book: Shell, named: str
) -> None:
    async def joined() -> None:
        database = open_database(book.environment["PATHFINDER_DATABASE_URL"])
        async with database.writing() as session:
            for id, same_as in (("p-1", "p-2"), ("p-2", "")):
                session.add(PersonTable(id=id, name="Ada", language="en", same_as=same_as, created_at=AT))
            session.add(PersonAddressTable(address="ada@home.example", person="p-2"))
        await database.close()

    asyncio.run(joined())
    found = json.loads(book.run("audit", "show", "--json", "--person", named).out)
    assert [one["sequence"] for one in found] == [1, 2, 3]


def test_an_export_as_json_lines_has_everything_and_is_itself_on_record(book: Shell, tmp_path: Path) -> None:
    said = book.run("audit", "export", tmp_path / "xab.jsonl", "--country", "XAB")
    assert said.code == 0, said.err
    lines = [json.loads(line) for line in (tmp_path / "xab.jsonl").read_text().splitlines()]
    assert lines[0]["detail"] == {"name": "=1+1", "given": {"a": 1}}
    newest = json.loads(book.run("audit", "show", "--json", "--limit", "1").out)[0]
    assert (newest["action"], newest["outcome"], newest["role"]) == ("export_audit", "done", "operator@cli")


def test_an_export_for_spreadsheets_holds_no_formula(book: Shell, tmp_path: Path) -> None:
    asyncio.run(_written(book.environment["PATHFINDER_DATABASE_URL"], act(object="@SUM(A1)", country="XAC")))
    assert book.run("audit", "export", tmp_path / "all.csv").code == 0
    with (tmp_path / "all.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["sequence"] for line in lines][:4] == ["1", "2", "3", "4"]
    assert lines[3]["object"] == "'@SUM(A1)"
    assert lines[2]["reasons"] == '["one", "two"]'
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line.values())


def test_an_export_of_another_kind_is_not_written(book: Shell, tmp_path: Path) -> None:
    said = book.run("audit", "export", tmp_path / "all.xlsx")
    assert said.code == 2
    assert not (tmp_path / "all.xlsx").exists()


def test_a_token_is_on_record_without_itself_and_with_the_name_apart(shell: Shell) -> None:
    shell.run("migrate")
    token = shell.run("token", "--role", "gcm", "--name", "Ada").out.strip()
    attempted, done = json.loads(shell.run("audit", "show", "--json").out)
    assert (attempted["outcome"], done["outcome"]) == ("attempted", "done")
    assert (done["action"], done["object"], done["role"]) == (
        "issue_token",
        "pathfinder token",
        "operator@cli",
    )
    assert (done["refers_to"], done["detail"]) == ([1], {"name": "Ada"})
    assert attempted["detail"]["given"] == {"role": "gcm", "country": "", "days": 30.0}
    text = shell.run("audit", "show", "--json").out
    assert token not in text
    assert SECRET not in text


def test_a_command_that_is_refused_is_on_record_as_such(shell: Shell) -> None:
    shell.run("migrate")
    assert shell.run("calendar", "revoke", "0" * 32).code == 1
    assert [one["outcome"] for one in json.loads(shell.run("audit", "show", "--json").out)] == [
        "attempted",
        "refused",
    ]
