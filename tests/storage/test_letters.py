"""Letters of record in the read model."""

import pytest

from contracts.rows import Batch
from framework.terms import LetterState
from storage.documents import VERSIONS, DocumentMissing, Documents
from storage.engine import Database
from storage.reading_letters import contents, letter, letters
from storage.writing import write_batch
from tests.storage.samples import country_row
from tests.storage.samples import letter as sample


async def written(database: Database) -> None:
    """Eleven letters of one country, of which the third is approved and public, and one of another."""
    many = [sample(place) for place in range(1, 11)]
    many[2] = sample(3, state=LetterState.APPROVED, public=True)
    later = sample(1).model_copy(update={"number": "A8.7/XAA/2028/1"})
    for code, found in (("XAA", [later, *many]), ("XAB", [sample(1, "XAB")])):
        row = country_row(code)
        await write_batch(database, Batch(code=code, revision=1, country=row, letters=found), {})


async def test_letters_are_listed_by_year_and_count(database: Database) -> None:
    await written(database)
    numbers = [one.number for one in await letters(database, "XAA")]
    assert numbers == [*(f"A8.7/XAA/2027/{place}" for place in range(1, 11)), "A8.7/XAA/2028/1"]


async def test_letters_are_chosen_by_state_and_by_who_may_read_them(database: Database) -> None:
    await written(database)
    assert [one.number for one in await letters(database, "XAA", public=True)] == ["A8.7/XAA/2027/3"]
    assert len(await letters(database, "XAA", state="draft")) == 10
    assert await letters(database, "XAA", state="draft", public=True) == []


async def test_a_letter_is_found_in_its_own_country_only(database: Database) -> None:
    await written(database)
    found = await letter(database, "XAB", "A8.7/XAB/2027/1")
    assert found == sample(1, "XAB")
    assert await letter(database, "XAA", "A8.7/XAB/2027/1") is None


async def test_an_older_batch_does_not_undo_an_approval(database: Database) -> None:
    approved = sample(1, state=LetterState.APPROVED)
    for revision, one in ((2, approved), (1, sample(1))):
        await write_batch(database, Batch(code="XAA", revision=revision, letters=[one]), {})
    assert await letter(database, "XAA", approved.number) == approved


async def test_the_contents_of_a_letter_come_from_the_store_by_their_hashes(documents: Documents) -> None:
    draft = await documents.keep_json(VERSIONS, {"values": {"a": 1}})
    text = await documents.keep_json(VERSIONS, {"text": "Welcome"})
    drafted = sample(draft=draft.sha256)
    assert await contents(documents, drafted) == ({"values": {"a": 1}}, None)
    edited = sample(draft=draft.sha256, text=text.sha256)
    assert await contents(documents, edited) == ({"values": {"a": 1}}, {"text": "Welcome"})
    with pytest.raises(DocumentMissing):
        await contents(documents, sample(draft="1" * 64))
