"""Completeness of what comes each year: activities, report, indicators, comments, the final version."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from framework.records import (
    Activity,
    AnnualActivities,
    CommentAnswer,
    FeaturedEvent,
    FinalReport,
    IndicatorFramework,
    IndicatorValue,
    MwgComments,
    NextStep,
    PeerExchange,
    PriorityProgress,
    ProgressReport,
)
from framework.terms import Category
from tests.framework import complete
from tests.framework.complete import TODAY, but, consultation, findings, problems, warnings

COMPLETE = complete.every_kind()
REPORT: ProgressReport = complete.progress_report()


@pytest.mark.clause("REP-01", "REP-04", "REP-06", "EOI-08", "GEN-02")
def test_an_empty_report_is_told_all_that_is_missing() -> None:
    found = findings(ProgressReport())
    assert [(one.key, one.where) for one in found.problems] == [
        ("year.not_open", "year"),
        ("progress_report.body.missing", "body_consulted"),
        ("consultations.missing", "consultations"),
        ("progress_report.priorities.missing", "progress"),
        ("progress_report.obstacles.missing", "obstacles"),
        ("progress_report.participation.missing", "participation"),
        ("progress_report.next_steps.missing", "next_steps"),
    ]
    assert found.problems[3].values == {"priorities": "mines, farms"}


@pytest.mark.clause("REP-01")
@pytest.mark.parametrize("year", [0, 2026, 2029, -1])
def test_a_report_is_for_a_year_that_is_open(year: int) -> None:
    assert problems(but(REPORT, year=year)) == [("year.not_open", "year")]


@pytest.mark.clause("EOI-08")
def test_the_body_consulted_is_one_on_record() -> None:
    assert problems(but(REPORT, body_consulted=" national COMMITTEE ")) == []
    assert problems(but(REPORT, body_consulted="Round table")) == [
        ("progress_report.body.unknown", "body_consulted")
    ]
    assert problems(REPORT, bodies=()) == []
    assert warnings(REPORT, bodies=()) == [("progress_report.body.none_on_record", "body_consulted")]


@pytest.mark.clause("REP-06", "GEN-02")
def test_a_report_drawn_up_without_the_workers_is_refused() -> None:
    alone = but(REPORT, consultations=(consultation(Category.EMPLOYERS, Category.CIVIL_SOCIETY),))
    found = findings(alone)
    assert [(one.key, one.clause) for one in found.problems] == [
        ("consultations.social_partners.missing", "REP-06")
    ]


@pytest.mark.clause("REP-04")
def test_a_report_speaks_of_each_roadmap_priority_once() -> None:
    twice = (*REPORT.progress[:1], PriorityProgress(priority="mines", text="Again", state="slow"))
    assert problems(but(REPORT, progress=twice)) == [
        ("progress_report.priorities.missing", "progress"),
        ("progress_report.priority.doubled", "progress[1].priority"),
    ]
    strange = (*REPORT.progress, PriorityProgress(priority="ports", text="New", state="slow"))
    assert problems(but(REPORT, progress=strange)) == [("priority.unknown", "progress[2].priority")]


@pytest.mark.clause("REP-04")
def test_progress_that_says_nothing_is_missing() -> None:
    empty = (REPORT.progress[0], PriorityProgress(priority="farms"), PriorityProgress())
    assert problems(but(REPORT, progress=empty)) == [
        ("progress.text.missing", "progress[1].text"),
        ("progress.priority.missing", "progress[2].priority"),
        ("progress.text.missing", "progress[2].text"),
    ]


@pytest.mark.clause("REP-04")
def test_where_no_priorities_are_on_record_any_progress_will_do_but_some_is_needed() -> None:
    assert problems(REPORT, priorities=()) == []
    assert warnings(REPORT, priorities=()) == [("progress_report.no_priorities", "progress")]
    assert problems(but(REPORT, progress=()), priorities=()) == [
        ("progress_report.progress.missing", "progress")
    ]


@pytest.mark.clause("REP-04")
def test_no_wish_for_experience_is_fine_and_next_steps_have_keys() -> None:
    assert REPORT.experience_wanted == ""
    assert problems(REPORT) == []
    assert problems(but(REPORT, next_steps=(NextStep(text="Draft"),))) == [
        ("next_step.key.missing", "next_steps[0].key")
    ]


@pytest.mark.clause("PLN-12")
def test_each_activity_is_tied_to_a_known_priority_or_next_step() -> None:
    record = but(
        COMPLETE["annual_activities"],
        activities=(
            Activity(title="Train"),
            Activity(title="Count", priority="ports"),
            Activity(title="Pay", next_step="levy"),
            Activity(priority="mines"),
        ),
    )
    found = findings(record)
    assert [(one.key, one.where) for one in found.problems] == [
        ("activity.untied", "activities[0]"),
        ("priority.unknown", "activities[1].priority"),
        ("next_step.unknown", "activities[2].next_step"),
        ("activity.title.missing", "activities[3].title"),
    ]
    assert found.problems[1].values == {"name": "ports", "known": "mines, farms"}


@pytest.mark.clause("PLN-12", "GEN-02")
def test_activities_of_no_year_without_consultation_are_refused() -> None:
    assert problems(AnnualActivities()) == [
        ("year.not_open", "year"),
        ("annual_activities.empty", "activities"),
        ("consultations.missing", "consultations"),
    ]


@pytest.mark.clause("PLN-12")
def test_activities_of_a_country_without_priorities_on_record_are_taken_with_a_doubt() -> None:
    record = COMPLETE["annual_activities"]
    assert problems(record, priorities=(), next_steps=()) == []
    assert warnings(record, priorities=(), next_steps=()) == [
        ("annual_activities.nothing_on_record", "activities")
    ]


@pytest.mark.clause("REP-05")
def test_a_value_has_unit_and_source_or_a_reason_why_there_is_none() -> None:
    record = IndicatorFramework(
        year=2028,
        values=(
            IndicatorValue(),
            IndicatorValue(indicator="Inspections", value="3"),
            IndicatorValue(indicator="Survey", unavailable_because="None held"),
            IndicatorValue(indicator="Cases", value="3", unavailable_because="None held"),
        ),
    )
    assert problems(record) == [
        ("indicator_value.name.missing", "values[0].indicator"),
        ("indicator_value.value.missing", "values[0].value"),
        ("indicator_value.unit.missing", "values[0].unit"),
        ("indicator_value.source.missing", "values[0].source"),
        ("indicator_value.unit.missing", "values[1].unit"),
        ("indicator_value.source.missing", "values[1].source"),
        ("indicator_value.contradiction", "values[3].unavailable_because"),
    ]


@pytest.mark.clause("REP-05")
def test_an_indicator_occurs_once_for_each_disaggregation() -> None:
    girls = IndicatorValue(indicator="8.7.1", value="3", unit="%", source="Survey", disaggregation="girls")
    apart = (girls, replace(girls, disaggregation="boys"))
    assert problems(IndicatorFramework(year=2028, values=apart)) == []
    same = (*apart, replace(girls, disaggregation=" Girls"))
    assert problems(IndicatorFramework(year=2028, values=same)) == [
        ("indicator_value.doubled", "values[2].indicator")
    ]
    assert problems(IndicatorFramework(year=2028)) == [("indicator_framework.empty", "values")]


@pytest.mark.clause("REP-08")
def test_no_comment_at_all_is_an_answer_but_a_blank_one_is_not() -> None:
    assert problems(MwgComments(year=2028)) == []
    assert problems(MwgComments(year=2028, comments=("More", "\n"))) == [("list.item.blank", "comments[1]")]
    assert problems(MwgComments(year=2031)) == [("year.not_open", "year")]


@pytest.mark.clause("REP-09")
def test_a_final_version_answers_every_comment_and_no_other() -> None:
    record = FinalReport(
        year=2028, answers=(CommentAnswer(number=1, text="Done"), CommentAnswer(number=7, text="Done"))
    )
    found = findings(record, comment_numbers=(1, 2, 3))
    assert [(one.key, one.where, one.values.get("numbers")) for one in found.problems] == [
        ("final_report.answers.missing", "answers", "2, 3"),
        ("answer.unknown", "answers[1].number", "1, 2, 3"),
    ]


@pytest.mark.clause("REP-09")
def test_a_blank_answer_answers_nothing() -> None:
    record = FinalReport(year=2028, answers=(CommentAnswer(number=1, text=" "),))
    assert problems(record, comment_numbers=(1,)) == [
        ("final_report.answers.missing", "answers"),
        ("answer.text.missing", "answers[0].text"),
    ]


@pytest.mark.clause("REP-09")
def test_a_revised_report_is_checked_like_the_first_at_its_own_place() -> None:
    revised = but(REPORT, obstacles="", progress=REPORT.progress[:1])
    assert problems(FinalReport(year=2028, report=revised)) == [
        ("progress_report.priorities.missing", "report.progress"),
        ("progress_report.obstacles.missing", "report.obstacles"),
    ]
    assert problems(FinalReport(year=2027, report=REPORT)) == [("final_report.other_year", "report.year")]
    assert problems(FinalReport(year=2028)) == []


@pytest.mark.clause("REP-04")
def test_a_peer_exchange_names_the_country_and_a_day_that_may_lie_ahead() -> None:
    assert problems(PeerExchange()) == [
        ("year.implausible", "year"),
        ("country.missing", "with_country"),
        ("peer_exchange.on.missing", "on"),
    ]
    ahead = PeerExchange(year=2028, with_country="XAB", on=date(2028, 12, 1))
    assert (problems(ahead), warnings(ahead)) == ([], [("peer_exchange.topic.missing", "topic")])


@pytest.mark.clause("REP-11")
def test_an_event_was_held_somewhere_some_day() -> None:
    assert problems(FeaturedEvent()) == [
        ("featured_event.title.missing", "title"),
        ("featured_event.on.missing", "on"),
        ("featured_event.place.missing", "place"),
    ]
    event = but(COMPLETE["featured_event"], on=TODAY + timedelta(days=2))
    assert problems(event) == [("date.future", "on")]
