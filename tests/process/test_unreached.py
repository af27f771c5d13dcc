"""Mail that did not come to its reader: a task of the Secretariat, and a sign on the country until it is mended."""

from datetime import date
from typing import Any

import pytest

from contracts.names import mail_key
from contracts.rows import Undelivered
from contracts.state import Arrived, Recipient
from framework.records import Contact, ContactChange, Waiver
from framework.terms import Role, TaskState
from tests.process import papers as p
from tests.process.life import Life
from workflows.acting import act_on
from workflows.process import view
from workflows.process.ledger import Ledger
from workflows.process.recipients import country_contacts

TODAY = date(2027, 2, 1)
GRANTED = date(2025, 6, 1)
SOMEBODY = Contact(name="Bo", post="Director", email="bo@labour.example.org")


def fails(life: Life, email: str, role: str = "focal_point", state: str = "bounced", **more: Any) -> str:
    """A message to an address fails; the key of its task."""
    key = mail_key("XAA", "2027", "reminder", more.pop("step", "1"), email)
    note = {
        "key": key,
        "kind": "reminder",
        "state": state,
        "answer": "5.1.1",
        "task": "",
        "role": role,
        **more,
    }
    assert (
        act_on(Ledger(state=life.state, now=life.now), Arrived(name="mail_failed", at=life.now, content=note))
        == ""
    )
    return f"mail_failed-{key}"


def shown(life: Life) -> list[tuple[str, str, str]]:
    """What the board shows: to whom what did not come, and its task."""
    return [(one.to, one.state, one.task) for one in view.row(life.state).undelivered]


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize("state", ["refused", "given_up", "bounced"])
def test_a_message_that_failed_shows_on_the_country_without_an_address(state: str) -> None:
    life = Life.active(TODAY, GRANTED)
    task = fails(life, p.PERSON.email, state=state)
    assert view.row(life.state).undelivered == [
        Undelivered(kind="reminder", since=life.now, state=state, to="focal_point", task=task)
    ]
    assert life.state.tasks[task].role is Role.SECRETARIAT
    details = view.details(life.state)
    assert f"**undelivered:** 1 (reminder to focal_point {state})" in details
    assert p.PERSON.email not in details + str(life.state.tasks[task])


@pytest.mark.clause("REP-07")
def test_it_shows_until_the_secretariat_has_seen_to_it() -> None:
    life = Life.active(TODAY, GRANTED)
    task = fails(life, p.PERSON.email)
    life.hand_in(Waiver(task=task, reason="Telephoned; the mailbox was full"))
    assert shown(life) == []
    assert view.row(life.state).undelivered == []


@pytest.mark.clause("EOI-03")
def test_a_new_address_mends_it_and_a_failure_at_the_new_one_shows_anew() -> None:
    life = Life.active(TODAY, GRANTED)
    old = fails(life, p.PERSON.email)
    life.hand_in(ContactChange(focal_point=SOMEBODY, letter=p.LETTER))
    assert shown(life) == []
    assert life.state.tasks[old].state is TaskState.OPEN, "the old message has still not been read"
    new = fails(life, SOMEBODY.email)
    assert shown(life) == [("focal_point", "bounced", new)]


def test_a_new_focal_point_mends_nothing_of_the_ministrys() -> None:
    life = Life.active(TODAY, GRANTED)
    task = fails(life, "ministry@labour.example.org", role="ministry", state="refused")
    life.hand_in(ContactChange(focal_point=SOMEBODY, letter=p.LETTER))
    assert shown(life) == [("ministry", "refused", task)]
    life.hand_in(ContactChange(ministry_email="other@labour.example.org", letter=p.LETTER))
    assert shown(life) == []


@pytest.mark.parametrize("role", ["gcm", ""])
def test_what_did_not_come_to_a_seat_or_to_whom_nobody_said_shows_until_its_task_is_closed(role: str) -> None:
    life = Life.active(TODAY, GRANTED)
    task = fails(life, "chair@x.example", role=role)
    life.hand_in(ContactChange(focal_point=SOMEBODY, letter=p.LETTER))
    assert shown(life) == [(role, "bounced", task)]


def test_of_messages_to_nobody_one_task_for_each_role_is_enough() -> None:
    life = Life.active(TODAY, GRANTED)
    before = len(life.state.entries)
    for number in range(3):
        fails(life, "nobody: deputy", role="deputy", state="no_recipient", step=str(number))
    assert shown(life) == [("deputy", "no_recipient", "mail_failed-nobody-deputy")]
    assert len(life.state.entries) == before + 1
    life.hand_in(ContactChange(deputies=(SOMEBODY,), letter=p.LETTER))
    assert shown(life) == []


def test_a_report_of_it_that_lacks_everything_is_shown_as_it_is() -> None:
    life = Life.active(TODAY, GRANTED)
    act_on(
        Ledger(state=life.state, now=life.now), Arrived(name="mail_failed", at=life.now, content={"key": "k"})
    )
    assert shown(life) == [("", "", "mail_failed-k")]


def test_contacts_are_written_to_as_who_they_are() -> None:
    life = Life.active(TODAY, GRANTED, deputies=[SOMEBODY])
    to = country_contacts(life.state)
    assert [one.role for one in to] == ["focal_point", "deputy", "ministry"]
    assert all(isinstance(one, Recipient) and one.email for one in to)
