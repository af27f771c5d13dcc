"""The small page behind a link in a message: no sign-in, no script, in its reader's language."""

import base64
import hashlib
import re
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
def contacts_page_style() -> str:
    """How a Content-Security-Policy names the page's own style, so that no other style in it counts."""
    source = (PAGES / "contacts.jinja").read_text(encoding="utf-8")
    (style,) = re.findall("<style>(.*?)</style>", source, re.DOTALL)
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


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
