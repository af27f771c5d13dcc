"""The words of a letter of record: drafted from what the process knows, or as the Secretariat has put them.

`letters/<kind>/` holds `subject.txt` and `body.jinja`, written with the same parts as a mail's text. What comes of
it is a subject and paragraphs; a paragraph whose lines begin with `- ` is a list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateError

from contracts.letters import Letter, LetterAddressee
from contracts.rows import CountryRow
from correspondence.catalogues import translations
from correspondence.dates import as_date, short
from correspondence.facts import PARTS
from correspondence.inert import clean, header_safe
from correspondence.places import country_name
from correspondence.rendering import TEXT, environment
from framework.letters import GCM, OCCASIONS
from framework.terms import Language, LetterKind

LETTERS = Path(__file__).parent / "letters"
ITEM = "- "
SUBJECT_LENGTH = 200

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows them: on a letter they could only mislead."""


@dataclass(frozen=True)
class LetterText:
    """What a letter says, between salutation and closing."""

    subject: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that stands on a letter, as plain data. Whoever sets it in type finds no words of its own to add.

    `blocks`: paragraphs as texts, lists as lists. `dated`: the day, which also dates the document's own particulars.
    """

    number: str
    language: str
    dated: date
    head: str
    office: str
    reference_label: str
    date_label: str
    date: str
    to: tuple[str, ...]
    salutation: str
    subject: str
    blocks: tuple[str | tuple[str, ...], ...]
    closing: str
    signature: tuple[str, ...]
    page: str


def text_of(
    letter: Letter, code: str, known_as: str, draft: Mapping[str, Any], given: Mapping[str, Any] | None
) -> LetterText:
    """What a letter says: the text that it was `given`, else what its `draft` makes (both as the store keeps them)."""
    made = drafted(letter.kind, letter.language, code, known_as, draft)
    if given is None:
        return made
    if "paragraphs" in given:
        return LetterText(_subject(given.get("subject")), _paragraphs("\n\n".join(given["paragraphs"])))
    return LetterText(made.subject, _paragraphs(str(given.get("text") or "")))


def drafted(
    kind: LetterKind, language: Language, code: str, known_as: str, draft: Mapping[str, Any]
) -> LetterText:
    """The draft of a letter from the record, in the reader's language."""
    values = {name: clean(value) for name, value in dict(draft.get("values") or {}).items()}
    context = {name: value for name, value in values.items() if name not in PARTS} | {
        "country": header_safe(country_name(code, language, known_as)),
        "code": code,
        "year": draft.get("year"),
    }
    found = _environment(language)
    try:
        subject = found.get_template(f"{kind.value}/subject.txt").render(context)
        body = found.get_template(f"{kind.value}/body.jinja").render(context)
    except (TemplateError, TypeError, ValueError, AttributeError, KeyError):
        # A value of another shape than the template expects must not keep the Secretariat from its draft.
        return LetterText(kind.value.replace("_", " "), ())
    return LetterText(_subject(subject), _paragraphs(body))


def previewed(
    letter: Letter, country: CountryRow, now: datetime, signed_by: str = "", signed_post: str = ""
) -> Letter:
    """A draft as it would be if it were approved now (aware, UTC) and signed so: what a preview shows."""
    person, to_gcm = country.focal_point, OCCASIONS[letter.kind].to == GCM
    to = LetterAddressee(name=person.name, post=person.post, ministry=country.ministry)
    approved = {"approved_at": now, "signed_by": signed_by, "signed_post": signed_post}
    return letter.model_copy(update=approved | {"addressee": LetterAddressee() if to_gcm else to})


def sheet_of(letter: Letter, text: LetterText, code: str, known_as: str) -> Sheet:
    """A letter as it is set in type. Raises ValueError for one that nobody has approved."""
    if letter.approved_at is None:
        raise ValueError(f"{letter.number} is not approved: it has no date yet")
    language, day = letter.language, letter.approved_at.date()
    _ = translations(language).gettext
    return Sheet(
        number=letter.number,
        language=language.value,
        dated=day,
        head=_alliance(language),
        office=_("Alliance 8.7 Secretariat"),
        reference_label=_("Reference:"),
        date_label=_("Date:"),
        date=short(day, language),
        to=_to(letter, country_name(code, language, known_as), _),
        salutation=_("Dear Sir or Madam,"),
        subject=text.subject,
        blocks=tuple(_block(one) for one in text.paragraphs),
        closing=_("Yours sincerely,"),
        signature=_lines(letter.signed_by, letter.signed_post, _("Alliance 8.7 Secretariat")),
        page=_("Page"),
    )


def _to(letter: Letter, country: str, _: Any) -> tuple[str, ...]:
    if OCCASIONS[letter.kind].to == GCM:
        return _lines(_("To the members of the Global Coordinating Group"), _alliance(letter.language))
    to: LetterAddressee = letter.addressee
    return _lines(to.name, to.post, to.ministry, country)


def _alliance(language: Language) -> str:
    return "Alianza 8.7" if language is Language.SPANISH else "Alliance 8.7"


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := _line(text)))


def _line(text: str) -> str:
    return header_safe(text)


def _subject(text: Any) -> str:
    return header_safe(str(text or ""))[:SUBJECT_LENGTH]


def _paragraphs(text: str) -> tuple[str, ...]:
    inert = _TURNED.sub("", str(clean(text)))
    parts = (part.strip("\n").rstrip() for part in _BLANK_LINES.split(inert))
    return tuple(one for part in parts if part.strip() for one in _without_title(part))


def _without_title(part: str) -> list[str]:
    """A paragraph, and the list that follows it without a blank line between, as two."""
    lines = part.split("\n")
    first = next((place for place, line in enumerate(lines) if line.startswith(ITEM)), 0)
    return ["\n".join(lines[:first]), "\n".join(lines[first:])] if first else [part]


def _block(paragraph: str) -> str | tuple[str, ...]:
    """A list where the first line is an item; a line that is none goes on with the item before it."""
    if not paragraph.startswith(ITEM):
        return paragraph
    items: list[str] = []
    for line in paragraph.split("\n"):
        if line.startswith(ITEM):
            items.append(line.removeprefix(ITEM).strip())
        else:
            items[-1] = f"{items[-1]} {line.strip()}"
    return tuple(item for item in items if item)


@cache
def _environment(language: Language) -> Environment:
    made = environment(TEXT, language).overlay(loader=FileSystemLoader(LETTERS))
    made.filters = made.filters | {"dated_as": lambda value: _dated(value, language)}
    return made


def _dated(value: Any, language: Language) -> str:
    day = as_date(value)
    return short(day, language) if day else ""
