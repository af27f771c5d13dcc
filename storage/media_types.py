"""What may be uploaded: recognised by content, never by name or by what the sender says it is.

Formats that can carry programs, and text that a browser would take for a page, are refused.
"""

import codecs
import csv
import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

import filetype  # type: ignore[import-untyped]

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
PLAIN = "text/plain"

EXTENSIONS: Mapping[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    ODT: (".odt",),
    ODS: (".ods",),
    CSV: (".csv",),
    PLAIN: (".txt", ".md"),
}
"""The media types that are accepted, with the endings of their names (the first is added where none fits)."""

HEAD = 8192
MAXIMUM_PARTS = 10_000
MAXIMUM_UNPACKED = 200 * 1024 * 1024
MAXIMUM_DIRECTORY = 1024 * 1024
LONGEST_LINE = 1024 * 1024
MAXIMUM_NAME = 120
LONGEST_END = 65_535 + 22
"""Bytes within which a package's end must stand: the longest remark, and the record itself."""

_END, _END_BYTES, _ZIP64 = b"PK\x05\x06", 22, b"PK\x06\x07"
_MAIN_PART = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml", ODT: "content.xml", ODS: "content.xml"}
_MARKUP = re.compile(rb"^\s*<|<(!doctype|html|script|svg|\?xml)", re.IGNORECASE)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')


class DocumentRefused(Exception):
    """An upload that is not accepted. `key` names the sentence that says why, `values` what it mentions."""

    def __init__(self, key: str, message: str, **values: object) -> None:
        super().__init__(message)
        self.key = key
        self.values = {name: str(value) for name, value in values.items()}


def recognised(file: BinaryIO, name: str) -> str:
    """The media type of a file by its content. Raises DocumentRefused.

    Text has no signature: what is named .csv, .txt or .md must be text through and through.
    """
    ending = PurePosixPath(name).suffix.lower()
    text_type = next((kind for kind in (CSV, PLAIN) if ending in EXTENSIONS[kind]), None)
    if text_type:
        _check_text(file, text_type)
        return text_type
    media_type = _type_by_signature(file) or ending or "a file without a known type"
    if media_type not in EXTENSIONS:
        raise _type_not_allowed(media_type)
    if media_type in _MAIN_PART:
        _check_package(file, media_type)
    if media_type == PDF:
        _check_pdf(file)
    return media_type


def clean_name(name: str, media_type: str) -> str:
    """A name that is only a name: no path, no control or direction marks, an ending that fits the content."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    plain = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", plain)).strip(" .")
    endings = EXTENSIONS[media_type]
    stem, ending = (PurePosixPath(plain).stem, PurePosixPath(plain).suffix) if plain else ("", "")
    if ending.lower() not in endings:
        stem, ending = plain, endings[0]
    stem = stem[:MAXIMUM_NAME].strip(" .") or "document"
    return f"{'_' if _RESERVED.fullmatch(stem.partition('.')[0].strip()) else ''}{stem}{ending}"


def _type_by_signature(file: BinaryIO) -> str:
    file.seek(0)
    guess = filetype.guess(file.read(HEAD))
    media_type = str(guess.mime) if guess else ""
    return _office_type(file) if media_type == "application/zip" else media_type


def _office_type(file: BinaryIO) -> str:
    # filetype only reads a package's first parts; other programs write them in another order.
    parts = _parts(file)
    found = [kind for kind in (DOCX, XLSX) if _MAIN_PART[kind] in parts]
    return found[0] if found else "application/zip"


def _check_package(file: BinaryIO, media_type: str) -> None:
    parts = _parts(file)
    if _MAIN_PART[media_type] not in parts:
        raise DocumentRefused(
            "document.not_what_it_says",
            f"the file begins like {media_type} but lacks {_MAIN_PART[media_type]}; save it anew",
            media_type=media_type,
        )
    if any("vbaproject" in part.lower() or part.startswith(("Basic/", "Scripts/")) for part in parts):
        raise DocumentRefused(
            "document.has_macros",
            "the document contains macros; save it without them (.docx, .xlsx, .odt) and try again",
        )


def _parts(file: BinaryIO) -> frozenset[str]:
    _check_directory(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise DocumentRefused(
            "document.damaged", "the file is damaged; save it anew and try again"
        ) from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAXIMUM_PARTS or unpacked > MAXIMUM_UNPACKED:
        raise DocumentRefused(
            "document.unpacks_too_large",
            f"the document unpacks to {unpacked} bytes in {len(entries)} parts, which is too much",
            unpacked=unpacked,
        )
    return frozenset(entry.filename for entry in entries)


def _check_directory(file: BinaryIO) -> None:
    """Looks at how large a package's list of parts says it is, before the list is read into memory.

    Packages beyond 4 GB or 65,535 parts write that in a second record (Zip64), which no document of ours needs.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - LONGEST_END))
    end = file.read()
    at = end.rfind(_END)
    if at < 0 or len(end) - at < _END_BYTES:
        raise DocumentRefused("document.damaged", "the file is damaged; save it anew and try again")
    parts, directory = struct.unpack_from("<HL", end, at + 10)
    if parts > MAXIMUM_PARTS or directory > MAXIMUM_DIRECTORY or _ZIP64 in end[max(0, at - 20) : at]:
        raise DocumentRefused(
            "document.unpacks_too_large",
            f"the document lists {parts} parts in {directory} bytes, which is too much",
            unpacked=directory,
        )


def _check_pdf(file: BinaryIO) -> None:
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read():
        raise DocumentRefused("document.damaged", "the PDF has no end; save it anew and try again")


def _check_text(file: BinaryIO, media_type: str) -> None:
    file.seek(0)
    if _MARKUP.search(file.read(HEAD).removeprefix(codecs.BOM_UTF8)):
        raise _type_not_allowed("markup")
    file.seek(0)
    reader = codecs.getreader("utf-8-sig")(file)
    try:
        while piece := reader.read(HEAD):
            if _NOT_TEXT.search(piece):
                raise DocumentRefused("document.not_text", "the file contains characters that are not text")
    except UnicodeDecodeError as error:
        raise DocumentRefused("document.not_text", "the file is not UTF-8 text; save it as UTF-8") from error
    if media_type == CSV:
        _check_csv(file)


def _check_csv(file: BinaryIO) -> None:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        filled = sum(1 for row in csv.reader(_lines(text), strict=True) if row)
    except csv.Error as error:
        raise DocumentRefused("document.damaged", f"the CSV file cannot be read: {error}") from error
    finally:
        text.detach()  # or it would close the file with itself
    if not filled:
        raise DocumentRefused("document.empty", "the CSV file has no rows")


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(f"a line is longer than {LONGEST_LINE} characters")
        yield line


def _type_not_allowed(what: str) -> DocumentRefused:
    accepted = ", ".join(ending for endings in EXTENSIONS.values() for ending in endings)
    return DocumentRefused(
        "document.type_not_allowed",
        f"{what} is not accepted; use one of {accepted}",
        found=what,
        accepted=accepted,
    )
