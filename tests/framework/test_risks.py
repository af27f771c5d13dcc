"""Which countries hang by one thread: a single contact, or people who have not come for long (EOI-03)."""

from datetime import date, timedelta
from typing import Any

import pytest

from framework.records import Contact
from framework.risks import SILENT_AFTER, PeopleFacts, addresses, risks
from framework.terms import Status

TODAY = date(2028, 4, 10)
ANA = Contact(name="Ana Ruiz", post="Director", email="Ana@labour.example")
DIA = Contact(name="Dia Sow", post="Adviser", email="dia@labour.example")
LONG_AGO, LATELY = TODAY - SILENT_AFTER, TODAY - SILENT_AFTER + timedelta(days=1)


def found(**changes: Any) -> list[str]:
    """The keys of the risks of a country."""
    facts: dict[str, Any] = {"status": Status.ACTIVE, "focal_point": ANA, "deputies": (DIA,)}
    return [one.key for one in risks(PeopleFacts(**{**facts, **changes}), TODAY)]


@pytest.mark.clause("EOI-03")
def test_one_address_is_a_risk_and_a_deputy_or_a_second_address_ends_it() -> None:
    assert found(deputies=()) == ["risk.single_contact"]
    assert found() == []
    second = Contact(name="Ana Ruiz", post="Director", email=ANA.email, second_email="office@labour.example")
    assert found(focal_point=second, deputies=()) == []


def test_the_same_mailbox_twice_is_still_one_thread() -> None:
    same = Contact(name="Somebody else", post="Adviser", email=" ana@LABOUR.example ")
    assert found(deputies=(same,)) == ["risk.single_contact"]
    assert found(deputies=(Contact(name="No address"),)) == ["risk.single_contact"]


@pytest.mark.clause("EOI-03")
def test_a_country_without_anybody_to_write_to_is_the_gravest_and_says_only_that() -> None:
    assert found(focal_point=Contact(), deputies=(), known_since=date(2020, 1, 1)) == ["risk.nobody"]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ({}, ["risk.never_signed_in"]),
        ({"ana@labour.example": None}, ["risk.never_signed_in"]),
        ({"ana@labour.example": LONG_AGO}, ["risk.not_signed_in"]),
        ({"ana@labour.example": LONG_AGO, "dia@labour.example": LATELY}, []),
        ({"stranger@labour.example": LATELY}, ["risk.never_signed_in"]),
    ],
    ids=["nobody ever", "known and never", "90 days ago", "one of them lately", "somebody else"],
)
def test_people_who_have_all_been_away_for_ninety_days_are_a_risk(
    seen: dict[str, date | None], expected: list[str]
) -> None:
    assert found(last_seen=seen, known_since=date(2027, 1, 1)) == expected


def test_nobody_is_missed_before_ninety_days_of_noticing_have_passed_or_where_nobody_notices() -> None:
    assert found(known_since=LATELY) == []
    assert found(known_since=LONG_AGO) == ["risk.never_signed_in"]
    assert found(known_since=None) == []


def test_a_country_that_has_left_is_no_risk() -> None:
    assert found(status=Status.WITHDRAWN, deputies=(), known_since=date(2020, 1, 1)) == []


def test_the_day_on_which_somebody_was_last_there_is_told_and_no_address() -> None:
    facts = PeopleFacts(
        status=Status.ACTIVE,
        focal_point=ANA,
        last_seen={"ana@labour.example": LONG_AGO},
        known_since=date(2027, 1, 1),
    )
    one = risks(facts, TODAY)[-1]
    assert dict(one.values) == {"days": "90", "date": LONG_AGO.isoformat()}
    assert addresses(facts) == ("ana@labour.example",)
