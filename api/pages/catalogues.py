"""The words of pages: English as it stands in the templates, translated by `locale/<language>/LC_MESSAGES/pages.po`."""

from babel.support import NullTranslations

from correspondence.catalogues import translations
from framework.terms import Language

DOMAIN = "pages"


def words(language: Language) -> NullTranslations:
    """What pages of a language translate with."""
    return translations(language, DOMAIN)


def N_(text: str) -> str:  # the name that the extraction knows
    """Marks a text of the program for the catalogues; `words` translates it where it is shown."""
    return text
