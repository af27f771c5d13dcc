"""The fingerprint of contacts: another person, post or address makes another, a wish of theirs does not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.contacts import LENGTH, fingerprint
from framework.nudging import EVERY, again_on, check_pace
from framework.records import Contact
from framework.terms import Language
from tests.framework.chance import STEADY

ANA = Contact(name="Ana Ruiz", post="Director", email="ana@labour.example")
DIA = Contact(name="Dia Sow", post="Adviser", email="dia@labour.example")


def of(person: Contact = ANA, *deputies: Contact, **more: str) -> str:
    """The fingerprint of some contacts."""
    known = {"ministry": "Labour", "ministry_email": "ministry@labour.example"} | more
    return fingerprint(person, deputies, **known)


@pytest.mark.clause("EOI-03")
@pytest.mark.parametrize(
    "changes", [{"name": "Ben"}, {"post": "Head"}, {"email": "b@x.example"}, {"second_email": "c@x.example"}]
)
def test_another_person_post_or_address_makes_another_fingerprint(changes: dict[str, Any]) -> None:
    assert of(replace(ANA, **changes)) != of()
    assert of(ANA, replace(DIA, **changes)) != of(ANA, DIA)


def test_who_holds_which_place_and_the_ministry_count_too() -> None:
    found = [of(), of(ANA, DIA), of(DIA, ANA), of(ministry="Health"), of(ministry_email="")]
    assert len(set(found)) == len(found)
    assert {len(one) for one in found} == {LENGTH}


def test_a_language_and_a_time_zone_are_nothing_to_be_confirmed() -> None:
    assert of(replace(ANA, language=Language.FRENCH, time_zone="Asia/Kathmandu")) == of()


@STEADY
@given(texts=st.lists(st.text(max_size=8), min_size=3, max_size=3))
def test_what_stands_in_one_field_never_passes_for_what_stands_in_another(texts: list[str]) -> None:
    name, post, email = texts
    moved = of(Contact(name=name + post, post="", email=email))
    assert (moved == of(Contact(name=name, post=post, email=email))) is (post == "")


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize(("days", "allowed"), [(0, False), (6, False), (7, True), (8, True)])
def test_a_task_is_nudged_once_in_seven_days(days: int, allowed: bool) -> None:
    nudged = [date(2028, 4, 1), date(2028, 3, 1)]
    assert check_pace("roadmap", nudged, date(2028, 4, 1) + timedelta(days=days)).ok is allowed
    assert again_on(nudged) == date(2028, 4, 1) + EVERY
    assert check_pace("roadmap", [], date(2028, 4, 1)).ok
    assert again_on([]) is None
