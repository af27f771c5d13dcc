"""The dialogue's checkpoints, and the special circumstances that let it rest."""

from datetime import date

import pytest

from framework.dialogue import next_checkpoint, pause_ends, paused
from framework.policy import Policy
from framework.records import SpecialCircumstances


def circumstances(starts: date | None, ends: date | None, *, pauses: bool = True) -> SpecialCircumstances:
    return SpecialCircumstances(starts_on=starts, ends_on=ends, pauses_dialogue=pauses)


FLOOD = circumstances(date(2027, 3, 1), date(2027, 3, 31))
ELECTION = circumstances(date(2027, 4, 1), date(2027, 4, 15))
CRISIS = circumstances(date(2027, 4, 10), None)


@pytest.mark.clause("DIA-01")
@pytest.mark.parametrize(
    ("last", "days", "expected"),
    [
        (date(2027, 1, 15), 90, date(2027, 4, 15)),
        (date(2028, 1, 15), 90, date(2028, 4, 14)),
        (date(2027, 1, 15), 30, date(2027, 2, 14)),
    ],
)
def test_a_checkpoint_comes_every_so_many_days(last: date, days: int, expected: date) -> None:
    assert next_checkpoint(last, Policy(dialogue_checkpoint_days=days)) == expected


@pytest.mark.clause("DIA-02")
@pytest.mark.parametrize(
    ("known", "today", "rests", "until"),
    [
        ([], date(2027, 3, 1), False, None),
        ([FLOOD], date(2027, 2, 28), False, None),
        ([FLOOD], date(2027, 3, 1), True, date(2027, 3, 31)),
        ([FLOOD], date(2027, 3, 31), True, date(2027, 3, 31)),
        ([FLOOD], date(2027, 4, 1), False, None),
        ([ELECTION, FLOOD], date(2027, 3, 5), True, date(2027, 4, 15)),
        ([FLOOD, CRISIS], date(2027, 3, 5), True, date(2027, 3, 31)),
        ([FLOOD, ELECTION, CRISIS], date(2027, 3, 5), True, None),
        ([circumstances(None, date(2027, 3, 9))], date(2027, 3, 1), True, date(2027, 3, 9)),
        ([circumstances(date(2027, 1, 1), None, pauses=False)], date(2027, 3, 1), False, None),
        ([circumstances(date(2027, 1, 1), date.max)], date(2027, 3, 1), True, None),
    ],
)
def test_special_circumstances_let_the_dialogue_rest_for_their_period(
    known: list[SpecialCircumstances], today: date, rests: bool, until: date | None
) -> None:
    assert paused(known, today) is rests
    assert pause_ends(known, today) == until
