"""What will be sent, for reading: as lines on a page and as a tagged PDF, made of the very record that is handed in."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from api.pages.catalogues import N_, words
from api.pages.forms.describing import Field
from api.pages.forms.drawing import Pen, plain
from api.pages.forms.reading import GIVEN, YES, as_typed
from api.pages.forms.working import Work
from correspondence.dates import short
from correspondence.matters import Matters
from correspondence.places import country_name
from correspondence.typesetting import as_pdf
from framework.terms import Language
from storage.canonical import canonical, sha256

TEMPLATE = Path(__file__).with_name("paper.typ")

DRAFT = N_("Draft, not yet sent")
PAGE = N_("Page")
NOTHING = N_("Nothing was filled in.")
UNCHANGED = N_("It stays as it was handed in.")
HEAD = N_("Accountability Framework of Alliance 8.7")

_PLAIN = TypeAdapter(dict[str, Any])


def body_of(work: Work) -> dict[str, Any]:
    """The record as JSON, as it is handed in."""
    found: dict[str, Any] = _PLAIN.dump_python(asdict(work.made().record), mode="json")
    return found


def digest(work: Work) -> str:
    """A fingerprint of what would be handed in: what was looked at is what is sent."""
    return sha256(canonical(body_of(work)))


def parts_shown(work: Work, language: Language) -> list[dict[str, Any]]:
    """What will be sent, section by section, as (what it is, what it says); a heading within says nothing."""
    pen, body = Pen(language=language, work=work), body_of(work)
    return [
        {
            "title": pen.say(section.title),
            "lines": [
                line
                for one in section.fields
                for line in _lines(one, section.inside(as_typed(section.shape, body)), pen)
            ],
        }
        for section in work.form.sections
        if not section.within or body.get(section.within) is not None
    ]


def _lines(one: Field, tree: Mapping[str, Any], pen: Pen) -> list[tuple[str, str]]:
    """A field in lines; a part with sections of its own only says whether it is there."""
    if any(section.within == one.name for section in pen.work.form.sections):
        return [(pen.say(one.label), pen.say(one.tick if tree.get(one.name + GIVEN) == YES else UNCHANGED))]
    return plain(one, tree.get(one.name), pen)


def paper(work: Work, language: Language, today: date) -> bytes:
    """What will be sent as a PDF. Call it in a thread. Raises NotTypeset."""
    say = words(language).gettext
    country = country_name(work.row.code, language, work.row.name)
    content = {
        "language": language.value,
        "head": say(HEAD),
        "title": Matters(language).thing(work.form.kind, work.desk.year),
        "country": country,
        "state": f"{say(DRAFT)}, {short(today, language)}",
        "page": say(PAGE),
        "nothing": say(NOTHING),
        "sections": parts_shown(work, language),
        "year": today.year,
        "month": today.month,
        "day": today.day,
    }
    return as_pdf(TEMPLATE, "paper", content, today)
