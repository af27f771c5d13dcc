"""French and Spanish say all that English says, in the field's own terms and set as each language sets its texts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from framework.findings import Finding
from framework.terms import Language
from tests import catalogues
from tests.catalogues import CHECKS, NO_BREAK, SAME, Check, Words, read
from tests.terms import TERMS, Term
from tests.test_wording import placeholders, sections
from wording import NAMED_BY, NAMED_IN, catalogue, say, sentence

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = [str(one.value) for one in Language]
OTHERS = [one for one in LANGUAGES if one != Language.ENGLISH]


def file_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "pathfinder.po"


ENGLISH = read(file_of("en"))
AS_WRITTEN = {language: read(file_of(language)) for language in OTHERS}


def with_defect(folder: Path, language: str, spoil: Callable[[str], str]) -> Words:
    """The catalogue of a language with a defect planted in it."""
    text = AS_WRITTEN[language].text
    spoiled = spoil(text)
    assert spoiled != text
    return written(folder, language, spoiled)


def written(folder: Path, language: str, text: str) -> Words:
    """A catalogue of a language with this text, in a folder of its own."""
    path = folder / language / "LC_MESSAGES" / "pathfinder.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read(path)


def entry(language: str, key: str) -> str:
    """Key and text of a message as they stand in the file."""
    found = re.search(rf'^msgid "{re.escape(key)}"\nmsgstr ".*"\n', AS_WRITTEN[language].text, re.MULTILINE)
    assert found
    return found[0]


def saying(language: str, key: str, change: Callable[[str], str]) -> Callable[[str], str]:
    """Spoils the text of one message."""
    before = entry(language, key)
    head, text, _ = re.split(r'(?<=\nmsgstr ")(.*)(?="\n$)', before)
    return lambda file: file.replace(before, f'{head}{change(text)}"\n')


def swap(before: str, after: str) -> Callable[[str], str]:
    """Spoils the first place where something stands."""
    return lambda text: text.replace(before, after, 1)


def doubling(language: str, key: str) -> Callable[[str], str]:
    return lambda text: f"{text}\n{entry(language, key)}"


def test_every_language_of_the_alliance_has_a_catalogue_and_no_other_has() -> None:
    assert sorted(path.parents[1].name for path in (ROOT / "locale").rglob("pathfinder.po")) == sorted(
        LANGUAGES
    )
    assert set(SAME) == set(OTHERS) == {"fr", "es"}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_translation_is_complete_confirmed_and_well_set(check: Check, language: str) -> None:
    assert check(AS_WRITTEN[language], ENGLISH) == []


KEY = "roadmap.measures.missing"
DEFECTS: list[tuple[Check, str, Callable[[str], str], str]] = [
    (catalogues.missing, "fr", swap(entry("fr", KEY), ""), KEY),
    (
        catalogues.left_over,
        "fr",
        swap(f'msgid "{KEY}"', 'msgid "roadmap.measures.gone"'),
        "roadmap.measures.gone",
    ),
    (catalogues.left_over, "es", lambda text: text + '\n#~ msgid "a.gone"\n#~ msgstr "Se fue"\n', "a.gone"),
    (catalogues.doubled, "es", doubling("es", KEY), KEY),
    (catalogues.empty, "fr", saying("fr", KEY, lambda _: ""), KEY),
    (catalogues.empty, "es", saying("es", KEY, lambda _: " "), KEY),
    (catalogues.fuzzy, "fr", swap(f'msgid "{KEY}"', f'#, fuzzy\nmsgid "{KEY}"'), KEY),
    (
        catalogues.out_of_order,
        "es",
        lambda text: entry("es", KEY).join(reversed(text.split(entry("es", KEY)))),
        "",
    ),
    (catalogues.out_of_order, "fr", swap("#. Stages.", "#. Steps."), "stage.expression_of_interest"),
    (catalogues.header, "fr", swap("Language: fr", "Language: es"), "Language"),
    (catalogues.header, "es", swap('"Language: es\\n"\n', ""), "Language"),
    (catalogues.header, "fr", swap("plural=(n > 1)", "plural=(n != 1)"), "Plural-Forms"),
    (catalogues.header, "es", swap('"Plural-Forms: ', '"Plurals: '), "Plural-Forms"),
    (catalogues.header, "fr", swap('msgid ""', '#, fuzzy\nmsgid ""'), "fuzzy"),
    (catalogues.placeholders_differ, "fr", swap("« {title} »".replace(" ", NO_BREAK), "« {titre} »"), KEY),
    (catalogues.placeholders_differ, "es", saying("es", KEY, lambda text: text.replace("}", "")), KEY),
    (catalogues.placeholders_differ, "fr", saying("fr", KEY, lambda text: text.replace("title", "")), KEY),
    (catalogues.untranslated, "es", saying("es", "entry.roadmap", lambda _: "Roadmap"), "Roadmap"),
    (
        catalogues.untranslated,
        "fr",
        saying("fr", "entry.consultation", lambda _: "Concertation"),
        "Consultation",
    ),
    (
        catalogues.half_translated,
        "fr",
        saying("fr", KEY, lambda text: text.replace("pour le", "of the")),
        KEY,
    ),
    (catalogues.ends_otherwise, "es", saying("es", KEY, lambda text: text.rstrip(".")), KEY),
    (
        catalogues.ends_otherwise,
        "fr",
        saying("fr", "entry.roadmap", lambda text: f"{text}."),
        "entry.roadmap",
    ),
    (
        catalogues.familiar,
        "fr",
        saying("fr", "letter.document.missing", lambda _: "Joins ton courrier."),
        "letter.document",
    ),
    (
        catalogues.familiar,
        "es",
        saying("es", "letter.document.missing", lambda _: "Adjunta tu carta."),
        "letter.document",
    ),
    (
        catalogues.other_terms,
        "fr",
        saying("fr", "entry.roadmap", lambda _: "Plan de travail"),
        "entry.roadmap",
    ),
    (catalogues.spaces, "fr", saying("fr", KEY, lambda text: f"{text} "), KEY),
    (catalogues.spaces, "es", saying("es", KEY, lambda text: text.replace(" ", "  ", 1)), KEY),
    (catalogues.spaces, "es", saying("es", KEY, lambda text: text.replace(" ", "\u200b ", 1)), KEY),
    (catalogues.typography, "fr", saying("fr", KEY, lambda text: text.replace(f"«{NO_BREAK}", "« ")), KEY),
    (catalogues.typography, "fr", saying("fr", KEY, lambda text: text.replace(f"{NO_BREAK}»", " »")), KEY),
    (catalogues.typography, "fr", saying("fr", KEY, lambda text: text.replace(f"{NO_BREAK}»", "")), KEY),
    (catalogues.typography, "fr", saying("fr", KEY, lambda text: text.replace(".", " !")), KEY),
    (catalogues.typography, "fr", saying("fr", KEY, lambda text: text.replace(".", "?")), KEY),
    (
        catalogues.typography,
        "fr",
        saying("fr", "dates.backwards", lambda text: text.replace(" précède", ": voir")),
        "dates",
    ),
    (
        catalogues.typography,
        "fr",
        saying("fr", "entry.roadmap", lambda _: "L'état de la feuille de route"),
        "entry.roadmap",
    ),
    (catalogues.typography, "es", saying("es", KEY, lambda text: text.replace(".", "?")), KEY),
    (catalogues.typography, "es", saying("es", KEY, lambda text: text.replace(".", "!")), KEY),
    (
        catalogues.typography,
        "es",
        saying("es", KEY, lambda text: text.replace("«", '\\"').replace("»", '\\"')),
        KEY,
    ),
    (
        catalogues.typography,
        "es",
        saying("es", "date.future", lambda text: text.replace(";", " ;")),
        "date.future",
    ),
]
"""One defect for each thing that a check is there to find, and what the complaint has to name."""


@pytest.mark.parametrize(("check", "language", "spoil", "named"), DEFECTS)
def test_a_planted_defect_is_found(
    tmp_path: Path, check: Check, language: str, spoil: Callable[[str], str], named: str
) -> None:
    complaints = check(with_defect(tmp_path, language, spoil), ENGLISH)
    assert complaints
    assert any(named in one for one in complaints)


def test_no_check_is_without_a_defect_that_it_finds() -> None:
    assert [check.__name__ for check in CHECKS if check not in {check for check, *_ in DEFECTS}] == []


@pytest.mark.parametrize("language", OTHERS)
def test_another_word_for_a_term_is_found(tmp_path: Path, language: str) -> None:
    seen = {term.english: complained(tmp_path, term, language) for term in TERMS}
    assert seen == dict.fromkeys(seen, (False, True))


def complained(folder: Path, term: Term, language: str) -> tuple[bool, bool]:
    """Whether a term is complained about as a text has it, and where another word stands for it."""
    key = next(key for key, text in ENGLISH.messages.items() if term.is_in(text))
    head = AS_WRITTEN[language].text.partition("\n\n")[0]
    lost = saying(language, key, lambda text: re.sub(term.required(language), "x", text, flags=re.IGNORECASE))
    texts = entry(language, key), lost(entry(language, key))
    alone = [written(folder, language, f"{head}\n\n{text}") for text in texts]
    before, after = (f"{key}: {term.english}" in catalogues.other_terms(one, ENGLISH) for one in alone)
    return before, after


@pytest.mark.parametrize("language", OTHERS)
def test_what_people_type_is_the_same_in_every_language(language: str) -> None:
    """Codes, addresses and examples of settings: signs are set otherwise around them, never in them."""
    for key, text in ENGLISH.messages.items():
        typed = catalogues.LITERAL.findall(text)
        assert sorted(set(catalogues.LITERAL.findall(AS_WRITTEN[language].messages[key]))) == sorted(
            set(typed)
        )


def mentioning(name: str) -> list[str]:
    """Sentences in which a value of that name stands."""
    return [key for key, text in ENGLISH.messages.items() if name in placeholders(text)]


def named() -> list[tuple[str, str, str]]:
    """Sentences with a value that is a list of keys: key, value, the section that names what stands in it."""
    anywhere = [
        (key, name, owner)
        for name, owners in NAMED_BY.items()
        for key in mentioning(name)
        for owner in owners
        if (key, name) not in NAMED_IN
    ]
    return anywhere + [(key, name, owner) for (key, name), owners in NAMED_IN.items() for owner in owners]


def members(section: str) -> list[str]:
    kinds = sections()
    if section in kinds:
        return [str(one.value) for one in kinds[section]]
    return [key.partition(".")[2] for key in ENGLISH.messages if key.startswith(f"{section}.")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_keys_within_a_sentence_is_named_in_the_same_language(language: str) -> None:
    assert len(named()) > 40
    for key, name, section in named():
        keys = members(section)
        assert len(keys) > 1
        names = [say(f"{section}.{one}", language=language) for one in keys]
        said = sentence(Finding(key=key, values={name: ", ".join(keys)}), language)
        assert ", ".join(names) in said, key
        assert [one for one in names if ", " in one and section != "entry"] == [], "a comma parts the names"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("section", sorted({*sections(), "entry", "task", "indicator", "benefit"}))
def test_no_two_words_of_a_vocabulary_read_the_same(section: str, language: str) -> None:
    names = [say(f"{section}.{one}", language=language) for one in members(section)]
    assert len(names) == len(set(names)) > 1


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_falls_back_to_english_any_more(language: str) -> None:
    assert set(catalogue(language)) == set(catalogue("en"))
