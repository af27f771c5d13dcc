"""Deadlines, reminders, the first report and extensions: dates in, dates out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework import cycle as dates
from framework.editions import CURRENT, EDITIONS, edition
from framework.policy import REPORT_LADDER, DayOfYear, Ladder, Policy
from framework.terms import Role
from tests.framework.chance import STEADY

POLICY = Policy()
IN_OCTOBER = Policy(report_due=DayOfYear(month=10, day=31))
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2200, 12, 31))


@pytest.mark.clause("REP-02")
def test_the_end_of_april_ends_at_the_last_second_anywhere_on_earth() -> None:
    assert dates.end_of_day(date(2027, 4, 30)) == datetime(2027, 5, 1, 11, 59, 59, tzinfo=UTC)


@pytest.mark.clause("REP-02")
@STEADY
@given(day=DAYS, hours=st.integers(min_value=-12, max_value=14))
def test_no_country_s_own_day_is_cut_short(day: date, hours: int) -> None:
    own_zone = timezone(timedelta(hours=hours))
    last_second = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=own_zone)
    assert last_second <= dates.end_of_day(day)
    assert dates.day_of(last_second) <= day


@pytest.mark.clause("REP-02")
@STEADY
@given(day=DAYS)
def test_a_moment_after_the_deadline_falls_on_the_next_day(day: date) -> None:
    deadline = dates.end_of_day(day)
    assert dates.day_of(deadline) == day
    assert dates.day_of(deadline + timedelta(seconds=1)) == day + timedelta(days=1)


@pytest.mark.clause("REP-02")
@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2028, date(2028, 2, 29)),
        (2027, date(2027, 2, 28)),
        (2100, date(2100, 2, 28)),
        (2000, date(2000, 2, 29)),
    ],
)
def test_the_29th_of_february_is_the_28th_in_common_years(year: int, expected: date) -> None:
    assert dates.on(DayOfYear(month=2, day=29), year) == expected


@pytest.mark.clause("REP-02", "REP-08", "REP-09", "REV-01", "REV-06", "REV-07", "PLN-12")
def test_the_default_dates_of_a_year() -> None:
    functions = (
        dates.opens,
        dates.activities_due,
        dates.report_due,
        dates.comments_due,
        dates.review_due,
        dates.mwg_report_due,
        dates.status_decision_due,
        dates.closes,
    )
    found = [function(2027, POLICY).strftime("%m-%d") for function in functions]
    assert found == ["01-01", "03-31", "04-30", "05-31", "09-30", "10-31", "11-30", "12-31"]


@pytest.mark.clause("REP-03")
@pytest.mark.parametrize(
    ("granted_on", "first"),
    [
        (date(2026, 12, 31), date(2027, 4, 30)),
        (date(2027, 1, 1), date(2028, 4, 30)),
        (date(2027, 5, 31), date(2028, 4, 30)),
        (date(2027, 6, 1), date(2028, 4, 30)),
        (date(2028, 2, 29), date(2029, 4, 30)),
    ],
)
def test_the_first_report_is_due_in_the_year_after_the_grant(granted_on: date, first: date) -> None:
    assert dates.report_due(dates.first_report_year(granted_on, POLICY), POLICY) == first


@pytest.mark.clause("REP-03")
@STEADY
@given(granted_on=DAYS)
def test_with_the_deadline_in_april_the_footnote_and_the_default_agree(granted_on: date) -> None:
    assert dates.footnote_year(granted_on, POLICY) == dates.first_report_year(granted_on, POLICY)


@pytest.mark.clause("REP-03")
@pytest.mark.parametrize(
    ("granted_on", "footnote", "first"),
    [
        (date(2026, 12, 31), 2027, 2027),
        (date(2027, 1, 1), 2028, 2028),
        (date(2027, 5, 31), 2028, 2028),
        (date(2027, 6, 1), 2027, 2028),
        (date(2027, 10, 30), 2027, 2028),
        (date(2027, 10, 31), 2028, 2028),
        (date(2027, 11, 1), 2028, 2028),
    ],
)
def test_with_the_deadline_in_october_the_later_of_footnote_and_default_holds(
    granted_on: date, footnote: int, first: int
) -> None:
    assert dates.footnote_year(granted_on, IN_OCTOBER) == footnote
    assert dates.first_report_year(granted_on, IN_OCTOBER) == first


@pytest.mark.clause("REP-03")
@STEADY
@given(granted_on=DAYS, month=st.integers(1, 12), day=st.integers(1, 28))
def test_wherever_the_deadline_moves_no_country_reports_in_the_year_of_its_grant(
    granted_on: date, month: int, day: int
) -> None:
    policy = Policy(report_due=DayOfYear(month=month, day=day))
    assert dates.first_report_year(granted_on, policy) == granted_on.year + 1


@pytest.mark.clause("REP-01", "REP-02")
def test_a_new_cycle_has_all_its_dates() -> None:
    cycle = dates.new_cycle(2027, report_due=True, policy=POLICY)
    assert (cycle.first_due_on, cycle.due_on) == (date(2027, 4, 30), date(2027, 4, 30))
    assert (cycle.comments_due_on, cycle.final_due_on) == (date(2027, 5, 31), date(2027, 6, 20))
    assert cycle.review_due_on == date(2027, 9, 30)
    assert cycle.counts
    assert not cycle.closed


@pytest.mark.clause("REP-03")
def test_a_cycle_without_a_report_due_has_no_due_date_for_one() -> None:
    cycle = dates.new_cycle(2027, report_due=False, policy=POLICY)
    assert (cycle.report_due, cycle.first_due_on, cycle.due_on) == (False, None, None)


@pytest.mark.clause("REP-07")
def test_the_ladder_of_reminders_for_a_report() -> None:
    ladder = dates.rungs(date(2027, 4, 30), REPORT_LADDER, POLICY)
    days = [rung.at.strftime("%m-%d %H:%M") for rung in ladder]
    assert days == [f"{day} 08:00" for day in ("01-30", "03-31", "04-23", "04-29", "04-30", "05-14", "06-14")]
    assert [rung.escalates for rung in ladder] == [False] * 6 + [True]
    assert all(rung.at.tzinfo is UTC for rung in ladder)


@pytest.mark.clause("REP-07")
def test_the_ladder_of_a_kind_comes_before_the_reports_and_that_of_whoever_owes_it() -> None:
    own = Ladder(offsets=(-3, 4), to_deputies=(4,))
    policy = Policy(ladders={"indicator_framework": own, "mwg_comments": own})
    point, mwg = Role.FOCAL_POINT, Role.MWG
    assert dates.ladder_of("indicator_framework", point, policy) == own
    assert dates.ladder_of("mwg_comments", mwg, policy) == own
    assert dates.ladder_of("progress_report", point, policy) == policy.report_ladder
    assert dates.ladder_of("roadmap", point, policy) == policy.task_ladder
    assert dates.ladder_of("yearly_review", mwg, policy) == policy.staff_ladder
    rungs = dates.rungs(date(2027, 4, 30), own, policy)
    assert [(rung.offset, rung.to_deputies) for rung in rungs] == [(-3, False), (4, True)]


@pytest.mark.clause("REP-07")
def test_the_first_reminder_comes_90_days_before_also_in_a_leap_year() -> None:
    assert dates.rungs(date(2028, 4, 30), REPORT_LADDER, POLICY)[0].at == datetime(2028, 1, 31, 8, tzinfo=UTC)


@pytest.mark.clause("REP-07")
@STEADY
@given(due=DAYS, offsets=st.lists(st.integers(-365, 730), max_size=24), hour=st.integers(0, 23))
def test_reminders_are_in_order_and_none_comes_twice(due: date, offsets: list[int], hour: int) -> None:
    ladder = Ladder(offsets=tuple(offsets), escalating=tuple(offsets[:1]))
    found = dates.rungs(due, ladder, Policy(reminder_hour=hour))
    moments = [rung.at for rung in found]
    assert moments == sorted(set(moments))
    assert [rung.number for rung in found] == list(range(1, len(found) + 1))
    assert {rung.offset for rung in found} == set(offsets)
    assert [rung.offset for rung in found if rung.escalates] == offsets[:1]


@pytest.mark.clause("REP-09")
@pytest.mark.parametrize(
    ("comments_on", "expected"),
    [
        (None, date(2027, 6, 20)),
        (date(2027, 5, 1), date(2027, 6, 20)),
        (date(2027, 5, 31), date(2027, 6, 20)),
        (date(2027, 6, 1), date(2027, 6, 21)),
        (date(2027, 12, 20), date(2028, 1, 9)),
    ],
)
def test_after_late_comments_the_country_has_20_days_for_its_final_version(
    comments_on: date | None, expected: date
) -> None:
    assert dates.final_due(2027, comments_on, POLICY) == expected


@pytest.mark.clause("REP-02")
def test_an_extension_moves_the_report_and_what_follows_it_but_not_the_review() -> None:
    cycle = dates.new_cycle(2027, report_due=True, policy=POLICY)
    later = dates.extended(cycle, date(2027, 5, 30), "floods", POLICY)
    assert (later.first_due_on, later.due_on) == (date(2027, 4, 30), date(2027, 5, 30))
    assert (later.comments_due_on, later.final_due_on) == (date(2027, 6, 30), date(2027, 7, 20))
    assert (later.review_due_on, later.extended_because) == (date(2027, 9, 30), "floods")
    again = dates.extended(later, date(2027, 6, 14), "more floods", POLICY)
    assert (again.first_due_on, again.comments_due_on) == (date(2027, 4, 30), date(2027, 7, 15))


@pytest.mark.clause("REP-02", "REP-09")
def test_an_extension_never_shortens_the_time_for_the_final_version() -> None:
    cycle = replace(dates.new_cycle(2027, report_due=True, policy=POLICY), final_due_on=date(2027, 11, 1))
    assert dates.extended(cycle, date(2027, 5, 30), "floods", POLICY).final_due_on == date(2027, 11, 1)
    bare = replace(cycle, first_due_on=None, due_on=None, final_due_on=None)
    later = dates.extended(bare, date(2027, 5, 30), "floods", POLICY)
    assert (later.first_due_on, later.final_due_on) == (date(2027, 4, 30), date(2027, 7, 20))


@pytest.mark.clause("REP-02")
def test_what_moves_along_with_an_extension_stays_in_the_cycle() -> None:
    cycle = dates.new_cycle(2027, report_due=True, policy=POLICY)
    later = dates.extended(cycle, date(2027, 12, 15), "war", POLICY)
    assert (later.comments_due_on, later.final_due_on) == (date(2027, 12, 31), date(2027, 12, 31))


DUE, CLOSES = date(2027, 4, 30), date(2027, 12, 31)
IN_TIME, AFTERWARDS = date(2027, 4, 30), date(2027, 5, 1)


@pytest.mark.clause("REP-02")
@pytest.mark.parametrize(
    ("until", "today", "exceptional", "problems"),
    [
        (date(2027, 5, 31), IN_TIME, False, []),
        (date(2027, 5, 1), IN_TIME, False, []),
        (CLOSES, IN_TIME, False, []),
        (date(2027, 5, 31), AFTERWARDS, True, []),
        (date(2027, 5, 31), AFTERWARDS, False, ["extension.deadline.passed"]),
        (None, IN_TIME, False, ["extension.until.missing"]),
        (None, AFTERWARDS, False, ["extension.deadline.passed", "extension.until.missing"]),
        (DUE, IN_TIME, False, ["extension.until.not_later"]),
        (date(2028, 1, 1), IN_TIME, False, ["extension.until.after_close"]),
        (date(2027, 5, 3), date(2027, 5, 4), True, ["extension.until.past"]),
        (date(2027, 4, 1), AFTERWARDS, True, ["extension.until.not_later", "extension.until.past"]),
    ],
)
def test_an_extension_is_asked_for_before_the_deadline_and_names_a_later_day(
    until: date | None, today: date, exceptional: bool, problems: list[str]
) -> None:
    found = dates.check_extension(DUE, until, today=today, exceptional=exceptional, cycle_closes=CLOSES)
    assert [finding.key for finding in found.problems] == problems
    assert all(finding.clause == "REP-02" for finding in found.problems)
    assert found.warnings == ()


@pytest.mark.clause("REP-02")
def test_an_exceptional_extension_before_the_deadline_is_granted_with_a_warning() -> None:
    found = dates.check_extension(DUE, CLOSES, today=IN_TIME, exceptional=True, cycle_closes=CLOSES)
    assert found.ok
    assert [finding.key for finding in found.warnings] == ["extension.deadline.not_passed"]


@pytest.mark.clause("REP-02")
def test_without_a_cycle_a_new_date_lies_within_ten_years() -> None:
    found = dates.check_extension(DUE, date.max, today=IN_TIME, exceptional=False, cycle_closes=None)
    assert [finding.key for finding in found.problems] == ["extension.until.too_far"]
    assert dates.check_extension(
        DUE, date(2036, 1, 1), today=IN_TIME, exceptional=False, cycle_closes=None
    ).ok


def test_defaults_are_those_of_the_first_edition_for_ever() -> None:
    """A state that was carried before a setting existed is read with its default, and must mean what it meant."""
    assert edition("2026-1").policy == Policy()
    assert EDITIONS[CURRENT].id == CURRENT


def test_an_unknown_edition_is_named_with_those_that_there_are() -> None:
    with pytest.raises(KeyError, match=r"no policy edition '1999-1'; there are: 2026-1"):
        edition("1999-1")
