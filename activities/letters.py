"""Makes approved letters of record and archives them: set in type, kept under an id of their own, known by their hash."""

import asyncio
from datetime import datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from contracts.letters import Letter, LetterToIssue
from correspondence import letter_pdf
from correspondence.letter_text import Sheet, sheet_of, text_of
from framework.records import DocumentRef
from framework.terms import Confidentiality, Role
from storage import uploads
from storage.canonical import canonical, sha256
from storage.documents import DocumentMissing, Documents
from storage.engine import Database
from storage.reading_letters import contents

NOT_TYPESET = "LetterNotTypeset"
"""The error type of a letter that cannot be made as it is: no further attempt would make it."""


class LetterActivities:
    """The activity that makes letters."""

    def __init__(self, database: Database, documents: Documents) -> None:
        self._database = database
        self._documents = documents

    @activity.defn(name="issue_letter")
    async def issue_letter(self, order: LetterToIssue) -> DocumentRef:
        """Makes and archives a letter once: every later attempt finds the same document, whatever it would make now.

        Raises DocumentMissing while its text is not in the store, ApplicationError (final) when it cannot be set.
        """
        if order.handed_in is not None:
            return await self._handed_in(order.handed_in)
        made = await self._made_before(order)
        return made or await self._make(order)

    async def _handed_in(self, reference: DocumentRef) -> DocumentRef:
        try:
            return (await uploads.card(self._documents, reference.id)).ref
        except DocumentMissing as error:
            raise ApplicationError(str(error), type=NOT_TYPESET, non_retryable=True) from error

    async def _made_before(self, order: LetterToIssue) -> DocumentRef | None:
        try:
            stored = await uploads.card(self._documents, document_id(order.code, order.letter))
        except DocumentMissing:
            return None
        await uploads.put_on_record(self._database, stored)
        return stored.ref

    async def _make(self, order: LetterToIssue) -> DocumentRef:
        letter = order.letter
        draft, given = await contents(self._documents, letter)
        sheet = sheet_of(
            letter, text_of(letter, order.code, order.name, draft, given), order.code, order.name
        )
        upload = uploads.Upload(
            country=order.code,
            name=file_name(letter),
            by=letter.approved_by,
            role=Role.SECRETARIAT,
            at=_approved_at(letter),
            confidentiality=Confidentiality.SECRETARIAT,
            id=document_id(order.code, letter),
        )
        stored = await uploads.keep(self._database, self._documents, upload, await _typeset(sheet))
        return stored.ref


def document_id(code: str, letter: Letter) -> str:
    """The id of a letter's document: of its number, its day and what it was made of, not of the bytes that came of it."""
    made_of = {"draft": letter.draft, "text": letter.text, "on": _approved_at(letter).date().isoformat()}
    return sha256(canonical({"country": code, "letter": letter.number} | made_of))[:32]


def file_name(letter: Letter) -> str:
    """What the document is called, as an attachment too: `A8.7-XAA-2027-3.pdf`."""
    return f"{letter.number.replace('/', '-')}.pdf"


def _approved_at(letter: Letter) -> datetime:
    assert letter.approved_at is not None  # only approved letters are ordered
    return letter.approved_at


async def _typeset(sheet: Sheet) -> bytes:
    try:
        return await asyncio.to_thread(letter_pdf.pdf, sheet)
    except letter_pdf.NotTypeset as error:
        raise ApplicationError(str(error), type=NOT_TYPESET, non_retryable=True) from error
