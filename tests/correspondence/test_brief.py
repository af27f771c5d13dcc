"""The hand-over brief in words and set in type: complete, in three languages, and nothing in it is run (EOI-03)."""

import re
import zlib

import pytest

from contracts.brief import Promises
from correspondence import brief_pdf
from correspondence.brief_text import BriefSheet, Section, sheet_of
from framework.terms import Language
from tests.correspondence.briefs import brief, comment


def said(sheet: BriefSheet) -> dict[str, list[str]]:
    """Everything that each section says, by its key."""
    return {section.key: _lines(section) for section in sheet.sections}


def _lines(section: Section) -> list[str]:
    found = [section.title]
    for group in section.groups:
        found += [group.title, *(f"{label}: {value}" for label, value in group.facts), *group.items]
    return [*found, *([] if section.groups else [section.empty])]


def streams(data: bytes) -> bytes:
    """All of a PDF's content in the clear."""
    packed = (each[1] for each in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    return b"\n".join([data, *(_unpacked(one) for one in packed)])


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return b""


@pytest.mark.clause("EOI-03")
def test_a_brief_tells_status_deadlines_promises_comments_questions_and_people() -> None:
    told = said(sheet_of(brief(), Language.ENGLISH))
    assert list(told) == ["standing", "due", "promised", "comments", "open", "people"]
    assert "Status: active" in told["standing"]
    assert "Since: 1 June 2025" in told["standing"]
    assert "Annual progress report 2028: 30 April 2028 (open)" in told["due"]
    assert "Children in agriculture (child labour)" in [
        one.replace("Child labour", "child labour") for one in told["promised"]
    ]
    assert (
        "Inspect all plantations; Indicator: Inspections a year; Baseline: 10; Target: 200; By: 31 December 2030"
        in told["promised"]
    )
    assert "In the last report: on track; Half of them were inspected." in told["promised"]
    assert "Amend the labour code: 31 December 2028" in told["promised"]
    assert "1. From which source is the number? Answer: From the inspectorate." in told["comments"]
    assert "2. What became of the list of hazardous work? Not answered yet." in told["comments"]
    assert "Noor Basri, Director, noor@labour.example" in told["people"]
    assert "Until: 10 May 2028" in told["people"]


@pytest.mark.clause("EOI-03", "REV-09")
def test_open_questions_say_why_a_flag_is_raised_and_what_would_clear_it() -> None:
    told = said(sheet_of(brief(), Language.ENGLISH))["open"]
    assert "Annual progress report 2027, 2. What became of the list of hazardous work?" in told
    assert "2026: No report had come by 30 September 2026." in told
    assert any(one.startswith("What would clear it: ") and "2028" in one for one in told)
    assert any("Elections" in one for one in told)
    assert "Publish the data" in told


@pytest.mark.parametrize("language", Language)
def test_an_empty_part_says_so_in_every_language(language: Language) -> None:
    nothing = brief(
        deadlines=[],
        promises=Promises(),
        comments=[],
        unanswered=[],
        flags=[],
        circumstances=[],
        dialogue=None,
        people=[],
        ministry="",
        ministry_email="",
        drafts=[],
    )
    sheet = sheet_of(nothing, language)
    assert [one.key for one in sheet.sections if not one.groups] == [
        "due",
        "promised",
        "comments",
        "open",
        "people",
        "drafts",
    ]
    assert all(one.empty for one in sheet.sections if not one.groups)


def test_drafts_are_told_only_where_somebody_keeps_them() -> None:
    assert "drafts" not in said(sheet_of(brief(), Language.ENGLISH))
    told = said(sheet_of(brief(drafts=["progress_report"]), Language.ENGLISH))
    assert told["drafts"] == ["Drafts that wait", "", "Annual progress report"]


@pytest.mark.parametrize("language", Language)
def test_no_language_leaves_english_or_keys_behind(language: Language) -> None:
    sheet = sheet_of(brief(), language)
    titles = [section.title for section in sheet.sections]
    if language is not Language.ENGLISH:
        english = {section.title for section in sheet_of(brief(), Language.ENGLISH).sections}
        assert not english & set(titles)
    text = " ".join(line for lines in said(sheet).values() for line in lines)
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", text)


@pytest.mark.parametrize("language", Language)
def test_the_pdf_is_tagged_and_names_its_language_and_title(language: Language) -> None:
    data = streams(brief_pdf.pdf(sheet_of(brief(), language)))
    assert data.startswith(b"%PDF-1.")
    assert b"/StructTreeRoot" in data
    assert f"/Lang({language.value})".encode() in data.replace(b"/Lang (", b"/Lang(")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"/S/H2" in data.replace(b" ", b"")
    assert b"/S/LI" in data.replace(b" ", b"")


def test_the_same_brief_has_the_same_bytes() -> None:
    sheet = sheet_of(brief(), Language.ENGLISH)
    assert brief_pdf.pdf(sheet) == brief_pdf.pdf(sheet)


def test_what_people_typed_is_shown_as_it_is_and_never_run() -> None:
    typed = '#panic("no") $x$ <b> & {{ 7 * 7 }} \u202e \U000f0000'
    sheet = sheet_of(brief(unanswered=[comment(3, typed)], comments=[comment(3, typed)]), Language.ENGLISH)
    assert brief_pdf.pdf(sheet).startswith(b"%PDF-")
    (page, *_) = brief_pdf.pictures(sheet)
    assert page.startswith(b"\x89PNG")
