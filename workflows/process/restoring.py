"""What is asked for again once a mistake is undone, read from what has come: nothing handed in is asked for twice."""

from dataclasses import replace

from framework import cycle as dates
from framework.terms import Role, Status
from workflows.process import dialogue, reporting, review
from workflows.process.ledger import Ledger


def make_report_due(ledger: Ledger, year: int) -> None:
    """A year that was opened without a report gets one, unless the day for it has passed while nobody was asked."""
    cycle = ledger.cycle(year)
    planned = dates.new_cycle(year, report_due=True, policy=ledger.state.policy)
    if cycle is None or planned.due_on is None:
        return
    asked = f"progress_report-{year}" in ledger.state.task_numbers
    if not asked and dates.end_of_day(planned.due_on) < ledger.now:
        return
    ledger.put_cycle(replace(reporting.merged(planned, cycle), counts=True))


def reopen_year(ledger: Ledger) -> None:
    """The duties of everybody in the year under way, as far as they are not done."""
    state, cycle = ledger.state, ledger.cycle()
    if state.status is not Status.ACTIVE or cycle is None or not cycle.report_due:
        return
    reporting.open_reporting_tasks(ledger)
    open_what_waits(ledger)
    if state.assessed_year == cycle.year or cycle.judged_on is not None:
        review.ask_for_status_decision(ledger, cycle.year)


def open_what_waits(ledger: Ledger) -> None:
    """What of the year under way is waiting for others: comments, the final version."""
    cycle = ledger.cycle()
    if cycle is None or cycle.report_on is None or cycle.final_on is not None:
        return
    if cycle.comments_on is None:
        due = cycle.comments_due_on if (cycle.comments_due_on or ledger.today) >= ledger.today else None
        ledger.open_task("mwg_comments", "REP-08", Role.MWG, year=cycle.year, due_on=due)
    else:
        ledger.open_task(
            "final_report", "REP-09", Role.FOCAL_POINT, year=cycle.year, due_on=cycle.final_due_on
        )


def ask_for_dialogue(ledger: Ledger) -> None:
    """REV-15: flags that stand open again are the GCM's matter again."""
    flags = review.open_flags(ledger.state)
    if ledger.state.status is not Status.ACTIVE or not flags or dialogue.open_one(ledger) is not None:
        return
    named = [{"indicator": flag.indicator, "years": flag.years} for flag in flags]
    ledger.open_task("open_dialogue", "REV-15", Role.GCM, flags=named)


def ask_for_activities(ledger: Ledger, year: int) -> None:
    """PLN-12: the activities of the year under way are not on record any more."""
    cycle = ledger.cycle()
    if ledger.state.status is not Status.ACTIVE or cycle is None or cycle.year != year:
        return
    usual = dates.on(ledger.state.policy.activities_due, year)
    due = usual if usual >= ledger.today else None
    ledger.open_task("annual_activities", "PLN-12", Role.FOCAL_POINT, year=year, due_on=due)
