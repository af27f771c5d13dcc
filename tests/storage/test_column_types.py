"""Values on their way into a row: as they came where any database takes them, else with what it refuses replaced."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.column_types import REPLACEMENT, Json, storable_json

ODD = st.sampled_from(["\x00", "\ud800", "\\u0000", "\\", "a"])
TEXTS = st.text(max_size=8) | st.lists(ODD, max_size=4).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_a_value_is_kept_as_if_each_of_its_texts_had_been_looked_at(value: Any) -> None:
    bound = Json().process_bind_param(value, sqlite.dialect())
    assert json.dumps(bound, allow_nan=False) == json.dumps(storable_json(value), allow_nan=False)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"a": ["x\x00y"]}, {"a": [f"x{REPLACEMENT}y"]}),
        ({"\ud800": 1}, {"?": 1}),
        ({"a": float("nan")}, {"a": None}),
        ({"a": "\\u0000"}, {"a": "\\u0000"}),
    ],
)
def test_what_no_database_takes_is_replaced_and_what_only_looks_like_it_is_not(value: Any, kept: Any) -> None:
    assert Json().process_bind_param(value, sqlite.dialect()) == kept
