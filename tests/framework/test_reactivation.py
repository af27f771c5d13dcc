"""The way back: what is missing, what the record shows, what is only advice."""

from datetime import date
from typing import Any

import pytest

from framework.facts import Cycle
from framework.reactivation import advice, from_cycle, missing
from framework.records import ReactivationCheck
from tests.framework.years import good, underway

OBLIGATIONS = ("annual_report", "indicator_framework", "evidence_of_progress", "evidence_of_collaboration")
ALL_MET: dict[str, Any] = dict.fromkeys(OBLIGATIONS, True)


@pytest.mark.clause("REA-04")
def test_nothing_is_missing_when_all_four_obligations_are_verified() -> None:
    assert missing(ReactivationCheck(**ALL_MET)) == ()


@pytest.mark.clause("REA-04")
@pytest.mark.parametrize("name", OBLIGATIONS)
@pytest.mark.parametrize(("verified", "what"), [(False, "missing"), (None, "not_verified")])
def test_each_obligation_that_is_not_met_or_not_looked_at_is_listed(
    name: str, verified: bool | None, what: str
) -> None:
    (finding,) = missing(ReactivationCheck(**{**ALL_MET, name: verified}))
    assert (finding.key, finding.where, finding.clause) == (f"reactivation.{name}.{what}", name, "REA-04")


@pytest.mark.clause("REA-04")
def test_everything_missing_is_listed_at_once() -> None:
    found = missing(ReactivationCheck(annual_report=False, evidence_of_progress=False))
    assert [finding.where for finding in found] == list(OBLIGATIONS)


@pytest.mark.clause("REA-04")
def test_unanswered_comments_are_advice_and_no_condition() -> None:
    assert advice(0) == ()
    (finding,) = advice(3)
    assert (finding.key, finding.values) == ("reactivation.advice.answer_comments", {"number": "3"})


@pytest.mark.clause("REA-04")
@pytest.mark.parametrize(
    ("cycle", "expected"),
    [
        (None, (None, None, None, None)),
        (underway(2030), (False, False, None, None)),
        (good(2030), (True, True, True, True)),
        (underway(2030, report_on=date(2030, 9, 1)), (True, False, None, None)),
        (underway(2030, evidence={"1: survey": "progress"}), (False, False, True, None)),
        (underway(2030, evidence={"1: minutes": "collaboration"}), (False, False, None, True)),
        (
            underway(2030, progress_presented=False, evidence={"1: survey": "progress"}),
            (False, False, False, None),
        ),
    ],
)
def test_the_checklist_is_filled_from_the_record(
    cycle: Cycle | None, expected: tuple[bool | None, ...]
) -> None:
    check = from_cycle(cycle)
    assert tuple(getattr(check, name) for name in OBLIGATIONS) == expected
