"""A letter set in type: tagged, accessible, the same bytes for the same letter, and nothing in it is run."""

import re
import zlib
from dataclasses import replace
from datetime import date

import pytest

from correspondence import typesetting
from correspondence.letter_pdf import NotTypeset, pdf, pictures
from correspondence.typesetting import BOX
from framework.terms import Language, LetterKind
from tests.correspondence.letters import sheet

PNG = b"\x89PNG\r\n\x1a\n"
MARKUP = (
    '#panic(1) #import "x.typ" $sqrt(2)$ @ref *b* _i_ <label> `raw` = head \\u{41} // c /* d */ [x] #{1+1}'
)


def streams(data: bytes) -> bytes:
    """All of a PDF's content in the clear."""
    found = [data]
    for each in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(each[1]))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("language", Language)
def test_every_letter_is_a_tagged_pdf_in_its_language(kind: LetterKind, language: Language) -> None:
    data = streams(pdf(sheet(kind, language)))
    assert data.startswith(b"%PDF-1.")
    assert b"/StructTreeRoot" in data
    assert b"/Marked true" in data
    assert f"/Lang({language.value})".encode() in data.replace(b"/Lang (", b"/Lang(")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"/DisplayDocTitle true" in data
    assert b"/Title" in data


def test_a_list_is_tagged_as_a_list_and_the_subject_as_a_heading() -> None:
    data = streams(pdf(sheet(LetterKind.NOT_YET)))
    assert data.count(b"/S/LI") + data.count(b"/S /LI") >= 4
    assert b"/S/L/" in data.replace(b" ", b"") or b"/S/L\n" in data.replace(b" ", b"")
    assert b"/S/H1" in data.replace(b" ", b"")


def test_fonts_are_embedded() -> None:
    data = streams(pdf(sheet()))
    assert b"LibertinusSerif" in data
    assert b"/FontFile" in data


def test_the_same_letter_has_the_same_bytes_and_another_day_has_others() -> None:
    one = sheet()
    assert pdf(one) == pdf(one)
    assert pdf(one) != pdf(replace(one, dated=date(2027, 6, 13)))
    assert pdf(one) != pdf(replace(one, subject="Another subject"))


def test_markup_that_people_typed_is_text() -> None:
    typed = replace(
        sheet(),
        subject=MARKUP,
        blocks=(MARKUP, (MARKUP, MARKUP)),
        to=(MARKUP,),
        salutation=MARKUP,
        signature=(MARKUP,),
        number=MARKUP,
    )
    harmless = replace(
        typed, subject="x" * 40, blocks=("x", ("x", "x")), to=("x",), salutation="x", signature=("x",)
    )
    assert len(pdf(typed)) > len(pdf(harmless)), "the text is there, not what it would do"
    assert re.escape("#panic(1)").encode() in re.escape(_title(pdf(typed))).encode()


def _title(data: bytes) -> str:
    found = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", streams(data).decode("latin-1"), re.DOTALL)
    assert found
    return found[1]


def test_a_very_long_text_goes_on_over_many_pages() -> None:
    long = replace(sheet(), blocks=("lorem ipsum dolor " * 2_800,))
    assert len(long.blocks[0]) > 50_000
    assert len(pictures(long, dots_per_inch=20)) > 5
    assert pdf(long).startswith(b"%PDF")


@pytest.mark.parametrize("text", ["\u6f22\u5b57", "\U0001f600", "a\ue000b", "\u0e01\u0e33"])
def test_what_no_font_can_show_becomes_a_box_and_the_letter_stays_accessible(text: str) -> None:
    data = streams(pdf(replace(sheet(), blocks=(f"before {text} after",))))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data


def test_letters_of_other_scripts_that_a_font_can_show_stay() -> None:
    mixed = replace(sheet(), blocks=("Привет, Ελλάδα, مرحبا",))
    boxed = replace(sheet(), blocks=(f"{BOX * 6}, {BOX * 6}, {BOX * 5}",))
    assert pdf(mixed) != pdf(boxed)


def test_a_letter_that_cannot_be_set_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "ROUNDS", 0)
    with pytest.raises(NotTypeset, match="no font"):
        pdf(sheet())


def test_pages_can_be_looked_at_as_pictures() -> None:
    (page,) = pictures(sheet())
    assert page.startswith(PNG)


@pytest.mark.parametrize("word", ["x" * 400, "W" * 400, "https://example.org/" + "a/" * 300])
def test_a_word_that_is_longer_than_a_line_is_broken_and_runs_off_no_page(word: str) -> None:
    assert typesetting._breakable({"a": [word]})["a"][0].replace("\u200b", "") == word
    longest = max(len(piece) for piece in typesetting._breakable(word).split("\u200b"))
    assert longest <= 11
