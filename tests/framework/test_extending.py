"""What belongs to a cycle cannot be due after its close; other tasks can."""

from datetime import date

import pytest

from framework.extending import check
from framework.findings import Findings
from framework.policy import Policy

DUE, TODAY = date(2027, 4, 30), date(2027, 4, 2)


def keys(found: Findings) -> list[str]:
    return [one.key for one in found.problems]


@pytest.mark.clause("REP-02")
@pytest.mark.parametrize(
    ("kind", "year", "until", "found"),
    [
        ("progress_report", 2027, date(2027, 6, 1), []),
        ("progress_report", 2027, date(2028, 1, 1), ["extension.until.after_close"]),
        ("peer_exchange", 2027, date(2028, 1, 1), []),
        ("progress_report", None, date(2028, 1, 1), []),
        ("progress_report", 2027, DUE, ["extension.until.not_later"]),
        ("progress_report", 2027, None, []),
    ],
)
def test_a_new_date_is_judged_by_the_kind_of_task(
    kind: str, year: int | None, until: date | None, found: list[str]
) -> None:
    judged = check(kind, year, DUE, until, today=TODAY, exceptional=False, policy=Policy())
    assert keys(judged) == found


def test_after_the_deadline_only_an_exceptional_extension_is_lawful() -> None:
    until, late = date(2027, 6, 1), date(2027, 5, 2)
    for exceptional, found in ((False, ["extension.deadline.passed"]), (True, [])):
        judged = check(
            "progress_report", 2027, DUE, until, today=late, exceptional=exceptional, policy=Policy()
        )
        assert keys(judged) == found
