"""Completeness of what comes each year: activities, report, indicators, comments, final version."""

from framework.findings import Findings, problem, together, warning
from framework.obligations.consultations import consultations
from framework.obligations.context import (
    Context,
    blanks,
    country,
    doubles,
    each,
    given,
    listed,
    not_future,
    past_year,
    reporting_year,
    under,
    unless,
)
from framework.obligations.planning import answered, left, next_steps
from framework.records import (
    Activity,
    AnnualActivities,
    FeaturedEvent,
    FinalReport,
    IndicatorFramework,
    IndicatorValue,
    MwgComments,
    PeerExchange,
    PriorityProgress,
    ProgressReport,
)


def annual_activities(record: AnnualActivities, context: Context) -> Findings:
    """At least one activity, each tied to a roadmap priority or to a reported next step (PLN-12)."""
    items = record.activities
    untied = warning("annual_activities.nothing_on_record", "activities", "PLN-12")
    return together(
        [
            reporting_year(record.year, context, "PLN-12"),
            unless(items, problem("annual_activities.empty", "activities", "PLN-12")),
            each(items, "activities", lambda place, index: _activity(items[index], place, context)),
            unless(context.priorities or context.next_steps, untied),
            consultations(record.consultations, where="consultations", clause="GEN-02"),
        ]
    )


def _activity(one: Activity, where: str, context: Context) -> Findings:
    tied = given(one.priority) or given(one.next_step)
    known = listed(context.priorities)
    unknown_priority = problem(
        "priority.unknown", f"{where}.priority", "PLN-12", name=one.priority.strip(), known=known
    )
    unknown_step = problem(
        "next_step.unknown",
        f"{where}.next_step",
        "PLN-12",
        name=one.next_step.strip(),
        known=listed(context.next_steps),
    )
    nothing = not (context.priorities or context.next_steps)
    return together(
        [
            unless(given(one.title), problem("activity.title.missing", f"{where}.title", "PLN-12")),
            unless(tied, problem("activity.untied", where, "PLN-12")),
            unless(nothing or _known(one.priority, context.priorities), unknown_priority),
            unless(nothing or _known(one.next_step, context.next_steps), unknown_step),
        ]
    )


def _known(key: str, keys: tuple[str, ...]) -> bool:
    return not given(key) or key.strip() in {one.strip() for one in keys}


def progress_report(record: ProgressReport, context: Context) -> Findings:
    """The template's parts (REP-04), the body (EOI-08), the consultations (REP-06, GEN-02), an open year."""
    return together(
        [
            reporting_year(record.year, context, "REP-01"),
            _body_consulted(record, context),
            consultations(record.consultations, where="consultations", clause="REP-06"),
            _progress(record, context),
            unless(
                given(record.worked_well),
                warning("progress_report.worked_well.missing", "worked_well", "REP-04"),
            ),
            unless(
                given(record.obstacles), problem("progress_report.obstacles.missing", "obstacles", "REP-04")
            ),
            unless(
                given(record.participation),
                problem("progress_report.participation.missing", "participation", "REP-06"),
            ),
            unless(record.next_steps, problem("progress_report.next_steps.missing", "next_steps", "REP-04")),
            next_steps(record.next_steps, "REP-04"),
        ]
    )


def _body_consulted(record: ProgressReport, context: Context) -> Findings:
    name, known = record.body_consulted.strip(), {body.strip().casefold() for body in context.bodies}
    if not given(name):
        return problem("progress_report.body.missing", "body_consulted", "EOI-08")
    if not known:
        return warning("progress_report.body.none_on_record", "body_consulted", "EOI-08", body=name)
    unknown = problem(
        "progress_report.body.unknown", "body_consulted", "EOI-08", body=name, bodies=listed(context.bodies)
    )
    return unless(name.casefold() in known, unknown)


def _progress(record: ProgressReport, context: Context) -> Findings:
    items, told = record.progress, {one.priority.strip() for one in record.progress}
    silent = [key for key in context.priorities if key.strip() not in told]
    no_word = problem("progress_report.priorities.missing", "progress", "REP-04", priorities=listed(silent))
    return together(
        [
            unless(items or silent, problem("progress_report.progress.missing", "progress", "REP-04")),
            unless(not silent, no_word),
            each(items, "progress", lambda place, index: _progress_on(items[index], place, context)),
            *(
                problem("progress_report.priority.doubled", where, "REP-04", name=key)
                for where, key in doubles((one.priority for one in items), "progress", "priority")
            ),
            unless(context.priorities, warning("progress_report.no_priorities", "progress", "REP-04")),
        ]
    )


