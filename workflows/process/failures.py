"""What a country does when something outside of it has failed for good: somebody is told, nothing stops."""

from typing import Any

from contracts.state import Task
from framework.terms import OPEN_TASK_STATES, Role
from workflows.process.ledger import Ledger

MOST_TASKS = 50
"""Open tasks about failed mail; from there on something is wrong with the mail server, and entries are enough."""

MOST_ROWS = 50
"""Refused rows that are put on record; the note is a row itself, and must not be noted for ever."""

NO_RECIPIENT = "no_recipient"


def rows_refused(ledger: Ledger, rows: list[str]) -> None:
    """The database refused rows for good: the record says which, each once; the country and its mail go on."""
    state = ledger.state
    new = [row for row in rows if row not in state.unwritten][: MOST_ROWS - len(state.unwritten)]
    if new:
        state.unwritten += new
        ledger.note("rows_refused", "GEN-03", rows=new)


def mail_failed(ledger: Ledger, content: dict[str, Any]) -> Task | None:
    """A message came not to its reader: the Secretariat gets a task, which is returned; the country goes on.

    Where nobody is there to write to, one task for each role is enough, however many messages wait for somebody.
    """
    key, state = _text(content, "key", 200), _text(content, "state", 20)
    kind, role, answer = _text(content, "kind", 60), _text(content, "role", 40), _text(content, "answer", 300)
    task = f"mail_failed-{key}"[:200]
    if state == NO_RECIPIENT:
        task = f"mail_failed-nobody-{role or 'named'}"
        known = ledger.state.tasks.get(task)
        if known is not None and known.state in OPEN_TASK_STATES:
            return None
    ledger.note("mail_failed", "REP-07", key=key, mail=kind, state=state, answer=answer)
    if sum(1 for one in ledger.open_tasks() if one.kind == "mail_failed") >= MOST_TASKS:
        return None
    return ledger.open_task(
        "mail_failed",
        "REP-07",
        Role.SECRETARIAT,
        key=task,
        mail=key,
        address=str(content.get("key", "")).rpartition("-")[2][:12],  # its digest, with which keys end
        answer=answer,
        mail_kind=kind,
        state=state,
        to=role,
        about=_text(content, "task", 200),
    )


def _text(content: dict[str, Any], name: str, length: int) -> str:
    return str(content.get(name, ""))[:length]
