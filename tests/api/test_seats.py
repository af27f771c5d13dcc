"""Who speaks for which seat: the Secretariat's own post is no seat of the GCM, and a member's is theirs alone."""

from datetime import UTC, datetime

import pytest

from access.people import Mandate, Principal
from api.problems import ProblemError
from api.seats import as_spoken, seat_of
from framework.records import GcmPosition
from framework.terms import Role


def acting(role: Role, seat: str) -> Principal:
    return Principal(role=role, until=datetime(2027, 1, 1, tzinfo=UTC), mandate=Mandate(role=role, seat=seat))


def said(seat: str) -> GcmPosition:
    return GcmPosition(item="annual_status-2027", seat=seat, position="support")


@pytest.mark.clause("PLN-09")
def test_the_secretariat_enters_what_another_seat_said_and_holds_none_itself() -> None:
    officer = acting(Role.SECRETARIAT, "Country officer")
    assert seat_of(officer) == ""
    assert as_spoken(officer, "XAA", said("Employers")) == said("Employers")


@pytest.mark.clause("PLN-09")
@pytest.mark.parametrize("role", [Role.GCM, Role.CHAIR])
def test_a_member_speaks_for_their_own_seat_alone(role: Role) -> None:
    member = acting(role, "Employers")
    assert seat_of(member) == "Employers"
    spoken = as_spoken(member, "XAA", said(""))
    assert isinstance(spoken, GcmPosition)
    assert spoken.seat == "Employers"
    with pytest.raises(ProblemError, match="no other one"):
        as_spoken(member, "XAA", said("Workers"))