def _progress_on(one: PriorityProgress, where: str, context: Context) -> Findings:
    unknown = problem(
        "priority.unknown",
        f"{where}.priority",
        "REP-04",
        name=one.priority.strip(),
        known=listed(context.priorities),
    )
    return together(
        [
            unless(given(one.priority), problem("progress.priority.missing", f"{where}.priority", "REP-04")),
            unless(not context.priorities or _known(one.priority, context.priorities), unknown),
            unless(given(one.text), problem("progress.text.missing", f"{where}.text", "REP-04")),
            unless(given(one.state), warning("progress.state.missing", f"{where}.state", "REP-04")),
        ]
    )


def indicator_framework(record: IndicatorFramework, context: Context) -> Findings:
    """Values with unit and source, or why there are none; each indicator once by disaggregation (REP-05)."""
    items, seen, doubled = record.values, set[tuple[str, str]](), Findings()
    for index, one in enumerate(items):
        pair = (one.indicator.strip().casefold(), one.disaggregation.strip().casefold())
        if given(one.indicator) and pair in seen:
            doubled += problem(
                "indicator_value.doubled", f"values[{index}].indicator", "REP-05", name=one.indicator.strip()
            )
        seen.add(pair)
    return together(
        [
            reporting_year(record.year, context, "REP-05"),
            unless(items, problem("indicator_framework.empty", "values", "REP-05")),
            each(items, "values", lambda place, index: _indicator_value(items[index], place)),
            doubled,
        ]
    )


def _indicator_value(one: IndicatorValue, where: str) -> Findings:
    name = one.indicator.strip()
    named = unless(given(name), problem("indicator_value.name.missing", f"{where}.indicator", "REP-05"))
    if given(one.unavailable_because):
        both = problem("indicator_value.contradiction", f"{where}.unavailable_because", "REP-05", name=name)
        return named + unless(not given(one.value), both)
    no_value = problem("indicator_value.value.missing", f"{where}.value", "REP-05")
    no_source = problem("indicator_value.source.missing", f"{where}.source", "REP-05")
    return together(
        [
            named,
            unless(given(one.value), no_value),
            unless(given(one.unit), problem("indicator_value.unit.missing", f"{where}.unit", "REP-05")),
            unless(given(one.source), no_source),
        ]
    )


def mwg_comments(record: MwgComments, context: Context) -> Findings:
    """Comments that say something; none at all is an answer too (REP-08)."""
    return reporting_year(record.year, context, "REP-08") + together(
        problem("list.item.blank", where, "REP-08") for where in blanks(record.comments, "comments")
    )


def final_report(record: FinalReport, context: Context) -> Findings:
    """Every comment that waits has its answer; a revised report is checked as a report (REP-09)."""
    open_numbers = left(record.answers, context.comment_numbers)
    silent = problem("final_report.answers.missing", "answers", "REP-09", numbers=listed(open_numbers))
    return together(
        [
            reporting_year(record.year, context, "REP-09"),
            unless(not open_numbers, silent),
            answered(record.answers, context.comment_numbers, "REP-09"),
            _revised(record, context),
        ]
    )


def _revised(record: FinalReport, context: Context) -> Findings:
    if record.report is None:
        return Findings()
    other = problem(
        "final_report.other_year", "report.year", "REP-09", year=record.report.year, final=record.year
    )
    return under("report", progress_report(record.report, context)) + unless(
        record.report.year == record.year, other
    )


def peer_exchange(record: PeerExchange, context: Context) -> Findings:
    """With which country, when (it may lie ahead), and about what (REP-04)."""
    return together(
        [
            past_year(record.year, context, "REP-04"),
            country(record.with_country, context, "with_country", "REP-04"),
            unless(record.on, problem("peer_exchange.on.missing", "on", "REP-04")),
            unless(given(record.topic), warning("peer_exchange.topic.missing", "topic", "REP-04")),
        ]
    )


def featured_event(record: FeaturedEvent, context: Context) -> Findings:
    """An event that was held: what, when, where (REP-11)."""
    ahead = problem("date.future", "on", "REP-11", date=record.on)
    return together(
        [
            unless(given(record.title), problem("featured_event.title.missing", "title", "REP-11")),
            unless(record.on, problem("featured_event.on.missing", "on", "REP-11")),
            unless(record.on is None or not_future(record.on, context.today), ahead),
            unless(given(record.place), problem("featured_event.place.missing", "place", "REP-11")),
        ]
    )
