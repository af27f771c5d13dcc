"""A letter of record set in type: a tagged PDF (PDF/UA-1), of which the same letter always has the same bytes.

What people typed reaches the page as data and is never read as markup. Fonts are those that come with typst; a
character that none of them can show becomes a box, which the Secretariat sees in the preview.
"""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst

from correspondence.letter_text import Sheet

Form = Literal["pdf", "png"]
TEMPLATE = Path(__file__).with_name("letter.typ")
MEDIA_TYPE = "application/pdf"
BOX = "\N{WHITE SQUARE}"
"""Stands for what no font can show."""

ROUNDS = 4
"""So often at most are characters replaced: the typesetter names all of them at once (measured: 18,000)."""

_LONG_WORD = re.compile(r"\S{31,}")
_PIECE = re.compile(r".{10}(?=.)")
_MAY_BREAK = "\u200b"
"""A long web address, or what is none, would run off the page: it may break anywhere, after ten characters."""

_UNSHOWN = re.compile(r'the text `"(?P<text>(?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{(?P<code>[0-9a-fA-F]+)\}")


class NotTypeset(Exception):
    """A letter cannot be set in type as it is; the message says why."""


def pdf(sheet: Sheet) -> bytes:
    """The letter as a PDF. Takes a tenth of a second of processor time: call it in a thread. Raises NotTypeset."""
    return _made(sheet, "pdf")[0]


def pictures(sheet: Sheet, *, dots_per_inch: float = 80) -> list[bytes]:
    """The letter's pages as PNG pictures, for looking at. Raises NotTypeset."""
    return _made(sheet, "png", dots_per_inch)


def _made(sheet: Sheet, form: Form, dots_per_inch: float = 80) -> list[bytes]:
    return typeset(_plain(sheet), sheet.dated, form, dots_per_inch)


def typeset(
    text: dict[str, Any],
    dated: date,
    form: Form = "pdf",
    dots_per_inch: float = 80,
    *,
    template: Path = TEMPLATE,
    name: str = "letter",
) -> list[bytes]:
    """A text set in type by a template, which knows it as `name`: one PDF, or a PNG for each page. Raises NotTypeset.

    `dated`: the day by which the document's own particulars are dated.
    """
    shown: dict[str, Any] = breakable(text)
    for _ in range(ROUNDS):
        try:
            inputs = {name: json.dumps(shown, ensure_ascii=False)}
            return _compiled(template, inputs, dated, form, dots_per_inch)
        except typst.TypstError as error:
            unshown = _unshown(f"{error.message}\n{error.diagnostic}")
            if not unshown:
                raise NotTypeset(error.message[:500]) from error
            shown = _boxed(shown, unshown)
    raise NotTypeset("it has too many characters that no font can show")


def _compiled(
    template: Path, inputs: dict[str, str], dated: date, form: Form, dots_per_inch: float
) -> list[bytes]:
    made: Any = typst.compile(
        template,
        format=form,
        ppi=dots_per_inch if form == "png" else None,
        sys_inputs=inputs,
        pdf_standards=["ua-1"] if form == "pdf" else None,
        ignore_system_fonts=True,
        timestamp=datetime.combine(dated, time(0), UTC),
    )
    return [bytes(one) for one in made] if isinstance(made, list) else [bytes(made)]


def _plain(sheet: Sheet) -> dict[str, Any]:
    day = sheet.dated
    return asdict(sheet) | {"dated": None, "year": day.year, "month": day.month, "day": day.day}


def breakable(value: Any) -> Any:
    """The same value; in its texts, words that would run off the page may break."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: _PIECE.sub(rf"\g<0>{_MAY_BREAK}", word[0]), value)
    if isinstance(value, dict):
        return {name: breakable(one) for name, one in value.items()}
    return [breakable(one) for one in value] if isinstance(value, list | tuple) else value


def _unshown(said: str) -> set[str]:
    found = "".join(each["text"] for each in _UNSHOWN.finditer(said))
    return set(_ESCAPED.sub(lambda each: chr(int(each["code"], 16)), found)) - {BOX}


def _boxed(value: Any, unshown: set[str]) -> Any:
    if isinstance(value, str):
        return "".join(BOX if letter in unshown else letter for letter in value)
    if isinstance(value, dict):
        return {name: _boxed(one, unshown) for name, one in value.items()}
    return [_boxed(one, unshown) for one in value] if isinstance(value, list | tuple) else value
