"""What a portfolio says becomes what a country's process starts with, whatever program wrote the file."""

from datetime import date
from pathlib import Path

import pytest

from framework.terms import Category, Language, Status
from portfolio.reading import read
from tests.portfolio.papers import ACTIVE, CANDIDATE, TODAY, active, candidate, paper, parsed, year


def test_a_candidate_carries_how_far_it_is() -> None:
    rows = candidate(
        stakeholder_categories="Workers | employers | government",
        coordination_bodies="Forum",
        timetable_given="YES",
        stocktakings="2",
        workshops="1",
        workshop_categories="workers | employers",
        absences_explained="government",
        roadmap_route="nap",
        roadmap_versions="1",
        roadmap_priorities="mines | fields",
        presented_at="GCM-2026-2",
        presented_on="2026-11-04",
        open_comments="2: Say who pays | 3: Add baselines",
        deputies="Ode Brann; Adviser; ode@example.org; fr",
    )
    country = parsed(rows).countries[0].country
    candidacy = country.candidacy
    assert candidacy.eoi_on == date(2026, 10, 12)
    assert candidacy.categories_identified == (Category.EMPLOYERS, Category.GOVERNMENT, Category.WORKERS)
    assert (candidacy.stocktaking_versions, candidacy.workshops, candidacy.roadmap_versions) == (2, 1, 1)
    assert candidacy.nap_route
    assert candidacy.timetable_given
    assert candidacy.absences_explained == (Category.GOVERNMENT,)
    assert (candidacy.presented_at, candidacy.presented_on) == ("GCM-2026-2", date(2026, 11, 4))
    assert candidacy.unanswered_comments == (2, 3)
    assert [(one.number, one.about, one.text) for one in country.open_comments] == [
        (2, "roadmap", "Say who pays"),
        (3, "roadmap", "Add baselines"),
    ]
    assert country.priorities == ["mines", "fields"]
    assert (country.deputies[0].post, country.deputies[0].language) == ("Adviser", Language.FRENCH)


def test_a_year_row_becomes_the_cycle_with_its_dates_and_judgements() -> None:
    rows = year(
        2025,
        indicators_on="2025-04-21",
        comments_on="2025-06-15",
        comments_made="4",
        final_on="2025-07-01",
        judged_on="2025-09-20",
        progress_presented="yes",
        collaboration_presented="no",
        evidence="progress: Survey of farms",
        participation="workers: 2 | employers: 1",
        status_decided_on="2025-11-05",
        status_outcome="active",
    )
    cycle = parsed(rows).countries[0].country.cycles[0]
    assert (cycle.year, cycle.report_due, cycle.closed, cycle.counts, cycle.imported) == (
        2025,
        True,
        True,
        True,
        True,
    )
    assert (cycle.due_on, cycle.report_on) == (date(2025, 4, 30), date(2025, 4, 20))
    assert (cycle.comments_made, cycle.final_on) == (4, date(2025, 7, 1))
    assert cycle.final_due_on == date(2025, 7, 5)  # 20 days after comments that came late
    assert (cycle.progress_presented, cycle.collaboration_presented) == (True, False)
    assert cycle.evidence == {"Survey of farms": "progress"}
    assert cycle.participation == {"workers": 2, "employers": 1}
    assert (cycle.status_decided_on, cycle.status_outcome) == (date(2025, 11, 5), "active")


def test_the_year_under_way_is_not_closed_and_keeps_what_is_open() -> None:
    cycle = parsed(active()).countries[0].country.cycles[-1]
    assert (cycle.year, cycle.closed, cycle.report_on) == (2026, False, None)


@pytest.mark.clause("REP-02")
def test_an_extension_moves_the_due_date_of_its_year_alone() -> None:
    rows = year(2025, extended_to="2025-05-31", extended_because="Flood", report_on="2025-05-30")
    first, second = parsed(rows).countries[0].country.cycles
    assert (first.first_due_on, first.due_on, first.extended_because) == (
        date(2025, 4, 30),
        date(2025, 5, 31),
        "Flood",
    )
    assert second.due_on == date(2026, 4, 30)


@pytest.mark.clause("REA-05")
def test_years_before_a_way_back_stay_on_record_and_do_not_count() -> None:
    rows = active(
        granted_on="2022-11-16", status_changes="inactive; 2024-11-20; GCM-2 | active; 2025-06-12; GCM-3"
    )
    rows[1] = {"code": "XAB", "year": "2025", "report_on": "2025-04-20"}
    rows += [{"code": "XAB", "year": "2023"}, {"code": "XAB", "year": "2024"}]
    country = parsed(rows).countries[0].country
    assert [(one.year, one.report_due, one.counts) for one in country.cycles] == [
        (2023, True, False),
        (2024, True, False),
        (2025, False, False),
        (2026, True, True),
    ]
    assert country.status_history[-1].resets_years == [2023, 2024, 2025]


