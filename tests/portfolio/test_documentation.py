"""docs/portfolio.md tells of every column what the reader knows of it."""

from pathlib import Path

import pytest

from portfolio.columns import COLUMNS, YEARS, table
from portfolio.country_columns import DIALOGUE, IDENTITY, PEOPLE, PLANNING
from portfolio.forms import Column

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "portfolio.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [IDENTITY, PEOPLE, PLANNING, DIALOGUE, YEARS])
def test_the_page_lists_every_column_as_the_reader_has_it(columns: tuple[Column, ...]) -> None:
    assert table(columns) in PAGE


def test_no_column_is_described_twice_or_without_an_example() -> None:
    names = [column.name for column in COLUMNS]
    assert len(names) == len(set(names))
    assert all(column.about and column.example for column in COLUMNS)


def test_the_page_names_the_columns_of_the_directory() -> None:
    header = (ROOT / "samples" / "directory.csv").read_text(encoding="utf-8").splitlines()[0]
    assert all(f"`{name}`" in PAGE for name in header.split(","))
