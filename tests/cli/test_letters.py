"""`pathfinder letters`: the register, a draft's text, the PDF that was sent or would be."""

import asyncio
import json
from pathlib import Path

import pytest

from contracts.rows import Batch
from framework.records import DocumentRef
from framework.terms import LetterState
from storage.documents import UPLOADS, VERSIONS, Documents
from storage.engine import open_database
from storage.schema import migrate
from storage.writing import write_batch
from tests.cli.conftest import Shell
from tests.storage.samples import country_row
from tests.storage.samples import letter as sample

SENT = b"%PDF-1.4 as it was sent"


@pytest.fixture
def registry(shell: Shell) -> Shell:
    """A country with a draft and a letter that was sent."""

    async def written() -> None:
        store = Documents(shell.environment["PATHFINDER_DOCUMENTS_URL"])
        draft = await store.keep_json(VERSIONS, {"year": None, "values": {"meeting": "GCM 12"}})
        await store.put(UPLOADS, "a" * 64, SENT)
        paper = DocumentRef(id="b" * 32, name="A8.7-XAA-2027-2.pdf", sha256="a" * 64)
        found = [
            sample(1, draft=draft.sha256),
            sample(2, draft=draft.sha256, state=LetterState.APPROVED, document=paper, signed_by="Ada"),
        ]
        database = open_database(shell.environment["PATHFINDER_DATABASE_URL"])
        await migrate(database)
        batch = Batch(code="XAA", revision=1, country=country_row(), letters=found)
        await write_batch(database, batch, {})
        await database.close()

    asyncio.run(written())
    return shell


def test_the_register_lists_numbers_states_and_signatures(registry: Shell) -> None:
    said = registry.run("letters", "list", "XAA")
    assert said.code == 0
    lines = said.out.splitlines()
    assert "A8.7/XAA/2027/1" in lines[1]
    assert "draft" in lines[1]
    assert ("approved" in lines[2], "Ada" in lines[2]) == (True, True)
    assert said.err.strip() == "2 letters"
    found = json.loads(registry.run("letters", "list", "XAA", "--json").out)
    assert [one["state"] for one in found] == ["draft", "approved"]


@pytest.mark.parametrize("number", ["2027/1", "A8.7/XAA/2027/1", "2027-1"])
def test_a_draft_is_shown_with_subject_and_paragraphs(registry: Shell, number: str) -> None:
    said = registry.run("letters", "show", "XAA", number)
    assert said.out.startswith("The status of Pathfinder Country is granted\n\nI am pleased to inform you")
    assert "draft, en, edited 0 times" in said.err
    shown = json.loads(registry.run("letters", "show", "XAA", number, "--json").out)
    assert shown["letter"]["number"] == "A8.7/XAA/2027/1"


def test_the_letter_that_was_sent_is_written_as_it_lies_in_the_store(registry: Shell, tmp_path: Path) -> None:
    said = registry.run("letters", "pdf", "XAA", "2027/2", tmp_path / "letter.pdf")
    assert (said.code, (tmp_path / "letter.pdf").read_bytes()) == (0, SENT)
    assert "as it was sent" in said.err


def test_a_draft_is_written_as_a_preview(registry: Shell, tmp_path: Path) -> None:
    said = registry.run("letters", "pdf", "XAA", "2027/1", tmp_path / "letter.pdf", "--signed-by", "Ada")
    assert said.code == 0, said.err
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "a preview: nothing was sent" in said.err


def test_a_letter_or_country_that_is_not_there_is_said(registry: Shell) -> None:
    missing = registry.run("letters", "show", "XAA", "2027/9")
    assert (missing.code, "has no letter 2027/9" in missing.err) == (1, True)
    assert registry.run("letters", "list", "XZZ").code == 1
