"""What an assessment explains: years, documents, dates, what would clear a flag; the combination; the four conditions."""

from dataclasses import replace
from datetime import date

import pytest

from framework.facts import COMBINATION, Cycle, Indicator
from framework.indicators import lapse, names_evidence, verdict
from framework.records import DocumentRef, PriorityProgress, ProgressReport
from framework.review import Assessment, Explanation, assess, conditions, participation
from tests.framework.years import good, silent, underway

LATER = date(2029, 2, 1)
UNFINAL = {"final_on": None}
UNFRAMED = {"indicators_on": None}


def explained(found: Assessment, indicator: Indicator) -> Explanation:
    return next(one for one in found.explanations if one.indicator == indicator)


def cleared_by(found: Assessment, indicator: Indicator) -> list[tuple[str, str]]:
    prefix = "review.clear."
    return [(one.key.removeprefix(prefix), one.values["year"]) for one in explained(found, indicator).clears]


@pytest.mark.clause("REV-09", "REV-10", "REV-11", "REV-12", "REV-13")
def test_there_is_one_explanation_per_indicator_under_its_clause() -> None:
    found = assess([], LATER)
    assert [(one.indicator, one.clause) for one in found.explanations] == [
        ("no_report", "REV-09"),
        ("not_finalised", "REV-10"),
        ("no_indicators", "REV-11"),
        ("no_progress_evidence", "REV-12"),
        ("no_collaboration_evidence", "REV-13"),
    ]
    assert (found.combination.indicator, found.combination.clause) == (COMBINATION, "REV-14")
    assert {one.why for one in found.explanations} == {"flag.not_raised"}


@pytest.mark.clause("REV-09")
def test_an_explanation_tells_late_from_missing_and_names_paper_and_dates() -> None:
    late = good(2026, report_on=date(2026, 11, 2), report_entry=31)
    found = explained(assess([late, silent(2027)], LATER), Indicator.NO_REPORT)
    came, missing = found.years
    assert (came.lapsed, came.why, came.documents) == (False, "no_report.came_late", ("31: progress_report",))
    assert came.dates == {"judged_on": "2026-09-30", "due_on": "2026-04-30", "came_on": "2026-11-02"}
    assert (missing.lapsed, missing.why, missing.documents) == (True, "no_report.missing", ())
    assert missing.dates == {"judged_on": "2027-09-30", "due_on": "2027-04-30"}


EVIDENCE = {"12: survey": "progress", "13: minutes": "collaboration"}


@pytest.mark.clause("REV-09", "REV-10", "REV-11", "REV-12", "REV-13")
@pytest.mark.parametrize(
    ("indicator", "cycle", "why"),
    [
        (Indicator.NO_REPORT, good(2026), "no_report.came"),
        (Indicator.NO_REPORT, good(2026, report_on=date(2026, 4, 30)), "no_report.came"),
        (Indicator.NO_REPORT, good(2026, report_on=date(2026, 5, 1)), "no_report.came_late"),
        (Indicator.NO_REPORT, underway(2030), "no_report.awaited"),
        (Indicator.NO_INDICATORS, good(2026, indicators_on=date(2026, 4, 30)), "no_indicators.came"),
        (Indicator.NO_INDICATORS, good(2026), "no_indicators.came"),
        (Indicator.NO_INDICATORS, good(2026, indicators_on=date(2026, 5, 1)), "no_indicators.came_late"),
        (Indicator.NO_INDICATORS, good(2026, **UNFRAMED), "no_indicators.missing"),
        (Indicator.NO_INDICATORS, underway(2030), "no_indicators.awaited"),
        (Indicator.NOT_FINALISED, good(2026), "not_finalised.final"),
        (Indicator.NOT_FINALISED, good(2026, **UNFINAL), "not_finalised.missing"),
        (Indicator.NOT_FINALISED, good(2030, closed=False, **UNFINAL), "not_finalised.awaited"),
        (Indicator.NOT_FINALISED, underway(2030), "not_finalised.too_early"),
        (Indicator.NOT_FINALISED, silent(2026), "not_finalised.no_report"),
        (Indicator.NOT_FINALISED, good(2026, comments_on=None, **UNFINAL), "not_finalised.no_comments"),
        (Indicator.NO_PROGRESS_EVIDENCE, good(2026), "evidence.presented"),
        (Indicator.NO_PROGRESS_EVIDENCE, good(2026, progress_presented=False), "evidence.none_presented"),
        (Indicator.NO_PROGRESS_EVIDENCE, silent(2026), "evidence.nothing"),
        (Indicator.NO_PROGRESS_EVIDENCE, silent(2026, evidence=EVIDENCE), "evidence.on_record"),
        (Indicator.NO_PROGRESS_EVIDENCE, underway(2026, evidence=EVIDENCE), "evidence.awaited"),
    ],
)
def test_every_year_says_why(indicator: Indicator, cycle: Cycle, why: str) -> None:
    (year,) = explained(assess([cycle], LATER), indicator).years
    assert year.why == why
    assert "judged_on" in year.dates


