"""Sets papers in type: tagged PDFs (PDF/UA-1), of which the same paper always has the same bytes.

What people typed reaches the page as data and is never read as markup. Fonts are those that come with typst; a
character that none of them can show becomes a box, which is seen in the preview.
"""

import json
import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst

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
    """A paper cannot be set in type as it is; the message says why."""


def as_pdf(template: Path, name: str, paper: dict[str, Any], dated: date) -> bytes:
    """A paper as a PDF: `paper` is what the template reads as its input `name`. Call it in a thread. Raises NotTypeset."""
    return _made(template, name, paper, dated, "pdf")[0]


def as_pictures(
    template: Path, name: str, paper: dict[str, Any], dated: date, dots_per_inch: float = 80
) -> list[bytes]:
    """Its pages as PNG pictures, for looking at. Raises NotTypeset."""
    return _made(template, name, paper, dated, "png", dots_per_inch)


def _made(
    template: Path,
    name: str,
    paper: dict[str, Any],
    dated: date,
    form: Literal["pdf", "png"],
    dots_per_inch: float = 80,
) -> list[bytes]:
    shown: dict[str, Any] = _breakable(paper)
    for _ in range(ROUNDS):
        try:
            return _typeset(
                template, {name: json.dumps(shown, ensure_ascii=False)}, dated, form, dots_per_inch
            )
        except typst.TypstError as error:
            unshown = _unshown(f"{error.message}\n{error.diagnostic}")
            if not unshown:
                raise NotTypeset(error.message[:500]) from error
            shown = _boxed(shown, unshown)
    raise NotTypeset("it has too many characters that no font can show")


def _typeset(
    template: Path, inputs: dict[str, str], dated: date, form: Literal["pdf", "png"], dots_per_inch: float
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


def _breakable(value: Any) -> Any:
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: _PIECE.sub(rf"\g<0>{_MAY_BREAK}", word[0]), value)
    if isinstance(value, dict):
        return {name: _breakable(one) for name, one in value.items()}
    return [_breakable(one) for one in value] if isinstance(value, list | tuple) else value


def _unshown(said: str) -> set[str]:
    found = "".join(each["text"] for each in _UNSHOWN.finditer(said))
    return set(_ESCAPED.sub(lambda each: chr(int(each["code"], 16)), found)) - {BOX}


def _boxed(value: Any, unshown: set[str]) -> Any:
    if isinstance(value, str):
        return "".join(BOX if letter in unshown else letter for letter in value)
    if isinstance(value, dict):
        return {name: _boxed(one, unshown) for name, one in value.items()}
    return [_boxed(one, unshown) for one in value] if isinstance(value, list | tuple) else value
