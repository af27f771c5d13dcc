"""What can be wrong with a translated catalogue: each check reads two catalogues and answers with complaints."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from tests.terms import TERMS

SAME: Mapping[str, frozenset[str]] = {
    "fr": frozenset({"Consultation", "coordination"}),
    "es": frozenset({"auditor"}),
}
"""By language the texts that are the same words in English."""

ENGLISH_WORDS = re.compile(r"\b(the|of|and|is|are|was|not|has|this|that|with|by|it)\b", re.IGNORECASE)
FAMILIAR = {
    "fr": re.compile(r"\b(tu|toi|tes|ton)\b", re.IGNORECASE),
    "es": re.compile(r"\b(tú|tu|tus|ti|te|vosotr\w+|vuestr\w+)\b", re.IGNORECASE),
}
LITERAL = re.compile(r"https?://|\b[a-z]+_[a-z_]+: \d+|\{\w+\}")
"""What is typed as it stands, in every language."""

NO_BREAK = "\u00a0"
OTHER_SPACES = re.compile("[\u2000-\u200f\u2028-\u202f\u2060\ufeff\t]")


@dataclass(frozen=True)
class Words:
    """A catalogue as it was read, and the text of its file."""

    language: str
    text: str
    catalogue: Catalog
    messages: Mapping[str, str]


Check = Callable[[Words, Words], list[str]]


def read(path: Path) -> Words:
    """The catalogue under `<language>/LC_MESSAGES/`; raises where babel cannot parse it."""
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    messages = {str(one.id): str(one.string or "") for one in catalogue if one.id}
    return Words(path.parents[1].name, path.read_text(encoding="utf-8"), catalogue, messages)


def missing(words: Words, english: Words) -> list[str]:
    """Keys of English that the language lacks."""
    return [key for key in english.messages if key not in words.messages]


def left_over(words: Words, english: Words) -> list[str]:
    """Keys that English does not have (any more), commented out or not."""
    return [
        key for key in (*words.messages, *map(str, words.catalogue.obsolete)) if key not in english.messages
    ]


def doubled(words: Words, english: Words) -> list[str]:
    """Keys that stand there twice; babel keeps one of the two."""
    found = re.findall(r'^msgid "(.+)"$', words.text, re.MULTILINE)
    return sorted({key for key in found if found.count(key) > 1})


def empty(words: Words, english: Words) -> list[str]:
    """Texts of which nothing is to be seen."""
    return [key for key, text in words.messages.items() if not text.strip()]


def fuzzy(words: Words, english: Words) -> list[str]:
    """Translations that were never confirmed; nobody would get to read them."""
    return [str(one.id) for one in words.catalogue if one.id and one.fuzzy]


def out_of_order(words: Words, english: Words) -> list[str]:
    """Where order or headings of sections differ from English: two files that are read side by side."""
    here, there = _headed(words), _headed(english)
    return [f"{one[0]} for {other[0]}" for one, other in zip(here, there, strict=False) if one != other][:1]


def header(words: Words, english: Words) -> list[str]:
    """A header that names another language, another encoding or other plurals than the language's."""
    expected = {
        "Project-Id-Version": "pathfinder",
        "Language": words.language,
        "Plural-Forms": str(get_plural(words.language)),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    said = dict(re.findall(r'^"([\w-]+): (.*)\\n"$', words.text.partition("\n\n")[0], re.MULTILINE))
    names = sorted(set(expected) | set(said))
    wrong = [name for name in names if said.get(name, "").rstrip(";") != expected.get(name, "").rstrip(";")]
    return wrong + ["fuzzy"] * words.catalogue.fuzzy


def placeholders_differ(words: Words, english: Words) -> list[str]:
    """Texts that mention other values than English does, or whose braces are broken."""
    return [key for key, text, original in _pairs(words, english) if _names(text) != _names(original)]


def untranslated(words: Words, english: Words) -> list[str]:
    """Texts that are English still, and words on the list of those that are the same although they are not."""
    same = {text for _, text, original in _pairs(words, english) if text == original}
    return sorted(same ^ SAME[words.language])


def half_translated(words: Words, english: Words) -> list[str]:
    """Texts with English words in them."""
    return [key for key, text in words.messages.items() if ENGLISH_WORDS.search(LITERAL.sub("", text))]


def ends_otherwise(words: Words, english: Words) -> list[str]:
    """Sentences without their full stop, and names with one."""
    return [key for key, text, other in _pairs(words, english) if text.endswith(".") != other.endswith(".")]


def familiar(words: Words, english: Words) -> list[str]:
    """Texts that are on first-name terms with their reader."""
    return [key for key, text in words.messages.items() if FAMILIAR[words.language].search(text)]


def other_terms(words: Words, english: Words) -> list[str]:
    """Texts that call a thing otherwise than the glossary does."""
    return [
        f"{key}: {term.english}"
        for key, text, original in _pairs(words, english)
        for term in TERMS
        if term.is_in(original) and not re.search(term.required(words.language), text, re.IGNORECASE)
    ]


def spaces(words: Words, english: Words) -> list[str]:
    """Spaces that are doubled, at an end, or of a kind that nobody sees."""
    return [
        key
        for key, text in words.messages.items()
        if text != text.strip() or "  " in text or OTHER_SPACES.search(text)
    ]


def typography(words: Words, english: Words) -> list[str]:
    """Signs that are not set as the language sets them."""
    rule = {"fr": _set_as_french, "es": _set_as_spanish}[words.language]
    return [key for key, text in words.messages.items() if not rule(LITERAL.sub("x", text))]


def _set_as_french(text: str) -> bool:
    """A no-break space before : ; ? ! and inside « », the curly apostrophe, and no straight quotes."""
    wrong = re.search(rf"[^{NO_BREAK}][:;?!»]|«[^{NO_BREAK}]|[\"'“”]|…|\.\.", text)
    return not wrong and text.count("«") == text.count("»")


def _set_as_spanish(text: str) -> bool:
    """¿ and ¡ before what ? and ! close, no space before a sign, «» for quotes."""
    wrong = re.search(rf"[\s{NO_BREAK}][:;?!,.»]|«[\s{NO_BREAK}]|[\"'\u2019“”]|…|\.\.", text)
    return not wrong and all(text.count(one) == text.count(other) for one, other in ("«»", "¿?", "¡!"))


CHECKS: tuple[Check, ...] = (
    missing,
    left_over,
    doubled,
    empty,
    fuzzy,
    out_of_order,
    header,
    placeholders_differ,
    untranslated,
    half_translated,
    ends_otherwise,
    familiar,
    other_terms,
    spaces,
    typography,
)


def _pairs(words: Words, english: Words) -> Iterator[tuple[str, str, str]]:
    """Key, text and English of what both have and is not empty."""
    for key, text in words.messages.items():
        if key in english.messages and text.strip():
            yield key, text, english.messages[key]


def _headed(words: Words) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(one.id), tuple(one.auto_comments)) for one in words.catalogue if one.id]


def _names(text: str) -> list[str] | None:
    """The placeholders of a text, each once; None where its braces are broken."""
    try:
        return sorted({name for _, name, _, _ in Formatter().parse(text) if name is not None})
    except ValueError:
        return None
