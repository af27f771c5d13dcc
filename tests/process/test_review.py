"""Review, flags, the GCM's yearly decision."""

from datetime import date

import pytest

from framework import records as r
from framework.facts import Cycle
from framework.terms import DecisionKind, EvidenceAbout, TaskState
from tests.process import papers as p
from tests.process.life import Life

GRANTED = date(2026, 3, 1)


def silent() -> Life:
    """A country that has handed in nothing in 2027 and 2028, on 1 October 2028."""
    return Life.active(date(2027, 1, 5), GRANTED).at(date(2028, 10, 2))


@pytest.mark.clause("REV-01", "REV-07", "REV-09", "REV-11", "REV-15")
def test_two_years_of_silence_raise_flags_and_ask_the_gcm() -> None:
    life = silent()
    assert life.flags() == {"no_report": [2027, 2028], "no_indicators": [2027, 2028]}
    assert {"open_dialogue", "annual_status-2028"} <= life.open_keys()
    assert [recipient.role for recipient in life.mails("flag_raised")[0].to] == ["gcm", "mwg"]
    assert life.state.status.value == "active"


@pytest.mark.clause("REV-09")
def test_a_report_that_still_comes_clears_its_flag_and_is_late_not_missing() -> None:
    life = silent()
    life.hand_in(p.report(2028, date(2028, 9, 1)), p.FOCAL_POINT)
    assert "no_report" not in life.flags()
    assert "flag_cleared" in life.kinds()


@pytest.mark.clause("REV-15")
def test_the_gcm_may_leave_a_flag_with_a_reason_and_it_comes_back_with_the_next_lapse() -> None:
    life = silent()
    life.accepted(DecisionKind.OPEN_DIALOGUE, date(2028, 10, 2), outcome="not_opened", statement="Elections")
    assert life.flags() == {}
    assert life.state.flags[0].considered_because == "Elections"
    assert life.task("open_dialogue").state is TaskState.DONE
    life.at(date(2029, 10, 2))
    assert life.flags()["no_report"] == [2028, 2029]


@pytest.mark.clause("REV-03", "DIA-05", "REV-12")
def test_evidence_of_an_earlier_year_is_booked_there_and_computed_anew() -> None:
    life = silent().at(date(2029, 2, 1))
    assert {"no_progress_evidence", "no_collaboration_evidence"} <= set(life.flags())
    life.hand_in(p.evidence(2028, EvidenceAbout.PROGRESS), p.MWG)
    assert "no_progress_evidence" not in life.flags()
    assert "no_collaboration_evidence" in life.flags()


@pytest.mark.clause("REV-01", "REV-05", "REV-08", "REV-12", "REV-13")
def test_the_review_judges_the_year_and_sends_its_guidance() -> None:
    life = Life.active(date(2027, 1, 5), GRANTED).at(date(2027, 9, 1))
    life.hand_in(p.review(2027, evidence_of_progress=False, progress_note="Nothing shown"), p.MWG)
    assert life.state.cycles[-1].progress_presented is False
    assert life.mails("guidance")[0].values["items"] == ["Publish the data"]
    assert life.task("yearly_review-2027").state is TaskState.DONE


@pytest.mark.clause("REV-07")
def test_the_status_decision_asks_for_the_letter_which_goes_to_the_country() -> None:
    life = Life.active(date(2027, 1, 5), GRANTED).at(date(2027, 11, 10))
    life.hand_in(p.review(2027), p.MWG)
    life.accepted(DecisionKind.ANNUAL_STATUS, date(2027, 11, 10), year=2027, outcome="active")
    assert life.task("status_letter-2027").due_on == date(2027, 11, 24)
    life.hand_in(r.StatusLetter(year=2027, dated=date(2027, 11, 10), text="Aruna stays active."))
    assert life.mails("status_letter")[0].values["text"] == "Aruna stays active."


@pytest.mark.clause("REV-14")
def test_mixed_lapses_are_for_the_mwgs_judgement_which_can_raise_the_flag() -> None:
    mixed = [
        Cycle(
            year=2027, indicators_on=date(2027, 4, 1), progress_presented=True, collaboration_presented=True
        ),
        Cycle(
            year=2028,
            report_on=date(2028, 4, 1),
            comments_on=date(2028, 5, 1),
            progress_presented=True,
            collaboration_presented=True,
            indicators_on=date(2028, 4, 1),
        ),
    ]
    life = Life.active(date(2028, 7, 1), GRANTED, cycles=mixed).at(date(2028, 10, 2))
    assert life.flags() == {}
    life.hand_in(p.review(2028, raise_flag_because="Two years in a row, each with a gap"), p.MWG)
    assert list(life.flags()) == ["combination"]


@pytest.mark.clause("REV-02")
def test_a_review_task_can_be_given_to_a_subgroup() -> None:
    life = Life.active(date(2027, 1, 5), GRANTED).at(date(2027, 5, 5))
    life.hand_in(r.Subgroup(name="Group A", members=("m1", "m2"), mandate="Reports of the region"), p.GCM)
    life.hand_in(r.Assignment(task="yearly_review-2027", assignee="Group A"), p.MWG)
    assert life.task("yearly_review-2027").assignee == "Group A"


@pytest.mark.clause("REV-07")
def test_a_status_letter_needs_the_decision_that_it_tells_of() -> None:
    life = Life.active(date(2027, 1, 5), GRANTED)
    letter = r.StatusLetter(year=2027, dated=date(2027, 1, 5), text="Aruna stays active.")
    assert life.refusals(letter) == {"submission.no_status_decision"}
