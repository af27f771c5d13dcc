"""A letter of record set in type: a tagged PDF (PDF/UA-1), of which the same letter always has the same bytes."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from correspondence.letter_text import Sheet
from correspondence.typesetting import MEDIA_TYPE, NotTypeset, as_pdf, as_pictures

__all__ = ["MEDIA_TYPE", "NotTypeset", "pdf", "pictures"]

TEMPLATE = Path(__file__).with_name("letter.typ")


def pdf(sheet: Sheet) -> bytes:
    """The letter as a PDF. Takes a tenth of a second of processor time: call it in a thread. Raises NotTypeset."""
    return as_pdf(TEMPLATE, "letter", _plain(sheet), sheet.dated)


def pictures(sheet: Sheet, *, dots_per_inch: float = 80) -> list[bytes]:
    """The letter's pages as PNG pictures, for looking at. Raises NotTypeset."""
    return as_pictures(TEMPLATE, "letter", _plain(sheet), sheet.dated, dots_per_inch)


def _plain(sheet: Sheet) -> dict[str, Any]:
    day = sheet.dated
    return asdict(sheet) | {"dated": None} | {"year": day.year, "month": day.month, "day": day.day}
