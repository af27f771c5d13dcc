"""Keys put into words: the one place where a rule's key and values become a sentence that people read.

The catalogues lie under `locale/<language>/LC_MESSAGES/pathfinder.po`; the msgid is the key.
English has every key, and every other language what English has.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

from framework.findings import Finding

CATALOGUES = Path(__file__).resolve().parent / "locale"
ENGLISH = "en"

NAMED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "categories": ("category",),
        "topics": ("topic",),
        "role": ("role",),
        "who": ("role",),
        "status": ("status",),
        "when": ("status",),
        "before": ("status",),
        "after": ("status",),
        "state": ("task_state",),
        "letter_state": ("letter_state",),
        "kind": ("entry", "decision_kind"),
        "corrected_kind": ("decision_kind",),
        "flags": ("indicator",),
    }
)
"""Values of findings that are keys themselves, one or several, and the sections that name them."""

NAMED_IN: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {("alliance.role", "allowed"): ("role",), ("decision.status.wrong", "allowed"): ("status",)}
)
"""The same for values that are keys in these sentences only; in others such a value is what people have to type."""

UNKNOWN = "…"
"""Stands in a sentence where a value was not given."""

_NO_VALUES: Mapping[str, str] = MappingProxyType({})
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


def say(key: str, values: Mapping[str, str] = _NO_VALUES, language: str = ENGLISH) -> str:
    """The sentence of a key with its values filled in; in English where the language lacks it, else the key.

    Values are text and nothing else: what looks like a placeholder in them stays as it is. Never raises.
    """
    text = catalogue(language).get(key) or catalogue(ENGLISH).get(key)
    return key if text is None else _filled(text, values)


def sentence(finding: Finding, language: str = ENGLISH) -> str:
    """A finding in words; categories, roles and the like in its values are named in the same language."""
    values = {name: _named(finding.key, name, value, language) for name, value in finding.values.items()}
    return say(finding.key, values, language)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All sentences of a language by key, without unfinished translations; empty without a catalogue."""
    path = CATALOGUES / language / "LC_MESSAGES" / "pathfinder.po"
    if not _LANGUAGE.fullmatch(language) or not path.is_file():
        return _NO_VALUES
    with path.open("rb") as file:
        read = read_po(file, abort_invalid=True)
    texts = {str(one.id): str(one.string) for one in read if one.id and one.string and not one.fuzzy}
    return MappingProxyType(texts)


class _Given(dict[str, str]):
    """Values by name; those that are not there read as unknown."""

    def __missing__(self, name: str) -> str:
        return UNKNOWN


def _filled(text: str, values: Mapping[str, str]) -> str:
    try:
        return text.format_map(_Given(values))
    except (ValueError, LookupError, AttributeError):
        return text


def _named(key: str, name: str, value: str, language: str) -> str:
    sections = NAMED_IN.get((key, name)) or NAMED_BY.get(name)
    return ", ".join(_name(part, sections, language) for part in value.split(", ")) if sections else value


def _name(part: str, sections: tuple[str, ...], language: str) -> str:
    keys = (f"{section}.{part}" for section in sections)
    return next((said for key in keys if (said := say(key, language=language)) != key), part)
