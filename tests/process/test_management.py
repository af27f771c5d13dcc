"""Extensions, people, pause, withdrawal, corrections and policy."""

from datetime import date

import pytest

from framework import records as r
from framework.terms import DecisionKind, Status, TaskState
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, ready

GRANTED = date(2026, 3, 1)
REPORT = "progress_report-2028"


def year() -> Life:
    """An active country at the start of 2028."""
    return Life.active(date(2028, 1, 5), GRANTED)


@pytest.mark.clause("REP-02")
def test_an_extension_moves_report_and_indicators_with_their_reminders() -> None:
    life = year().at(date(2028, 4, 10))
    asked = r.ExtensionRequest(
        task=REPORT, until=date(2028, 5, 31), reason="Elections", body_in_support="Committee 8.7"
    )
    life.hand_in(asked, p.FOCAL_POINT)
    assert f"extension-{REPORT}" in life.open_keys()
    life.hand_in(r.Extension(task=REPORT, until=date(2028, 5, 31), reason="Elections"))
    assert life.task(REPORT).state is TaskState.EXTENDED
    assert life.task("indicator_framework-2028").due_on == date(2028, 5, 31)
    assert life.state.cycles[-1].due_on == date(2028, 5, 31)
    life.at(date(2028, 5, 25))
    late = [mail.due_at.date() for mail in life.mails("reminder") if mail.task == REPORT][-2:]
    assert late == [date(2028, 5, 1), date(2028, 5, 24)]


@pytest.mark.clause("REP-02")
def test_after_the_deadline_only_an_exceptional_extension_is_granted() -> None:
    life = year().at(date(2028, 5, 10))
    plain = r.Extension(task=REPORT, until=date(2028, 6, 30), reason="Floods")
    assert life.refusals(plain)
    life.hand_in(r.Extension(task=REPORT, until=date(2028, 6, 30), reason="Floods", exceptional=True))
    assert life.task(REPORT).state is TaskState.EXTENDED


def test_an_obligation_of_the_framework_is_never_waived() -> None:
    life = year()
    assert life.refusals(r.Waiver(task=REPORT, reason="No time"))
    life.hand_in(r.Waiver(task="annual_activities-2028", reason="Covered by the roadmap"))
    assert life.task("annual_activities-2028").state is TaskState.WAIVED
    assert life.task("annual_activities-2028").reason == "Covered by the roadmap"


@pytest.mark.clause("EOI-03")
def test_reminders_follow_the_new_focal_point_at_once() -> None:
    life = year().at(date(2028, 4, 10))
    life.hand_in(r.ContactChange(focal_point=p.SUCCESSOR), p.FOCAL_POINT)
    life.at(date(2028, 4, 24))
    assert [one.email for one in life.mails("reminder")[-1].to] == ["ben@labour.example.org"]


@pytest.mark.clause("EOI-03")
def test_a_change_of_deputies_does_not_speak_of_a_new_focal_point() -> None:
    life = year()
    life.hand_in(r.ContactChange(deputies=(p.SUCCESSOR,)), p.FOCAL_POINT)
    life.hand_in(r.ContactChange(focal_point=p.SUCCESSOR), p.FOCAL_POINT)
    assert [mail.values["new_focal_point"] for mail in life.mails("contact_changed")] == [False, True]


@pytest.mark.clause("GEN-03")
def test_a_pause_stops_the_timers_and_postpones_what_was_to_come() -> None:
    life = year().at(date(2028, 4, 10))
    life.hand_in(r.Pause(dated=date(2028, 4, 9), letter=p.LETTER, reason="Change of government"))
    before = len(life.mails("reminder"))
    life.at(date(2028, 5, 10))
    assert len(life.mails("reminder")) == before
    assert life.task(REPORT).state is TaskState.OPEN
    life.hand_in(r.Resume(reason="The new government goes on"))
    assert life.task(REPORT).due_on == date(2028, 5, 30)


