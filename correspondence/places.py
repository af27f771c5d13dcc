"""Countries by name: as the United Nations writes them, in three languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from babel.core import get_global

from correspondence.dates import locale_of
from framework.members import is_member
from framework.terms import Language

UN_NAMES = Path(__file__).resolve().parents[1] / "locale" / "un_names.yaml"


def country_name(code: str, language: Language, known_as: str = "") -> str:
    """A country's short name by its ISO 3166 alpha-3 code. One that is no Member State is called as it calls itself."""
    if not is_member(code):
        return known_as or code
    own = overrides().get(code, {}).get(language.value)
    return own or str(locale_of(language).territories[get_global("territory_aliases")[code][0]])


@cache
def overrides() -> Mapping[str, Mapping[str, str]]:
    """The names that differ from CLDR's, by code and language."""
    found: dict[str, dict[str, str]] = yaml.safe_load(UN_NAMES.read_text(encoding="utf-8"))
    return found
