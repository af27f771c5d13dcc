"""The calendar of a yearly cycle: policy and years in, dates and moments out (REP-02, REP-03, REP-07).

Days are calendar dates Anywhere on Earth (UTC-12); moments are aware datetimes in UTC.
"""

from calendar import isleap
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from framework.facts import Cycle
from framework.findings import Findings, problem, together, warning
from framework.policy import DayOfYear, Ladder, Policy
from framework.terms import Role

ANYWHERE_ON_EARTH = timezone(timedelta(hours=-12))
LAST_MONTH_OF_FOOTNOTE = 5
LONGEST_EXTENSION = timedelta(days=3653)
"""No new date lies further ahead than ten years: beyond that it is a slip of the pen."""

STAFF = frozenset({Role.SECRETARIAT, Role.MWG, Role.GCM})
DUE_WITH_REPORT = frozenset({"progress_report", "indicator_framework"})


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One reminder: its number from 1, its day from the due date, its moment (UTC), how far it goes beyond who owes it."""

    number: int
    offset: int
    at: datetime
    escalates: bool
    to_deputies: bool = False


def end_of_day(day: date) -> datetime:
    """The last second of a day, Anywhere on Earth: 11:59:59 UTC of the next day (REP-02)."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=ANYWHERE_ON_EARTH).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The calendar date that an aware moment falls on, Anywhere on Earth."""
    return moment.astimezone(ANYWHERE_ON_EARTH).date()


def on(day: DayOfYear, year: int) -> date:
    """A day of the year in one year; 29 February is 28 February in common years."""
    leap_day = (day.month, day.day) == (2, 29)
    return date(year, 2, 28) if leap_day and not isleap(year) else date(year, day.month, day.day)


def opens(year: int, policy: Policy) -> date:
    """The first day of a cycle."""
    return on(policy.cycle_opens, year)


def closes(year: int, policy: Policy) -> date:
    """The last day of a cycle; a report may come until then, late."""
    return on(policy.cycle_closes, year)


def report_due(year: int, policy: Policy) -> date:
    """The day on which report and indicator framework are due (REP-02)."""
    return on(policy.report_due, year)


def activities_due(year: int, policy: Policy) -> date:
    """The day on which the year's activities are due (PLN-12)."""
    return on(policy.activities_due, year)


def comments_due(year: int, policy: Policy) -> date:
    """The day on which the MWG's comments are due (REP-08)."""
    return on(policy.comments_due, year)


def review_due(year: int, policy: Policy) -> date:
    """The day on which the MWG's yearly review is due, and the year is judged (REV-01)."""
    return on(policy.review_due, year)


def mwg_report_due(year: int, policy: Policy) -> date:
    """The day on which the MWG's report to the GCM is due (REV-06)."""
    return on(policy.mwg_report_due, year)


def status_decision_due(year: int, policy: Policy) -> date:
    """The day on which the GCM's status decisions are due at the latest (REV-07)."""
    return on(policy.status_decision_due, year)


def final_due(year: int, comments_on: date | None, policy: Policy) -> date:
    """The day on which the final report is due; after late comments, so many days after them (REP-09)."""
    usual = on(policy.final_due, year)
    if comments_on is None or comments_on <= comments_due(year, policy):
        return usual
    return max(usual, comments_on + timedelta(days=policy.final_days_after_comments))


def footnote_year(granted_on: date, policy: Policy) -> int:
    """What the footnote says by itself: granted from January to May, the first report is next year's.

    It is silent on the other months, so there the next deadline after the grant would count. While reports
    are due at the end of April that is next year's too; `first_report_year` settles where it is not (REP-03).
    """
    if granted_on.month <= LAST_MONTH_OF_FOOTNOTE:
        return granted_on.year + 1
    return granted_on.year if report_due(granted_on.year, policy) > granted_on else granted_on.year + 1


def first_report_year(granted_on: date, policy: Policy) -> int:
    """The year of a country's first report: the year after the grant, whatever its month (REP-03).

    Of the footnote and this default the later holds: no moved deadline asks earlier than either of them.
    """
    return max(footnote_year(granted_on, policy), granted_on.year + 1)


def new_cycle(year: int, *, report_due: bool, policy: Policy) -> Cycle:
    """A cycle with its dates filled in; without a report due it has no due date for one."""
    due = on(policy.report_due, year) if report_due else None
    return Cycle(
        year=year,
        report_due=report_due,
        first_due_on=due,
        due_on=due,
        comments_due_on=comments_due(year, policy),
        final_due_on=final_due(year, None, policy),
        review_due_on=review_due(year, policy),
    )


def reminder_moment(day: date, policy: Policy) -> datetime:
    """The moment of a day at which reminders go out, in UTC."""
    return datetime.combine(day, time(policy.reminder_hour), tzinfo=UTC)


def ladder_of(kind: str, role: Role, policy: Policy) -> Ladder:
    """The reminder ladder of a task: that of its kind, else the report's or that of whoever owes it (REP-07)."""
    if kind in policy.ladders:
        return policy.ladders[kind]
    if kind in DUE_WITH_REPORT:
        return policy.report_ladder
    return policy.staff_ladder if role in STAFF else policy.task_ladder


