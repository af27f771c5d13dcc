"""Small portfolios on paper: a candidate, and an active country with its years."""

import csv
import io
from datetime import date

from portfolio.reading import Parsed, read
from portfolio.sheet import CellError

TODAY = date(2026, 11, 23)

CANDIDATE = {
    "code": "XAA",
    "name": "Amberlund",
    "status": "candidate",
    "expression_of_interest_on": "2026-10-12",
    "focal_point_name": "Mira Talvik",
    "focal_point_post": "Director",
    "focal_point_email": "mira.talvik@example.org",
    "focal_point_language": "en",
    "ministry": "Ministry of Labour",
}
ACTIVE = {
    **CANDIDATE,
    "code": "XAB",
    "name": "Brisovia",
    "status": "active",
    "expression_of_interest_on": "2022-10-12",
    "granted_on": "2024-06-12",
}
YEARS = (
    {"code": "XAB", "year": "2025", "report_on": "2025-04-20"},
    {"code": "XAB", "year": "2026"},
)
"""Granted in 2024, Brisovia was to report in 2025 and 2026."""

Rows = list[dict[str, str]]


def active(**changes: str) -> Rows:
    """The active country and its two years, its own row changed. A blank takes a cell away."""
    return [ACTIVE | changes, *map(dict, YEARS)]


def candidate(**changes: str) -> Rows:
    """The candidate, its row changed."""
    return [CANDIDATE | changes]


def year(number: int, **changes: str) -> Rows:
    """The active country with one of its year rows changed."""
    return [ACTIVE, *(dict(row) | (changes if row["year"] == str(number) else {}) for row in YEARS)]


def paper(rows: Rows, separator: str = ",") -> str:
    """The rows as CSV, with the columns that they use and the four that a portfolio cannot do without."""
    columns = list(dict.fromkeys(["code", "name", "status", "year", *(name for row in rows for name in row)]))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def parsed(rows: Rows) -> Parsed:
    """The rows as read on the day of these tests."""
    return read(paper(rows), today=TODAY)


def errors(rows: Rows) -> list[CellError]:
    """What is wrong with the rows."""
    return list(parsed(rows).errors)