@pytest.mark.clause("REV-12", "DIA-05")
def test_evidence_beside_a_judgement_of_none_waits_for_a_new_judgement() -> None:
    judged = good(2026, progress_presented=False, evidence=EVIDENCE)
    found = assess([judged, silent(2027)], LATER)
    year = explained(found, Indicator.NO_PROGRESS_EVIDENCE).years[0]
    assert (year.lapsed, year.why, year.documents) == (True, "evidence.judgement_stands", ("12: survey",))
    assert year.dates["judged_on"] == "2026-09-20"
    assert cleared_by(found, Indicator.NO_PROGRESS_EVIDENCE) == [
        ("judge_anew", "2026"),
        ("add_evidence", "2027"),
    ]


@pytest.mark.clause("REV-09", "REV-10", "REV-11", "REV-13")
def test_what_would_clear_a_flag_of_closed_years_lies_in_the_next_year() -> None:
    found = assess([silent(2026), silent(2027)], date(2028, 1, 1))
    assert cleared_by(found, Indicator.NO_REPORT) == [("report_next_year", "2028")]
    assert cleared_by(found, Indicator.NO_INDICATORS) == [("indicators_next_year", "2028")]
    unfinal = assess([good(2026, **UNFINAL), good(2027, **UNFINAL)], date(2028, 1, 1))
    assert cleared_by(unfinal, Indicator.NOT_FINALISED) == [("finalise_next_year", "2028")]


@pytest.mark.clause("REV-09", "REV-10", "REV-11", "REV-13")
def test_what_would_clear_a_flag_can_still_come_while_a_cycle_is_open() -> None:
    autumn = date(2027, 10, 15)
    found = assess([silent(2026), underway(2027)], autumn)
    assert cleared_by(found, Indicator.NO_REPORT) == [("hand_in_report", "2027")]
    assert cleared_by(found, Indicator.NO_INDICATORS) == [("update_indicators", "2027")]
    unfinal = assess([good(2026, **UNFINAL), good(2027, closed=False, **UNFINAL)], autumn)
    assert cleared_by(unfinal, Indicator.NOT_FINALISED) == [("finalise_report", "2027")]
    judged = [silent(2026), good(2027, collaboration_presented=False), underway(2028)]
    assert cleared_by(assess(judged, date(2028, 2, 1)), Indicator.NO_COLLABORATION_EVIDENCE) == [
        ("add_evidence", "2026"),
        ("add_evidence_and_judge_anew", "2027"),
        ("present_evidence", "2028"),
    ]


@pytest.mark.clause("REV-14")
def test_mixed_lapses_over_two_years_are_for_the_mwg_and_raise_nothing() -> None:
    found = assess([good(2026, **UNFINAL), good(2027, **UNFRAMED)], LATER)
    assert found.raised == ()
    assert (found.combination.raised, found.combination.why) == (False, "combination.for_judgement")
    assert [year.dates["lapses"] for year in found.combination.years] == ["not_finalised", "no_indicators"]
    assert [year.lapsed for year in found.combination.years] == [True, True]


@pytest.mark.clause("REV-14", "REV-10")
def test_silence_after_an_unfinalised_report_stays_a_mixed_case() -> None:
    silence = good(2027, report_on=None, comments_on=None, final_on=None)
    found = assess([good(2026, **UNFINAL), silence], LATER)
    assert (found.raised, found.combination.why) == ((), "combination.for_judgement")


@pytest.mark.clause("REV-14")
@pytest.mark.parametrize(
    "years",
    [
        [good(2026, **UNFINAL)],
        [good(2026, **UNFINAL), good(2027)],
        [good(2025, **UNFINAL), good(2026), good(2027, **UNFRAMED)],
        [good(2026, **UNFINAL), good(2027, **UNFINAL)],
        [good(2026, **UNFINAL), good(2027, indicators_on=None, final_on=None)],
    ],
)
def test_what_is_not_mixed_is_not_put_before_the_mwg(years: list[Cycle]) -> None:
    assert assess(years, LATER).combination.why == "combination.none"


