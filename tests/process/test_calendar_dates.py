"""A deadline in people's calendars, from the first reminder to the day on which it is met: always the same entry."""

from datetime import date
from typing import Any

import pytest

from contracts.state import MailOrder, Recipient
from framework import records as r
from framework.terms import DecisionKind, TaskState
from tests.correspondence.calendars import entries
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, ready

GRANTED = date(2026, 3, 1)
REPORT, INDICATORS = "XAA-progress_report-2028", "XAA-indicator_framework-2028"
GCM = Recipient(role="gcm", name="A member", email="member@gcm.example")
MWG = Recipient(role="mwg", name="A reviewer", email="reviewer@mwg.example")


def year(today: date = date(2028, 1, 5)) -> Life:
    """An active country in the year in which its report of 2028 is due."""
    return Life.active(today, GRANTED)


def event(life: Life) -> str:
    """The identity of the newest presentation."""
    number = next(one.number for one in reversed(life.state.entries) if one.kind == "presentation")
    return f"XAA-event-presentation-{number}"


def seen(order: MailOrder, name: str, to: Recipient | None = None) -> tuple[Any, ...]:
    """What a message says of an entry: its number, its day, whether it stands."""
    found = (entries(order, to) if to else entries(order))[name]
    return (found["sequence"], found.decoded("dtstart"), str(found["status"]))


@pytest.mark.clause("REP-07", "REP-02")
def test_reminders_extension_and_receipt_are_about_one_entry_that_moves_and_goes() -> None:
    life = year().at(date(2028, 4, 1))
    life.hand_in(r.Extension(task="progress_report-2028", until=date(2028, 6, 15), reason="Elections"))
    life.at(date(2028, 6, 1)).hand_in(p.report(2028, date(2028, 6, 1)), p.FOCAL_POINT)
    sent = [mail for mail in life.state.outbox.mails if p.PERSON.email in [one.email for one in mail.to]]
    told = [mail for mail in sent if REPORT in entries(mail)]
    kinds = ["reminder", "reminder", "extension_granted", "reminder", "report_received"]
    assert [mail.kind for mail in told] == kinds
    first, moved = date(2028, 4, 30), date(2028, 6, 15)
    assert [seen(mail, REPORT) for mail in told] == [
        *[(0, first, "CONFIRMED")] * 2,
        *[(1, moved, "CONFIRMED")] * 2,
        (2, moved, "CANCELLED"),
    ]
    assert seen(told[2], INDICATORS) == (1, moved, "CONFIRMED")
    assert INDICATORS not in entries(told[-1])
    assert len({str(entries(mail)[REPORT]["uid"]) for mail in told}) == 1


@pytest.mark.clause("REP-07")
def test_what_is_due_together_comes_with_one_reminder_as_two_entries() -> None:
    life = year().at(date(2028, 2, 1))
    assert set(entries(life.mails("reminder")[0])) == {REPORT, INDICATORS}


@pytest.mark.clause("REP-07")
def test_a_reminder_of_what_is_left_alone_brings_no_entry_of_what_has_come() -> None:
    life = year().at(date(2028, 2, 1))
    life.hand_in(p.indicators(2028), p.FOCAL_POINT)
    life.at(date(2028, 4, 1))
    assert set(entries(life.mails("reminder")[-1])) == {REPORT}


@pytest.mark.clause("REP-02")
def test_an_extension_that_is_taken_back_moves_the_entry_back_with_a_higher_number() -> None:
    life = year().at(date(2028, 4, 1))
    given = life.hand_in(
        r.Extension(task="progress_report-2028", until=date(2028, 6, 15), reason="Elections")
    )
    life.hand_in(r.EntryCorrection(entry=given.entry, reason="Another country's"))
    (corrected,) = life.mails("corrected")
    assert seen(corrected, REPORT) == (2, date(2028, 4, 30), "CONFIRMED")


@pytest.mark.clause("REP-02")
def test_an_extension_to_the_same_day_moves_nothing() -> None:
    life = year().at(date(2028, 4, 1))
    life.state.tasks["progress_report-2028"].due_on = date(2028, 6, 15)
    life.hand_in(r.Extension(task="indicator_framework-2028", until=date(2028, 6, 15), reason="Elections"))
    assert [life.task(key).sequence for key in ("progress_report-2028", "indicator_framework-2028")] == [0, 1]


@pytest.mark.clause("REP-01")
def test_after_a_pause_the_message_that_tells_of_it_moves_every_deadline() -> None:
    life = year().at(date(2028, 2, 1))
    life.hand_in(r.Pause(dated=date(2028, 2, 1), letter=p.LETTER, reason="Change of government"))
    life.at(date(2028, 3, 2)).hand_in(r.Resume(reason="The new government goes on"))
    (resumed,) = life.mails("resumed")
    assert seen(resumed, REPORT) == (1, date(2028, 5, 30), "CONFIRMED")
    assert entries(resumed, GCM) == {}


