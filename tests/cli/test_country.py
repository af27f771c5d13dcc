"""`pathfinder country`: what the read model knows, as tables and as JSON."""

import asyncio
import json
from collections.abc import Coroutine, Mapping
from datetime import date
from typing import Any

import pytest

from contracts.rows import Batch, CountryRow
from framework.facts import Cycle
from framework.review import assess
from framework.terms import Status
from storage.engine import Database, open_database
from storage.schema import migrate
from storage.writing import write_batch
from tests.cli.conftest import Shell
from tests.storage.samples import country_row, entry, flag, task, undelivered

NO_BODIES: Mapping[str, Any] = {}


@pytest.fixture
def board(shell: Shell) -> Shell:
    """A read model with a late and flagged country, a candidate, and what happened in the first."""
    years = [
        Cycle(year=year, due_on=date(year, 4, 30), review_due_on=date(year, 9, 30)) for year in (2025, 2026)
    ]
    flagged = country_row(
        "XAA", late=True, flags=[flag("no_report")], assessment=assess(years, date(2026, 11, 23))
    )
    flagged.undelivered = [undelivered()]
    candidate = country_row("XAB", name="Brisovia", status=Status.CANDIDATE, cycle=None)
    _write(shell, flagged, candidate)
    return shell


def _write(shell: Shell, *rows: CountryRow) -> None:
    async def write(database: Database) -> None:
        await migrate(database)
        for row in rows:
            entries = [entry(1, by="Mira"), entry(2, kind="reminder")]
            batch = Batch(code=row.code, revision=1, country=row, tasks=[task()], entries=entries)
            await write_batch(database, batch, NO_BODIES)

    async def opened() -> None:
        database = open_database(shell.environment["PATHFINDER_DATABASE_URL"])
        try:
            await write(database)
        finally:
            await database.close()

    _run(opened())


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_the_list_shows_status_deadline_and_flags(board: Shell) -> None:
    said = board.run("country", "list")
    assert (said.code, said.err) == (0, "2 countries\n")
    header, *lines = [line.split() for line in said.out.splitlines() if line.strip()]
    assert header[:2] == ["code", "name"]
    assert [line[0] for line in lines] == ["XAB", "XAA"]  # by name
    assert "no_report" in lines[1]


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--status", "candidate"], {"XAB"}),
        (["--late"], {"XAA"}),
        (["--not-late"], {"XAB"}),
        (["--undelivered"], {"XAA"}),
        (["--all-delivered"], {"XAB"}),
        (["--flag", "no_report"], {"XAA"}),
        (["--search", "brisóvia"], {"XAB"}),
        (["--stage", "review"], set()),
    ],
)
def test_the_list_is_filtered(board: Shell, options: list[str], codes: set[str]) -> None:
    said = board.run("country", "list", "--json", *options)
    assert {row["code"] for row in json.loads(said.out)} == codes


def test_a_filter_with_an_unknown_word_is_a_matter_of_usage(board: Shell) -> None:
    said = board.run("country", "list", "--status", "dormant")
    assert said.code == 2
    assert "candidate, active, inactive, withdrawn" in said.err
    said = board.run("country", "list", "--flag", "foo")
    assert (said.code, said.out) == (2, "")
    assert "no_report" in said.err
    assert "combination" in said.err


def test_one_country_is_shown_with_its_people_and_open_tasks(board: Shell) -> None:
    said = board.run("country", "show", "XAA")
    assert said.code == 0
    assert said.out.startswith("Land XAA (XAA): active since 2024-06-01")
    assert "Ada Ámbar" in said.out
    assert "reminder to deputy bounced since 2027-01-30 12:00 (mail_failed-k-1)" in said.out
    assert "progress_report-2027" in said.out
    answer = json.loads(board.run("country", "show", "XAA", "--json").out)
    assert (answer["country"]["code"], answer["tasks"][0]["due_on"]) == ("XAA", "2027-04-30")


def test_the_timeline_reads_from_old_to_new(board: Shell) -> None:
    entries = json.loads(board.run("country", "timeline", "XAA", "--json").out)
    assert [one["kind"] for one in entries] == ["progress_report", "reminder"]
    newest = board.run("country", "timeline", "XAA", "--limit", "1")
    assert "reminder" in newest.out
    assert "progress_report" not in newest.out
    assert "There are earlier entries" in newest.err


@pytest.mark.clause("REV-09")
def test_why_explains_each_indicator_with_its_years(board: Shell) -> None:
    said = board.run("country", "why", "XAA")
    assert said.code == 0
    lines = said.out.splitlines()
    at = lines.index("no_report (REV-09): RAISED")
    assert lines[at + 1].startswith("  2025: lapse; ")
    assert lines[at + 2].startswith("  2026: lapse; ")
    assert lines[at + 3].startswith("  would clear it:")
    explained = json.loads(board.run("country", "why", "XAA", "--json").out)
    assert [one["raised"] for one in explained["explanations"]].count(True) >= 1


def test_a_country_that_was_never_assessed_has_nothing_to_explain(board: Shell) -> None:
    said = board.run("country", "why", "XAB")
    assert (said.code, said.out) == (0, "")
    assert said.err == "No year of XAB has been assessed: it is candidate.\n"


@pytest.mark.parametrize("command", ["show", "timeline", "why"])
def test_an_unknown_country_is_told_in_a_sentence(board: Shell, command: str) -> None:
    said = board.run("country", command, "XZZ")
    assert (said.code, said.out) == (1, "")
    assert said.err == "No country XZZ is on record. `pathfinder country list` shows all.\n"
