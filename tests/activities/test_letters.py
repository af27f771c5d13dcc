"""Approved letters are made once, archived with their hash, and go out with exactly those bytes."""

import hashlib
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities import attaching
from activities.delivering import NOT_ACCEPTED, Postman
from activities.letters import NOT_TYPESET, LetterActivities, document_id, file_name
from contracts.letters import Letter, LetterToIssue
from contracts.rows import Delivery
from correspondence import letter_pdf, typesetting
from correspondence.letter_text import sheet_of, text_of
from framework.records import DocumentRef
from framework.terms import Confidentiality, Role
from storage import uploads
from storage.documents import UPLOADS, VERSIONS, DocumentMissing, Documents
from storage.engine import Database
from tests.activities.postbox import postbox
from tests.activities.test_delivering import SENDER
from tests.correspondence.letters import draft
from tests.correspondence.letters import letter as sample
from tests.storage.samples import NOON, delivery, order

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


async def approved(documents: Documents, **changes: Any) -> Letter:
    """An approved letter whose contents are in the store."""
    kept = await documents.keep_json(VERSIONS, draft())
    return sample(draft=kept.sha256, approved_by="Ada", **changes)


async def issue(database: Database, documents: Documents, letter: Letter, **more: Any) -> DocumentRef:
    """One attempt."""
    made = LetterActivities(database, documents)
    return await ActivityEnvironment().run(
        made.issue_letter, LetterToIssue(code="CIV", name="Côte d'Ivoire", letter=letter, **more)
    )


@pytest.mark.clause("EOI-05", "REV-07")
async def test_a_letter_is_archived_with_its_hash_for_the_secretariat(
    database: Database, documents: Documents
) -> None:
    letter = await approved(documents)
    reference = await issue(database, documents, letter)
    content = await documents.get(UPLOADS, reference.sha256)
    assert hashlib.sha256(content).hexdigest() == reference.sha256
    expected = sheet_of(
        letter, text_of(letter, "CIV", "Côte d'Ivoire", draft(), None), "CIV", "Côte d'Ivoire"
    )
    assert content == letter_pdf.pdf(expected)
    stored = await uploads.document(database, reference.id)
    assert stored is not None
    assert (stored.name, stored.confidentiality) == ("A8.7-CIV-2027-3.pdf", Confidentiality.SECRETARIAT)
    assert stored.media_type == "application/pdf"


async def test_another_attempt_finds_the_same_document_even_if_it_would_make_another(
    database: Database, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = await approved(documents)
    first = await issue(database, documents, letter)
    monkeypatch.setattr(letter_pdf, "pdf", lambda _: PDF)
    assert await issue(database, documents, letter) == first
    other = await approved(documents, number="A8.7/CIV/2027/4")
    assert (await issue(database, documents, other)).id != first.id


async def test_an_attempt_that_died_before_the_row_was_written_leaves_no_second_document(
    database: Database, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = await approved(documents)

    async def killed(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as dying:
        dying.setattr(uploads, "put_on_record", killed)
        with pytest.raises(RuntimeError):
            await issue(database, documents, letter)
    assert await uploads.document(database, document_id("CIV", letter)) is None
    reference = await issue(database, documents, letter)
    assert reference.id == document_id("CIV", letter)
    assert await uploads.document(database, reference.id) is not None
    assert len(await uploads.cards(documents)) == 1


async def test_a_letter_whose_text_is_not_there_yet_is_tried_again(
    database: Database, documents: Documents
) -> None:
    with pytest.raises(DocumentMissing):
        await issue(database, documents, sample(draft="1" * 64))


async def test_a_letter_that_cannot_be_set_is_not_tried_again(
    database: Database, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "ROUNDS", 0)
    with pytest.raises(ApplicationError) as refused:
        await issue(database, documents, await approved(documents))
    assert (refused.value.type, refused.value.non_retryable) == (NOT_TYPESET, True)


@pytest.mark.clause("EOI-05")
async def test_a_letter_that_came_on_paper_is_the_document_itself(
    database: Database, documents: Documents
) -> None:
    upload = uploads.Upload(country="CIV", name="signed.pdf", by="Ada", role=Role.SECRETARIAT, at=NOON)
    paper = await uploads.keep(database, documents, upload, PDF)
    letter = await approved(documents)
    assert await issue(database, documents, letter, handed_in=DocumentRef(id=paper.id)) == paper.ref
    with pytest.raises(ApplicationError) as refused:
        await issue(database, documents, letter, handed_in=DocumentRef(id="nowhere"))
    assert refused.value.non_retryable


def with_attachment(reference: DocumentRef, **changes: Any) -> Delivery:
    """A mail that carries a letter."""
    values = {
        "number": "A8.7/CIV/2027/3",
        "letter_kind": "granted",
        "attachment": {"document": reference.id, "name": reference.name, "sha256": reference.sha256},
    }
    return delivery(order=order("letter", values=values | changes))


def attached(message: EmailMessage) -> list[EmailMessage]:
    """The documents that came with a message."""
    parts = [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]
    return [part for part in parts if part.get_content_type() == "application/pdf"]


@pytest.mark.clause("EOI-05", "REV-07")
async def test_the_mail_brings_exactly_the_archived_document(
    database: Database, documents: Documents
) -> None:
    reference = await issue(database, documents, await approved(documents))
    async with postbox() as box:
        postman = Postman(database, box.server, SENDER, documents)
        outcome = await ActivityEnvironment().run(postman.deliver, with_attachment(reference))
        (message,) = box.messages
    assert outcome.state == "sent"
    (part,) = attached(message)
    assert part.get_filename() == "A8.7-CIV-2027-3.pdf"
    assert hashlib.sha256(part.get_content()).hexdigest() == reference.sha256
    body = message.get_body(("plain",))
    assert body is not None
    assert reference.sha256 in body.get_content()
    assert "/desk/countries/XAA/letters\r\n" in body.get_content()
    assert "A8.7/CIV/2027/3" in str(message["Subject"])


@pytest.mark.parametrize("damage", ["bytes", "hash", "gone"])
async def test_a_document_that_is_not_as_on_record_is_never_sent(
    database: Database, documents: Documents, damage: str
) -> None:
    reference = await issue(database, documents, await approved(documents))
    if damage == "bytes":
        await documents.put(UPLOADS, reference.sha256, b"%PDF-1.4 another")
    wrong = replace(
        reference,
        sha256="0" * 64 if damage == "hash" else reference.sha256,
        id="0" * 32 if damage == "gone" else reference.id,
    )
    async with postbox() as box:
        postman = Postman(database, box.server, SENDER, documents)
        with pytest.raises(ApplicationError) as later:
            await ActivityEnvironment().run(postman.deliver, with_attachment(wrong))
        assert box.messages == []
    assert later.value.type == NOT_ACCEPTED
    assert not later.value.non_retryable, "it may be restored"


async def test_a_document_too_large_for_mail_is_only_linked_to(
    database: Database, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = await issue(database, documents, await approved(documents))
    monkeypatch.setattr(attaching, "MOST_BYTES", 10)
    assert await attaching.attachments(documents, with_attachment(reference)) == []


def test_a_file_is_called_by_its_number() -> None:
    assert file_name(sample()) == "A8.7-CIV-2027-3.pdf"
