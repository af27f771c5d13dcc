"""Indicators, dialogue, inactivity and the way back."""

from __future__ import annotations

import pytest

from tests.journeys.lives import lives_as_expected

PATIENCE = 400
"""Seconds of wall time for the longest lives on a busy machine."""


@pytest.mark.clause("REV-09", "REV-15")
async def test_no_report_for_two_years_is_an_indicator_by_itself() -> None:
    await lives_as_expected("indicator_no_report")


@pytest.mark.clause("REV-10", "REV-15")
async def test_no_final_report_for_two_years_is_an_indicator_by_itself() -> None:
    await lives_as_expected("indicator_not_finalised")


@pytest.mark.clause("REV-11", "REV-15")
async def test_no_indicator_framework_for_two_years_is_an_indicator_by_itself() -> None:
    await lives_as_expected("indicator_no_indicators")


@pytest.mark.clause("REV-12", "REV-15")
async def test_no_evidence_of_progress_for_two_years_is_an_indicator_by_itself() -> None:
    await lives_as_expected("indicator_no_progress_evidence")


@pytest.mark.clause("REV-13", "REV-15")
async def test_no_evidence_of_collaboration_for_two_years_is_an_indicator_by_itself() -> None:
    await lives_as_expected("indicator_no_collaboration_evidence")


@pytest.mark.clause("REV-14", "REV-15")
async def test_mixed_lapses_raise_no_flag_before_the_mwg_gives_its_reason() -> None:
    await lives_as_expected("mixed_lapses")


@pytest.mark.timeout(PATIENCE)
@pytest.mark.clause("REV-09", "REV-11", "REV-15", "DIA-01", "DIA-03", "DIA-04", "DIA-05", "IMP-02")
async def test_two_silent_years_lead_to_a_dialogue_that_ends_well() -> None:
    await lives_as_expected("silence_and_a_good_end")


@pytest.mark.timeout(PATIENCE)
@pytest.mark.clause("DIA-06", "INA-01", "REA-01", "REA-02", "REA-03", "REA-04", "REA-05", "GEN-04")
async def test_a_country_sleeps_for_three_years_comes_back_and_counts_anew() -> None:
    await lives_as_expected("silence_to_inactivity_and_back")


@pytest.mark.timeout(PATIENCE)
@pytest.mark.clause("DIA-02")
async def test_special_circumstances_let_a_dialogue_rest() -> None:
    await lives_as_expected("special_circumstances")


@pytest.mark.timeout(PATIENCE)
@pytest.mark.clause("REV-07", "REV-15", "DIA-01", "DIA-06", "REA-01", "REA-05")
async def test_every_decision_on_a_pathfinder_is_refused_with_all_its_reasons() -> None:
    await lives_as_expected("refused_decisions_on_a_pathfinder")


@pytest.mark.clause("REV-09")
async def test_an_imported_missing_year_counts_with_the_next_one() -> None:
    await lives_as_expected("imported_in_the_middle")


@pytest.mark.clause("DIA-01")
async def test_an_imported_dialogue_goes_on() -> None:
    await lives_as_expected("imported_with_an_open_dialogue")


@pytest.mark.clause("REA-02", "REA-03", "REA-05")
async def test_the_policy_can_let_the_secretariat_confirm_a_return() -> None:
    await lives_as_expected("imported_inactive")
