"""Uploads: recognised by content, named safely, kept once, bounded in size and memory."""

import io
import shutil
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from framework.terms import Confidentiality, Role
from storage import uploads
from storage.documents import ARCHIVES, UPLOADS, VERSIONS, DocumentDamaged, DocumentMissing, Documents
from storage.engine import Database
from storage.media_types import DOCX, ODT, PDF, XLSX, DocumentRefused, clean_name
from storage.uploads import Upload
from tests.storage.samples import NOON

A_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
A_PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
A_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 64


def package(*names: str, mimetype: str = "", size: int = 10) -> bytes:
    """A zip file with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            archive.writestr(name, b"\0" * size)
    return file.getvalue()


A_DOCX = package("[Content_Types].xml", "_rels/.rels", "word/document.xml")
AN_XLSX = package("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
AN_ODT = package("content.xml", mimetype="application/vnd.oasis.opendocument.text")


def upload(name: str = "report.pdf", **changes: Any) -> Upload:
    """The particulars of an upload."""
    values: dict[str, Any] = {
        "country": "XAA",
        "name": name,
        "by": "Ada",
        "role": Role.FOCAL_POINT,
        "at": NOON,
    }
    return Upload(**(values | changes))


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("report.pdf", A_PDF, PDF),
        ("photo.png", A_PNG, "image/png"),
        ("photo.jpeg", A_JPEG, "image/jpeg"),
        ("report.docx", A_DOCX, DOCX),
        ("words in another order.docx", package("word/document.xml", "[Content_Types].xml"), DOCX),
        ("table.xlsx", AN_XLSX, XLSX),
        ("report.odt", AN_ODT, ODT),
        ("table.csv", "año,número\n2027,1\n".encode(), "text/csv"),
        ("note.txt", "Été\n".encode(), "text/plain"),
        ("bmz.txt", b"BMZ writes:\n", "text/plain"),
    ],
)
async def test_what_is_accepted_is_kept_with_size_type_and_hash(
    database: Database, documents: Documents, name: str, data: bytes, media_type: str
) -> None:
    stored = await uploads.keep(database, documents, upload(name), data)
    assert (stored.media_type, stored.size, stored.name) == (media_type, len(data), name)
    assert await uploads.document(database, stored.id) == stored
    assert b"".join([piece async for piece in uploads.content(documents, stored)]) == data
    assert stored.ref.sha256 == stored.sha256


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("empty.pdf", b"", "document.empty"),
        ("program.exe", b"MZ" + b"\x00" * 100, "document.type_not_allowed"),
        ("program.pdf", b"MZ" + b"\x00" * 100, "document.type_not_allowed"),
        ("page.html", b"<!doctype html><script>alert(1)</script>", "document.type_not_allowed"),
        ("page.txt", b"  <html><script>alert(1)</script>", "document.type_not_allowed"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "document.type_not_allowed"),
        ("bundle.zip", package("a.txt"), "document.type_not_allowed"),
        ("unknown", b"just words", "document.type_not_allowed"),
        ("binary.txt", b"\x00\x01\x02", "document.not_text"),
        ("latin.csv", "Übersicht;1\n".encode("latin-1"), "document.not_text"),
        ("blank.csv", b"\n\n", "document.empty"),
        ("picture.txt", A_PNG, "document.not_text"),
        ("cut.pdf", b"%PDF-1.7\n", "document.damaged"),
        ("cut.docx", A_DOCX[:200], "document.damaged"),
        ("macro.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "document.has_macros"),
        ("macro.odt", package("content.xml", "Basic/Standard/M.xml", mimetype="application/vnd.oasis.opendocument.text"),
         "document.has_macros"),
    ],
)  # fmt: skip
async def test_what_is_not_accepted_is_refused_by_its_content(
    database: Database, documents: Documents, name: str, data: bytes, key: str
) -> None:
    with pytest.raises(DocumentRefused) as refused:
        await uploads.keep(database, documents, upload(name), data)
    assert refused.value.key == key
    assert await documents.names(UPLOADS) == []
    assert (await uploads.documents_of(database, "XAA")).items == []


async def test_a_zip_bomb_is_refused_without_unpacking_it(database: Database, documents: Documents) -> None:
    bomb = package("[Content_Types].xml", "word/document.xml", "word/media/x", size=150 * 1024 * 1024)
    assert len(bomb) < 1_000_000
    with pytest.raises(DocumentRefused) as refused:
        await uploads.keep(database, documents, upload("bomb.docx"), bomb)
    assert refused.value.key == "document.unpacks_too_large"


async def test_a_document_that_is_too_large_is_refused_before_it_has_all_arrived(
    database: Database, documents: Documents
) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 100_000
            yield b"x" * 100_000

    with pytest.raises(DocumentRefused) as refused:
        await uploads.keep(database, documents, upload(), endless())
    assert refused.value.key == "document.too_large"
    assert refused.value.values == {"limit": "1000000"}
    assert taken == 1_100_000


async def test_the_same_upload_again_is_the_same_document(database: Database, documents: Documents) -> None:
    first = await uploads.keep(database, documents, upload(), A_PDF)
    again = await uploads.keep(database, documents, upload(by="Somebody else"), A_PDF)
    assert again == first
    assert (await uploads.documents_of(database, "XAA")).items == [first]


async def test_the_same_bytes_of_another_country_are_another_document(
    database: Database, documents: Documents
) -> None:
    first = await uploads.keep(database, documents, upload(), A_PDF)
    other = await uploads.keep(database, documents, upload(country="XAB"), A_PDF)
    hidden = await uploads.keep(
        database, documents, upload(confidentiality=Confidentiality.SECRETARIAT), A_PDF
    )
    assert len({first.id, other.id, hidden.id}) == 3
    assert await documents.names(UPLOADS) == [first.sha256]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\report.pdf", "report.pdf"),
        ("report.pdf.exe", "report.pdf.exe.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        (".pdf", "pdf.pdf"),
        ('<a "b">.PDF', "_a _b__.PDF"),
        ("nul.pdf", "_nul.pdf"),
        ("COM1.report.pdf", "_COM1.report.pdf"),
        ("console.pdf", "console.pdf"),
        ("x" * 500 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, clean: str) -> None:
    assert clean_name(name, PDF) == clean


async def test_uploads_of_a_country_come_page_by_page(database: Database, documents: Documents) -> None:
    kept = [await uploads.keep(database, documents, upload(f"{n}.txt"), b"text %d" % n) for n in range(3)]
    first = await uploads.documents_of(database, "XAA", limit=2)
    rest = await uploads.documents_of(database, "XAA", limit=2, cursor=first.next_cursor or "")
    assert sorted(each.id for each in (*first.items, *rest.items)) == sorted(each.id for each in kept)


async def test_json_is_kept_under_its_hash_and_read_again(documents: Documents) -> None:
    first = await documents.keep_json(VERSIONS, {"b": 1, "a": "é"})
    assert await documents.keep_json(VERSIONS, {"a": "é", "b": 1}) == first
    assert await documents.read_json(VERSIONS, first.sha256) == {"a": "é", "b": 1}
    assert await documents.names(VERSIONS) == [first.sha256]


async def test_a_document_that_was_changed_behind_our_back_is_noticed(
    documents: Documents, tmp_path: Path
) -> None:
    kept = await documents.keep_json(ARCHIVES, {"year": 2027})
    (tmp_path / "documents" / ARCHIVES / f"{kept.sha256}.json").write_text('{"year": 2028}')
    with pytest.raises(DocumentDamaged, match="restore it"):
        await documents.read_json(ARCHIVES, kept.sha256)


@pytest.mark.parametrize("name", ["0" * 64, "../../secret", "", "/etc/passwd", "A" * 64])
async def test_a_document_that_is_not_there_is_missing_and_no_path_leads_out(
    documents: Documents, name: str
) -> None:
    with pytest.raises(DocumentMissing):
        await documents.read_json(ARCHIVES, name)


async def test_a_store_that_is_there_answers_and_one_that_is_gone_is_noticed(tmp_path: Path) -> None:
    store = Documents((tmp_path / "store").as_uri())
    await store.ping()
    shutil.rmtree(tmp_path / "store")
    with pytest.raises(OSError, match="does not answer"):
        await store.ping()


async def test_a_store_in_memory_does_the_same(database: Database) -> None:
    store = Documents("memory://")
    stored = await uploads.keep(database, store, upload(), A_PDF)
    assert [card.id for card in await uploads.cards(store)] == [stored.id]
