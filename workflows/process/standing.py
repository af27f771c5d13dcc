"""A country's standing: how its status changes, what a change opens and ends, and how a mistaken one is undone."""

from dataclasses import replace
from datetime import date

from contracts.state import CountryState, StatusChange
from framework import cycle as dates
from framework.terms import Role, Status, TaskState
from workflows.process import contacts, reporting, restoring, review
from workflows.process.ledger import Ledger
from workflows.process.recipients import country_contacts, seats


def become_active(
    ledger: Ledger, day: date, *, because: str, clause: str, resets: list[int] | None = None
) -> None:
    """Grant (IMP-01) or reactivation (REA-05): implementation starts, the first report is due as REP-03 says."""
    state = ledger.state
    set_status(ledger, Status.ACTIVE, day, because=because, clause=clause, resets=resets)
    ledger.close_tasks(
        TaskState.VOID,
        lambda task: (
            (task.role is not Role.SECRETARIAT or task.kind == "presentation") and task.kind != contacts.KIND
        ),
        reason="status is active",
    )
    year = year_of(ledger)
    first = dates.first_report_year(day, state.policy)
    if state.cycle != year or ledger.cycle(year) is None:
        reporting.open_cycle(ledger, year, report_due=first <= year)
    elif first <= year:
        restoring.make_report_due(ledger, year)
    else:
        _excuse(ledger, year)
    restoring.reopen_year(ledger)
    state.outbox.archive_cycle = True


def become_inactive(ledger: Ledger, day: date, *, because: str) -> None:
    """DIA-06: declared inactive; the notice goes out, yearly duties are no longer timed, benefits are suspended."""
    set_status(ledger, Status.INACTIVE, day, because=because, clause="DIA-06")
    ledger.close_tasks(
        TaskState.VOID,
        lambda task: (
            task.role is not Role.SECRETARIAT
            and not task.kind.startswith("reactivation_")
            and task.kind != contacts.KIND
        ),
        reason="status is inactive",
    )
    ledger.mail(
        "declared_inactive", [*country_contacts(ledger.state), *seats(Role.GCM, Role.MWG)], effective_on=day
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


def undo_change(ledger: Ledger, decision_id: str) -> None:
    """A decision that changed the status was a mistake: the status before it holds again.

    The rules see to it that no later change stands; changes that fell themselves may lie in between.
    """
    state = ledger.state
    fallen = next(
        one for one in reversed(state.status_history) if one.because == decision_id and not one.corrects
    )
    state.status_history.append(
        StatusChange(
            before=fallen.after,
            after=fallen.before,
            on=ledger.today,
            because=f"correction of {decision_id}",
            corrects=decision_id,
        )
    )
    state.status, state.status_since = fallen.before, fallen.since_before
    ledger.note("status_corrected", "GEN-03", before=fallen.after, after=fallen.before, corrected=decision_id)
    for year in fallen.resets_years:
        if (cycle := ledger.cycle(year)) is not None:
            ledger.put_cycle(replace(cycle, counts=True))
    if state.status is Status.ACTIVE:
        _active_again(ledger)
    else:
        _not_active_after_all(ledger, fallen)


def standing_changes(state: CountryState) -> list[StatusChange]:
    """The changes of status that hold: without those that were corrected, and without the corrections."""
    held: list[StatusChange] = []
    for change in state.status_history:
        if not change.corrects:
            held.append(change)
            continue
        fallen = next((one for one in reversed(held) if one.because == change.corrects), None)
        held = [one for one in held if one is not fallen]
    return held


def _excuse(ledger: Ledger, year: int) -> None:
    """The count starts anew after the year under way (REP-03): what was still due in it no longer is."""
    cycle = ledger.cycle(year)
    if cycle is None:
        return
    if cycle.report_due:
        ledger.state.status_history[-1].excused_years = [year]
    ledger.put_cycle(replace(cycle, report_due=False, counts=False))


def _active_again(ledger: Ledger) -> None:
    """The country was never inactive: the year under way and its duties are back, as far as they are not done."""
    state, cycle = ledger.state, ledger.cycle()
    if cycle is not None and not cycle.report_due and report_due_in(ledger, cycle.year):
        restoring.make_report_due(ledger, cycle.year)
    restoring.reopen_year(ledger)
    restoring.ask_for_dialogue(ledger)
    state.invited_year = None


def _not_active_after_all(ledger: Ledger, fallen: StatusChange) -> None:
    """The country never came to be active: the years since then ask nothing of it."""
    state = ledger.state
    candidate = state.status is Status.CANDIDATE
    ledger.close_tasks(
        TaskState.VOID,
        lambda task: (candidate and task.kind != "letter") or task.role is not Role.SECRETARIAT,
        reason="status corrected",
    )
    for cycle in [one for one in state.cycles if one.report_due and one.year > fallen.on.year]:
        ledger.put_cycle(replace(cycle, report_due=False, first_due_on=None, due_on=None))
    for year in fallen.excused_years:
        ledger.change_cycle(year, report_due=True)
    if candidate:
        review.clear_flags(ledger)
        state.cycle, state.assessed_year, state.last_heard_at = None, None, ledger.now
        ledger.open_task("presentation", "PLN-07", Role.SECRETARIAT)


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
