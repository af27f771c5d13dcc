"""The people of a country: how they wish to be written to, and once a year whether their contacts are right (EOI-03)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from contracts.state import CountryState, Entry, Task
from framework import cycle as dates
from framework.findings import Findings, problem
from framework.records import Contact, ContactsConfirmation, MailPreferences
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from workflows.process import contacts, reminding
from workflows.process.ledger import Ledger
from workflows.process.recipients import focal_point

CONFIRM_WITHIN = timedelta(days=28)
"""Time for a confirmation where the policy says nothing about that task."""


def mail_preferences(ledger: Ledger, record: MailPreferences, entry: Entry, day: date) -> None:
    """REP-07: what was chosen holds for every message from now on, also about tasks that are open already."""
    state, before = ledger.state, contacts.fingerprint_of(ledger.state)
    if record.copy_deputies is not None:
        state.copy_deputies = record.copy_deputies
    person = state.focal_point
    if record.second_email is not None:
        person = replace(person, second_email=record.second_email.strip())
        entry.values["second_address"] = bool(person.second_email)
    state.focal_point = replace(
        person, language=record.language or person.language, time_zone=record.time_zone or person.time_zone
    )
    state.language = state.focal_point.language
    ledger.touch()
    ask_again(ledger, before)


def take_up(state: CountryState, person: Contact) -> None:
    """EOI-03: somebody is the focal point from now on, and is written to in their own language about everything open."""
    state.focal_point, state.language = person, person.language


def asking_at(state: CountryState) -> datetime | None:
    """When the contacts are next asked for, in the morning (UTC); None where the policy never does."""
    day = state.policy.contacts_confirmed_on
    if day is None or state.started_at is None or state.paused_on is not None or state.ended:
        return None
    return dates.reminder_moment(dates.on(day, _next_year(state)), state.policy)


def ask(ledger: Ledger, at: datetime) -> None:
    """A year's contacts are to be confirmed: one task, one message. What an earlier year left open is missing."""
    state = ledger.state
    year = state.contacts_asked_year = max(at.year, _last_year(state, ledger.now))
    ledger.close_tasks(TaskState.MISSING, lambda task: task.kind == contacts.KIND, reason="asked again")
    within = state.policy.days_by_task.get(contacts.KIND, CONFIRM_WITHIN.days)
    due = ledger.today + timedelta(days=within)
    task = ledger.open_task(contacts.KIND, "EOI-03", Role.FOCAL_POINT, year=year, due_on=due)
    ledger.note("contacts_asked", "EOI-03", task=task.key, year=year, due_on=due)
    _send(ledger, task, at)


def ask_again(ledger: Ledger, before: str) -> None:
    """The contacts changed while they were to be confirmed: a new message, since its link names the new ones."""
    if before == contacts.fingerprint_of(ledger.state):
        return
    for task in ledger.open_tasks(contacts.KIND):
        _send(ledger, task, ledger.now)


def examine(state: CountryState, record: Any) -> Findings:
    """Whether the contacts are asked for, and are still those that somebody read before confirming them."""
    if record.kind != contacts.KIND:
        return Findings()
    found = Findings()
    if _asked(state, record.year) is None:
        found += problem("contacts_confirmation.not_asked", "year", "EOI-03", year=record.year)
    if record.fingerprint and record.fingerprint != contacts.fingerprint_of(state):
        found += problem("contacts_confirmation.changed", "fingerprint", "EOI-03")
    return found


def contacts_confirmation(ledger: Ledger, record: ContactsConfirmation, entry: Entry, day: date) -> None:
    """EOI-03: the contacts are right as of this day; the task is done and its reminders end."""
    ledger.state.contacts_confirmed_on = day
    ledger.touch()


def _asked(state: CountryState, year: int) -> Task | None:
    return next(
        (
            task
            for task in state.tasks.values()
            if task.kind == contacts.KIND and task.year == year and task.state in OPEN_TASK_STATES
        ),
        None,
    )


def _send(ledger: Ledger, task: Task, at: datetime) -> None:
    today, earlier = dates.day_of(ledger.now), reminding.earlier(task, ledger.now)
    ledger.mail(
        contacts.KIND,
        focal_point(ledger.state),
        step=f"{task.key}-{contacts.fingerprint_of(ledger.state)[:8]}",
        task=task.key,
        due_at=at,
        **reminding.facts_of(ledger, task, today, earlier),
    )


def _next_year(state: CountryState) -> int:
    """The year whose asking comes next: the one after the beginning, since contacts were new then; then every year."""
    assert state.started_at is not None
    if state.contacts_asked_year is not None:
        return state.contacts_asked_year + 1
    return max(state.started_at.year + 1, state.cycle or 0)


def _last_year(state: CountryState, now: datetime) -> int:
    """The last year whose day has come: after a long sleep the contacts are asked for once."""
    assert state.policy.contacts_confirmed_on is not None
    day = dates.on(state.policy.contacts_confirmed_on, now.year)
    return now.year if dates.reminder_moment(day, state.policy) <= now else now.year - 1
