"""What a country does when something outside of it has failed for good: somebody is told, nothing stops."""

from typing import Any

from framework.terms import Role
from workflows.process.ledger import Ledger

MOST_TASKS = 50
"""Open tasks about failed mail; from there on something is wrong with the mail server, and entries are enough."""

MOST_ROWS = 50
"""Refused rows that are put on record; the note is a row itself, and must not be noted for ever."""


def rows_refused(ledger: Ledger, rows: list[str]) -> None:
    """The database refused rows for good: the record says which, each once; the country and its mail go on."""
    state = ledger.state
    new = [row for row in rows if row not in state.unwritten][: MOST_ROWS - len(state.unwritten)]
    if new:
        state.unwritten += new
        ledger.note("rows_refused", "GEN-03", rows=new)


def mail_failed(ledger: Ledger, content: dict[str, Any]) -> None:
    """A message was refused for good or given up: the Secretariat gets a task; the country goes on."""
    key = str(content.get("key", ""))[:200]
    state, answer = str(content.get("state", "")), str(content.get("answer", ""))[:300]
    ledger.note(
        "mail_failed", "REP-07", key=key, mail=str(content.get("kind", "")), state=state, answer=answer
    )
    if sum(1 for task in ledger.open_tasks() if task.kind == "mail_failed") >= MOST_TASKS:
        return
    ledger.open_task(
        "mail_failed", "REP-07", Role.SECRETARIAT, key=f"mail_failed-{key}"[:200], mail=key, answer=answer
    )
