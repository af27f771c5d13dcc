"""A country's standing: how its status changes, what a change opens and ends, and how a mistaken one is undone."""

from dataclasses import replace
from datetime import date

from contracts.state import StatusChange
from framework import cycle as dates
from framework.terms import Role, Status, TaskState
from workflows.process import reporting, review
from workflows.process.ledger import Ledger, seats


def become_active(
    ledger: Ledger, day: date, *, because: str, clause: str, resets: list[int] | None = None
) -> None:
    """Grant (IMP-01) or reactivation (REA-05): implementation starts, the first report is due as REP-03 says."""
    state = ledger.state
    set_status(ledger, Status.ACTIVE, day, because=because, clause=clause, resets=resets)
    ledger.close_tasks(
        TaskState.VOID, lambda task: task.role is not Role.SECRETARIAT, reason="status is active"
    )
    first = dates.first_report_year(day, state.policy)
    year = year_of(ledger)
    if state.cycle == year and (cycle := ledger.cycle(year)) is not None:
        ledger.put_cycle(replace(cycle, report_due=first <= year, counts=first <= year))
    else:
        reporting.open_cycle(ledger, year, report_due=first <= year)
    state.outbox.archive_cycle = True


def become_inactive(ledger: Ledger, day: date, *, because: str) -> None:
    """DIA-06: declared inactive; the notice goes out, yearly duties are no longer timed, benefits are suspended."""
    set_status(ledger, Status.INACTIVE, day, because=because, clause="DIA-06")
    ledger.close_tasks(
        TaskState.VOID, lambda task: task.role is not Role.SECRETARIAT, reason="status is inactive"
    )
    ledger.mail(
        "declared_inactive", [*ledger.country_contacts(), *seats(Role.GCM, Role.MWG)], effective_on=day
    )


def set_status(
    ledger: Ledger, after: Status, day: date, *, because: str, clause: str, resets: list[int] | None = None
) -> None:
    """Writes a change of status with the decision or letter behind it."""
    state = ledger.state
    change = StatusChange(
        before=state.status,
        after=after,
        on=day,
        because=because,
        resets_years=resets or [],
        since_before=state.status_since,
    )
    state.status_history.append(change)
    state.status, state.status_since = after, day
    ledger.note(
        "status_changed", clause, before=change.before, after=after, because=because, effective_on=day
    )


def undo_last_change(ledger: Ledger) -> None:
    """The decision behind the last change of status was a mistake: the status before it holds again."""
    state = ledger.state
    last = state.status_history[-1]
    state.status_history.append(
        StatusChange(
            before=last.after, after=last.before, on=ledger.today, because=f"correction of {last.because}"
        )
    )
    state.status, state.status_since = last.before, last.since_before
    ledger.note("status_corrected", "GEN-03", before=last.after, after=last.before, corrected=last.because)
    ledger.close_tasks(TaskState.VOID, lambda task: True, reason="status corrected")
    for year in last.resets_years:
        if (cycle := ledger.cycle(year)) is not None:
            ledger.put_cycle(replace(cycle, counts=True))
    if state.status is Status.CANDIDATE:
        state.cycle = None
        ledger.open_task("presentation", "PLN-07", Role.SECRETARIAT)
    elif state.status is Status.ACTIVE:
        reporting.open_reporting_tasks(ledger)


def year_of(ledger: Ledger) -> int:
    """The cycle that `now` lies in: a year ends at the end of its last day anywhere on Earth."""
    year, policy = ledger.now.year, ledger.state.policy
    if ledger.now <= dates.end_of_day(dates.closes(year - 1, policy)):
        return year - 1
    return year + 1 if ledger.now > dates.end_of_day(dates.closes(year, policy)) else year


def turn_year(ledger: Ledger) -> None:
    """Closes the cycle under way and opens the next one."""
    state = ledger.state
    reporting.close_cycle(ledger)
    review.reconsider(ledger)
    year = (state.cycle or year_of(ledger)) + 1
    reporting.open_cycle(ledger, year, report_due=report_due_in(ledger, year))


def report_due_in(ledger: Ledger, year: int) -> bool:
    """Whether a report is due in a year: active, not paused, and the first due year has come (REP-03)."""
    state = ledger.state
    if state.status is not Status.ACTIVE or state.paused_on is not None or state.status_since is None:
        return False
    known = ledger.cycle(year)
    policy = state.next_policy or state.policy
    if state.resumed_on is not None and not dates.in_time_for(year, state.resumed_on, policy):
        return False
    return (known.report_due if known and known.imported else True) and dates.first_report_year(
        state.status_since, policy
    ) <= year
