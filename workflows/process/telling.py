"""What messages tell of a country's state, beside what happened: dates, receipts, comments, findings, as keys and values."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from contracts.state import Comment, Task
from framework import cycle as dates
from framework.findings import Finding
from framework.terms import Role
from workflows.process.ledger import Ledger

COMMENT_LENGTH = 400
"""Characters of a comment in a message; the whole of it is on record."""


def due_dates(tasks: Iterable[Task], *, by_kind: bool = False) -> dict[str, date]:
    """The due dates of those tasks that have one, by key or by kind."""
    return {task.kind if by_kind else task.key: task.due_on for task in tasks if task.due_on is not None}


def owed(ledger: Ledger) -> list[Task]:
    """The open tasks that the country itself owes."""
    return [task for task in ledger.open_tasks() if task.role is Role.FOCAL_POINT]


def comments(made: Iterable[Comment]) -> list[dict[str, Any]]:
    """Comments by number, each with its text or the beginning of it."""
    return [{"number": one.number, "text": _beginning(one.text)} for one in made]


def receipts(ledger: Ledger, year: int) -> list[dict[str, Any]]:
    """The newest version of everything that was handed in for a year: what, when, and its fingerprint (REP-07)."""
    newest = {one.kind: one for one in ledger.state.versions if one.year == year}
    return [
        {"kind": one.kind, "version": one.number, "on": one.at.date(), "sha256": one.sha256}
        for one in newest.values()
    ]


def findings(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings with what their sentences mention."""
    return [{"key": one.key, "values": dict(one.values)} for one in found]


def first_report_on(ledger: Ledger, active_since: date) -> date:
    """When the first report of a country that is active since a day is due (REP-03)."""
    policy = ledger.state.policy
    return dates.report_due(dates.first_report_year(active_since, policy), policy)


def _beginning(text: str) -> str:
    return text if len(text) <= COMMENT_LENGTH else f"{text[:COMMENT_LENGTH].rstrip()} [...]"
