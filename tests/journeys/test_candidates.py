"""From the expression of interest to the status, and what can lie between."""

from __future__ import annotations

import pytest

from tests.journeys.lives import lives_as_expected


@pytest.mark.clause("EOI-01", "EOI-06")
async def test_a_silent_candidate_is_nudged_every_ninety_days_and_never_rejected_by_a_timer() -> None:
    await lives_as_expected("a_silent_candidate")


@pytest.mark.clause("PLN-04")
async def test_national_action_plans_stand_in_place_of_a_roadmap_when_every_no_has_its_adjustment() -> None:
    await lives_as_expected("nap_route")


@pytest.mark.clause("PLN-09")
async def test_one_objection_blocks_a_grant_until_consensus_is_reached_at_a_later_meeting() -> None:
    await lives_as_expected("consensus_blocked_then_reached")


@pytest.mark.clause("PLN-09")
async def test_an_objection_taken_beforehand_stands_until_the_decision_says_what_the_meeting_heard() -> None:
    await lives_as_expected("positions_beforehand")


@pytest.mark.clause("PLN-09")
async def test_silence_without_objection_asks_for_the_decision_and_takes_none() -> None:
    await lives_as_expected("silence_procedure")


@pytest.mark.clause("PLN-08")
async def test_comments_of_two_rounds_are_numbered_through_and_answered_before_the_grant() -> None:
    await lives_as_expected("comments_in_two_rounds")


@pytest.mark.clause("PLN-07", "PLN-11")
async def test_a_candidate_that_is_not_there_yet_is_supported_and_presented_again() -> None:
    await lives_as_expected("not_yet_and_presented_again")


@pytest.mark.clause("PLN-01", "PLN-02", "PLN-08", "PLN-09", "PLN-11", "EOI-08")
async def test_every_decision_on_a_candidate_is_refused_with_all_its_reasons() -> None:
    await lives_as_expected("refused_candidate_decisions")


@pytest.mark.clause("REP-03", "IMP-01")
async def test_a_grant_on_31_december_asks_for_the_first_report_four_months_later() -> None:
    await lives_as_expected("grant_on_31_december")


@pytest.mark.clause("REP-03")
async def test_a_grant_on_1_january_asks_for_the_first_report_in_the_next_year() -> None:
    await lives_as_expected("grant_on_1_january")


@pytest.mark.clause("REP-03")
async def test_a_grant_on_31_may_asks_for_the_first_report_in_the_next_year() -> None:
    await lives_as_expected("grant_on_31_may")


@pytest.mark.clause("REP-03")
async def test_a_grant_on_1_june_asks_for_the_first_report_in_the_next_year() -> None:
    await lives_as_expected("grant_on_1_june")


@pytest.mark.clause("EOI-04", "EOI-05", "PLN-09")
async def test_letters_are_drafted_edited_approved_sent_once_published_and_corrected() -> None:
    await lives_as_expected("letters_of_record")
