"""Two people act on the same matter at the same moment, and differ (reliability.md, row 19)."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, date, datetime

import pytest
from temporalio.client import WorkflowUpdateFailedError

from contracts.messages import Actor, DecisionAnswer, Envelope, Receipt
from contracts.names import GCM_DECISION
from framework.terms import Role
from rehearsal import templates
from rehearsal.stage import stage
from tests.faults import countries, on_record
from tests.faults.countries import Country

REVIEW = datetime(2028, 9, 12, 9, tzinfo=UTC)
DECIDE = datetime(2028, 11, 10, 9, tzinfo=UTC)
CODES = countries.codes(6)
SHUFFLED = random.Random(19)


def _review(code: str, reviewer: str, progress: bool) -> Envelope:
    what = countries.envelope(
        code, "yearly_review", REVIEW.date(), f"{code}-{reviewer}", evidence_of_progress=progress
    )
    task = f"yearly_review-{REVIEW.year}"
    return what.model_copy(update={"actor": Actor(role=Role.MWG, name=reviewer), "task": task})


async def _answer(country: Country, what: Envelope) -> Receipt | str:
    try:
        return await countries.hand_in(country, what)
    except WorkflowUpdateFailedError as error:
        return str(error.cause)


@pytest.mark.clause("REV-02", "REV-12")
async def test_row_19_of_two_reviewers_one_wins_and_the_other_hears_that_the_task_is_closed_and_by_whom() -> (
    None
):
    began = datetime(2028, 1, 10, 9, tzinfo=UTC)
    async with stage(REVIEW, templates.seats()) as on:
        for code in CODES:
            state = countries.lived(countries.begun(countries.active(code), began), REVIEW)
            country = await countries.start(on.clock.client, state)
            rivals = [_review(code, "Ravi Okoye", True), _review(code, "Jo Park", False)]
            SHUFFLED.shuffle(rivals)
            answers = await asyncio.gather(*[_answer(country, one) for one in rivals])
            (receipt,) = [one for one in answers if isinstance(one, Receipt)]
            (refused,) = [one for one in answers if isinstance(one, str)]
            assert "submission.task_closed" in refused
            winner = next(one for one in rivals if one.message_id == receipt.message_id)
            state = await on_record.state_of(country)
            assert state.tasks[winner.task].closed_by == winner.actor.name
            judged = next(cycle for cycle in state.cycles if cycle.year == REVIEW.year)
            assert judged.progress_presented is getattr(winner.submission, "evidence_of_progress", None)
            assert sum(1 for one in state.entries if one.kind == "yearly_review") == 1


@pytest.mark.clause("REV-07")
async def test_row_19_of_two_status_decisions_one_is_carried_out_and_the_other_refused_with_the_reason() -> (
    None
):
    today = date(2028, 11, 10)
    async with stage(DECIDE, templates.seats()) as on:
        for code in CODES:
            country = await countries.start(on.clock.client, countries.active(code))
            rivals = [
                countries.decision(
                    "annual_status", today, f"{code}-a", outcome="active", statement="as judged"
                ),
                countries.decision(
                    "annual_status", today, f"{code}-b", outcome="commitments_not_met", statement="as judged"
                ),
            ]
            SHUFFLED.shuffle(rivals)
            await asyncio.gather(*[country.signal(GCM_DECISION, one) for one in rivals])
            await on.clock.settled()
            answers = [
                await country.query("decision", one["id"], result_type=DecisionAnswer) for one in rivals
            ]
            assert sorted(one.answer for one in answers) == ["accepted", "refused"]
            (lost,) = [one for one in answers if one.answer == "refused"]
            assert [finding.key for finding in lost.reasons] == ["decision.year.not_open"]
            won = next(
                one for one, answer in zip(rivals, answers, strict=True) if answer.answer == "accepted"
            )
            cycle = next(one for one in (await on_record.state_of(country)).cycles if one.year == 2028)
            assert cycle.status_outcome == won["outcome"]


@pytest.mark.clause("GEN-03")
async def test_row_19_the_same_decision_id_with_another_content_is_refused_as_used() -> None:
    today = date(2028, 11, 10)
    async with stage(DECIDE, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        for outcome in ("active", "commitments_not_met"):
            decision = countries.decision(
                "annual_status", today, "d1", outcome=outcome, statement="as judged"
            )
            await country.signal(GCM_DECISION, decision)
        await on.clock.settled()
        records = (await on_record.state_of(country)).decisions
        assert [record.answer.answer for record in records] == ["accepted", "refused"]
        assert "decision.id.used" in [finding.key for finding in records[1].answer.reasons]
        first = await country.query("decision", "d1", result_type=DecisionAnswer)
        assert first.answer == "accepted"