@pytest.mark.clause("GEN-03")
def test_the_chain_of_statuses_begins_with_the_grant_and_knows_since_when_each_was_held() -> None:
    rows = active(status="inactive", status_changes="inactive; 2025-11-01; GCM-2025-2")
    grant, end = parsed(rows).countries[0].country.status_history
    assert (grant.before, grant.after, grant.on) == (Status.CANDIDATE, Status.ACTIVE, date(2024, 6, 12))
    assert grant.since_before == date(2022, 10, 12)
    assert (end.after, end.on, end.because) == (Status.INACTIVE, date(2025, 11, 1), "GCM-2025-2")
    assert end.since_before == date(2024, 6, 12)


def test_dialogues_are_numbered_and_the_last_one_may_be_open() -> None:
    rows = active(
        granted_on="2024-06-12",
        dialogue_opened_on="2026-06-10",
        dialogue_topics="reports | budget",
        dialogue_meetings="2",
        earlier_dialogues="2024-01-10; 2024-05-01; positive; workshop, roadmap",
    )
    first, second = parsed(rows).countries[0].country.dialogues
    assert (first.number, first.for_candidate, first.topics) == (1, True, ["workshop", "roadmap"])
    assert (second.number, second.for_candidate, second.closed_on) == (2, False, None)
    assert (second.topics, second.meetings) == (["reports", "budget"], 2)


def test_open_comments_of_an_active_country_are_about_its_last_report_that_got_comments() -> None:
    rows = year(2025, comments_on="2025-05-28", comments_made="2")
    rows[0] = ACTIVE | {"open_comments": "2: Give the source"}
    (comment,) = parsed(rows).countries[0].country.open_comments
    assert (comment.number, comment.about, comment.text) == (2, "report-2025", "Give the source")


def test_special_circumstances_may_have_no_end_and_may_pause() -> None:
    rows = candidate(
        special_circumstances="humanitarian; 2026-03-01; ; Floods; pauses | political; 2026-01-01; 2026-02-01"
    )
    first, second = parsed(rows).countries[0].country.circumstances
    assert (first.ends_on, first.note, first.pauses_dialogue) == (None, "Floods", True)
    assert (second.ends_on, second.pauses_dialogue) == (date(2026, 2, 1), False)


def test_the_country_is_written_to_in_its_own_language_or_its_focal_points() -> None:
    own, other = parsed(candidate(language="fr")), parsed(candidate(focal_point_language="es"))
    assert own.countries[0].country.language is Language.FRENCH
    assert other.countries[0].country.language is Language.SPANISH


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_as_spreadsheets_write_it(tmp_path: Path, separator: str, encoding: str) -> None:
    file = tmp_path / "portfolio.csv"
    rows = candidate(name="Côte d'Ambre, île", ministry="Travail; Emploi")
    file.write_bytes(paper(rows, separator).encode(encoding))
    found = read(file, today=TODAY)
    assert found.errors == ()
    country = found.countries[0].country
    assert (country.name, country.ministry) == ("Côte d'Ambre, île", "Travail; Emploi")
    assert country.source == "portfolio.csv, row 2"


def test_the_separator_line_that_excel_hides_does_not_count_as_a_row() -> None:
    found = read("sep=;\r\n" + paper(candidate(workshops="x"), ";"), today=TODAY)
    assert [(error.row, error.column) for error in found.errors] == [(2, "workshops")]


def test_blank_rows_are_ignored_and_still_counted() -> None:
    lines = paper(candidate(workshops="x")).splitlines()
    text = "\n".join([lines[0], "", ",,,", lines[1], ""])
    assert [(error.row, error.column) for error in read(text, today=TODAY).errors] == [(4, "workshops")]


def test_a_file_in_another_encoding_is_refused_with_advice(tmp_path: Path) -> None:
    file = tmp_path / "portfolio.csv"
    file.write_bytes(paper(candidate(name="Ambrélie")).encode("latin-1"))
    (error,) = read(file, today=TODAY).errors
    assert "save it as 'CSV UTF-8'" in error.message


def test_an_open_quotation_mark_is_refused_with_advice() -> None:
    (error,) = read(paper(candidate()) + 'XAB,"Brisovia\n', today=TODAY).errors
    assert "quotation mark that is not closed" in error.message


def test_the_hash_of_a_country_depends_on_what_its_rows_say_and_on_nothing_else() -> None:
    rows = active()
    first = parsed(rows).countries[0].digest
    assert parsed([*candidate(), {}, rows[0], rows[2], rows[1]]).countries[1].digest == first
    assert read(paper(rows, ";"), today=date(2027, 2, 1)).countries[0].digest == first
    assert parsed(active(ministry="Ministry of Social Affairs")).countries[0].digest != first
    assert parsed(year(2025, report_on="2025-04-21")).countries[0].digest != first


def test_a_cell_begun_with_blanks_reads_as_without_them() -> None:
    country = parsed([{key: f" {cell}\n " for key, cell in CANDIDATE.items()}]).countries[0].country
    assert (country.code, country.name, country.status) == ("XAA", "Amberlund", Status.CANDIDATE)
