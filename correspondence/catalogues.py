"""The translations of mails and letters: the msgid is the English text, as it stands in the templates.

The catalogues lie under `locale/<language>/LC_MESSAGES/correspondence.po`; `make catalogues` brings them up to
the templates. English needs none.
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


def path_of(language: Language) -> Path:
    """Where the translations of a language lie."""
    return LOCALES / language.value / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue(language: Language) -> Catalog:
    """The catalogue of a language as it is on disk. Raises OSError when there is none, PoFileError when it is malformed."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language.value, domain=DOMAIN, abort_invalid=True)


@cache
def translations(language: Language) -> NullTranslations:
    """What templates translate with. A text that a language lacks stays English: better than nothing at all."""
    if language is Language.ENGLISH or not path_of(language).is_file():
        return NullTranslations()
    return _compiled(catalogue(language))


def _compiled(catalog: Catalog) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)