def rungs(due: date, ladder: Ladder, policy: Policy) -> tuple[Rung, ...]:
    """The reminders of a due date in the order of their moments, each offset once (REP-07)."""
    offsets = sorted(set(ladder.offsets))
    return tuple(
        Rung(
            number=number,
            offset=offset,
            at=reminder_moment(due + timedelta(days=offset), policy),
            escalates=offset in ladder.escalating,
            to_deputies=offset in ladder.to_deputies,
        )
        for number, offset in enumerate(offsets, start=1)
    )


def extended(cycle: Cycle, until: date, reason: str, policy: Policy) -> Cycle:
    """The cycle with a later due date for its report; comments and final version move along, not the review.

    What moves along moves by as many days as the report did, not beyond the close of the cycle.
    """
    first = cycle.first_due_on or cycle.due_on or report_due(cycle.year, policy)
    shift = max(until - first, timedelta(0))
    last = closes(cycle.year, policy)
    comments = comments_due(cycle.year, policy)
    final = on(policy.final_due, cycle.year)
    return replace(
        cycle,
        first_due_on=first,
        due_on=until,
        extended_because=reason,
        comments_due_on=max(comments, min(comments + shift, last)),
        final_due_on=max(cycle.final_due_on or final, min(final + shift, last)),
    )


def moved(cycle: Cycle, until: date, reason: str, policy: Policy, *, report: bool, indicators: bool) -> Cycle:
    """The cycle with a later due date for its report, for its indicators, or for both (REP-02).

    What came already keeps the date that it was measured by: nothing late becomes punctual afterwards.
    """
    kept = indicators_due(cycle)
    if report:
        later = extended(cycle, until, reason, policy)
        return replace(later, indicators_due_on=None if indicators or kept == until else kept)
    if indicators:
        return replace(cycle, indicators_due_on=until, extended_because=reason)
    return cycle


def indicators_due(cycle: Cycle) -> date | None:
    """The day on which the indicator framework is due: the report's, unless it was moved by itself (REP-05)."""
    return cycle.indicators_due_on or cycle.due_on


def last_date(cycle: Cycle) -> date | None:
    """The last of the dates by which a year is judged."""
    days = (cycle.due_on, cycle.indicators_due_on, cycle.final_due_on, cycle.review_due_on)
    return max((day for day in days if day is not None), default=None)


def excused(cycle: Cycle, paused_on: date) -> bool:
    """Whether a pause that lasts over a cycle's end takes the year out of the count.

    It does where something was still to come when the pause began, and nothing was overdue: what was missed before
    is a lapse, and what was done in time stays done.
    """
    owed = []
    if cycle.report_on is None:
        owed.append(cycle.due_on)
    if cycle.indicators_on is None:
        owed.append(indicators_due(cycle))
    if cycle.report_on is not None and cycle.comments_on is not None and cycle.final_on is None:
        owed.append(cycle.final_due_on)
    return bool(owed) and all(due is None or paused_on <= due for due in owed)


def in_time_for(year: int, day: date, policy: Policy) -> bool:
    """Whether a country that goes on after a pause still has a year's report before it: before its first reminder."""
    first = min(ladder_of("progress_report", Role.FOCAL_POINT, policy).offsets, default=0)
    return day < report_due(year, policy) + timedelta(days=min(first, 0))


def check_extension(
    due: date, until: date | None, *, today: date, exceptional: bool, cycle_closes: date | None
) -> Findings:
    """Whether a due date can move to `until` (REP-02). `today` is the date Anywhere on Earth.

    An extension is asked for before the deadline; after it only an exceptional one can be granted.
    `cycle_closes` is None where no cycle sets an end.
    """
    return together([_asked_in_time(due, today, exceptional), _new_date(due, until, today, cycle_closes)])


def _asked_in_time(due: date, today: date, exceptional: bool) -> Findings:
    if today > due and not exceptional:
        return problem("extension.deadline.passed", "exceptional", "REP-02", due=due)
    if today <= due and exceptional:
        return warning("extension.deadline.not_passed", "exceptional", "REP-02", due=due)
    return Findings()


def _new_date(due: date, until: date | None, today: date, cycle_closes: date | None) -> Findings:
    if until is None:
        return problem("extension.until.missing", "until", "REP-02", due=due)
    found = Findings()
    if until <= due:
        found += problem("extension.until.not_later", "until", "REP-02", due=due, until=until)
    if until < today:
        found += problem("extension.until.past", "until", "REP-02", today=today, until=until)
    if cycle_closes is not None and until > cycle_closes:
        found += problem("extension.until.after_close", "until", "REP-02", closes=cycle_closes, until=until)
    elif until > today + LONGEST_EXTENSION:
        found += problem(
            "extension.until.too_far", "until", "REP-02", latest=today + LONGEST_EXTENSION, until=until
        )
    return found
