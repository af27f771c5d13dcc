"""The yearly cycles of a country: quiet ones, late ones, extended, paused, corrected ones."""

from __future__ import annotations

import pytest

from tests.journeys.lives import lives_as_expected

PATIENCE = 400
"""Seconds of wall time for the longest lives on a busy machine; ten years alone take some seconds."""


@pytest.mark.timeout(PATIENCE)
@pytest.mark.clause("PLN-12", "REP-01", "REP-05", "REP-08", "REP-09", "REP-10", "REV-01", "REV-07", "GEN-04")
async def test_a_quiet_decade_has_one_cycle_a_year_and_no_escalation() -> None:
    played = await lives_as_expected("quiet_decade")
    assert played.history is not None
    assert len(played.history.runs) == 12, "the candidacy, the year of the grant, ten years"


@pytest.mark.clause("REP-04", "REP-11", "REV-02", "REV-03", "REV-04", "REV-05", "PLN-13", "GEN-05", "REP-06")
async def test_everything_else_that_a_year_can_bring_is_on_record_once() -> None:
    await lives_as_expected("around_a_year")


@pytest.mark.clause("REP-02", "REP-07", "REP-09", "REV-09")
async def test_a_report_after_the_deadline_is_late_not_missing() -> None:
    await lives_as_expected("late_report")


@pytest.mark.clause("REP-02")
async def test_an_extension_before_the_deadline_moves_report_and_indicators_together() -> None:
    await lives_as_expected("extension_before_the_deadline")


@pytest.mark.clause("REP-02")
async def test_after_the_deadline_only_an_exceptional_extension_is_granted() -> None:
    await lives_as_expected("extension_afterwards")


@pytest.mark.clause("EOI-03", "REP-07")
async def test_reminders_follow_a_new_focal_point_from_that_day_on() -> None:
    await lives_as_expected("focal_point_replaced")


@pytest.mark.clause("EOI-03", "REP-07")
async def test_a_mandate_passes_on_in_the_month_of_the_report_though_the_old_address_is_dead() -> None:
    await lives_as_expected("handover_in_the_month_of_the_report")


@pytest.mark.clause("EOI-03", "REP-07")
async def test_people_choose_how_they_are_written_to_are_asked_by_hand_and_confirm_who_they_are() -> None:
    await lives_as_expected("nudges_and_contacts")


@pytest.mark.clause("REP-02")
async def test_a_policy_change_leaves_the_cycle_under_way_alone() -> None:
    await lives_as_expected("policy_change")


async def test_a_pause_stops_the_timers_and_its_years_count_for_nothing() -> None:
    await lives_as_expected("pause_and_resume")


async def test_a_mistaken_entry_is_taken_back_by_a_new_one_and_both_stay() -> None:
    await lives_as_expected("correction_of_an_entry")


@pytest.mark.clause("GEN-03")
async def test_a_mistaken_decision_falls_with_what_it_did() -> None:
    await lives_as_expected("correction_of_a_decision")


@pytest.mark.clause("GEN-03")
async def test_a_country_that_withdrew_can_apply_again_and_keeps_its_history() -> None:
    await lives_as_expected("withdrawal_and_applying_again")


async def test_whatever_arrives_and_whenever_the_worker_goes_the_country_goes_on() -> None:
    await lives_as_expected("messages_that_nobody_understands")
