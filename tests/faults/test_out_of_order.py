"""Signals late, early, for another year, in any order (reliability.md, row 20). Every order comes from a seed."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from typing import Any

import pytest
from temporalio.service import RPCError, RPCStatusCode

from contracts.messages import DecisionAnswer
from contracts.names import GCM_DECISION, country_id
from contracts.state import CountryState
from framework.facts import Cycle
from framework.status import change
from framework.terms import Status
from rehearsal import templates
from rehearsal.stage import stage
from tests.faults import countries, on_record
from tests.faults.countries import Country

NOW = datetime(2028, 11, 20, 9, tzinfo=UTC)
TODAY = date(2028, 11, 20)
Signal = tuple[str, dict[str, Any]]


def _decisions() -> list[dict[str, Any]]:
    """What a GCM of several minds could send in one week, to the right country and to the wrong one."""
    year = {
        f"status-{year}": countries.decision(
            "annual_status", TODAY, f"status-{year}", year=year, outcome=outcome, statement="without a review"
        )
        for year, outcome in (
            (2026, "active"),
            (2027, "commitments_not_met"),
            (2028, "active"),
            (2029, "active"),
        )
    }
    others = (
        "open_dialogue",
        "close_dialogue",
        "declare_inactive",
        "reactivate",
        "grant",
        "comments",
        "not_yet",
    )
    return [*year.values(), *[countries.decision(kind, TODAY, kind, statement="in short") for kind in others]]


def _strays() -> list[Signal]:
    """What children that are long gone, or were never there, may still say."""
    return [
        ("dialogue_checkpoint", {"number": 7, "checkpoint": 1, "on": "2027-01-01"}),
        ("reactivation_idle", {"number": 3, "nudge": 2}),
        ("dialogue_ended", {"number": 7, "outcome": "positive"}),
        ("year_turns", {"year": 2031}),
        ("nudge", {}),
    ]


def _with_lapses(code: str) -> CountryState:
    cycles = [Cycle(year=year, report_due=True, closed=True) for year in (2026, 2027)]
    return countries.active(code, cycles=cycles)


async def _answers(country: Country) -> dict[str, DecisionAnswer]:
    found = {}
    for decision in _decisions():
        found[decision["id"]] = await country.query("decision", decision["id"], result_type=DecisionAnswer)
    return found


def _assert_lawful(state: CountryState) -> None:
    status = Status.CANDIDATE
    for step in state.status_history:
        assert step.before is status
        assert change(step.before, step.after).ok, f"{step.before} -> {step.after} is no lawful change"
        status = step.after
    assert status is state.status


def _assert_each_year_its_own(state: CountryState, answers: dict[str, DecisionAnswer]) -> None:
    outcomes = {cycle.year: cycle.status_outcome for cycle in state.cycles if cycle.status_outcome}
    accepted = {
        decision["year"]: decision["outcome"]
        for decision in _decisions()
        if decision["kind"] == "annual_status" and answers[decision["id"]].answer == "accepted"
    }
    assert outcomes == accepted
    assert answers["status-2029"].answer == "refused", "a year that has not begun"


@pytest.mark.clause("REV-07", "REV-15", "DIA-06", "REA-01", "GEN-03")
async def test_row_20_in_whatever_order_signals_come_each_is_answered_and_none_counts_for_another_year() -> (
    None
):
    async with stage(NOW, templates.seats()) as on:
        for number, code in enumerate(countries.codes(8)):
            signals: list[Signal] = [(GCM_DECISION, one) for one in _decisions()] + _strays()
            random.Random(f"out of order {number}").shuffle(signals)
            country = await countries.start(on.clock.client, _with_lapses(code))
            for name, content in signals:
                await country.signal(name, content)
            await on.clock.settled()
            state, answers = await on_record.state_of(country), await _answers(country)
            assert {one.answer for one in answers.values()} == {"accepted", "refused"}
            assert all(one.reasons for one in answers.values() if one.answer == "refused")
            _assert_lawful(state)
            _assert_each_year_its_own(state, answers)
            assert state.cycle == 2028
            assert [one.message for one in state.refusals] == ["year_turns"]
            assert await on_record.failed_workflow_tasks(on.clock.client, code) == []


@pytest.mark.clause("REV-07")
async def test_row_20_a_decision_before_the_start_reaches_nobody_and_one_with_the_start_is_answered() -> None:
    decision = countries.decision("annual_status", TODAY, "early", statement="without a review")
    async with stage(NOW, templates.seats()) as on:
        with pytest.raises(RPCError) as nobody:
            await on.clock.client.get_workflow_handle(country_id("XAA")).signal(GCM_DECISION, decision)
        assert nobody.value.status == RPCStatusCode.NOT_FOUND
        await on.stop_worker()
        country = await countries.start(on.clock.client, countries.active("XAA"))
        await country.signal(GCM_DECISION, decision)
        await on.start_worker()
        await on.clock.settled()
        answer = await country.query("decision", "early", result_type=DecisionAnswer)
        assert answer.answer == "accepted"


@pytest.mark.clause("DIA-01", "REA-04")
async def test_row_20_word_from_a_child_that_ended_opens_no_task() -> None:
    async with stage(NOW, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        await on.clock.settled()
        before = set((await on_record.state_of(country)).tasks)
        for name, content in _strays():
            await country.signal(name, content)
        await on.clock.settled()
        assert set((await on_record.state_of(country)).tasks) == before
