"""The hand-over brief set in type: a tagged PDF (PDF/UA-1), with the same bytes for the same brief."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from correspondence.brief_text import BriefSheet
from correspondence.typesetting import as_pdf, as_pictures

TEMPLATE = Path(__file__).with_name("brief.typ")


def pdf(sheet: BriefSheet) -> bytes:
    """The brief as a PDF. Takes a few tenths of a second of processor time: call it in a thread. Raises NotTypeset."""
    return as_pdf(TEMPLATE, "brief", _plain(sheet), sheet.dated)


def pictures(sheet: BriefSheet, *, dots_per_inch: float = 80) -> list[bytes]:
    """The brief's pages as PNG pictures, for looking at. Raises NotTypeset."""
    return as_pictures(TEMPLATE, "brief", _plain(sheet), sheet.dated, dots_per_inch)


def _plain(sheet: BriefSheet) -> dict[str, Any]:
    day = sheet.dated
    return asdict(sheet) | {"dated": None, "year": day.year, "month": day.month, "day": day.day}
