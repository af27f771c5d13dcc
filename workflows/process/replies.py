"""What a report and its comments bring about: the receipt, the MWG's turn, the country's turn (REP-08, REP-09)."""

from datetime import date, timedelta

from contracts.state import Comment, Entry, Version
from framework import cycle as dates
from framework.terms import Role, Status
from workflows.process import telling
from workflows.process.ledger import Ledger
from workflows.process.recipients import focal_point, seats

PAPERS = frozenset(
    {
        "timetable",
        "stakeholder_list",
        "stocktaking",
        "workshop",
        "roadmap",
        "nap_submission",
        "comment_answers",
        "annual_activities",
    }
)
"""What a country hands in besides its report, and gets a receipt for where the policy says so."""

COMMENT_DAYS = 31
"""Days that the MWG has for its comments on a report which came too late for the usual date."""


def ask_for_comments(ledger: Ledger, year: int, day: date) -> None:
    """REP-08: the MWG is asked for its comments, within the cycle; a cycle that has closed asks for nothing more."""
    cycle, policy = ledger.cycle(year), ledger.state.policy
    if cycle is not None and cycle.closed:
        return
    usual = (cycle and cycle.comments_due_on) or dates.comments_due(year, policy)
    due = usual if day <= usual else min(day + timedelta(days=COMMENT_DAYS), dates.closes(year, policy))
    task = ledger.open_task("mwg_comments", "REP-08", Role.MWG, year=year, due_on=due)
    ledger.mail("task_opened", seats(Role.MWG), task=task.key, task_kind=task.kind, year=year, due_on=due)


def ask_for_final(ledger: Ledger, year: int, made: list[Comment], due: date) -> None:
    """REP-09, with a date where the country's year is timed (INA-01) and the final version can still come."""
    cycle, key = ledger.cycle(year), ""
    closed = cycle is not None and cycle.closed
    timed = ledger.state.status is Status.ACTIVE and not closed
    if timed:
        key = ledger.open_task("final_report", "REP-09", Role.FOCAL_POINT, year=year, due_on=due).key
        if key not in ledger.opened:
            ledger.redate_task(key, due)
    ledger.mail(
        "comments_sent",
        focal_point(ledger.state),
        task=key,
        year=year,
        numbers=[comment.number for comment in made],
        comments=telling.comments(made),
        closed=closed,
        due_on=due if timed else None,
    )


def acknowledge(ledger: Ledger, kind: str, year: int, entry: Entry) -> None:
    """The country learns what came, whether it was late, and what is still outstanding."""
    cycle = ledger.cycle(year)
    waiting = [task for task in ledger.open_tasks() if task.year == year and task.role is Role.FOCAL_POINT]
    received = cycle and {"progress_report": cycle.report_on, "indicator_framework": cycle.indicators_on}
    version = ledger.state.versions[-1]
    ledger.mail(
        "report_received",
        focal_point(ledger.state),
        what=kind,
        year=year,
        version=version.number,
        sha256=version.sha256,
        late=entry.values["late"],
        received=received or {},
        receipts=telling.receipts(ledger, year),
        outstanding=[task.kind for task in waiting if task.kind != kind],
        due_dates=telling.due_dates(waiting, by_kind=True),
    )


def acknowledge_paper(ledger: Ledger, version: Version, year: int | None) -> None:
    """The country learns that a paper came, as which version, and what is still asked of it (EOI-05, PLN-05)."""
    if version.kind not in PAPERS or not ledger.state.policy.receipts:
        return
    waiting = [task for task in ledger.open_tasks() if task.role is Role.FOCAL_POINT]
    ledger.mail(
        "report_received",
        focal_point(ledger.state),
        what=version.kind,
        year=year,
        version=version.number,
        sha256=version.sha256,
        outstanding=[task.kind for task in waiting],
        due_dates=telling.due_dates(waiting, by_kind=True),
    )
