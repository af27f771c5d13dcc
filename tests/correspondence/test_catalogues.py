"""Every text that mails show is translated, as it stands now, into every language. Each check is shown to find a defect."""

import re
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from correspondence.catalogues import catalogue, path_of
from correspondence.extraction import MAPPING, TEMPLATE, TRANSLATED, as_file, extracted, updated
from correspondence.facts import Site
from correspondence.rendering import MAILS, rendered
from correspondence.specimens import kinds, specimen
from framework.terms import Language
from tests.catalogues import Check, Words, familiar, half_translated, other_terms, spaces, typography
from tests.correspondence.translating import forms_of, untranslatable, wrong_with

FRENCH_IS_ENGLISH = {"Date", "Dialogue", "Version", "document"}
TEMPLATES = sorted(path for path in MAILS.parent.rglob("*") if path.suffix in (".txt", ".jinja"))
HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'


@cache
def texts() -> Catalog:
    """What the templates say, read when a test asks."""
    return extracted()


def small(text: str) -> Catalog:
    """A French catalogue with one text."""
    return read_po(BytesIO((HEAD + text).encode()), locale="fr", abort_invalid=True)


def of_texts(*texts: str | tuple[str, str]) -> Catalog:
    """A template of some texts."""
    made = Catalog()
    for text in texts:
        made.add(text)
    return made


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_nothing_else_is(language: Language) -> None:
    assert wrong_with(catalogue(language), texts()) == []


def test_there_is_a_catalogue_for_every_language_but_that_of_the_templates() -> None:
    assert {*TRANSLATED} == {*Language} - {Language.ENGLISH}
    assert len(texts()) > 200


@pytest.mark.parametrize(
    ("translation", "texts", "finding"),
    [
        ('msgid "Day"\nmsgstr "Jour"\n', ["Day", "Week"], "missing: Week"),
        ('msgid "Day"\nmsgstr "Jour"\n\nmsgid "Week"\nmsgstr "Semaine"\n', ["Day"], "obsolete: Week"),
        ('msgid "Day"\nmsgstr "Jour"\n\n#~ msgid "Week"\n#~ msgstr "Semaine"\n', ["Day"], "obsolete: Week"),
        ('msgid "Day"\nmsgstr ""\n', ["Day"], "empty: Day"),
        ('msgid "Day"\nmsgstr " "\n', ["Day"], "empty: Day"),
        ('#, fuzzy\nmsgid "Day"\nmsgstr "Jour"\n', ["Day"], "fuzzy: Day"),
        ('msgid "By %(day)s"\nmsgstr "Le %(jour)s"\n', ["By %(day)s"], "placeholders: By %(day)s"),
        ('msgid "By %(day)s"\nmsgstr "Alors"\n', ["By %(day)s"], "placeholders: By %(day)s"),
        (
            '#, python-format\nmsgid "By %(day)s"\nmsgstr "Le %(day)d"\n',
            ["By %(day)s"],
            "malformed: By %(day)s",
        ),
        (
            'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "%(num)s jour"\nmsgstr[1] ""\n',
            [("%(num)s day", "%(num)s days")],
            "empty: %(num)s day",
        ),
        (
            'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "%(num)s jour"\nmsgstr[1] "Jours"\n',
            [("%(num)s day", "%(num)s days")],
            "placeholders: %(num)s day",
        ),
    ],
)
def test_a_defect_of_a_translation_is_found(translation: str, texts: list[str], finding: str) -> None:
    found = wrong_with(small(translation), of_texts(*texts))
    assert any(one.startswith(finding) for one in found), found


def test_a_third_plural_form_is_found_in_a_language_of_two() -> None:
    text = ("%(num)s day", "%(num)s days")
    made = small('msgid "Day"\nmsgstr "Jour"\n')
    made.add(text, ("%(num)s jour", "%(num)s jours", "%(num)s de jours"))
    assert "plural forms: %(num)s day" in wrong_with(made, of_texts("Day", text))


def test_a_whole_catalogue_passes_and_a_file_that_is_none_is_refused() -> None:
    good = 'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "%(num)s jour"\nmsgstr[1] "%(num)s jours"\n'
    assert wrong_with(small(good), of_texts(("%(num)s day", "%(num)s days"))) == []
    with pytest.raises(PoFileError):
        small('msgid "Day"\nmsgstr "Jour"\nrubbish\n')


