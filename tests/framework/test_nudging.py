"""A task is asked about by hand once in seven days, not in a pause, and only where somebody can be written to."""

from datetime import date

import pytest

from framework.nudging import check

TODAY = date(2027, 3, 10)


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize(
    ("nudged_on", "paused_on", "reachable", "found"),
    [
        ([], None, True, []),
        ([date(2027, 3, 3)], None, True, []),
        ([date(2027, 3, 4)], None, True, ["nudge.too_soon"]),
        ([], date(2027, 3, 1), True, ["nudge.paused"]),
        ([], None, False, ["nudge.nobody"]),
        ([TODAY], TODAY, False, ["nudge.too_soon", "nudge.paused", "nudge.nobody"]),
    ],
)
def test_everything_that_stands_against_a_nudge_is_found(
    nudged_on: list[date], paused_on: date | None, reachable: bool, found: list[str]
) -> None:
    judged = check("a_task", nudged_on, today=TODAY, paused_on=paused_on, reachable=reachable)
    assert [one.key for one in judged.problems] == found
