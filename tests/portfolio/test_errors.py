"""Every error in a portfolio names its row and column and says how to mend it."""

import pytest

from portfolio.reading import read
from tests.portfolio.papers import ACTIVE, CANDIDATE, TODAY, Rows, active, candidate, errors, paper, year

WRONG_CELLS: list[tuple[Rows, int, str, str]] = [
    (candidate(code="ZZZ"), 2, "code", "'ZZZ' is no country of the ILO"),
    (candidate(code="xaa"), 2, "code", "write XAA"),
    (candidate(name=""), 2, "name", "is blank; every country needs it"),
    (candidate(status="pathfinder"), 2, "status", "not one of: candidate, active, inactive"),
    (candidate(status="withdrawn"), 2, "status", "not one of: candidate, active, inactive"),
    (candidate(focal_point_email=""), 2, "focal_point_email", "is blank"),
    (candidate(focal_point_email="mira at example.org"), 2, "focal_point_email", "is no e-mail address"),
    (candidate(focal_point_email="a@b.org, c@d.org"), 2, "focal_point_email", "one address alone"),
    (candidate(focal_point_language="de"), 2, "focal_point_language", "not one of: en, fr, es"),
    (candidate(focal_point_time_zone="Geneva"), 2, "focal_point_time_zone", "as Africa/Nairobi"),
    (candidate(expression_of_interest_on=""), 2, "expression_of_interest_on", "EOI-02"),
    (candidate(expression_of_interest_on="12/10/2026"), 2, "expression_of_interest_on", "2024-04-30"),
    (candidate(expression_of_interest_on="2026-02-29"), 2, "expression_of_interest_on", "2024-04-30"),
    (candidate(expression_of_interest_on="2026-11-24"), 2, "expression_of_interest_on", "lies after"),
    (candidate(as_of="2026-11-24"), 2, "as_of", "has not come yet"),
    (candidate(granted_on="2026-11-01"), 2, "granted_on", "yet the status says candidate"),
    (candidate(deputies="Ode Brann; ode@example.org; en"), 2, "deputies", "has 3 parts"),
    (candidate(deputies="Ode Brann; Adviser; ode; en"), 2, "deputies", "is no e-mail address"),
    (candidate(workshops="two"), 2, "workshops", "write digits alone"),
    (candidate(timetable_given="maybe"), 2, "timetable_given", "neither yes nor no"),
    (candidate(stakeholder_categories="workers | bankers"), 2, "stakeholder_categories", "'bankers' is not"),
    (candidate(workshop_categories="workers"), 2, "workshops", "how many were held"),
    (candidate(presented_at="GCM-1"), 2, "presented_on", "PLN-07"),
    (candidate(presented_on="2026-11-01"), 2, "presented_at", "PLN-07"),
    (candidate(open_comments="1: Why?"), 2, "presented_on", "when the roadmap was presented"),
    (candidate(open_comments="Why?", presented_on="2026-11-01"), 2, "open_comments", "no colon"),
    (candidate(open_comments="1: Why? | 1: How?", presented_on="2026-11-01"), 2, "open_comments", "twice"),
    (candidate(coordination_bodies="Forum | Forum"), 2, "coordination_bodies", "is there twice"),
    (candidate(special_circumstances="weather; 2026-01-01"), 2, "special_circumstances", "'weather' is not"),
    (candidate(name="Amber\u200blund"), 2, "name", "invisible character"),
    (candidate(report_on="2026-04-01"), 2, "report_on", "belongs in a year row"),
    (active(granted_on=""), 2, "granted_on", "PLN-09"),
    (active(granted_on="2021-01-01"), 2, "granted_on", "lies before 2022-10-12"),
    (active(presented_on="2024-05-01", presented_at="GCM-1"), 2, "presented_on", "is for candidates"),
    (active(status="inactive"), 2, "status_changes", "the last change leads to active"),
    (active(status_changes="inactive; 2025-11-01"), 2, "status_changes", "yet the status says active"),
    (active(status_changes="active; 2025-11-01"), 2, "status_changes", "no lawful change"),
    (active(status_changes="inactive; 2024-01-01 | active; 2025-01-01"), 2, "status_changes", "lies before"),
    (active(status_changes="inactive; soon"), 2, "status_changes", "'soon' is no date"),
    (active(status_changes="dormant; 2025-01-01"), 2, "status_changes", "not one of: active, inactive"),
    (active(dialogue_topics="reports"), 2, "dialogue_opened_on", "when the dialogue was opened"),
    (active(dialogue_opened_on="2026-01-01", dialogue_outcome="positive"), 2, "dialogue_closed_on", "blank"),
    (
        active(dialogue_opened_on="2026-01-01", dialogue_closed_on="2025-01-01", dialogue_outcome="positive"),
        2,
        "dialogue_closed_on",
        "lies before 2026-01-01",
    ),
    (
        active(dialogue_opened_on="2025-03-01", earlier_dialogues="2025-01-01; 2025-06-01; positive"),
        2,
        "dialogue_opened_on",
        "before the dialogue before it was closed",
    ),
    (active(dialogue_opened_on="2023-01-01"), 2, "dialogue_closed_on", "opened before 2024-06-12"),
    (active(open_comments="1: Why?"), 2, "open_comments", "comments_on"),
    (year(2025, report_on="2024-04-20"), 3, "report_on", "does not lie in the cycle of 2025"),
    (year(2026, report_on="2026-12-01"), 4, "report_on", "lies after 2026-11-23"),
    (year(2026, final_on="2026-06-01"), 4, "report_on", "there was a report"),
    (year(2025, final_on="2025-04-01"), 3, "final_on", "lies before 2025-04-20 (report_on)"),
    (year(2025, comments_made="3"), 3, "comments_on", "write when they were sent"),
    (year(2025, progress_presented="yes"), 3, "judged_on", "when the MWG reviewed the year"),
    (year(2025, status_outcome="active"), 3, "status_decided_on", "they belong together"),
    (year(2025, extended_to="2025-05-31"), 3, "extended_because", "they belong together"),
    (year(2025, extended_to="2025-04-01", extended_because="Flood"), 3, "extended_to", "no extension of"),
    (year(2025, evidence="rumour: Somebody said"), 3, "evidence", "'rumour' is not one of"),
    (year(2025, participation="workers: some"), 3, "participation", "write digits alone"),
    (year(2025, year="25"), 3, "year", "write four digits"),
    (year(2026, year="2027"), 4, "year", "2027 lies after 2026-11-23"),
    (year(2026, year="2025"), 4, "year", "2025 is already in row 3"),
    (year(2026, name="Elsewhere"), 4, "name", "is another name than in row 2"),
    (year(2026, ministry="Labour"), 4, "ministry", "belongs in the country's own row"),
    (year(2026, code=""), 4, "code", "every row needs its country's code"),
    (year(2026, code="XAC"), 4, "code", "no row describes the country XAC"),
]


