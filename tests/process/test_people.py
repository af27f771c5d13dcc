"""The people of a country: how they wish to be written to, who asks them by hand, whether their contacts are right."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.state import MailOrder, Task
from framework import records as r
from framework.editions import EDITIONS
from framework.terms import Language, TaskState
from tests.process import papers as p
from tests.process.life import Life
from workflows.process import contacts, view
from workflows.process.moments import next_moment

GRANTED = date(2026, 3, 1)
REPORT = "progress_report-2028"
ASKED, TASK = date(2028, 2, 15), "contacts_confirmation-2028"
DEPUTY = r.Contact(name="Dia Sow", post="Adviser", email="dia@labour.example.org")
ANA, DIA = p.PERSON.email, DEPUTY.email
SECOND = "office@labour.example.org"


def active(day: date = date(2028, 1, 5), **history: Any) -> Life:
    """An active country with a deputy, in the year 2028."""
    return Life.active(date(2027, 12, 1), GRANTED, deputies=[DEPUTY], **history).at(day)


def whom(mail: MailOrder) -> list[str]:
    """To whom a message goes: addresses, and roles for seats."""
    return [one.email or one.role for one in mail.to]


def about(life: Life, task: str) -> list[MailOrder]:
    """The messages about a task, in their order."""
    return [mail for mail in life.state.outbox.mails if mail.task == task]


# --- preferences


@pytest.mark.clause("REP-07")
def test_language_zone_and_second_address_hold_at_once_also_for_open_tasks() -> None:
    life = active()
    chosen = r.MailPreferences(language=Language.FRENCH, time_zone="Africa/Nairobi", second_email=SECOND)
    life.hand_in(chosen, p.FOCAL_POINT)
    last = life.at(date(2028, 2, 1)).mails("reminder")[-1]
    assert last.task == REPORT
    assert [(one.email, one.language, one.time_zone) for one in last.to] == [
        (ANA, Language.FRENCH, "Africa/Nairobi"),
        (SECOND, Language.FRENCH, "Africa/Nairobi"),
    ]
    assert view.row(life.state).focal_point.second_email == SECOND


@pytest.mark.clause("REP-07")
def test_deputies_get_every_reminder_when_the_country_wishes_it_and_no_longer() -> None:
    life = active()
    life.hand_in(r.MailPreferences(copy_deputies=True), p.FOCAL_POINT)
    assert whom(life.at(date(2028, 2, 1)).mails("reminder")[-1]) == [ANA, DIA]
    life.hand_in(r.MailPreferences(copy_deputies=False))
    assert whom(life.at(date(2028, 4, 1)).mails("reminder")[-1]) == [ANA]


def test_what_is_not_named_stays_and_an_empty_second_address_is_taken_away() -> None:
    life = active()
    life.hand_in(r.MailPreferences(time_zone="Asia/Kathmandu", second_email=SECOND), p.FOCAL_POINT)
    life.hand_in(r.MailPreferences(second_email=""), p.FOCAL_POINT)
    person = life.state.focal_point
    assert (person.time_zone, person.second_email, person.language) == ("Asia/Kathmandu", "", "en")
    life.hand_in(r.ContactChange(focal_point=p.SUCCESSOR), p.FOCAL_POINT)
    assert life.state.focal_point.time_zone == "UTC"  # a wish is the person's, not the post's


def test_the_timeline_does_not_repeat_the_address() -> None:
    life = active()
    life.hand_in(r.MailPreferences(second_email=SECOND), p.FOCAL_POINT)
    assert SECOND not in str([entry.values for entry in life.state.entries])
    assert life.state.entries[-1].values["second_address"] is True


@pytest.mark.clause("EOI-03")
def test_all_that_is_wrong_with_preferences_is_said_and_nobody_else_may_choose() -> None:
    life = active()
    wrong = r.MailPreferences(time_zone="Mars/Olympus", second_email="office at labour")
    assert life.refusals(wrong, p.FOCAL_POINT) == {"contact.time_zone.unknown", "contact.email.malformed"}
    assert life.refusals(r.MailPreferences()) == {"mail_preferences.empty"}
    assert life.refusals(r.MailPreferences(copy_deputies=True), p.MWG) == {"submission.role"}
    life.state.focal_point = r.Contact()
    assert life.refusals(r.MailPreferences(copy_deputies=True)) == {"submission.no_focal_point"}


# --- a nudge by hand


@pytest.mark.clause("REP-07")
def test_a_nudge_is_one_message_with_the_facts_of_a_reminder_and_is_on_record() -> None:
    life = active(date(2028, 4, 25))
    life.hand_in(r.Nudge(task=REPORT, text=" Can we help? "))
    (mail,) = life.mails("nudge")
    assert whom(mail) == [ANA]
    assert not mail.by_timer
    facts = {name: mail.values[name] for name in ("nudged_by", "by_role", "text", "due_on", "days_left")}
    assert facts == {
        "nudged_by": "secretariat",
        "by_role": "secretariat",
        "text": "Can we help?",
        "due_on": "2028-04-30",
        "days_left": 5,
    }
    assert mail.values["reminded_on"] == ["2028-01-31", "2028-03-31", "2028-04-23"]
    assert mail.values["outstanding"] == ["progress_report", "indicator_framework"]
    assert life.task(REPORT).nudged_on == [date(2028, 4, 25)]
    entry = life.state.entries[-1]
    assert (entry.kind, entry.values["about"], entry.by) == ("nudge", REPORT, "secretariat")
    assert life.task(REPORT).state is TaskState.OPEN


@pytest.mark.clause("REP-07")
def test_a_task_is_nudged_once_in_seven_days_and_the_refusal_says_when_it_can_be_again() -> None:
    life = active(date(2028, 4, 1))
    life.hand_in(r.Nudge(task=REPORT))
    life.hand_in(r.Nudge(task="annual_activities-2028"))
    (refused,) = life.at(date(2028, 4, 7)).examine(r.Nudge(task=REPORT)).problems
    assert (refused.key, refused.values["date"]) == ("nudge.too_soon", "2028-04-08")
    life.at(date(2028, 4, 8)).hand_in(r.Nudge(task=REPORT))
    assert life.task(REPORT).nudged_on == [date(2028, 4, 1), date(2028, 4, 8)]
    assert len({mail.step for mail in life.mails("nudge")}) == 3


@pytest.mark.clause("REP-07")
def test_the_ladder_goes_on_beside_a_nudge() -> None:
    quiet, nudged = active(), active()
    nudged.at(date(2028, 4, 22)).hand_in(r.Nudge(task=REPORT))
    days = [
        [mail.due_at for mail in life.at(date(2028, 7, 1)).mails("reminder", "escalation")]
        for life in (quiet, nudged)
    ]
    assert days[0] == days[1]


@pytest.mark.clause("REP-07", "REP-08")
def test_the_mwg_nudges_its_own_and_whatever_is_not_open_or_paused_is_nudged_by_nobody() -> None:
    life = active(date(2028, 4, 25))
    life.hand_in(p.report(2028, date(2028, 4, 20)), p.FOCAL_POINT)
    life.hand_in(r.Nudge(task="mwg_comments-2028"), p.MWG)
    assert whom(life.mails("nudge")[-1]) == ["mwg"]
    indicators = r.Nudge(task="indicator_framework-2028")
    assert life.refusals(indicators, p.MWG) == {"nudge.not_yours"}
    assert life.refusals(indicators, p.FOCAL_POINT) == {"submission.role"}
    assert life.refusals(r.Nudge(task=REPORT, text="x" * 501)) == {"open_task.unknown", "text.too_long"}
    life.hand_in(r.Pause(dated=date(2028, 4, 25), letter=p.LETTER, reason="Elections"))
    life.state.focal_point = r.Contact()
    assert life.refusals(indicators, p.MWG) == {"nudge.not_yours", "nudge.paused", "nudge.nobody"}


@pytest.mark.clause("EOI-06")
def test_a_nudge_is_no_sign_of_life_from_a_candidate() -> None:
    life = Life.candidate(date(2028, 2, 20)).at(date(2028, 3, 1))
    heard = life.state.last_heard_at
    life.hand_in(r.Nudge(task="introduction"))
    assert life.state.last_heard_at == heard
    life.hand_in(r.MailPreferences(copy_deputies=True), p.FOCAL_POINT)
    assert life.state.last_heard_at == life.now


# --- contacts that are confirmed once a year


@pytest.mark.clause("EOI-03")
def test_once_a_year_the_focal_point_is_asked_whether_the_contacts_are_right() -> None:
    life = active(date(2028, 2, 16))
    (mail,) = life.mails("contacts_confirmation")
    assert (mail.made_at.date(), whom(mail), mail.task) == (ASKED, [ANA], TASK)
    assert [(one["role"], one["email"]) for one in mail.values["contacts"]] == [
        ("focal_point", ANA),
        ("deputy", DIA),
        ("ministry", "ministry@labour.example.org"),
    ]
    assert mail.values["fingerprint"] == contacts.fingerprint_of(life.state)
    life.hand_in(r.ContactsConfirmation(year=2028, fingerprint=mail.values["fingerprint"]), p.FOCAL_POINT)
    assert life.task(TASK).state is TaskState.DONE
    assert view.row(life.state).contacts_confirmed_on == date(2028, 2, 16)
    life.at(date(2028, 12, 30))
    assert about(life, TASK) == [mail]
    assert [one.made_at.date() for one in life.at(date(2029, 3, 1)).mails("contacts_confirmation")] == [
        ASKED,
        date(2029, 2, 15),
    ]


@pytest.mark.clause("EOI-03", "REP-07")
def test_unanswered_it_climbs_its_ladder_to_deputies_ministry_and_secretariat_and_ends_with_the_year() -> (
    None
):
    life = active(date(2028, 5, 1))
    assert [(one.kind, one.made_at.strftime("%m-%d"), whom(one)) for one in about(life, TASK)] == [
        ("contacts_confirmation", "02-15", [ANA]),
        ("contacts_confirmation", "03-07", [ANA]),
        ("contacts_confirmation", "03-14", [ANA, DIA]),
        ("escalation", "03-28", [ANA, DIA, "ministry@labour.example.org", "secretariat"]),
    ]
    assert all("fingerprint" in one.values for one in about(life, TASK))
    assert life.task(TASK).state is TaskState.LATE
    assert [key for key in life.at(date(2029, 1, 3)).open_keys() if "contacts" in key] == []
    assert life.task(TASK).state is TaskState.MISSING


@pytest.mark.clause("GEN-04")
def test_contacts_that_are_not_confirmed_make_no_country_late() -> None:
    life = active(date(2028, 3, 20))
    assert life.task(TASK).state is TaskState.LATE
    shown = view.row(life.state)
    assert (shown.late, shown.next_deadline_task) == (False, "annual_activities-2028")


@pytest.mark.clause("EOI-03")
def test_contacts_that_changed_are_asked_for_again_and_the_earlier_link_confirms_nothing() -> None:
    life = active(date(2028, 2, 20))
    first = life.mails("contacts_confirmation")[-1]
    life.hand_in(r.ContactChange(focal_point=p.SUCCESSOR), p.FOCAL_POINT)
    second = life.mails("contacts_confirmation")[-1]
    assert whom(second) == [p.SUCCESSOR.email]
    assert second.step != first.step
    old = r.ContactsConfirmation(year=2028, fingerprint=first.values["fingerprint"])
    assert life.refusals(old, p.FOCAL_POINT) == {"contacts_confirmation.changed"}
    life.hand_in(r.MailPreferences(language=Language.SPANISH), p.FOCAL_POINT)
    assert life.mails("contacts_confirmation")[-1] is second
    life.hand_in(replace(old, fingerprint=second.values["fingerprint"]), p.FOCAL_POINT)
    assert life.refusals(r.ContactsConfirmation(year=2028)) == {"contacts_confirmation.not_asked"}


@pytest.mark.clause("EOI-03")
def test_candidates_and_inactive_countries_are_asked_too_a_new_one_next_year() -> None:
    candidate = Life.candidate(date(2028, 2, 15)).at(date(2029, 2, 16))
    assert [one.made_at.date() for one in candidate.mails("contacts_confirmation")] == [date(2029, 2, 15)]
    candidate.at(date(2030, 2, 16))
    states = [candidate.task(f"contacts_confirmation-{year}").state for year in (2029, 2030)]
    assert states == [TaskState.MISSING, TaskState.OPEN]


@pytest.mark.clause("GEN-03")
def test_nobody_is_asked_during_a_pause_and_once_after_it() -> None:
    life = active()
    life.hand_in(r.Pause(dated=date(2028, 1, 5), letter=p.LETTER, reason="Elections"))
    assert life.at(date(2030, 3, 1)).mails("contacts_confirmation") == []
    life.hand_in(r.Resume(reason="The new government goes on"))
    life.state.outbox.mails.clear()  # they have long gone out
    life.wakes(date(2030, 3, 2))
    assert [one.task for one in life.mails("contacts_confirmation")] == ["contacts_confirmation-2030"]


def test_a_long_sleep_asks_once() -> None:
    life = active()
    life.wakes(date(2030, 5, 1))
    asked: list[Task] = [task for task in life.state.tasks.values() if task.kind == contacts.KIND]
    assert [task.key for task in asked] == ["contacts_confirmation-2030"]


def test_a_country_of_an_earlier_edition_is_never_asked() -> None:
    life = active()
    life.state.policy = EDITIONS["2026-1"].policy
    life.at(date(2029, 12, 1))
    assert not [kind for kind in life.kinds() if "contacts" in kind]
    moment = next_moment(life.state)
    assert moment is not None
    assert moment.kind != "contacts"


@pytest.mark.clause("REP-07")
def test_after_a_long_sleep_the_reminder_of_a_duty_goes_before_the_question_about_contacts() -> None:
    life = active()
    life.state.outbox.mails.clear()
    life.wakes(date(2028, 2, 20))
    assert [mail.task for mail in life.mails("reminder", "contacts_confirmation")] == [REPORT]
    life.at(date(2028, 3, 13))
    assert life.mails("contacts_confirmation")[-1].made_at.date() == date(2028, 3, 12)