@pytest.mark.clause("EOI-06")
def test_the_timetable_moves_what_a_candidate_had_in_its_calendar() -> None:
    life = Life.candidate(date(2028, 1, 5))
    life.hand_in(r.ReplyLetter(dated=date(2028, 1, 6), text="Welcome."))
    before = life.task("workshop").sequence
    life.hand_in(
        r.Timetable(
            consultations_from=date(2028, 2, 1),
            consultations_until=date(2028, 6, 1),
            workshop_on=date(2028, 5, 10),
            roadmap_on=date(2028, 9, 1),
        )
    )
    assert life.task("workshop").sequence == before + 1
    assert life.task("workshop").state is TaskState.OPEN


@pytest.mark.clause("GEN-03")
def test_a_country_that_withdraws_is_freed_of_its_deadlines_in_its_calendar_too() -> None:
    life = year().at(date(2028, 2, 1))
    life.hand_in(r.Withdrawal(dated=date(2028, 2, 1), letter=p.LETTER, reason="Other priorities"))
    (withdrawn,) = life.mails("withdrawn")
    assert seen(withdrawn, REPORT) == (1, date(2028, 4, 30), "CANCELLED")
    assert all(str(one["status"]) == "CANCELLED" for one in entries(withdrawn).values())


@pytest.mark.clause("REP-08", "REP-09")
def test_comments_bring_the_date_of_the_final_version_to_the_country_and_nothing_of_the_reviewers() -> None:
    life = year().at(date(2028, 4, 20))
    life.hand_in(p.report(2028, date(2028, 4, 20)), p.FOCAL_POINT)
    (asked,) = life.mails("task_opened")
    assert set(entries(asked, MWG)) == {"XAA-mwg_comments-2028"}
    life.hand_in(r.MwgComments(year=2028, comments=("More data",)), p.MWG)
    (sent,) = life.mails("comments_sent")
    assert set(entries(sent)) == {"XAA-final_report-2028"}


@pytest.mark.clause("PLN-07")
def test_a_presentation_is_an_event_for_all_and_a_deadline_for_those_who_decide() -> None:
    life = ready()
    (told,) = life.mails("presentation")
    assert seen(told, event(life)) == seen(told, event(life), GCM) == (0, MEETING, "CONFIRMED")
    assert set(entries(told)) == {event(life)}
    assert set(entries(told, GCM)) == {event(life), "XAA-roadmap_decision"}


@pytest.mark.clause("PLN-07")
def test_a_presentation_that_is_put_off_takes_the_earlier_meeting_out_of_the_calendars() -> None:
    life, later = ready(), date(2028, 12, 1)
    earlier = event(life)
    receipt = life.hand_in(r.Presentation(meeting="Winter meeting", meeting_on=later, place="Geneva"))
    told = life.mails("presentation")[-1]
    assert seen(told, earlier) == (1, MEETING, "CANCELLED")
    assert seen(told, event(life)) == (0, later, "CONFIRMED")
    assert event(life) != earlier
    life.hand_in(r.EntryCorrection(entry=receipt.entry, reason="Not on the agenda"))
    (corrected,) = life.mails("corrected")
    assert seen(corrected, event(life)) == (1, later, "CANCELLED")
    assert seen(corrected, earlier) == (2, MEETING, "CONFIRMED")


@pytest.mark.clause("PLN-07", "PLN-09")
def test_a_meeting_that_was_held_and_decided_at_stays_in_the_calendars() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.GRANT, MEETING)
    (granted,) = life.mails("granted")
    found = entries(granted, GCM)
    assert event(life) not in found
    assert found["XAA-roadmap_decision"]["status"] == "CANCELLED"


@pytest.mark.clause("REP-04")
def test_an_exchange_with_another_country_is_an_event() -> None:
    life = year().at(date(2028, 2, 1))
    receipt = life.hand_in(
        r.PeerExchange(
            year=2028, with_country="XAB", on=date(2028, 2, 29), topic="Inspection in the cocoa sector"
        )
    )
    (told,) = life.mails("peer_exchange")
    assert seen(told, f"XAA-event-peer_exchange-{receipt.entry}")[1] == date(2028, 2, 29)


@pytest.mark.clause("REP-07")
def test_a_wake_after_a_long_sleep_does_not_mix_the_dates_of_its_moments() -> None:
    life = year().wakes(date(2028, 9, 1))
    for mail in life.mails("reminder", "escalation"):
        assert {one.key for one in mail.dates if not one.role} >= {mail.task}
        assert all(one.key == mail.task or one.kind.endswith("framework") for one in mail.dates), mail.dates