def test_make_catalogues_would_change_nothing() -> None:
    assert TEMPLATE.read_bytes() == as_file(texts())
    for language in TRANSLATED:
        assert path_of(language).read_bytes() == as_file(updated(language, texts()))


def test_a_new_text_changes_the_files_and_is_not_guessed_at() -> None:
    more = deepcopy(texts())
    more.add("Nothing is asked of you!")
    assert as_file(more) != TEMPLATE.read_bytes()
    changed = updated(Language.FRENCH, more)
    assert wrong_with(changed, more) == ["empty: Nothing is asked of you!"]
    assert as_file(changed) != path_of(Language.FRENCH).read_bytes()


def test_the_files_hold_no_dates_and_no_paths_of_a_machine() -> None:
    for path in (TEMPLATE, *map(path_of, TRANSLATED)):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"-Date:|Generated-By|(^|\s)/\w|[A-Z]:\\\\|\.\./", text)


def test_every_template_is_read_by_the_extraction(tmp_path: Path) -> None:
    for path in TEMPLATES:
        copy = tmp_path / path.relative_to(MAPPING.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(f'{{{{ _("{copy}") }}}}', encoding="utf-8")
    assert len([one for one in extracted(tmp_path) if one.id]) == len(TEMPLATES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_text_stands_outside_the_catalogues(path: Path) -> None:
    assert untranslatable(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("Please answer.", "literal: Please answer."),
        ('<p title="x">Please <b>answer</b></p>', "literal: answer"),
        ('<a href="{{ link }}">Open</a>', "literal: Open"),
        ('{{ p("Please answer.") }}', "literal: Please answer."),
        ('{{ "late" if late else _("in time") }}', "literal: late"),
        ('{% if late == "yes" %}{{ country ~ " asks" }}{% endif %}', "literal:  asks"),
        ('{% set said = ["one"] %}', "literal: one"),
        ('{{ _("By %(day)s", day="Monday") }}', "literal: Monday"),
        ("{{ _(text) }}", "put together: a text is no constant"),
        ('{{ ngettext("one", many, 2) }}', "put together: a text is no constant"),
    ],
)
def test_a_text_outside_the_catalogues_is_found(source: str, finding: str) -> None:
    assert finding in untranslatable(source)


@pytest.mark.parametrize(
    "source",
    [
        '{{ country }}: {{ _("late") }} ({{ code }})',
        '<style>p { color: red }</style><p class="a">{{ _("late") }}</p>{# why #}',
        '{% if kind == "late" %}{{ kind|named("entry") }}{% endif %}{% include "frame/x.jinja" %}',
        '{{ facts([(_("Day"), values["day"])]) }}{{ {"indicator": none}|flags }}',
    ],
)
def test_what_is_no_text_for_people_is_let_be(source: str) -> None:
    assert untranslatable(source) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_left_in_english(language: Language) -> None:
    same = {one.id for one in catalogue(language) if one.id and one.id == one.string}
    assert same <= (FRENCH_IS_ENGLISH if language is Language.FRENCH else set())
    english = {str(one.id) for one in texts() if one.id and isinstance(one.id, str) and len(one.id) > 30}
    for kind in (one for one in kinds() if one != "digest"):  # it brings its lines in its reader's language
        mail = rendered(specimen(kind, language), Site("https://pathfinder.example", "mail@alliance.example"))
        assert [text for text in english if text in mail.text or text in mail.subject] == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(
    "check", [half_translated, familiar, other_terms, spaces, typography], ids=lambda check: check.__name__
)
def test_translations_keep_to_the_glossary_and_are_set_as_their_language_is(
    check: Check, language: Language
) -> None:
    english = {form: form for one in texts() if one.id for form in forms_of(one.id)}
    messages = {
        form: text
        for one in catalogue(language)
        if one.id
        for form, text in zip(forms_of(one.id), forms_of(one.string), strict=True)
    }
    assert len(messages) == len(english)
    words = Words(language.value, "", catalogue(language), messages)
    assert check(words, Words("en", "", texts(), english)) == []
