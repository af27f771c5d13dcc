"""The shipped sample: invented countries in every situation that the framework knows."""

import csv
from datetime import date
from pathlib import Path

import pytest

from contracts.starting import ImportedCountry
from framework import members
from framework.facts import Cycle
from framework.review import assess
from framework.terms import Language, Role, Status
from portfolio.columns import COLUMNS
from portfolio.reading import read
from tests.portfolio.papers import TODAY

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = SAMPLES / "alliance.csv"
THIS_YEAR = 2026

WANTED = {
    "new candidate",
    "candidate in planning",
    "candidate presented, with open comments",
    "candidate told not yet, in support",
    "granted this year",
    "active for years with a full record",
    "active with a late report",
    "active with one lapse",
    "active with mixed lapses",
    "active and flagged for two years without a report",
    "active in dialogue",
    "active with an extension and open comments",
    "inactive for two years",
    "reactivated",
    "on the route of national action plans",
}


def countries() -> list[ImportedCountry]:
    """The sample as it is read."""
    found = read(SAMPLE, today=TODAY)
    assert found.errors == ()
    return [one.country for one in found.countries]


def situations(country: ImportedCountry) -> set[str]:
    """In which situations a country is, by its facts."""
    if country.status is Status.CANDIDATE:
        return {_candidate(country)}
    if country.status is Status.INACTIVE:
        return {"inactive for two years"} if TODAY.year - country.status_history[-1].on.year == 2 else set()
    open_dialogue = any(dialogue.closed_on is None for dialogue in country.dialogues)
    facts = {
        "on the route of national action plans": country.candidacy.nap_route,
        "granted this year": country.status_history[-1].on.year == THIS_YEAR,
        "reactivated": len(country.status_history) > 1,
        "active in dialogue": open_dialogue,
        "active with an extension and open comments": bool(
            country.open_comments and _extended(country.cycles)
        ),
    }
    return {name for name, true in facts.items() if true} | _record(country, open_dialogue)


def _candidate(country: ImportedCountry) -> str:
    if country.dialogues:
        return "candidate told not yet, in support"
    if country.open_comments and country.candidacy.presented_on:
        return "candidate presented, with open comments"
    return "candidate in planning" if country.candidacy.workshops else "new candidate"


def _record(country: ImportedCountry, open_dialogue: bool) -> set[str]:
    judged = [cycle for cycle in country.cycles if cycle.counts]
    assessment, lapses = assess(judged, TODAY), _lapses(judged)
    if "no_report" in assessment.raised and not open_dialogue:
        return {"active and flagged for two years without a report"}
    if assessment.combination.why.endswith("for_judgement"):
        return {"active with mixed lapses"}
    if len(lapses) == 1 and not assessment.raised:
        return {"active with one lapse"}
    if any(cycle.report_on and cycle.due_on and cycle.report_on > cycle.due_on for cycle in judged):
        return {"active with a late report"}
    return {"active for years with a full record"} if len(judged) >= 5 and not lapses else set()


def _lapses(cycles: list[Cycle]) -> set[tuple[str, int]]:
    explanations = assess(cycles, TODAY).explanations
    return {(one.indicator, year.year) for one in explanations for year in one.years if year.lapsed}


def _extended(cycles: list[Cycle]) -> bool:
    return any(cycle.extended_because for cycle in cycles)


@pytest.mark.clause("REV-09", "REV-14")
def test_the_sample_shows_every_situation_of_the_framework() -> None:
    found = {name for country in countries() for name in situations(country)}
    assert found == WANTED


def test_every_country_of_the_sample_is_invented() -> None:
    assert all(members.is_invented(country.code) for country in countries())
    addresses = {person.email for one in countries() for person in (one.focal_point, *one.deputies)}
    assert all(address.endswith("@example.org") for address in addresses)


def test_the_sample_speaks_all_languages_and_fills_in_every_column() -> None:
    assert {country.focal_point.language for country in countries()} == set(Language)
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {name for row in rows for name, cell in row.items() if cell} == {column.name for column in COLUMNS}


@pytest.mark.parametrize("later", [date(2027, 5, 1), date(2031, 1, 1), date(2040, 12, 31)])
def test_the_sample_can_still_be_loaded_in_later_years(later: date) -> None:
    now, then = read(SAMPLE, today=TODAY), read(SAMPLE, today=later)
    assert then.errors == ()
    assert [one.digest for one in then.countries] == [one.digest for one in now.countries]


def test_the_directory_fills_every_seat_that_gets_mail_today() -> None:
    with (SAMPLES / "directory.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = {
        row["role"]
        for row in rows
        if row["from"] <= TODAY.isoformat() and (row["until"] or "9") > TODAY.isoformat()
    }
    assert held == {Role.SECRETARIAT, Role.GCM, Role.MWG}
    assert all(row["email"].endswith("@example.org") and row["language"] in set(Language) for row in rows)
