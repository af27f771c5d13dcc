"""A country's past: its changes of status, the years in which a report was due, its yearly cycles."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from contracts.state import StatusChange
from framework import cycle as dates
from framework.facts import Cycle
from framework.policy import Policy
from framework.terms import Status
from portfolio.rows import Row


def changes(country: Row) -> list[StatusChange]:
    """All changes of status, the grant first, each with the date since when the status before it was held."""
    granted = country.day("granted_on")
    since, before = country.day("expression_of_interest_on"), Status.CANDIDATE
    later = country.many("status_changes", tuple)
    steps = ([(Status.ACTIVE, granted, "grant")] if granted else []) + [*later]
    found = []
    for after, on, because in steps:
        found.append(StatusChange(before=before, after=after, on=on, because=because, since_before=since))
        since, before = on, after
    return found


def due_years(history: Iterable[StatusChange], until: date, policy: Policy) -> list[int]:
    """The years in which a report was due on or before `until` (REP-02, REP-03), over all active times."""
    found = set()
    for began, ended in active_times(history):
        for year in range(dates.first_report_year(began, policy), until.year + 1):
            due = dates.report_due(year, policy)
            if due <= until and (ended is None or due < ended):
                found.add(year)
    return sorted(found)


def active_times(history: Iterable[StatusChange]) -> list[tuple[date, date | None]]:
    """From when to when (None: still) the country was active."""
    found: list[tuple[date, date | None]] = []
    for change in history:
        if change.after is Status.ACTIVE:
            found.append((change.on, None))
        elif found and found[-1][1] is None:
            found[-1] = (found[-1][0], change.on)
    return found


def cycles(years: Iterable[Row], history: list[StatusChange], today: date, policy: Policy) -> list[Cycle]:
    """The years on paper as cycles, the earliest first; those that are over on `today` are closed."""
    rows = sorted((row for row in years if row.count("year")), key=lambda row: row.count("year"))
    due = due_years(history, date(today.year, 12, 31), policy)
    since = latest_reactivation(history)
    return [_cycle(row, row.count("year") in due, since, today, policy) for row in rows]


def latest_reactivation(history: list[StatusChange]) -> date | None:
    """When the country last came back from being inactive; years before do not count any more (REA-05)."""
    returns = [
        change.on for change in history if (change.before, change.after) == (Status.INACTIVE, Status.ACTIVE)
    ]
    return returns[-1] if returns else None


def with_resets(history: list[StatusChange], past: Iterable[Cycle]) -> list[StatusChange]:
    """The changes, the latest way back naming the years that stopped counting with it."""
    since, years = latest_reactivation(history), [cycle.year for cycle in past if not cycle.counts]
    return [
        change.model_copy(update={"resets_years": years})
        if change.on == since and change.after is Status.ACTIVE
        else change
        for change in history
    ]


def _cycle(row: Row, due: bool, since: date | None, today: date, policy: Policy) -> Cycle:
    year, extended_to = row.count("year"), row.day("extended_to")
    cycle = dates.new_cycle(year, report_due=due, policy=policy)
    if extended_to and due:
        cycle = dates.extended(cycle, extended_to, row.text("extended_because"), policy)
    return replace(
        _judged(_handed_in(cycle, row, policy), row),
        closed=dates.closes(year, policy) < today,
        counts=since is None or dates.report_due(year, policy) > since,
        imported=True,
    )


def _handed_in(cycle: Cycle, row: Row, policy: Policy) -> Cycle:
    comments_on = row.day("comments_on")
    final_due = dates.final_due(cycle.year, comments_on, policy) if comments_on else cycle.final_due_on
    return replace(
        cycle,
        report_on=row.day("report_on"),
        report_version=1 if row.day("report_on") else 0,
        indicators_on=row.day("indicators_on"),
        comments_on=comments_on,
        comments_made=row.count("comments_made"),
        final_due_on=final_due,
        final_on=row.day("final_on"),
        evidence=row.get("evidence", dict) or {},
        participation=row.get("participation", dict) or {},
    )


def _judged(cycle: Cycle, row: Row) -> Cycle:
    return replace(
        cycle,
        judged_on=row.day("judged_on"),
        progress_presented=row.answer("progress_presented"),
        collaboration_presented=row.answer("collaboration_presented"),
        commitments_met=row.answer("commitments_met"),
        active_in_community=row.answer("active_in_community"),
        reporting_met=row.answer("reporting_met"),
        raise_flag_because=row.text("raise_flag_because"),
        status_decided_on=row.day("status_decided_on"),
        status_outcome=row.text("status_outcome"),
    )
