"""The small page behind a link in a message: no sign-in, no script, in its reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from correspondence.catalogues import translations
from framework.terms import Language

PAGES = Path(__file__).parent / "pages"


class PageState(StrEnum):
    """What the page about contacts has to say."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    ALREADY = "already"
    CHANGED = "changed"
    CLOSED = "closed"
    EXPIRED = "expired"
    LATER = "later"
    INVALID = "invalid"


@dataclass(frozen=True, kw_only=True)
class ContactShown:
    """A contact as the page lists it: in which role, and the lines that say who it is."""

    role: str
    lines: tuple[str, ...]


def contacts_page(
    state: PageState,
    language: Language = Language.ENGLISH,
    *,
    country: str = "",
    year: int | None = None,
    contacts: Sequence[ContactShown] = (),
    helper: str = "",
) -> str:
    """The page as HTML; everything that is filled in is escaped."""
    page = _environment(language).get_template("contacts.jinja")
    return page.render(
        state=state.value,
        country=country,
        year=year,
        contacts=contacts,
        helper=helper,
        language=language.value,
    )


@cache
def _environment(language: Language) -> Environment:
    made = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words = translations(language)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made
