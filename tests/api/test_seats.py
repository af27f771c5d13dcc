"""A member of the GCM speaks for the seat of its appointment, and never on the country of that seat."""

from datetime import UTC, datetime

import pytest

from access.people import Mandate, Principal
from api.problems import ProblemError
from api.seats import as_spoken
from framework.records import GcmPosition, Introduction
from framework.terms import Role


def member(seat: str, country: str = "", role: Role = Role.GCM) -> Principal:
    mandate = Mandate(role=role, seat=seat, country=country)
    return Principal(role=role, country=country, until=datetime(2027, 1, 1, tzinfo=UTC), mandate=mandate)


def said(seat: str = "") -> GcmPosition:
    return GcmPosition(item="grant", seat=seat, position="support")


@pytest.mark.clause("PLN-09")
@pytest.mark.parametrize("typed", ["", "employers", " Employers "])
def test_a_position_stands_for_the_seat_of_the_appointment(typed: str) -> None:
    spoken = as_spoken(member("Employers"), "XAA", said(typed))
    assert isinstance(spoken, GcmPosition)
    assert (spoken.seat, spoken.seat_country) == ("Employers", "")


@pytest.mark.clause("PLN-09")
def test_the_country_of_the_seat_goes_with_the_position() -> None:
    spoken = as_spoken(member("Government XAB", "XAB", Role.CHAIR), "XAA", said())
    assert isinstance(spoken, GcmPosition)
    assert (spoken.seat, spoken.seat_country) == ("Government XAB", "XAB")


@pytest.mark.clause("PLN-09")
@pytest.mark.parametrize(
    ("person", "seat"),
    [
        (member("Employers"), "Workers"),
        (member("Government XAA", "XAA"), ""),
        (member("Government XAA"), ""),
        (member("Labour", "XAA", Role.CHAIR), ""),
    ],
    ids=["another seat", "own country", "own country by the seat's name", "own country as Chair"],
)
def test_nobody_speaks_for_another_seat_or_on_the_own_country(person: Principal, seat: str) -> None:
    with pytest.raises(ProblemError) as refused:
        as_spoken(person, "XAA", said(seat))
    assert refused.value.status_code == 403


def test_the_secretariat_registers_for_any_seat_and_everything_else_stays_as_it_is() -> None:
    secretariat = Principal(role=Role.SECRETARIAT, until=datetime(2027, 1, 1, tzinfo=UTC))
    assert as_spoken(secretariat, "XAA", said("Workers")) == said("Workers")
    other = Introduction()
    assert as_spoken(member("Government XAA", "XAA"), "XAA", other) is other
