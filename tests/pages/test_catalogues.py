"""Every text that pages show is translated, as it stands now, into every language."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment

from api.pages.catalogues import DOMAIN
from api.pages.extraction import PAGES
from api.pages.shell import TEMPLATES
from correspondence.catalogues import catalogue, path_of
from correspondence.extraction import ROOT, TRANSLATED, as_file, extracted, updated
from framework.terms import Language
from tests.catalogues import Check, Words, familiar, half_translated, other_terms, spaces, typography
from tests.correspondence.translating import forms_of, untranslatable, wrong_with

FILES = sorted(TEMPLATES.rglob("*.html"))
SAME: dict[str, set[object]] = {
    "fr": {
        "Absence",
        "Annexes",
        "Budget",
        "Clause %(clause)s.",
        "Code",
        "Consensus",
        ("%(num)s objection", "%(num)s objections"),
        "Consultation",
        "Consultations",
        "Date",
        "Dialogue",
        "Dates",
        "Document",
        "Documents",
        "Introduction",
        "Notes",
        "Page",
        "Participation",
        "Plans",
        "Sessions",
        "Source",
        "Total",
        "Version",
        "document",
        "version %(number)s",
    },
    "es": {"No", "Total", "no"},
}
"""Texts that are the same words in English."""

FOR_PROGRAMS = re.compile(r"literal: [a-z0-9_.:/#?=&-]+")
"""Names of files, fields and kinds: what people read has a capital letter or a space."""


@cache
def texts() -> Catalog:
    """What the templates say, read when a test asks."""
    return extracted(domain=PAGES)


def loose(source: str) -> list[str]:
    """What people may get to read in a template although no catalogue has it."""
    tokens = Environment(extensions=["jinja2.ext.i18n"]).lex(source)
    constants = {f"literal: {value[1:-1]}" for _, kind, value in tokens if kind == "string"}
    return [one for one in untranslatable(source) if not (one in constants and FOR_PROGRAMS.fullmatch(one))]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_a_page_is_translated_and_nothing_else_is(language: Language) -> None:
    assert wrong_with(catalogue(language, DOMAIN), texts()) == []
    assert len(texts()) > 25


def test_a_text_that_is_missing_empty_or_a_guess_is_found() -> None:
    found = catalogue(Language.FRENCH, DOMAIN)
    found["Sign in"].string = ""
    found["Sign out"].flags.add("fuzzy")
    found.delete("Language")
    assert sorted(wrong_with(found, texts())) == ["empty: Sign in", "fuzzy: Sign out", "missing: Language"]


def test_make_catalogues_would_change_nothing() -> None:
    assert PAGES.template.read_bytes() == as_file(texts())
    for language in TRANSLATED:
        assert path_of(language, DOMAIN).read_bytes() == as_file(updated(language, texts(), PAGES))


def test_every_template_of_a_page_is_read_by_the_extraction(tmp_path: Path) -> None:
    for path in FILES:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(f'{{{{ _("{copy}") }}}}', encoding="utf-8")
    assert len([one for one in extracted(tmp_path, PAGES) if one.id]) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_text_of_a_page_stands_outside_the_catalogues(path: Path) -> None:
    assert loose(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("<p>Please answer.</p>", "literal: Please answer."),
        ("<b>late</b> {{ country }}", "literal: late"),
        ('{{ parts.button("Send") }}', "literal: Send"),
        ('{{ parts.field("name", "Your name") }}', "literal: Your name"),
    ],
)
def test_a_text_outside_the_catalogues_is_found(source: str, finding: str) -> None:
    assert [one.rstrip("\0") for one in loose(source)] == [finding]


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(
    "check", [half_translated, familiar, other_terms, spaces, typography], ids=lambda check: check.__name__
)
def test_pages_keep_to_the_glossary_and_are_set_as_their_language_is(
    check: Check, language: Language
) -> None:
    english = {form: form for one in texts() if one.id for form in forms_of(one.id)}
    found = catalogue(language, DOMAIN)
    messages = {
        form: text
        for one in found
        if one.id
        for form, text in zip(forms_of(one.id), forms_of(one.string), strict=True)
    }
    assert len(messages) == len(english)
    assert check(Words(language.value, "", found, messages), Words("en", "", texts(), english)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_of_a_page_is_left_in_english(language: Language) -> None:
    same = {one.id for one in catalogue(language, DOMAIN) if one.id and one.id == one.string}
    assert same <= SAME[language.value]
