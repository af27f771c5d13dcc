"""The framework's terms in three languages, from `locale/glossary.yaml`: what people look up, and what texts use."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from correspondence.catalogues import LOCALES
from framework.terms import Language
from storage.writing import folded

SOURCE = LOCALES / "glossary.yaml"


@dataclass(frozen=True)
class Term:
    """A term with what it is called in every language; `meaning` in the reader's language, for the chief ones."""

    anchor: str
    name: str
    names: dict[str, str]
    meaning: str


def terms(language: Language) -> list[Term]:
    """All terms, sorted by what the language calls them."""
    found = [
        Term(
            anchor=anchor,
            name=row[language.value],
            names={one.value: row[one.value] for one in Language},
            meaning=row.get("meaning", {}).get(language.value, ""),
        )
        for anchor, row in entries().items()
    ]
    return sorted(found, key=lambda one: folded(one.name))


@cache
def entries() -> dict[str, dict[str, Any]]:
    """The file as it is read, by the anchor of each term."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return found
