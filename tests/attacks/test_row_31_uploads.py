"""Row 31, uploads: refused in bounded memory, never unpacked, never opened, and their names are never a path."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.media_types import DOCX, EXTENSIONS, DocumentRefused, clean_name, recognised
from tests.api.conftest import PDF, Installation

MEGABYTE = 1024 * 1024


def package(parts: dict[str, bytes]) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(**parts: bytes) -> bytes:
    """A Word document with these parts in it."""
    return package({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"} | parts)


def png(width: int, height: int) -> bytes:
    """A picture that says that it is so large; its content is one row of zeros."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def many_parts(count: int) -> bytes:
    """A package that lists so many parts, none of which is there; its end does not say how many."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    start = b"PK\3\4" + b"\0" * 26
    directory = entry * count
    return start + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory), len(start), 0)


def zip64() -> bytes:
    """A package whose real end is elsewhere than the one that is looked at first."""
    plain = docx()
    at = plain.rfind(b"PK\5\6")
    return plain[:at] + b"PK\6\7" + b"\0" * 16 + plain[at:]


@cache
def bomb() -> bytes:
    """A quarter of a gigabyte in a few kilobytes; it takes a second to make."""
    return docx(**{f"word/media/{number}": b"\0" * 30 * MEGABYTE for number in range(8)})


EXPANSION = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


def made(data: bytes | Callable[[], bytes]) -> bytes:
    """What is to be sent; what is heavy is made only when it is."""
    return data if isinstance(data, bytes) else data()


REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "zip bomb": ("bomb.docx", bomb),
    "more parts than it says": ("parts.docx", lambda: many_parts(400_000)),
    "end in another place": ("end.docx", zip64()),
    "zip of a zip": ("nested.zip", package({"inner.zip": package({"a.txt": b"a"})})),
    "xml": ("feed.xml", EXPANSION),
    "xml as text": ("feed.txt", EXPANSION),
    "xml as a table": ("feed.csv", EXPANSION),
    "page that begins like a picture": ("cat.gif", b"GIF89a/*<script>alert(1)</script>*/=1;"),
    "program that begins like a picture": ("cat.jpg", b"GIF89a=1;alert(1)"),
    "page before a document": ("page.pdf", b"<html><script>alert(1)</script>" + PDF),
    "picture that is code": ("cat.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "one endless line": ("line.csv", b"x" * 4 * MEGABYTE),
    "jar": ("tool.jar", package({"META-INF/MANIFEST.MF": b"Main-Class: X"})),
    "shell": ("run.sh", b"#!/bin/sh\nrm -rf /\n"),
}


@pytest.mark.parametrize(("name", "data"), REFUSED.values(), ids=REFUSED)
async def test_row_31_what_is_no_document_is_refused(
    installation: Installation, name: str, data: bytes | Callable[[], bytes]
) -> None:
    answer = await installation.secretariat.upload("XAA", made(data), name)
    assert answer.status_code == 415, answer.text
    assert [found["key"].partition(".")[0] for found in answer.json()["findings"]] == ["document"]


KEPT: dict[str, tuple[str, bytes]] = {
    "pdf with a page in it": ("report.pdf", PDF[:-7] + b"<html><script>alert(1)</script>\n%%EOF\n"),
    "word document that names an outside entity": (
        "report.docx",
        docx(
            **{
                "word/settings.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
                "word/_rels/settings.xml.rels": b'<Relationship Target="http://127.0.0.1:1/dtd"/>',
            }
        ),
    ),
    "names that lead out of a folder": (
        "out.docx",
        docx(**{"../../../../tmp/slipped": b"x", "/etc/x": b"x"}),
    ),
    "picture that unpacks to 10 GB": ("flood.png", png(60_000, 60_000)),
    "formulas": ("table.csv", b'=cmd|"/c calc"!A1,@SUM(1),-1,+1\n'),
}


@pytest.mark.parametrize(("name", "data"), KEPT.values(), ids=KEPT)
async def test_row_31_what_is_kept_comes_back_byte_for_byte_as_a_file_that_no_browser_opens(
    installation: Installation, name: str, data: bytes
) -> None:
    uploaded = await installation.secretariat.upload("XAA", data, name)
    assert uploaded.status_code == 201, uploaded.text
    answer = await installation.secretariat.get(f"/documents/{uploaded.json()['id']}/content")
    assert answer.content == data
    assert answer.headers["content-type"].partition(";")[0] in EXTENSIONS
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_row_31_nothing_is_ever_unpacked_or_decoded(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [(name, made(data)) for name, data in (*REFUSED.values(), *KEPT.values())]

    def opened(*_: Any, **__: Any) -> Any:
        raise AssertionError("a part of an upload was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", opened)
    monkeypatch.setattr(zipfile.ZipFile, "extractall", opened)
    monkeypatch.setattr(zlib, "decompressobj", opened)
    for name, data in sent:
        assert (await installation.secretariat.upload("XAB", data, name)).status_code in (201, 415)
    readers = {"xml.etree", "lxml", "openpyxl", "docx", "defusedxml"}
    source = "\n".join(file.read_text(encoding="utf-8") for file in Path("storage").glob("*.py"))
    assert not [one for one in readers if re.search(rf"^\s*(import|from) {one}\b", source, re.MULTILINE)]


NAMES = (
    "../../../etc/passwd.pdf",
    "..\\..\\windows\\system32\\x.pdf",
    "/etc/cron.d/x.pdf",
    "file:///etc/passwd.pdf",
    "a\x00.pdf",
    "report\u202efdp.exe",
    "CON.pdf",
    "lpt1.pdf",
    ".htaccess",
    "~/.ssh/authorized_keys",
    "$(reboot).pdf",
    "`id`;.pdf",
    'x"; filename="y.exe',
    "x\r\nContent-Type: text/html\r\n\r\n<script>.pdf",
    "%2e%2e%2fx.pdf",
    "é" * 300 + ".pdf",
    "-rf.pdf",
)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:24].encode("unicode_escape").decode())
async def test_row_31_a_name_is_never_a_path(installation: Installation, name: str, tmp_path: Path) -> None:
    data = PDF + name.encode()
    uploaded = await installation.secretariat.upload("XAC", data, name)
    assert uploaded.status_code == 201, uploaded.text
    kept = uploaded.json()["name"]
    assert_only_a_name(kept)
    answer = await installation.secretariat.get(f"/documents/{uploaded.json()['id']}/content")
    header = answer.headers["content-disposition"]
    assert header.isascii()
    assert unquote(header.removeprefix("attachment; filename*=UTF-8''")) == kept


def assert_only_a_name(name: str) -> None:
    assert 0 < len(name) <= 130
    assert not set(name) & set('/\\:*?"<>|')
    assert name.isprintable()
    assert name.strip(" .") == name
    assert name.partition(".")[0].lower() not in ("con", "prn", "aux", "nul", "com1", "lpt1")


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=160), media_type=st.sampled_from(sorted(EXTENSIONS)))
def test_row_31_whatever_a_name_is_it_becomes_one_that_is_only_a_name(name: str, media_type: str) -> None:
    kept = clean_name(name, media_type)
    assert_only_a_name(kept)
    assert kept.lower().endswith(EXTENSIONS[media_type])
    assert clean_name(kept, media_type) == kept


MAGIC = st.sampled_from(
    [b"", b"PK\3\4", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", docx(), PDF]
)
ENDING = st.sampled_from([ending for endings in EXTENSIONS.values() for ending in endings] + ["", ".exe"])


@settings(max_examples=100, deadline=None)
@given(head=MAGIC, data=st.binary(max_size=300), tail=MAGIC, ending=ENDING)
def test_row_31_whatever_a_file_holds_its_reader_names_an_accepted_type_or_refuses(
    head: bytes, data: bytes, tail: bytes, ending: str
) -> None:
    file = io.BytesIO(head + data + tail)
    assert outcome(file, f"x{ending}").startswith(("document.", *EXTENSIONS))
    assert not file.closed


def test_row_31_a_package_with_its_end_cut_off_or_doubled_is_read_or_refused() -> None:
    whole = docx()
    found = {
        outcome(io.BytesIO(data), "x.docx")
        for at in range(len(whole))
        for data in (whole[:at], whole[at:], whole[:at] + whole, whole + whole[:at])
    }
    assert found <= {DOCX, "document.damaged", "document.type_not_allowed"}
    assert {DOCX, "document.damaged"} <= found


def outcome(file: io.BytesIO, name: str) -> str:
    """The type that a file is found to be, or the reason for which it is refused."""
    try:
        return recognised(file, name)
    except DocumentRefused as refused:
        return refused.key
