"""The reminder ladder: each rung once, to whom it concerns, and no longer than it is of use."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.state import MailOrder
from framework import records as r
from framework.policy import Ladder
from tests.process import papers as p
from tests.process.life import Life

GRANTED = date(2026, 3, 1)
REPORT = "progress_report-2028"
DEPUTY = r.Contact(name="Dia Sow", post="Adviser", email="dia@labour.example.org")
LADDERS = {
    "progress_report": Ladder(offsets=(-20, -5, 10, 30), to_deputies=(-5, 10), escalating=(30,)),
    "indicator_framework": Ladder(offsets=(-20,)),
    "annual_activities": Ladder(),
    "mwg_comments": Ladder(offsets=(-3, 5), escalating=(5,)),
}


def life(day: date = date(2028, 1, 5), **ladders: Ladder) -> Life:
    """An active country with a deputy, whose kinds of task have ladders of their own."""
    found = Life.active(date(2027, 12, 1), GRANTED, deputies=[DEPUTY])
    found.state.next_policy = replace(found.state.policy, ladders=LADDERS | ladders)
    return found.at(day)


def sent(life: Life, task: str = REPORT) -> list[MailOrder]:
    """The reminders of a task that were ordered so far."""
    return [mail for mail in life.mails("reminder", "escalation") if mail.task == task]


def whom(mail: MailOrder) -> list[str]:
    """To whom a message goes: addresses, and roles for seats."""
    return [one.email or one.role for one in mail.to]


def days(life: Life, task: str = REPORT) -> list[str]:
    """The days of a task's reminders so far."""
    return [mail.due_at.strftime("%m-%d") for mail in sent(life, task)]


@pytest.mark.clause("REP-07")
def test_a_kind_of_task_has_its_own_ladder_and_each_rung_goes_to_whom_it_concerns() -> None:
    found = life().at(date(2028, 7, 1))
    assert days(found) == ["04-10", "04-25", "05-10", "05-30"]
    ana, dia = "ana@labour.example.org", "dia@labour.example.org"
    assert [whom(mail) for mail in sent(found)] == [
        [ana],
        [ana, dia],
        [ana, dia],
        [ana, dia, "ministry@labour.example.org", "secretariat"],
    ]
    assert [mail.kind for mail in sent(found)] == ["reminder", "reminder", "reminder", "escalation"]
    assert [rung.to_deputies for rung in found.task(REPORT).rungs] == [False, True, True, False]
    assert days(found, "annual_activities-2028") == []


@pytest.mark.clause("REP-07", "REP-08")
def test_a_late_task_of_the_mwg_goes_up_to_the_secretariat_as_a_reminder() -> None:
    found = life().at(date(2028, 4, 12))
    found.hand_in(p.report(2028, date(2028, 4, 11)), p.FOCAL_POINT)
    found.at(date(2028, 6, 10))
    assert [(mail.kind, whom(mail)) for mail in sent(found, "mwg_comments-2028")] == [
        ("reminder", ["mwg"]),
        ("reminder", ["mwg", "secretariat"]),
    ]


@pytest.mark.clause("REP-07")
def test_reminders_stop_the_moment_the_task_is_done() -> None:
    found = life().at(date(2028, 4, 25))
    assert days(found) == ["04-10", "04-25"]
    found.hand_in(p.report(2028, date(2028, 4, 24)), p.FOCAL_POINT)
    assert days(found.at(date(2028, 7, 1))) == ["04-10", "04-25"]


def extended(found: Life, until: date, **more: Any) -> int:
    """The Secretariat grants a later date; the number of its entry."""
    return found.hand_in(r.Extension(task=REPORT, until=until, reason="Floods", **more)).entry


@pytest.mark.clause("REP-02", "REP-07")
def test_an_extension_extends_the_ladder_and_the_earlier_reminders_stay_told() -> None:
    found = life().at(date(2028, 4, 26))
    extended(found, date(2028, 6, 15))
    found.at(date(2028, 6, 12))
    assert days(found) == ["04-10", "04-25", "05-26", "06-10"]
    last = sent(found)[-1].values
    assert last["reminded_on"] == ["2028-04-10", "2028-04-25", "2028-05-26"]
    assert last["due_on"] == "2028-06-15"


@pytest.mark.clause("REP-02", "REP-07")
def test_an_extension_that_was_a_mistake_repeats_no_reminder() -> None:
    found = life().at(date(2028, 4, 25))
    entry = extended(found, date(2028, 6, 15))
    found.hand_in(r.EntryCorrection(entry=entry, reason="Another country's"))
    assert [rung.outcome for rung in found.task(REPORT).rungs] == ["sent", "sent", "", ""]
    found.at(date(2028, 7, 1))
    assert days(found) == ["04-10", "04-25", "05-10", "05-30"]
    assert len({mail.step for mail in sent(found)}) == 4


@pytest.mark.clause("REP-07", "GEN-03")
def test_a_pause_silences_the_ladder_and_moves_it() -> None:
    found = life().at(date(2028, 4, 12))
    found.hand_in(r.Pause(dated=date(2028, 4, 12), letter=p.LETTER, reason="Elections"))
    assert days(found.at(date(2028, 6, 11))) == ["04-10"]
    found.hand_in(r.Resume(reason="The new government goes on"))
    assert found.task(REPORT).due_on == date(2028, 6, 29)
    assert days(found.at(date(2028, 8, 10))) == ["04-10", "06-24", "07-09", "07-29"]


@pytest.mark.clause("REP-07")
def test_a_reminder_that_a_long_sleep_overtook_is_not_told_as_sent() -> None:
    found = life()
    found.wakes(date(2028, 5, 11))
    assert days(found) == ["05-10"]
    assert sent(found)[0].values["reminded_on"] == []
    assert found.task(REPORT).reminded_on == [date(2028, 5, 10)]


@pytest.mark.clause("REP-03", "REP-07")
def test_whether_a_pause_left_all_its_notice_is_measured_by_the_ladder_of_the_report() -> None:
    kept = Ladder(offsets=(-20,))
    found = life(progress_report=kept).at(date(2028, 12, 1))
    found.hand_in(r.Pause(dated=date(2028, 12, 1), letter=p.LETTER, reason="Elections"))
    found.at(date(2029, 3, 1)).hand_in(r.Resume(reason="The new government goes on"))
    assert found.task("progress_report-2029").due_on == date(2029, 4, 30)
