"""A person's names and addresses go; who did what stays, by a pseudonym."""

from typing import Any

import pytest

from framework.forgetting import Forgetting

ADA = Forgetting(("ada@labour.example",), ("Ada Ström", "Grant"), "person 1")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ada@labour.example", "person 1@erased.invalid"),
        ("<ADA@labour.example>: unknown", "<person 1@erased.invalid>: unknown"),
        ("Ask ada ström.", "Ask person 1."),
        ("Grant", "person 1"),
        ("grant", "grant"),
        ("Grant it", "Grant it"),
        ("nada@labour.example", "nada@labour.example"),
        ("ada@labour.example.org", "ada@labour.example.org"),
        ("Ada Strömberg", "Ada Strömberg"),
        ("", ""),
    ],
)
def test_whole_names_and_addresses_go_and_nothing_that_only_resembles_them(text: str, left: str) -> None:
    assert ADA.within(text) == left


def test_everything_within_a_value_is_looked_at_but_keys_and_numbers_stay() -> None:
    value: Any = {"Ada Ström": [{"by": "Ada Ström", "number": 1}, None, True]}
    assert ADA.within(value) == {"Ada Ström": [{"by": "person 1", "number": 1}, None, True]}


def test_forgetting_twice_changes_nothing_more() -> None:
    once = ADA.within(["Ada Ström", "ada@labour.example"])
    assert ADA.within(once) == once


def test_whoever_is_known_by_nothing_is_nowhere() -> None:
    assert Forgetting((), (), "person 1").within("Ada Ström") == "Ada Ström"
