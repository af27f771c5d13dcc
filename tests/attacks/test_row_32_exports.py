"""Row 32, exports: no cell of a sheet that we write is a formula, and nobody writes sheets but by way of `sheets`."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sheets import inert, lines
from tests.launch.stand_ins import ROOT

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '=cmd|"/c calc"!A1',
    "\uff1d1",
    "  =1",
    "\ufeff=1",
)
STARTERS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("text", FORMULAS)
def test_row_32_what_would_be_a_formula_is_text(text: str) -> None:
    assert inert(text)[0] == "'"


@pytest.mark.parametrize("text", ["", "Aruna", "2027-04-30", "a=b", "x@y.example", "'quoted'"])
def test_row_32_what_would_be_none_is_left_alone(text: str) -> None:
    assert inert(text) == text


def test_row_32_marks_that_turn_text_round_are_left_out() -> None:
    assert inert("report\u202efdp.exe\u2066\x00") == "reportfdp.exe"


@given(table=st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=3), max_size=5))
def test_row_32_whatever_cells_hold_no_program_reads_a_formula_and_all_rows_are_there(
    table: list[list[str]],
) -> None:
    written = "".join(lines(["a"], table))
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert len(rows) == len(table) + 1
    assert [cell for row in rows for cell in row if cell.strip()[:1] and cell.strip()[0] in STARTERS] == []


def test_row_32_a_hundred_thousand_rows_come_one_by_one() -> None:
    asked = 0

    def rows() -> Iterator[list[object]]:
        nonlocal asked
        for number in range(100_000):
            asked += 1
            yield [number, "=1"]

    written = lines(["n", "text"], rows())
    next(written), next(written)
    assert asked == 1
    assert sum(1 for _ in written) == 99_999


def test_row_32_nothing_else_of_ours_writes_sheets() -> None:
    writer = re.compile(r"csv\.(writer|DictWriter)|openpyxl|xlsxwriter|to_csv|to_excel")
    rooms = ("access", "activities", "api", "cli", "correspondence", "launch", "portfolio", "storage")
    found = {
        str(file.relative_to(ROOT))
        for room in rooms
        for file in Path(ROOT / room).rglob("*.py")
        if writer.search(file.read_text(encoding="utf-8"))
    }
    assert found == {"storage/sheets.py"}
