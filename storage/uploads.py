"""What people upload: checked, kept under its hash, and on record with size, type and who brought it.

Each upload has a card beside it in the store; the table is an index of the cards and can be made anew.
"""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, cast

from pydantic import BaseModel
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from framework.records import DocumentRef
from framework.terms import Confidentiality, Role
from storage.canonical import canonical, sha256
from storage.documents import CARDS, UPLOADS, Documents
from storage.engine import Database
from storage.media_types import DocumentRefused, clean_name, recognised
from storage.paging import Page, after, checked, cursor_of, values_of
from storage.tables import DocumentTable

IN_MEMORY = 1024 * 1024
"""Bytes of an upload that are kept in memory; more goes to a temporary file."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """The particulars of an upload: for which country, under which name, by whom, when (an aware moment).

    `id`: for what is one document however often it is made; by default the id comes from name and content.
    """

    country: str
    name: str
    by: str
    role: Role
    at: datetime
    confidentiality: Confidentiality = Confidentiality.PARTNERS
    id: str = ""


class StoredDocument(BaseModel):
    """An uploaded document as it is on record."""

    id: str
    country: str
    name: str
    media_type: str
    size: int
    sha256: str
    confidentiality: Confidentiality
    uploaded_by: str
    uploaded_role: Role
    uploaded_at: datetime

    @property
    def ref(self) -> DocumentRef:
        """The reference that a submission carries."""
        return DocumentRef(
            id=self.id, name=self.name, media_type=self.media_type, size=self.size, sha256=self.sha256
        )


async def keep(
    database: Database, documents: Documents, upload: Upload, chunks: AsyncIterable[bytes] | bytes
) -> StoredDocument:
    """Checks and keeps an upload. The same bytes under the same name for the same country: the first stays.

    Raises DocumentRefused when it is empty, too large, or of a type that is not accepted.
    """
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        file = cast(BinaryIO, spool)
        size, digest = await _receive(file, chunks, documents.limit)
        media_type = await asyncio.to_thread(recognised, file, upload.name)
        stored = _stored(upload, media_type, size, digest)
        file.seek(0)
        await documents.put(UPLOADS, digest, file)
    card = await documents.create(CARDS, stored.id, canonical(stored), suffix=".json")
    first = StoredDocument.model_validate_json(card)
    await put_on_record(database, first)
    return first


async def put_on_record(database: Database, stored: StoredDocument) -> None:
    """Makes sure that the table knows of a document whose card is in the store."""
    async with database.writing() as session:
        await put_missing(session, [stored])


async def document(database: Database, document_id: str) -> StoredDocument | None:
    """An uploaded document's particulars, or None."""
    async with database.reading() as session:
        row = await session.get(DocumentTable, document_id)
    return StoredDocument.model_validate(row, from_attributes=True) if row else None


async def card(documents: Documents, document_id: str) -> StoredDocument:
    """A document's particulars from the store itself. Raises DocumentMissing."""
    return StoredDocument.model_validate_json(await documents.get(CARDS, document_id, suffix=".json"))


async def documents_of(
    database: Database, country: str, *, limit: int = 50, cursor: str = ""
) -> Page[StoredDocument]:
    """A page of a country's uploads, oldest first. Raises ValueError for a bad cursor."""
    at, key = col(DocumentTable.uploaded_at), col(DocumentTable.id)
    query = select(DocumentTable).where(col(DocumentTable.country) == country)
    query = query.order_by(at, key).limit(checked(limit) + 1)
    if cursor:
        query = query.where(after((at, key), values_of(cursor, datetime, str)))
    async with database.reading() as session:
        rows = list(await session.exec(query))
    items = [StoredDocument.model_validate(row, from_attributes=True) for row in rows[:limit]]
    return Page(items, cursor_of(items[-1].uploaded_at, items[-1].id) if len(rows) > limit else None)


def content(documents: Documents, stored: StoredDocument) -> AsyncIterator[bytes]:
    """The bytes of an upload in pieces. Raises DocumentMissing before the first."""
    return documents.stream(UPLOADS, stored.sha256)


async def cards(documents: Documents) -> list[StoredDocument]:
    """Every upload that the document store knows of."""
    names = await documents.names(CARDS)
    return [
        StoredDocument.model_validate_json(await documents.get(CARDS, name, suffix=".json")) for name in names
    ]


async def put_missing(session: AsyncSession, stored: list[StoredDocument]) -> None:
    """Inserts rows of uploads that are not there yet."""
    if not stored:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert(DocumentTable)
    rows = [_row(each) for each in sorted(stored, key=lambda each: each.id)]
    connection = await session.connection()
    await connection.execute(statement.on_conflict_do_nothing(index_elements=["id"]), rows)


async def _receive(file: BinaryIO, chunks: AsyncIterable[bytes] | bytes, limit: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    async for chunk in _pieces(chunks):
        size += len(chunk)
        if size > limit:
            raise DocumentRefused(
                "document.too_large", f"the document is larger than {limit} bytes", limit=limit
            )
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise DocumentRefused("document.empty", "the document is empty")
    return size, digest.hexdigest()


async def _pieces(chunks: AsyncIterable[bytes] | bytes) -> AsyncIterator[bytes]:
    if isinstance(chunks, bytes):
        yield chunks
        return
    async for chunk in chunks:
        yield chunk


def _stored(upload: Upload, media_type: str, size: int, digest: str) -> StoredDocument:
    name = clean_name(upload.name, media_type)
    identity = {"country": upload.country, "name": name, "to": upload.confidentiality.value, "sha256": digest}
    return StoredDocument(
        id=upload.id or sha256(canonical(identity))[:32],
        country=upload.country,
        name=name,
        media_type=media_type,
        size=size,
        sha256=digest,
        confidentiality=upload.confidentiality,
        uploaded_by=upload.by,
        uploaded_role=upload.role,
        uploaded_at=upload.at,
    )


def _row(stored: StoredDocument) -> dict[str, Any]:
    plain = {"confidentiality": stored.confidentiality.value, "uploaded_role": stored.uploaded_role.value}
    return stored.model_dump() | plain
