"""Each indicator alone, year by year and over consecutive years; what a late report cures; counts that start anew."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.facts import Cycle, Indicator
from framework.review import assess, lapse
from tests.framework.chance import STEADY
from tests.framework.years import good, silent, underway

REVIEW_DAY, DAY_AFTER = date(2027, 9, 30), date(2027, 10, 1)
LATER = date(2029, 2, 1)
REPORT, FINAL, FRAMEWORK = Indicator.NO_REPORT, Indicator.NOT_FINALISED, Indicator.NO_INDICATORS
PROGRESS, COLLABORATION = Indicator.NO_PROGRESS_EVIDENCE, Indicator.NO_COLLABORATION_EVIDENCE

LAPSES: dict[Indicator, dict[str, Any]] = {
    REPORT: {"report_on": None, "comments_on": None, "final_on": None},
    FINAL: {"final_on": None},
    FRAMEWORK: {"indicators_on": None},
    PROGRESS: {"progress_presented": False},
    COLLABORATION: {"collaboration_presented": False},
}
"""What differs from a good year when just one indicator lapses in it."""


def lapsed(year: int, *indicators: Indicator, **differences: Any) -> Cycle:
    found: dict[str, Any] = {}
    for indicator in indicators:
        found.update(LAPSES[indicator])
    return good(year, **{**found, **differences})


@pytest.mark.clause("REV-09", "REV-11")
@pytest.mark.parametrize(
    ("differences", "today", "expected"),
    [
        ({}, date(2027, 4, 30), None),
        ({}, date(2027, 5, 1), None),
        ({}, REVIEW_DAY, None),
        ({}, DAY_AFTER, True),
        ({"closed": True}, date(2027, 6, 1), True),
        ({"came": date(2027, 4, 1)}, date(2027, 4, 2), False),
        ({"came": date(2027, 9, 30)}, DAY_AFTER, False),
        ({"came": date(2027, 12, 20)}, date(2027, 12, 21), False),
        ({"came": date(2027, 12, 20), "closed": True}, LATER, False),
        ({"due_on": date(2027, 11, 15)}, date(2027, 11, 15), None),
        ({"due_on": date(2027, 11, 15)}, date(2027, 11, 16), True),
        ({"due_on": None, "review_due_on": None}, date(2027, 12, 31), None),
        ({"due_on": None, "review_due_on": None}, date(2028, 1, 1), True),
    ],
)
@pytest.mark.parametrize(("indicator", "field"), [(REPORT, "report_on"), (FRAMEWORK, "indicators_on")])
def test_a_paper_is_missing_once_the_review_was_due_and_a_late_one_cures_it(
    indicator: Indicator, field: str, differences: dict[str, object], today: date, expected: bool | None
) -> None:
    named = {field if name == "came" else name: value for name, value in differences.items()}
    assert lapse(underway(2027, **named), indicator, today) is expected


@pytest.mark.clause("REV-10")
@pytest.mark.parametrize(
    ("report", "comments", "final", "final_due", "today", "expected"),
    [
        (True, date(2027, 5, 30), None, date(2027, 6, 20), REVIEW_DAY, None),
        (True, date(2027, 5, 30), None, date(2027, 6, 20), DAY_AFTER, True),
        (True, date(2027, 5, 30), date(2027, 6, 15), date(2027, 6, 20), DAY_AFTER, False),
        (True, date(2027, 5, 30), date(2027, 12, 1), date(2027, 6, 20), date(2027, 12, 2), False),
        (True, date(2027, 9, 25), None, date(2027, 10, 15), date(2027, 10, 15), None),
        (True, date(2027, 9, 25), None, date(2027, 10, 15), date(2027, 10, 16), True),
        (True, date(2027, 9, 30), None, date(2027, 10, 20), date(2027, 10, 21), True),
        (True, date(2027, 10, 1), None, date(2027, 10, 21), date(2027, 12, 1), None),
        (True, date(2027, 10, 5), None, date(2027, 10, 25), date(2027, 12, 1), None),
        (True, None, None, date(2027, 6, 20), DAY_AFTER, None),
        (False, None, None, date(2027, 6, 20), DAY_AFTER, None),
    ],
)
def test_a_report_is_not_finalised_only_where_comments_came_before_the_year_was_judged(
    report: bool,
    comments: date | None,
    final: date | None,
    final_due: date,
    today: date,
    expected: bool | None,
) -> None:
    came = date(2027, 4, 20) if report else None
    cycle = underway(2027, report_on=came, comments_on=comments, final_on=final, final_due_on=final_due)
    assert lapse(cycle, FINAL, today) is expected


@pytest.mark.clause("REV-10")
def test_a_report_without_a_single_comment_is_finalised_too() -> None:
    cycle = underway(2027, report_on=date(2027, 4, 1), comments_on=date(2027, 5, 1), comments_made=0)
    assert lapse(cycle, FINAL, DAY_AFTER) is True


@pytest.mark.clause("REV-12", "REV-13", "REV-03", "DIA-05")
@pytest.mark.parametrize(
    ("judged", "on_record", "closed", "expected"),
    [
        (True, False, False, False),
        (False, False, False, True),
        (False, True, True, True),
        (None, False, False, None),
        (None, True, False, None),
        (None, False, True, True),
        (None, True, True, False),
    ],
)
@pytest.mark.parametrize(
    ("indicator", "field", "about", "other"),
    [
        (PROGRESS, "progress_presented", "progress", "collaboration"),
        (COLLABORATION, "collaboration_presented", "collaboration", "progress"),
    ],
)
def test_evidence_is_for_the_mwg_to_judge_and_without_judgement_the_record_counts(
    indicator: Indicator,
    field: str,
    about: str,
    other: str,
    judged: bool | None,
    on_record: bool,
    closed: bool,
    expected: bool | None,
) -> None:
    evidence = {"7: other": other, **({"8: survey": about} if on_record else {})}
    cycle = underway(2027, evidence=evidence, closed=closed, **{field: judged})
    assert lapse(cycle, indicator, LATER) is expected


@pytest.mark.clause("REV-09", "REV-10", "REV-11", "REV-12", "REV-13")
@pytest.mark.parametrize("indicator", list(Indicator))
def test_two_consecutive_years_raise_the_indicator_alone_and_one_year_does_not(indicator: Indicator) -> None:
    first, second = lapsed(2026, indicator), lapsed(2027, indicator)
    assert assess([first], LATER).raised == ()
    assert assess([first, good(2027)], LATER).raised == ()
    assert assess([good(2026), second], LATER).raised == ()
    assert assess([first, second], LATER).raised == (indicator.value,)


@pytest.mark.clause("REV-09", "REV-10", "REV-11", "REV-12", "REV-13")
@pytest.mark.parametrize("indicator", list(Indicator))
def test_a_year_without_the_lapse_breaks_the_sequence_and_clears_the_flag(indicator: Indicator) -> None:
    two = [lapsed(2025, indicator), lapsed(2026, indicator)]
    assert assess([two[0], good(2026), lapsed(2027, indicator)], LATER).raised == ()
    assert assess([*two, good(2027)], LATER).raised == ()
    assert assess([*two, lapsed(2027, indicator)], LATER).raised == (indicator.value,)


@pytest.mark.clause("REV-09", "REV-11", "REV-12", "REV-13")
def test_two_years_of_silence_raise_all_but_the_unfinalised_report() -> None:
    found = assess([silent(2026), silent(2027)], LATER)
    assert found.raised == (REPORT.value, FRAMEWORK.value, PROGRESS.value, COLLABORATION.value)


@pytest.mark.clause("REV-09")
def test_a_year_that_is_still_open_keeps_the_flag_as_it_was() -> None:
    two = [silent(2026), silent(2027)]
    assert REPORT.value in assess([*two, underway(2028)], date(2028, 3, 1)).raised
    arrived = underway(2028, report_on=date(2028, 3, 1))
    assert REPORT.value not in assess([*two, arrived], date(2028, 3, 2)).raised


@pytest.mark.clause("REV-10")
@pytest.mark.parametrize("between", [silent(2026), good(2026, comments_on=None, final_on=None)])
def test_a_year_in_which_nothing_could_be_finalised_breaks_the_sequence(between: Cycle) -> None:
    found = assess([lapsed(2025, FINAL), between, lapsed(2027, FINAL)], LATER)
    assert FINAL.value not in found.raised


@pytest.mark.clause("REV-09")
def test_a_year_without_a_report_due_neither_counts_nor_breaks() -> None:
    free = silent(2026, report_due=False, due_on=None)
    assert REPORT.value in assess([silent(2025), free, silent(2027)], LATER).raised
    assert assess([silent(2025), free], LATER).raised == ()


@pytest.mark.clause("REV-09", "REP-03")
def test_a_country_granted_in_2024_shows_two_missing_reports_only_after_the_second_review() -> None:
    years = [silent(2025), underway(2026)]
    assert REPORT.value not in assess(years, date(2026, 9, 30)).raised
    assert REPORT.value in assess(years, date(2026, 10, 1)).raised


@pytest.mark.clause("REV-09")
def test_years_are_put_in_order_before_they_are_counted() -> None:
    found = assess([silent(2027), good(2025), silent(2026)], LATER)
    assert REPORT.value in found.raised
    assert [finding.year for finding in found.explanations[0].years] == [2025, 2026, 2027]


@pytest.mark.clause("REA-05")
def test_the_count_of_consecutive_years_starts_anew_after_a_reactivation() -> None:
    before = [silent(2025, counts=False), silent(2026, counts=False)]
    assert assess([*before, silent(2027)], LATER).raised == ()
    assert REPORT.value in assess([*before, silent(2027), silent(2028)], LATER).raised


@pytest.mark.clause("REV-09", "REP-02")
def test_a_report_after_the_review_clears_a_flag_that_was_raised() -> None:
    years = [silent(2026), underway(2027)]
    assert REPORT.value in assess(years, DAY_AFTER).raised
    cured = [years[0], replace(years[1], report_on=date(2027, 11, 3))]
    assert REPORT.value not in assess(cured, date(2027, 11, 3)).raised


@pytest.mark.clause("DIA-05", "REV-12")
def test_evidence_booked_to_a_closed_year_without_judgement_clears_its_flag() -> None:
    years = [silent(2026), silent(2027)]
    found = [years[0], replace(years[1], evidence={"40: case study": "progress"})]
    assert PROGRESS.value in assess(years, LATER).raised
    assert PROGRESS.value not in assess(found, LATER).raised
    assert COLLABORATION.value in assess(found, LATER).raised


@st.composite
def cycles(draw: st.DrawFn, year: int) -> Cycle:
    """Any year that can happen: comments follow a report, a final version follows comments."""
    report = draw(st.none() | st.dates(date(year, 1, 1), date(year, 12, 31)))
    comments = draw(st.none() | st.dates(report, date(year, 12, 31))) if report else None
    return underway(
        year,
        report_on=report,
        indicators_on=draw(st.none() | st.dates(date(year, 1, 1), date(year, 12, 31))),
        comments_on=comments,
        final_on=draw(st.none() | st.dates(comments, date(year, 12, 31))) if comments else None,
        progress_presented=draw(st.none() | st.booleans()),
        collaboration_presented=draw(st.none() | st.booleans()),
        evidence=draw(
            st.dictionaries(st.text(max_size=3), st.sampled_from(["progress", "collaboration"]), max_size=2)
        ),
        closed=draw(st.booleans()),
        report_due=draw(st.booleans()),
        counts=draw(st.booleans()),
    )


HISTORIES = st.tuples(*(cycles(year) for year in range(2024, 2029)))
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@pytest.mark.clause("REV-09", "REV-10", "REV-11", "REV-12", "REV-13", "REV-14")
@STEADY
@given(history=HISTORIES, today=DAYS)
def test_fewer_than_two_years_with_a_report_due_never_raise_a_flag(
    history: tuple[Cycle, ...], today: date
) -> None:
    due = [cycle for cycle in history if cycle.report_due and cycle.counts]
    if len(due) < 2:
        assert assess(history, today).raised == ()
    assert assess(due[:1], today).raised == ()


@pytest.mark.clause("REV-09", "REP-02")
@STEADY
@given(history=HISTORIES, today=DAYS, which=st.integers(0, 4), day=st.integers(1, 365))
def test_a_report_that_comes_never_raises_a_flag_that_was_not_raised(
    history: tuple[Cycle, ...], today: date, which: int, day: int
) -> None:
    year = history[which]
    came = replace(
        year, report_on=year.report_on or date.fromordinal(date(year.year, 1, 1).toordinal() + day - 1)
    )
    after = assess([*history[:which], came, *history[which + 1 :]], today).raised
    before = assess(history, today).raised
    assert [flag for flag in after if flag not in before] == []


@pytest.mark.clause("REV-09", "REV-10", "REV-11", "REV-12", "REV-13")
@STEADY
@given(history=HISTORIES, today=DAYS)
def test_a_raised_indicator_names_two_lapsed_years_and_what_would_clear_it(
    history: tuple[Cycle, ...], today: date
) -> None:
    for one in assess(history, today).explanations:
        assert one.raised is bool(one.clears)
        if one.raised:
            assert len([year for year in one.years if year.lapsed]) >= 2
