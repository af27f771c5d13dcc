"""What did not reach a predecessor reaches the successor: nothing is lost when the old address dies first (REP-07).

It comes as one message that lists what was missed, not as one for each: a dead mailbox has mostly swallowed several
reminders of the same task, and sent again they would tell of days left that are long over.
"""

from collections.abc import Iterable
from typing import Any

from contracts.names import address_digest
from contracts.state import Task
from framework.records import Contact
from framework.terms import OPEN_TASK_STATES, TaskState
from workflows.process import telling
from workflows.process.ledger import Ledger
from workflows.process.recipients import focal_point

KIND = "caught_up"
KEPT_ADDRESSES = 10
"""Digests of earlier addresses that are remembered: a message may come back weeks after it was sent."""


def catch_up(ledger: Ledger, before: Contact, step: str) -> None:
    """Tells the new focal point at once what did not reach the predecessor, and remembers from where it may still come."""
    gone = {address_digest(one) for one in (before.email, before.second_email) if one.strip()}
    state = ledger.state
    kept = [one for one in state.earlier_addresses if one not in gone]
    now_held = {address_digest(one.email) for one in focal_point(ledger.state)}
    state.earlier_addresses = [one for one in [*kept, *sorted(gone)] if one not in now_held][-KEPT_ADDRESSES:]
    _send(ledger, [one for one in ledger.open_tasks("mail_failed") if _from(one, gone)], step)


def late_return(ledger: Ledger, failed: Task) -> None:
    """A message comes back from an address from which the mandate was handed over: its content goes to the successor."""
    if focal_point(ledger.state) and _from(failed, ledger.state.earlier_addresses):
        _send(ledger, [failed], failed.key)


def _from(failed: Task, digests: Iterable[str]) -> bool:
    return failed.values.get("address") in set(digests)


def _send(ledger: Ledger, failed: list[Task], step: str) -> None:
    """One message about everything that still matters; what it tells of open tasks is seen to with it."""
    missed = [one for one in failed if _still_matters(ledger, one)]
    if not missed or not focal_point(ledger.state):
        return
    about = [task for key in dict.fromkeys(map(_about, missed)) if (task := ledger.state.tasks.get(key))]
    others = sorted({one.opened_at.date() for one in missed if not _about(one)})
    for one in missed:
        if _about(one):
            ledger.close_task(one.key, TaskState.DONE, reason="sent to the successor")
    facts: dict[str, Any] = {
        "open_tasks": [task.key for task in about],
        "due_dates": telling.due_dates(about),
        "others": others,
        "count": len(missed),
    }
    ledger.mail(KIND, focal_point(ledger.state), step=step, **facts)


def _still_matters(ledger: Ledger, failed: Task) -> bool:
    """What was about no task (a letter, a decision) matters always; what was about one, as long as that is open."""
    key = _about(failed)
    task = ledger.state.tasks.get(key)
    return not key or (task is not None and task.state in OPEN_TASK_STATES)


def _about(failed: Task) -> str:
    return str(failed.values.get("about", ""))
