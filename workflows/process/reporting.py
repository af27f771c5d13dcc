"""The yearly cycle of an active country: opening, activities, report, indicators, comments, final version (REP clauses)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from contracts.state import Entry
from framework import cycle as dates
from framework.facts import Cycle
from framework.indicators import names_evidence
from framework.records import (
    AnnualActivities,
    Consultation,
    ConsultationRecord,
    FeaturedEvent,
    FinalReport,
    IndicatorFramework,
    MwgComments,
    PeerExchange,
    ProgressReport,
)
from framework.terms import Role, Status, TaskState
from workflows.process import comments, contacts, replies
from workflows.process.ledger import Ledger
from workflows.process.recipients import focal_point, seats

DUE_TOGETHER = ("progress_report", "indicator_framework")


def open_cycle(ledger: Ledger, year: int, *, report_due: bool) -> None:
    """Opens one year. Past records of that year (an import, a late grant) are kept."""
    state = ledger.state
    state.policy, state.next_policy = state.next_policy or state.policy, None
    state.cycle = year
    _plan(ledger, year, report_due=report_due)


def make_due(ledger: Ledger, year: int) -> None:
    """The report of the year under way is due after all; the year keeps the policy with which it opened."""
    _plan(ledger, year, report_due=True)


def _plan(ledger: Ledger, year: int, *, report_due: bool) -> None:
    planned = dates.new_cycle(year, report_due=report_due, policy=ledger.state.policy)
    known = ledger.cycle(year)
    ledger.put_cycle(merged(planned, known) if known else planned)
    ledger.note("cycle_opened", "REP-01", year=year, report_due=report_due)
    if report_due and ledger.state.status is Status.ACTIVE:
        open_reporting_tasks(ledger)


def open_reporting_tasks(ledger: Ledger) -> None:
    """The duties of a year in which a report is due, but for what has come already."""
    cycle = ledger.cycle()
    if cycle is None or not cycle.report_due:
        return
    activities = dates.on(ledger.state.policy.activities_due, cycle.year)
    given = f"annual_activities-{cycle.year}" in ledger.state.version_numbers
    if not given and activities >= (ledger.moment or ledger.now).date():
        ledger.open_task("annual_activities", "PLN-12", Role.FOCAL_POINT, year=cycle.year, due_on=activities)
    if cycle.report_on is None:
        ledger.open_task("progress_report", "REP-01", Role.FOCAL_POINT, year=cycle.year, due_on=cycle.due_on)
    if cycle.indicators_on is None:
        ledger.open_task(
            "indicator_framework",
            "REP-05",
            Role.FOCAL_POINT,
            year=cycle.year,
            due_on=dates.indicators_due(cycle),
        )


def annual_activities(ledger: Ledger, record: AnnualActivities, entry: Entry, day: date) -> dict[str, Any]:
    """PLN-12: on record and public."""
    record_participation(ledger, record.consultations, record.year)
    return {}


def progress_report(ledger: Ledger, record: ProgressReport, entry: Entry, day: date) -> dict[str, Any]:
    """REP-01, REP-04: the report is in; the MWG is asked for comments, an exchange that is wished for is arranged."""
    cycle = ledger.cycle(record.year) or Cycle(year=record.year, report_due=False)
    undo = {
        "report_on": cycle.report_on,
        "report_entry": cycle.report_entry,
        "progress_shown": cycle.progress_shown,
        "next_steps": list(ledger.state.report_next_steps),
    }
    ledger.change_cycle(
        record.year,
        progress_shown=names_evidence(record),
        report_on=cycle.report_on or day,
        report_entry=entry.number,
        report_version=cycle.report_version + 1,
    )
    entry.values["late"] = bool(cycle.due_on and day > cycle.due_on)
    ledger.state.report_next_steps = [step.key for step in record.next_steps]
    record_participation(ledger, record.consultations, record.year)
    if ledger.state.status is Status.ACTIVE and cycle.comments_on is None:
        replies.ask_for_comments(ledger, record.year, day)
    if record.experience_wanted.strip():
        ledger.open_task(
            "peer_exchange",
            "REP-04",
            Role.SECRETARIAT,
            year=record.year,
            wanted=record.experience_wanted[:300],
        )
    replies.acknowledge(ledger, "progress_report", record.year, entry)
    return undo


def indicator_framework(
    ledger: Ledger, record: IndicatorFramework, entry: Entry, day: date
) -> dict[str, Any]:
    """REP-05: the year's indicators are in."""
    cycle = ledger.cycle(record.year)
    before = {
        "indicators_on": cycle.indicators_on if cycle else None,
        "indicators_entry": cycle.indicators_entry if cycle else None,
    }
    ledger.change_cycle(
        record.year, indicators_on=before["indicators_on"] or day, indicators_entry=entry.number
    )
    due = dates.indicators_due(cycle) if cycle else None
    entry.values["late"] = bool(due and day > due)
    replies.acknowledge(ledger, "indicator_framework", record.year, entry)
    return before


