"""Which countries may apply (GEN-01)."""

import pytest

from framework.members import MEMBERS, is_invented, is_member


@pytest.mark.clause("GEN-01")
def test_there_are_187_member_states_of_the_ilo() -> None:
    assert len(MEMBERS) == 187
    assert {code for code in MEMBERS if len(code) != 3 or not code.isupper() or not code.isalpha()} == set()


@pytest.mark.clause("GEN-01")
@pytest.mark.parametrize("code", ["AND", "BTN", "PRK", "LIE", "FSM", "MCO", "NRU"])
def test_seven_members_of_the_united_nations_are_not_members_of_the_ilo(code: str) -> None:
    assert not is_member(code)


@pytest.mark.clause("GEN-01")
@pytest.mark.parametrize(
    "code", ["COK", "FJI", "MDG", "NLD", "NPL", "CHL", "PER", "CIV", "COD", "VNM", "TUV", "PLW"]
)
def test_the_cook_islands_and_the_known_pathfinders_are_members(code: str) -> None:
    assert is_member(code)


@pytest.mark.clause("GEN-01")
@pytest.mark.parametrize("code", ["fji", "FJ", "FIJI", "", "TWN", "VAT", "PSE", "HKG", "XAA", "EUR"])
def test_nothing_else_is_a_member(code: str) -> None:
    assert not is_member(code)


@pytest.mark.parametrize("code", ["XAA", "XAZ", "XMM", "XZZ"])
def test_the_codes_left_to_users_are_invented_countries(code: str) -> None:
    assert is_invented(code)
    assert code not in MEMBERS


@pytest.mark.parametrize("code", ["XA", "XAAA", "xaa", "XA1", "XaA", "XÄA", "YAA", ""])
def test_other_codes_are_not_invented_countries(code: str) -> None:
    assert not is_invented(code)