@pytest.mark.clause("REV-14")
def test_the_mixed_case_stays_before_the_mwg_while_the_next_year_is_open() -> None:
    years = [good(2026, **UNFINAL), good(2027, **UNFRAMED)]
    found = assess([*years, underway(2028)], date(2028, 2, 1)).combination
    assert (found.why, found.years[-1].lapsed) == ("combination.for_judgement", None)
    assert found.years[-1].why == "combination.year_open"
    assert assess([*years, good(2028)], LATER).combination.why == "combination.none"


@pytest.mark.clause("REV-14")
def test_the_mwg_can_raise_the_flag_with_a_reason_until_it_reviews_anew() -> None:
    raised = [good(2026, **UNFINAL), good(2027, raise_flag_because="a pattern", **UNFRAMED)]
    found = assess([*raised, underway(2028)], date(2028, 2, 1))
    assert found.raised == (COMBINATION,)
    assert found.combination.why == "combination.raised_by_mwg"
    assert [year.why for year in found.combination.years] == [
        "combination.year_with_lapse",
        "combination.year_raised",
        "combination.year_open",
    ]
    assert [(one.key, one.values) for one in found.combination.clears] == [
        ("review.clear.mwg_reviews_anew", {"year": "2027"})
    ]
    assert assess([*raised, good(2028)], LATER).raised == ()


@pytest.mark.clause("REV-08")
@pytest.mark.parametrize(
    ("cycle", "met", "judged_on"),
    [
        (
            good(2026, commitments_met=True, active_in_community=False, reporting_met=True),
            (True, True, False, True),
            ("by_mwg", "by_mwg", "by_mwg", "by_mwg"),
        ),
        (good(2026), (None, True, None, True), ("not_judged", "by_mwg", "not_judged", "by_record")),
        (silent(2026), (None, False, None, False), ("not_judged", "by_record", "not_judged", "by_record")),
        (underway(2026), (None, None, None, None), ("not_judged",) * 4),
        (
            good(2026, progress_presented=None, evidence={"1: survey": "progress"}, final_on=None),
            (None, True, None, False),
            ("not_judged", "by_record", "not_judged", "by_record"),
        ),
        (
            good(2026, comments_on=None, final_on=None),
            (None, True, None, True),
            ("not_judged", "by_mwg", "not_judged", "by_record"),
        ),
    ],
)
def test_the_four_conditions_of_being_active_say_what_they_were_judged_on(
    cycle: Cycle, met: tuple[bool | None, ...], judged_on: tuple[str, ...]
) -> None:
    found = conditions(cycle)
    names = ["commitments_met", "evidence_of_progress", "active_in_community", "reporting_met"]
    assert [one.name for one in found] == names
    assert tuple(one.met for one in found) == met
    assert tuple(one.judged_on for one in found) == tuple(f"review.condition.{name}" for name in judged_on)


@pytest.mark.clause("REV-04")
def test_participation_is_shown_for_all_nine_categories_zeros_included() -> None:
    found = participation(underway(2027, participation={"workers": 3, "employers": 2}))
    assert len(found) == 9
    assert (found["workers"], found["employers"], found["survivors"]) == (3, 2, 0)


@pytest.mark.clause("REV-12")
@pytest.mark.parametrize(
    ("report", "evidence"),
    [
        (ProgressReport(progress=(PriorityProgress(priority="children", text="20 inspectors"),)), True),
        (ProgressReport(annexes=(DocumentRef(id="survey"),)), True),
        (ProgressReport(progress=(PriorityProgress(priority="children", text=" "),)), False),
        (ProgressReport(worked_well="Much", obstacles="None", participation="All"), False),
    ],
)
def test_a_report_is_evidence_where_it_answers_on_a_priority_or_brings_a_document(
    report: ProgressReport, evidence: bool
) -> None:
    assert names_evidence(report) is evidence


@pytest.mark.clause("REV-12", "REV-13")
def test_a_report_with_evidence_speaks_for_progress_alone_and_only_where_nobody_judged() -> None:
    year = Cycle(year=2027, report_on=date(2027, 4, 1), report_entry=4, progress_shown=True, closed=True)
    progress = verdict(year, Indicator.NO_PROGRESS_EVIDENCE, date(2028, 1, 5))
    assert (progress.lapsed, progress.documents) == (False, ("4: progress_report",))
    assert lapse(year, Indicator.NO_COLLABORATION_EVIDENCE, date(2028, 1, 5)) is True
    judged = replace(year, progress_presented=False)
    assert lapse(judged, Indicator.NO_PROGRESS_EVIDENCE, date(2028, 1, 5)) is True
    taken_back = replace(year, report_on=None)
    assert lapse(taken_back, Indicator.NO_PROGRESS_EVIDENCE, date(2028, 1, 5)) is True
