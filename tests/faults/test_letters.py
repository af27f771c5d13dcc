"""A letter from its occasion to its reader, on a real server with a real worker; killed on its way, it comes once."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from contracts.letters import Letter
from contracts.names import GCM_DECISION
from contracts.starting import ImportedCountry, imported
from framework.facts import Candidacy
from framework.records import Contact
from framework.terms import Category, Language, LetterKind, LetterState, Status
from storage import reading_letters, uploads
from storage.documents import UPLOADS, Documents
from storage.rebuilding import check_rebuild
from tests.faults import countries, on_record
from tests.faults.countries import Country
from tests.faults.house import House, open_house
from tests.faults.sink import Received, Sink, open_sink

CODE = "XAA"
READY = Candidacy(
    eoi_on=date(2024, 3, 1),
    has_focal_point=True,
    categories_identified=(Category.GOVERNMENT, Category.EMPLOYERS, Category.WORKERS),
    bodies=("National Committee",),
    stocktaking_versions=1,
    workshops=1,
    categories_at_workshops=(Category.GOVERNMENT, Category.EMPLOYERS, Category.WORKERS),
    roadmap_versions=1,
    presented_at="GCM",
)


def today() -> date:
    """The wall clock's date in UTC."""
    return datetime.now(UTC).date()


async def ready(house: House, language: Language) -> Country:
    """A candidate that the GCM can grant the status today."""
    history = ImportedCountry(
        code=CODE,
        name="Arcadia",
        language=language,
        status=Status.CANDIDATE,
        candidacy=READY.__class__(**{**vars(READY), "presented_on": today() - timedelta(days=1)}),
        focal_point=Contact(
            name="Mara Velt", post="Director", email="mara.velt@labour.example", language=language
        ),
        deputies=[Contact(name="Deniz Aru", post="Deputy", email="deniz.aru@labour.example")],
        ministry="Ministry of Labour",
        ministry_email="minister@labour.example",
        imported_by=countries.OPERATOR,
    )
    return await countries.start(await house.client(), imported(history))


async def granted(country: Country) -> Letter:
    """The draft that the grant brings."""
    decision = countries.decision(
        "grant", today(), "grant-1", statement="Welcome, #panic(1) *dear* @country."
    )
    await country.signal(GCM_DECISION, decision)
    await on_record.settled(country)
    return await the_letter(country)


async def the_letter(country: Country) -> Letter:
    """The letter about the grant, as the process carries it."""
    found = [one for one in (await on_record.state_of(country)).letters if one.kind is LetterKind.GRANTED]
    assert len(found) == 1
    return found[0]


async def approve(country: Country, letter: Letter, **changes: Any) -> None:
    """Approves the letter as it was read."""
    what = countries.envelope(CODE, "letter_approval", today(), "approve", number=letter.number, **changes)
    await countries.hand_in(country, what)


def letters_in(sink: Sink) -> list[Received]:
    """The messages that brought a document."""
    return [one for one in sink.received if b"application/pdf" in one.content]


def document_in(received: Received) -> bytes:
    """The document that a message brought."""
    message = message_from_bytes(received.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    (part,) = [one for one in message.iter_attachments() if one.get_content_type() == "application/pdf"]
    content = part.get_content()
    assert isinstance(content, bytes)
    return content


def arrived(sink: Sink, many: int) -> Callable[[], Awaitable[bool]]:
    """Whether so many readers have it."""

    async def whether() -> bool:
        return len({one.message_id for one in letters_in(sink)}) >= many

    return whether


@pytest.mark.clause("PLN-09")
async def test_a_grant_becomes_a_draft_an_edited_and_approved_letter_a_pdf_and_three_mails(
    tmp_path: Path,
) -> None:
    async with open_sink() as sink, open_house(tmp_path, smtp_port=sink.port) as house:
        await house.start_server()
        await house.start_worker()
        country = await ready(house, Language.FRENCH)
        draft = await granted(country)
        assert (draft.state, draft.language, draft.document) == (LetterState.DRAFT, Language.FRENCH, None)
        assert letters_in(sink) == [], "the country was told at once, and has no letter yet"
        what = countries.envelope(CODE, "letter_edit", today(), "edit", number=draft.number)
        await countries.hand_in(country, what)
        await approve(country, draft, seen=1, public=True)
        await on_record.eventually(arrived(sink, 3))
        await on_record.settled(country)

        letter = await the_letter(country)
        assert letter.document is not None
        kept = await Documents(house.settings.documents_url).get(UPLOADS, letter.document.sha256)
        assert {document_in(one) for one in letters_in(sink)} == {kept}
        assert hashlib.sha256(kept).hexdigest() == letter.document.sha256
        assert sorted(one.to for one in letters_in(sink)) == [
            "deniz.aru@labour.example",
            "mara.velt@labour.example",
            "minister@labour.example",
        ]
        assert await reading_letters.letter(house.database, CODE, letter.number) == letter
        entries = [
            one for one in await on_record.entries(house.database, CODE) if one.kind == "letter_issued"
        ]
        assert [one.values["sha256"] for one in entries] == [letter.document.sha256]
        rebuilt = await check_rebuild(
            await house.client(), house.database, Documents(house.settings.documents_url)
        )
        assert [one for one in rebuilt.differences if not one.startswith("mail")] == []
        await on_record.assert_replays(await house.client(), CODE)


@pytest.mark.parametrize("moment", ["stored", "posting"])
async def test_a_worker_killed_between_making_and_posting_a_letter_brings_it_once(
    tmp_path: Path, moment: str
) -> None:
    async with open_sink() as sink, open_house(tmp_path, smtp_port=sink.port) as house:
        await house.start_server()
        await house.start_worker("-m", "tests.faults.dying_worker", moment)
        country = await ready(house, Language.ENGLISH)
        draft = await granted(country)
        await approve(country, draft)
        assert house.worker is not None
        assert await house.worker.wait() != 0, "it has died by itself"
        assert letters_in(sink) == []
        await house.start_worker()
        await on_record.eventually(arrived(sink, 3))
        await on_record.settled(country)

        letter = await the_letter(country)
        assert letter.document is not None
        assert [sink.copies(one.message_id) for one in letters_in(sink)] == [1, 1, 1]
        assert {hashlib.sha256(document_in(one)).hexdigest() for one in letters_in(sink)} == {
            letter.document.sha256
        }
        cards = await uploads.cards(Documents(house.settings.documents_url))
        assert [one.name for one in cards] == [letter.document.name]
        kinds = [one.kind for one in await on_record.entries(house.database, CODE)]
        assert kinds.count("letter_issued") == 1
        await on_record.assert_replays(await house.client(), CODE)
