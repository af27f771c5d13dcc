"""Changes of policy, and what else the process must not lose."""

from datetime import date

import pytest

from framework import records as r
from framework.policy import DayOfYear
from framework.terms import DecisionKind
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, ready
from tests.process.test_dialogue import inactive, request

GRANTED = date(2026, 3, 1)


@pytest.mark.clause("REP-02")
def test_a_change_of_policy_is_examined_beside_those_that_wait() -> None:
    life = Life.active(date(2027, 1, 15), GRANTED)
    life.hand_in(r.PolicyChange(settings={"cycle_closes": "10-31"}, reason="A shorter year"))
    later = r.PolicyChange(settings={"report_due": "11-15"}, reason="More time")
    assert life.refusals(later) == {"policy.due.outside_cycle"}
    life.hand_in(r.PolicyChange(settings={"report_due": "05-15"}, reason="More time"))
    assert life.state.next_policy is not None
    assert life.state.next_policy.report_due == DayOfYear(month=5, day=15)
    assert life.state.next_policy.cycle_closes == DayOfYear(month=10, day=31)


@pytest.mark.clause("REP-02")
def test_a_setting_that_nothing_acts_on_is_refused() -> None:
    life = Life.active(date(2027, 1, 15), GRANTED)
    later = r.PolicyChange(settings={"cycle_opens": "02-01"}, reason="Later")
    assert life.refusals(later) == {"policy.setting.without_effect"}


@pytest.mark.clause("GEN-03", "REA-02")
def test_a_withdrawal_ends_a_request_to_return() -> None:
    life = inactive().at(date(2030, 3, 1))
    life.hand_in(request(date(2030, 2, 20)), p.FOCAL_POINT)
    life.hand_in(r.Withdrawal(dated=date(2030, 3, 1), letter=p.LETTER, reason="Other priorities"))
    (one,) = life.state.reactivations
    assert (one.closed_on, one.outcome) == (date(2030, 3, 1), "withdrawn")
    assert [note.name for note in life.told("reactivation-XAA-1")] == ["close"]
    assert life.open_keys() == set()


@pytest.mark.clause("EOI-05", "EOI-06")
def test_a_waived_reply_opens_the_candidates_tasks_like_a_letter() -> None:
    life = Life.candidate(date(2028, 2, 1))
    life.hand_in(r.Waiver(task="reply_letter", reason="Answered by telephone"))
    assert {"timetable", "stakeholder_list", "workshop", "roadmap"} <= life.open_keys()


@pytest.mark.clause("PLN-08")
def test_a_blank_comment_gets_no_number() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.COMMENTS, MEETING, comments=("", "Which law?", "  "))
    assert [(one.number, one.text) for one in life.state.comments] == [(1, "Which law?")]
    assert life.state.candidacy.unanswered_comments == (1,)
