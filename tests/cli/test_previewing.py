"""`pathfinder mail preview`: what would be sent, in files, without sending anything."""

import asyncio
from pathlib import Path

import pytest

from contracts.rows import Batch
from correspondence.specimens import kinds, letter_kinds
from storage.engine import open_database
from storage.schema import migrate
from storage.writing import write_batch
from tests.cli.conftest import Shell
from tests.storage.samples import country_row


def test_a_preview_writes_the_message_and_each_of_its_parts(shell: Shell, tmp_path: Path) -> None:
    said = shell.run(
        "mail", "preview", "presentation", "--lang", "fr", "--country", "XAB", "--out", tmp_path / "p"
    )
    assert said.code == 0
    names = [Path(line).name for line in said.out.splitlines()]
    assert names == [f"presentation-fr{suffix}" for suffix in (".eml", ".txt", ".html", ".ics")]
    assert "XAB is not on record here" in said.err
    assert "(XAB)" in (tmp_path / "p" / "presentation-fr.txt").read_text(encoding="utf-8")


def test_a_country_on_record_is_shown_with_its_name_and_its_focal_point(shell: Shell, tmp_path: Path) -> None:
    asyncio.run(_on_record(shell))
    said = shell.run("mail", "preview", "reminder", "--country", "XAC", "--out", tmp_path)
    assert said.code == 0
    assert said.err == ""
    text = (tmp_path / "reminder-en.txt").read_text(encoding="utf-8")
    assert text.startswith("Dear Ada Ámbar,")
    assert "Land XAC" in text


async def _on_record(shell: Shell) -> None:
    database = open_database(shell.environment["PATHFINDER_DATABASE_URL"])
    await migrate(database)
    await write_batch(database, Batch(code="XAC", revision=1, country=country_row("XAC")), {})
    await database.close()


def test_a_letter_of_record_is_shown_as_the_document_that_it_is(shell: Shell, tmp_path: Path) -> None:
    assert shell.run("mail", "preview", "letter:not_yet", "--lang", "es", "--out", tmp_path).code == 0
    assert (tmp_path / "letter-not_yet-es.pdf").read_bytes().startswith(b"%PDF-")


def test_everything_can_be_seen_at_once(shell: Shell, tmp_path: Path) -> None:
    said = shell.run("mail", "preview", "all", "--lang", "all", "--out", tmp_path)
    assert said.code == 0
    assert len(list(tmp_path.glob("*.eml"))) == 3 * len([*kinds(), *letter_kinds()])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("no_such_kind",), "'no_such_kind' is no kind of message; there are: candidate_nudge, "),
        (("reminder", "--lang", "de"), "'de' is no language; there are: en, fr, es, or all."),
    ],
)
def test_what_there_is_none_of_is_answered_with_what_there_is(
    shell: Shell, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    said = shell.run("mail", "preview", *arguments, "--out", tmp_path / "none")
    assert said.code == 1
    assert sentence in said.err
    assert not (tmp_path / "none").exists()
