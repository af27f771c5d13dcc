"""The translations of mails and letters, and of pages: the msgid is the English text, as it stands in the templates.

The catalogues lie under `locale/<language>/LC_MESSAGES/<domain>.po`, where the domain of mails and letters is
`correspondence`; `make catalogues` brings them up to the templates. English needs none.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from framework.terms import Language

DOMAIN = "correspondence"
LOCALES = Path(__file__).resolve().parents[1] / "locale"


def path_of(language: Language, domain: str = DOMAIN) -> Path:
    """Where the translations of a language lie."""
    return LOCALES / language.value / "LC_MESSAGES" / f"{domain}.po"


def catalogue(language: Language, domain: str = DOMAIN) -> Catalog:
    """The catalogue of a language as it is on disk. Raises OSError when there is none, PoFileError when it is malformed."""
    with path_of(language, domain).open("rb") as file:
        return read_po(file, locale=language.value, domain=domain, abort_invalid=True)


@cache
def translations(language: Language, domain: str = DOMAIN) -> NullTranslations:
    """What templates translate with. A text that a language lacks stays English: better than nothing at all."""
    if language is Language.ENGLISH or not path_of(language, domain).is_file():
        return NullTranslations()
    return _compiled(catalogue(language, domain), domain)


def _compiled(catalog: Catalog, domain: str) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled, domain=domain)
