"""Tables for spreadsheets: what people typed stays what they typed."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from storage.sheets import cell, lines


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_a_spreadsheet_would_compute_begins_with_an_apostrophe(typed: str) -> None:
    assert cell(typed) == f"'{typed}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (-3, -3),
        (True, True),
        ("plain", "plain"),
        ([], ""),
        ({"b": 1, "a": ["é"]}, '{"a": ["é"], "b": 1}'),
        (datetime(2027, 3, 1, tzinfo=UTC), "2027-03-01T00:00:00+00:00"),
    ],
)
def test_other_values_stand_as_they_are_or_as_text(value: Any, shown: object) -> None:
    assert cell(value) == shown


def test_commas_quotes_and_lines_stay_within_their_cell() -> None:
    typed = 'a,"b"\nc'
    assert list(csv.reader(io.StringIO("".join(lines(["x", "y"], [[typed, 1]])), newline=""))) == [
        ["x", "y"],
        [typed, "1"],
    ]
