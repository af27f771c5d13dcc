"""Puts an order into words: a subject, a text and the same as HTML, from the folder of its kind.

`mails/<kind>/` holds `subject.txt` and `body.jinja`. The body is written once, in paragraphs, lists and facts, and so is
the frame around it; what these look like in either alternative stands in `mails/frame/form_*.jinja`, so that both
always say the same (docs/decisions/0009).
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import ChainableUndefined, Environment, FileSystemLoader, TemplateError

from contracts.rows import Delivery
from correspondence.catalogues import translations
from correspondence.facts import PARTS, Site, known
from correspondence.inert import header_safe
from correspondence.lists import Lists
from correspondence.matters import Matters, colon
from framework.terms import Language

MAILS = Path(__file__).parent / "mails"
GENERIC = "generic"
FRAME = "frame"
SUBJECT_LENGTH = 150
TEXT, HTML = "text", "html"

# Rules for dark screens cannot be inlined and stay in the head.
_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
_KIND = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True)
class Mail:
    """What a message says, twice: as plain text and as HTML."""

    subject: str
    text: str
    html: str


def rendered(delivery: Delivery, site: Site, now: Any = None) -> Mail:
    """What a message says to its reader, in the reader's language. `now`: the moment of sending (aware).

    A kind without a folder of its own is told with what is known.
    """
    context = known(delivery, site, now)
    try:
        return _from_folder(delivery.order.kind, delivery.language, context)
    except (TemplateError, TypeError, ValueError, AttributeError, KeyError):
        # A value of another shape than the template expects must not keep a message from its reader.
        return _from_folder(GENERIC, delivery.language, context)


def kinds() -> list[str]:
    """The kinds of message that have a folder."""
    return sorted(
        path.name for path in MAILS.iterdir() if path.is_dir() and path.name not in (FRAME, GENERIC)
    )


def _from_folder(kind: str, language: Language, context: dict[str, Any]) -> Mail:
    folder = kind if _KIND.fullmatch(kind) and kind != FRAME and (MAILS / kind).is_dir() else GENERIC
    subject = environment(TEXT, language).get_template(f"{folder}/subject.txt").render(context)
    title = header_safe(subject)[:SUBJECT_LENGTH]
    text, html = (_framed(form, folder, language, context | {"subject": title}) for form in (TEXT, HTML))
    return Mail(title, _tidy(text), _INLINER.inline(html))


def _framed(form: str, folder: str, language: Language, context: dict[str, Any]) -> str:
    return environment(form, language).get_template(f"{FRAME}/{form}.jinja").render(context, folder=folder)


@cache
def environment(form: str, language: Language) -> Environment:
    """The templates in one form (`text` or `html`) and one language. In HTML everything that is filled in is escaped."""
    made = Environment(
        loader=FileSystemLoader(MAILS),
        autoescape=form == HTML,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words = translations(language)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= Lists(language, Matters(language)).filters()
    made.globals |= {"language": language.value, "colon": colon(language)}
    parts = made.get_template(f"{FRAME}/form_{form}.jinja").module
    made.globals |= {name: getattr(parts, name) for name in PARTS}
    return made


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