@pytest.mark.parametrize(
    ("rows", "row", "column", "says"),
    WRONG_CELLS,
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_an_error_names_its_row_and_column_and_says_how_to_mend_it(
    rows: Rows, row: int, column: str, says: str
) -> None:
    found = {(error.row, error.column): error.message for error in errors(rows)}
    assert (row, column) in found
    assert says in found[row, column]


def test_an_error_reads_as_one_sentence_with_its_place() -> None:
    (error,) = errors(candidate(workshops="two"))
    assert str(error) == "row 2, column workshops: 'two' is no whole number; write digits alone, as 3"


def test_all_errors_come_at_once_and_in_the_order_of_the_file() -> None:
    rows = [
        *candidate(ministry="", workshops="x"),
        *year(2026, report_on="yesterday", judged_on="2031-01-01"),
    ]
    places = [(error.row, error.column) for error in errors(rows)]
    assert places == [(2, "ministry"), (2, "workshops"), (5, "judged_on"), (5, "report_on")]


def test_two_rows_for_one_country_are_an_error_in_the_second() -> None:
    (error,) = errors([*candidate(), *candidate()])
    assert (error.row, error.column) == (3, "code")
    assert "XAA is already in row 2" in error.message


@pytest.mark.clause("REP-03")
def test_a_year_before_the_first_report_cannot_be_listed() -> None:
    (error,) = errors([*active(), {"code": "XAB", "year": "2024", "report_on": "2024-04-01"}])
    assert (error.row, error.column) == (5, "year")
    assert "the first report was due in 2025 (REP-03)" in error.message


@pytest.mark.clause("REP-01")
def test_a_year_in_which_a_report_was_due_must_be_listed_even_when_nothing_came() -> None:
    (error,) = errors(active()[:2])
    assert (error.row, error.column) == (2, "year")
    assert "a report was due in 2026: add a row for XAB with this year" in error.message


def test_a_year_whose_report_was_due_after_the_portfolio_was_written_need_not_be_listed() -> None:
    assert errors(active(as_of="2026-04-29")[:2]) == []


def test_an_inactive_country_may_have_reported() -> None:
    rows = active(status="inactive", status_changes="inactive; 2025-11-01; GCM-2025-2")
    rows[2] |= {"report_on": "2026-04-20"}
    assert errors(rows) == []


def test_an_inactive_country_has_no_open_dialogue() -> None:
    rows = active(status="inactive", status_changes="inactive; 2025-11-01", dialogue_opened_on="2025-01-01")
    assert [(error.row, error.column) for error in errors(rows)] == [(2, "dialogue_closed_on")]


def test_a_candidate_has_no_reporting_cycles() -> None:
    (error,) = errors([CANDIDATE, {"code": "XAA", "year": "2026"}])
    assert (error.row, error.column) == (3, "year")
    assert "candidate" in error.message


@pytest.mark.clause("PLN-11")
def test_a_candidate_in_support_has_not_been_presented_again() -> None:
    rows = candidate(
        expression_of_interest_on="2025-01-01",
        roadmap_versions="1",
        presented_at="GCM-2026-1",
        presented_on="2026-06-11",
        dialogue_opened_on="2026-06-11",
    )
    assert [(error.row, error.column) for error in errors(rows)] == [(2, "presented_on")]


@pytest.mark.clause("GEN-01")
def test_invented_countries_are_refused_where_samples_are_switched_off() -> None:
    (error,) = read(paper([CANDIDATE]), samples_allowed=False, today=TODAY).errors
    assert "XAA is an invented country" in error.message
    assert read(paper([CANDIDATE | {"code": "FJI"}]), samples_allowed=False, today=TODAY).errors == ()


def test_unknown_and_double_columns_are_errors_in_the_header() -> None:
    text = "code,name,status,year,stattus,name\n"
    found = {error.column: error.message for error in read(text, today=TODAY).errors if error.column}
    assert "did you mean status?" in found["stattus"]
    assert "two columns of this name" in found["name"]


def test_a_missing_column_is_named() -> None:
    errors = read("code,name\nXAA,Amberlund\n", today=TODAY).errors
    assert [(error.row, error.column) for error in errors] == [(1, "status"), (1, "year")]


def test_a_file_without_countries_is_an_error() -> None:
    (error,) = read("code,name,status,year\n,,,\n", today=TODAY).errors
    assert "no countries" in error.message


def test_a_cell_too_many_is_an_error_of_its_row() -> None:
    text = paper([CANDIDATE]).rstrip() + ",one too many\n"
    (error,) = read(text, today=TODAY).errors
    assert (error.row, error.column) == (2, "")
    assert "was a separator typed inside a cell?" in error.message


def test_with_any_error_there_are_no_countries() -> None:
    rows = [*candidate(), ACTIVE | {"status": "unheard of"}, *active()[1:]]
    found = read(paper(rows), today=TODAY)
    assert found.errors
    assert found.countries == ()