@pytest.mark.clause("GEN-03")
def test_a_year_paused_over_its_end_is_nobodys_lapse() -> None:
    life = year().at(date(2028, 4, 10))
    life.hand_in(r.Pause(dated=date(2028, 4, 9), letter=p.LETTER, reason="Change of government"))
    life.at(date(2029, 6, 1)).hand_in(r.Resume(reason="Goes on"))
    assert [cycle.report_due for cycle in life.state.cycles if cycle.year >= 2028] == [False, False]
    life.at(date(2030, 2, 1))
    assert life.task("progress_report-2030").due_on == date(2030, 4, 30)


@pytest.mark.clause("GEN-03")
def test_a_withdrawal_ends_every_duty_and_the_record_stays() -> None:
    life = year()
    life.hand_in(r.Withdrawal(dated=date(2028, 1, 4), letter=p.LETTER, reason="Other priorities"))
    assert life.state.status is Status.WITHDRAWN
    assert life.state.ended
    assert life.open_keys() == set()
    assert life.refusals(p.indicators(2028)) == {"submission.ended"}


@pytest.mark.clause("REP-02")
def test_a_change_of_policy_counts_for_the_cycles_that_open_after_it() -> None:
    life = year()
    life.hand_in(r.PolicyChange(settings={"report_due": "05-15"}, reason="The HLPF moved"))
    assert life.task(REPORT).due_on == date(2028, 4, 30)
    life.at(date(2029, 1, 5))
    assert life.task("progress_report-2029").due_on == date(2029, 5, 15)


def test_a_report_entered_by_mistake_is_taken_back_and_asked_for_again() -> None:
    life = year().at(date(2028, 4, 2))
    receipt = life.hand_in(p.report(2028, date(2028, 4, 1)))
    life.hand_in(r.EntryCorrection(entry=receipt.entry, reason="It was another country's"))
    assert life.state.cycles[-1].report_on is None
    assert "progress_report-2028.2" in life.open_keys()
    assert (
        next(entry for entry in life.state.entries if entry.kind == "entry_correction").corrects
        == receipt.entry
    )
    again = r.EntryCorrection(entry=receipt.entry, reason="Again")
    assert life.refusals(again) == {"submission.not_correctable"}


def test_a_workshop_entered_by_mistake_no_longer_counts() -> None:
    life = Life.candidate(date(2028, 2, 1))
    receipt = life.hand_in(p.workshop(date(2028, 2, 1)))
    life.hand_in(r.EntryCorrection(entry=receipt.entry, reason="It was a briefing"))
    assert life.state.candidacy.workshops == 0
    assert life.state.candidacy.categories_at_workshops == ()


@pytest.mark.clause("GEN-03")
def test_a_grant_on_the_wrong_date_is_corrected_by_a_new_decision() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.GRANT, MEETING)
    wrong = f"grant-{MEETING}"
    right = p.decision(DecisionKind.GRANT, MEETING, id="right", statement="As in the minutes")
    life.accepted(DecisionKind.CORRECTION, MEETING, corrects=wrong, reason="Wrong text", replacement=right)
    assert life.state.status is Status.ACTIVE
    assert life.state.status_history[-1].because == "right"
    assert "status_corrected" in life.kinds()


def test_an_inactivity_declared_by_mistake_is_undone_with_the_duties_of_the_year() -> None:
    autumn, summer = date(2028, 10, 20), date(2029, 4, 2)
    life = Life.active(date(2027, 1, 5), GRANTED).at(autumn)
    life.accepted(DecisionKind.OPEN_DIALOGUE, autumn, outcome="opened")
    life.at(summer).accepted(DecisionKind.CLOSE_DIALOGUE, summer, outcome="no_positive_outcome")
    life.accepted(DecisionKind.DECLARE_INACTIVE, summer)
    life.accepted(
        DecisionKind.CORRECTION,
        summer,
        corrects=f"declare_inactive-{summer}",
        reason="It was another country",
    )
    assert life.state.status is Status.ACTIVE
    assert life.state.status_since == GRANTED
    assert [key for key in life.open_keys() if key.startswith("progress_report-2029")]
