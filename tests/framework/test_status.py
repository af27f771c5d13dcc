"""Status, its lawful changes, the stages and the seven benefits."""

from datetime import date
from itertools import product

import pytest

from framework.benefits import BENEFITS, benefits
from framework.facts import Candidacy, Cycle
from framework.status import LAWFUL, change, stage_of
from framework.terms import Category, Stage, Status
from tests.framework.years import good, underway

CANDIDATE, ACTIVE, INACTIVE, WITHDRAWN = Status.CANDIDATE, Status.ACTIVE, Status.INACTIVE, Status.WITHDRAWN
ALLOWED = [
    (CANDIDATE, ACTIVE),
    (ACTIVE, INACTIVE),
    (INACTIVE, ACTIVE),
    (CANDIDATE, WITHDRAWN),
    (ACTIVE, WITHDRAWN),
    (INACTIVE, WITHDRAWN),
]


@pytest.mark.clause("GEN-03")
@pytest.mark.parametrize(("before", "after"), list(product(Status, Status)))
def test_only_these_changes_of_status_are_lawful(before: Status, after: Status) -> None:
    assert change(before, after).ok is ((before, after) in ALLOWED)
    assert ((before, after) in LAWFUL) is ((before, after) in ALLOWED)


@pytest.mark.clause("GEN-03")
@pytest.mark.parametrize(
    ("before", "after", "key", "values"),
    [
        (CANDIDATE, INACTIVE, "status.change.unlawful", {"before": "candidate", "after": "inactive"}),
        (ACTIVE, CANDIDATE, "status.change.unlawful", {"before": "active", "after": "candidate"}),
        (ACTIVE, ACTIVE, "status.change.none", {"status": "active"}),
        (WITHDRAWN, ACTIVE, "status.change.withdrawn", {"after": "active"}),
    ],
)
def test_an_unlawful_change_says_what_is_wrong(
    before: Status, after: Status, key: str, values: dict[str, str]
) -> None:
    (finding,) = change(before, after).problems
    assert (finding.key, finding.values, finding.clause) == (key, values, "GEN-03")


@pytest.mark.clause("GEN-04")
@pytest.mark.parametrize(
    ("status", "state", "since"),
    [
        (CANDIDATE, "not_yet_open", None),
        (ACTIVE, "open", date(2027, 3, 1)),
        (INACTIVE, "suspended", date(2027, 3, 1)),
        (WITHDRAWN, "not_yet_open", None),
    ],
)
def test_the_seven_benefits_follow_the_status(status: Status, state: str, since: date | None) -> None:
    found = benefits(status, date(2027, 3, 1))
    assert [one.key for one in found] == list(BENEFITS)
    assert len(found) == 7
    assert [(one.state, one.since) for one in found] == [(state, since)] * 7


BEGINNING = Candidacy(eoi_on=date(2026, 1, 5), has_focal_point=True)
PREPARED = Candidacy(timetable_given=True, categories_identified=(Category.WORKERS,), stocktaking_versions=1)


@pytest.mark.clause("EOI-09", "PLN-01")
@pytest.mark.parametrize(
    ("candidacy", "expected"),
    [
        (None, Stage.EXPRESSION_OF_INTEREST),
        (BEGINNING, Stage.EXPRESSION_OF_INTEREST),
        (Candidacy(timetable_given=True, stocktaking_versions=1), Stage.EXPRESSION_OF_INTEREST),
        (PREPARED, Stage.PLANNING),
        (Candidacy(waived=("timetable", "stakeholder_list", "stocktaking")), Stage.PLANNING),
        (Candidacy(workshops=1), Stage.PLANNING),
        (Candidacy(roadmap_versions=1), Stage.PLANNING),
    ],
)
def test_a_candidate_plans_once_its_first_steps_are_taken(
    candidacy: Candidacy | None, expected: Stage
) -> None:
    assert stage_of(CANDIDATE, None, candidacy, date(2026, 6, 1)) is expected


@pytest.mark.clause("IMP-01", "REP-01", "REV-01")
@pytest.mark.parametrize(
    ("cycle", "today", "expected"),
    [
        (None, date(2027, 1, 1), Stage.IMPLEMENTATION),
        (underway(2027, report_due=False, due_on=None), date(2027, 3, 1), Stage.IMPLEMENTATION),
        (underway(2027), date(2027, 1, 1), Stage.REPORTING),
        (underway(2027), date(2027, 6, 20), Stage.REPORTING),
        (underway(2027), date(2027, 6, 21), Stage.REVIEW),
        (underway(2027, due_on=date(2027, 8, 1)), date(2027, 8, 1), Stage.REPORTING),
        (underway(2027, final_on=date(2027, 5, 20)), date(2027, 5, 21), Stage.REVIEW),
        (underway(2027, status_decided_on=date(2027, 11, 5)), date(2027, 11, 6), Stage.IMPLEMENTATION),
        (good(2027), date(2028, 1, 1), Stage.IMPLEMENTATION),
    ],
)
def test_an_active_country_goes_from_reporting_to_review_to_implementation(
    cycle: Cycle | None, today: date, expected: Stage
) -> None:
    assert stage_of(ACTIVE, cycle, Candidacy(workshops=1), today) is expected


@pytest.mark.clause("GEN-03", "INA-01")
def test_an_inactive_country_is_in_review_and_one_that_withdrew_stays_where_it_was() -> None:
    today = date(2027, 2, 1)
    assert stage_of(INACTIVE, underway(2027), None, today) is Stage.REVIEW
    assert stage_of(WITHDRAWN, underway(2027), None, today) is Stage.REPORTING
    assert stage_of(WITHDRAWN, None, PREPARED, today) is Stage.PLANNING
