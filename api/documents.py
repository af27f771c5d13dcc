"""Documents: files that submissions refer to. Uploaded once, never changed, downloaded as attachments."""

from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from starlette.datastructures import UploadFile as StarletteUpload

from access.people import Principal
from access.table import Action
from api.deps import Code, GuardedRoute, InstalledParts, Parts, allow, own_country
from api.description import errors
from api.paging import Listing, PageQuery, bad_cursor, listing
from api.problems import ProblemError, Reason, not_found
from api.references import sees_document
from api.views import DocumentView
from framework.terms import Confidentiality
from storage.documents import DEFAULT_LIMIT, DocumentMissing
from storage.media_types import EXTENSIONS, DocumentRefused
from storage.paging import Page
from storage.uploads import StoredDocument, Upload, content, document, documents_of, keep

router = APIRouter(tags=["documents"], route_class=GuardedRoute)

UPLOAD_LIMIT = DEFAULT_LIMIT + 64 * 1024
"""Bytes of an upload request: the document's own limit, and room for what stands around it."""

PIECE = 64 * 1024

DocumentId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="As the upload gave it.")]
DocumentReader = Annotated[Principal, allow(Action.READ_DOCUMENT)]


@router.post(
    "/documents",
    operation_id="upload_document",
    status_code=201,
    responses=errors(403, 404, 413, 415),
    max_body_size=UPLOAD_LIMIT,
    form_limits={"max_files": 1, "max_fields": 8, "max_part_size": 1024},
)
async def upload_document(
    file: UploadFile,
    country: Annotated[
        str, Form(pattern=r"^[A-Z]{3}$", description="The country that it concerns.", examples=["XZA"])
    ],
    principal: Annotated[Principal, allow(Action.UPLOAD)],
    parts: InstalledParts,
    response: Response,
    confidentiality: Annotated[
        Confidentiality, Form(description="Who may read it.")
    ] = Confidentiality.PARTNERS,
) -> DocumentView:
    """Upload a file of at most 20 MB. What it is, its content decides, not its name.

    The same file again: the same id.
    """
    own_country(principal, country)
    try:
        stored = await kept(parts, principal, country, file, confidentiality)
    except DocumentRefused as error:
        raise _refused(error) from None
    response.headers["Location"] = f"/api/v1/documents/{stored.id}"
    return DocumentView.of(stored)


@router.get("/documents/{id}", operation_id="read_document", responses=errors(403, 404))
async def read_document(id: DocumentId, principal: DocumentReader, parts: InstalledParts) -> DocumentView:
    """The particulars of a document."""
    return DocumentView.of(await _found(parts, principal, id))


@router.get(
    "/documents/{id}/content",
    operation_id="download_document",
    response_class=Response,
    responses={
        200: {
            "description": "The document.",
            "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in EXTENSIONS},
        },
        **errors(403, 404),
    },
)
async def download_document(id: DocumentId, principal: DocumentReader, parts: InstalledParts) -> Response:
    """The document itself, as an attachment."""
    return await as_attachment(parts, await _found(parts, principal, id))


@router.get("/countries/{code}/documents", operation_id="list_documents", responses=errors(403, 404))
async def list_documents(
    request: Request,
    code: Code,
    query: Annotated[PageQuery, Query()],
    principal: DocumentReader,
    parts: InstalledParts,
) -> Listing[DocumentView]:
    """The documents of a country that you may read, oldest first.

    A page can hold fewer than `limit` and still have a next.
    """
    own_country(principal, code)
    try:
        page = await documents_of(parts.database, code, limit=query.limit, cursor=query.cursor)
    except ValueError as error:
        raise bad_cursor(error) from None
    seen = [stored for stored in page.items if sees_document(principal, stored)]
    return listing(request, Page(seen, page.next_cursor), DocumentView.of)


async def as_attachment(parts: Parts, stored: StoredDocument) -> Response:
    """A stored document as an answer that no browser opens by itself; raises ProblemError 404 when it is gone."""
    pieces = content(parts.documents, stored)
    try:
        first = await anext(pieces, b"")
    except DocumentMissing:
        raise not_found(f"document {stored.id}") from None
    headers = attachment_headers(stored.name) | {"Content-Length": str(stored.size)}
    return StreamingResponse(_from(first, pieces), media_type=stored.media_type, headers=headers)


def attachment_headers(name: str) -> dict[str, str]:
    """The headers of a file that is to be kept, not shown."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }


async def _found(parts: Parts, principal: Principal, document_id: str) -> StoredDocument:
    stored = await document(parts.database, document_id)
    if stored is None or not sees_document(principal, stored):
        raise not_found(f"document {document_id}")
    return stored


async def kept(
    parts: Parts, principal: Principal, country: str, file: StarletteUpload, confidentiality: Confidentiality
) -> StoredDocument:
    """Keeps a file that somebody sends for a country, from wherever they send it. Raises DocumentRefused."""
    upload = Upload(
        country=country,
        name=file.filename or "",
        by=principal.name,
        role=principal.role,
        at=parts.now(),
        confidentiality=confidentiality,
    )
    return await keep(parts.database, parts.documents, upload, pieces(file))


async def pieces(file: StarletteUpload) -> AsyncIterator[bytes]:
    """The bytes of an uploaded file, piece by piece."""
    while piece := await file.read(PIECE):
        yield piece


async def _from(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece


def _refused(error: DocumentRefused) -> ProblemError:
    found = Reason(key=error.key, where="file", values=error.values, text=f"{error}")
    status = 413 if error.key == "document.too_large" else 422 if error.key == "document.empty" else 415
    return ProblemError(status, f"The document was not kept: {error}.", [found], slug="refused")
