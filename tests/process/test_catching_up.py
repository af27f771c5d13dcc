"""What did not reach the predecessor reaches the successor, once, and the Secretariat's task about it ends (REP-07)."""

from datetime import date
from typing import Any

import pytest

from contracts.names import mail_key
from contracts.state import Arrived
from framework import records as r
from framework.terms import TaskState
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_handover import ANA, BEN, NEW, REPORT, handed_over, named, whom, year
from workflows.acting import act_on
from workflows.process import view
from workflows.process.ledger import Ledger


def comes_back(life: Life, about: str = "", kind: str = "reminder", step: str = "1", email: str = "") -> str:
    """A message to the focal point comes back; the key of the Secretariat's task."""
    key = mail_key("XAA", "2028", kind, step, email or p.PERSON.email)
    note: dict[str, Any] = {"key": key, "kind": kind, "state": "bounced", "answer": "5.1.1"}
    note |= {"task": about, "role": "focal_point"}
    assert (
        act_on(Ledger(state=life.state, now=life.now), Arrived(name="mail_failed", at=life.now, content=note))
        == ""
    )
    return f"mail_failed-{key}"


@pytest.mark.clause("REP-07", "EOI-03")
def test_what_bounced_before_the_hand_over_comes_to_the_successor_in_one_message() -> None:
    life = year()
    failed = [comes_back(life, REPORT, step="1"), comes_back(life, REPORT, step="2")]
    failed.append(comes_back(life, "indicator_framework-2028", step="3"))
    handed_over(life)
    (mail,) = life.mails("caught_up")
    assert whom(mail) == [NEW.email]
    assert mail.values["open_tasks"] == [REPORT, "indicator_framework-2028"]
    assert mail.values["due_dates"][REPORT] == "2028-04-30"
    assert [life.state.tasks[key].state for key in failed] == [TaskState.DONE] * 3
    assert view.row(life.state).undelivered == []


@pytest.mark.clause("REP-07", "EOI-03")
def test_what_comes_back_only_after_the_hand_over_is_sent_to_the_successor_then() -> None:
    life = year()
    handed_over(life, overlap_days=0)
    assert life.mails("caught_up") == []
    task = comes_back(life.at(date(2028, 4, 12)), REPORT)
    (mail,) = life.mails("caught_up")
    assert (whom(mail), mail.step) == ([NEW.email], task)
    assert life.state.tasks[task].state is TaskState.DONE


def test_a_letter_that_came_back_is_named_and_stays_with_the_secretariat() -> None:
    life = year()
    task = comes_back(life, "", kind="letter")
    handed_over(life)
    (mail,) = life.mails("caught_up")
    assert mail.values["others"] == ["2028-04-10"]
    assert life.state.tasks[task].state is TaskState.OPEN, "somebody must see that its content gets there"


def test_a_message_about_what_is_done_by_now_is_not_sent_anew() -> None:
    life = year()
    life.hand_in(p.report(2028, life.now.date()), ANA)
    comes_back(life, REPORT)
    handed_over(life)
    assert life.mails("caught_up") == []


def test_what_fails_at_the_successors_own_address_is_the_secretariats_matter_as_ever() -> None:
    life = year()
    handed_over(life)
    task = comes_back(life, REPORT, email=NEW.email)
    assert life.mails("caught_up") == []
    assert [one.task for one in view.row(life.state).undelivered] == [task]


def test_an_address_that_is_held_again_is_no_earlier_one() -> None:
    life = year()
    handed_over(life)
    life.hand_in(r.SuccessorNamed(successor=p.PERSON, letter=p.LETTER), BEN)
    assert life.state.pending_successor is not None
    life.hand_in(r.SuccessorAccepted(handover=life.state.pending_successor.id), ANA)
    comes_back(life, REPORT)
    assert life.mails("caught_up") == []
    assert len(life.state.earlier_addresses) == 1


def test_a_named_successor_whose_mailbox_refuses_shows_until_that_is_settled() -> None:
    life = year()
    handover = named(life)
    comes_back(life, "", kind="successor_named", email=NEW.email)
    assert [one.kind for one in view.row(life.state).undelivered] == ["successor_named"]
    life.hand_in(r.SuccessorWithdrawn(handover=handover), ANA)
    assert view.row(life.state).undelivered == []