def mwg_comments(ledger: Ledger, record: MwgComments, entry: Entry, day: date) -> dict[str, Any]:
    """REP-08: numbered comments go to the country, which is asked for its final version."""
    cycle = ledger.cycle(record.year) or Cycle(year=record.year, report_due=False)
    about = subject(record.year)
    made = comments.make(ledger, about, record.comments, str(entry.number))
    policy = ledger.state.policy
    due = max(cycle.final_due_on or day, dates.final_due(record.year, day, policy))
    due = min(due, dates.closes(record.year, policy))
    undo = {
        "comments_on": cycle.comments_on,
        "comments_made": cycle.comments_made,
        "final_due_on": cycle.final_due_on,
        "final_due_set": due,
    }
    ledger.change_cycle(
        record.year,
        comments_on=cycle.comments_on or day,
        comments_made=cycle.comments_made + len(made),
        final_due_on=due,
    )
    replies.ask_for_final(ledger, record.year, made, due)
    return undo


def final_report(ledger: Ledger, record: FinalReport, entry: Entry, day: date) -> dict[str, Any]:
    """REP-09, REP-10: every comment is answered; the final report and the indicators are published at once."""
    cycle = ledger.cycle(record.year)
    undo: dict[str, Any] = {
        "final_on": cycle.final_on if cycle else None,
        "final_entry": cycle.final_entry if cycle else None,
        "progress_shown": bool(cycle and cycle.progress_shown),
    }
    about = subject(record.year)
    waiting = comments.unanswered(ledger.state, about)
    comments.answer(ledger, about, record.answers)
    undo["answered"] = sorted({*waiting} - {*comments.unanswered(ledger.state, about)})
    ledger.change_cycle(record.year, final_on=undo["final_on"] or day, final_entry=entry.number)
    ledger.close_tasks(
        TaskState.VOID, lambda task: task.kind == "mwg_comments" and task.year == record.year, reason="final"
    )
    if record.report is not None:
        ledger.change_cycle(record.year, progress_shown=names_evidence(record.report))
        record_participation(ledger, record.report.consultations, record.year)
    ledger.note("report_published", "REP-10", year=record.year, version=ledger.version)
    version = ledger.state.versions[-1]
    ledger.mail(
        "report_published",
        [*focal_point(ledger.state), *seats(Role.SECRETARIAT)],
        year=record.year,
        version=version.number,
        sha256=version.sha256,
    )
    return undo


def peer_exchange(ledger: Ledger, record: PeerExchange, entry: Entry, day: date) -> None:
    """REP-04: the exchange is arranged; the country is told with whom and when."""
    peer = record.with_country
    ledger.mail(
        "peer_exchange",
        focal_point(ledger.state),
        event_on=record.on,
        event_title=record.topic,
        with_country=peer,
        on=record.on,
        topic=record.topic,
    )


def featured_event(ledger: Ledger, record: FeaturedEvent, entry: Entry, day: date) -> None:
    """REP-11: the event is on record; nothing else follows."""


def consultation(ledger: Ledger, record: ConsultationRecord, entry: Entry, day: date) -> dict[str, Any]:
    """GEN-02, REV-04: a consultation counts for participation in its year."""
    if record.consultation is not None:
        record_participation(ledger, (record.consultation,))
    return {}


def record_participation(
    ledger: Ledger, consultations: Iterable[Consultation], year: int | None = None
) -> None:
    """Counts who took part, in the year of the submission or else of the consultation (REV-04)."""
    for one in consultations:
        booked = year or (one.held_on.year if one.held_on else None)
        cycle = ledger.cycle(booked) if booked else None
        if cycle is None:
            continue
        counts = dict(cycle.participation)
        for category in one.categories:
            counts[category.value] = counts.get(category.value, 0) + 1
        ledger.put_cycle(replace(cycle, participation=counts))


def close_cycle(ledger: Ledger) -> None:
    """The year ends: what has not come is missing, duties of others that are overtaken end, the year is archived."""
    cycle = ledger.cycle()
    if cycle is None:
        return
    paused_on = ledger.state.paused_on
    paused = paused_on is not None and dates.excused(cycle, paused_on)
    ledger.put_cycle(replace(cycle, closed=True, report_due=cycle.report_due and not paused))
    obligations = {
        "progress_report",
        "indicator_framework",
        "final_report",
        "annual_activities",
        contacts.KIND,
    }
    ledger.close_tasks(
        TaskState.VOID if paused else TaskState.MISSING,
        lambda task: task.year == cycle.year and task.kind in obligations,
        reason="paused" if paused else "cycle closed",
    )
    ledger.close_tasks(
        TaskState.VOID,
        lambda task: task.year == cycle.year and task.kind in {"mwg_comments", "yearly_review"},
        reason="cycle closed",
    )
    ledger.note(
        "cycle_closed", "REP-01", year=cycle.year, report=bool(cycle.report_on), final=bool(cycle.final_on)
    )
    ledger.state.outbox.archive_cycle = True


def subject(year: int) -> str:
    """What comments on a year's report are about."""
    return f"report-{year}"


def merged(planned: Cycle, known: Cycle) -> Cycle:
    """The record of a year with the dates that are planned for it; what is on record of it stays."""
    due = known.due_on or planned.due_on
    return replace(
        known,
        report_due=planned.report_due,
        first_due_on=planned.first_due_on,
        due_on=due,
        comments_due_on=planned.comments_due_on,
        final_due_on=known.final_due_on or planned.final_due_on,
        review_due_on=planned.review_due_on,
        closed=False,
    )
