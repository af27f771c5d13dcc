"""What an operator reads of a country in the Temporal UI, which takes it from the server and not from us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.converter import PayloadConverter

from contracts import names
from framework.facts import Cycle
from rehearsal import templates
from rehearsal.stage import Stage, stage
from tests.faults import countries

BEGINS = datetime(2028, 10, 2, 9, tzinfo=UTC)
TIMER, ACTIVITY = EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
MARKER, LOCAL = EventType.EVENT_TYPE_MARKER_RECORDED, "core_local_activity"
CHILD = EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED


@pytest_asyncio.fixture
async def on() -> AsyncIterator[Stage]:
    """A real server on which an active country that was silent for two years lives for a month."""
    silent = [Cycle(year=year, report_due=True, closed=True) for year in (2026, 2027)]
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA", cycles=silent))
        await on.clock.settled()
        decided = countries.decision("open_dialogue", BEGINS.date(), "GCM-1")
        await country.signal(names.GCM_DECISION, decided)
        await on.clock.advance_to(datetime(2028, 11, 2, tzinfo=UTC))
        yield on


@pytest.mark.clause("REV-09", "DIA-01")
async def test_timers_and_effects_say_what_they_are_and_the_run_says_where_the_country_stands(
    on: Stage,
) -> None:
    country: countries.Country = on.clock.client.get_workflow_handle(names.country_id("XAA"))
    runs = [
        on.clock.client.get_workflow_handle(country.id, run_id=run.run_id)
        async for run in on.clock.client.list_workflows("WorkflowId = 'country-XAA'")
    ]
    # The server gives a static summary to the run that was started, and none to those that it continues as:
    # these say in their current details which country they are.
    assert "Land XAA (XAA)" in [await (await run.describe()).static_summary() for run in runs]

    events = [event for run in runs async for event in run.fetch_history_events()]
    within_tasks = [one for one in events if one.marker_recorded_event_attributes.marker_name == LOCAL]
    timers = summaries(events, TIMER)
    effects = [*summaries(events, ACTIVITY), *summaries(within_tasks, MARKER)]
    assert any("report" in one or "review" in one or "status" in one for one in timers), timers
    assert all(timers)
    assert all(effects)
    effects = [part for one in effects for part in one.split(" · ")]
    assert any(one.startswith("record: ") and "decision" in one for one in effects), effects
    assert any(one.startswith("mail: ") and "dialogue_opened" in one for one in effects), effects
    assert "Land XAA: dialogue 1" in summaries(events, CHILD)

    found: WorkflowMetadata = await country.query(
        "__temporal_workflow_metadata", result_type=WorkflowMetadata
    )
    lines = found.current_details.splitlines()
    assert lines[0].startswith("## Land XAA (XAA): active, ")
    assert any(line.startswith("**flags:** no_report [2027, 2028]") for line in lines), lines
    assert "| open task | for | due | state |" in lines
    assert "- decision `GCM-1` (open_dialogue): **accepted**" in lines


@pytest.mark.clause("GEN-03", "REV-09")
async def test_status_stage_year_deadline_and_flags_are_columns_by_which_countries_are_found(
    on: Stage,
) -> None:
    country: countries.Country = on.clock.client.get_workflow_handle(names.country_id("XAA"))
    shown = (await country.describe()).typed_search_attributes
    assert shown[names.CODE_ATTRIBUTE] == "XAA"
    assert shown[names.STATUS_ATTRIBUTE] == "active"
    assert shown[names.YEAR_ATTRIBUTE] == 2028
    assert shown[names.STAGE_ATTRIBUTE]
    assert "no_report" in shown[names.FLAGS_ATTRIBUTE]
    assert shown[names.DEADLINE_ATTRIBUTE].year == 2028
    query = "CountryStatus = 'active' AND Flags = 'no_report' AND ReportingYear = 2028 AND Late = true"
    running = f"{query} AND ExecutionStatus = 'Running'"
    async with asyncio.timeout(10):  # lists follow the countries by a moment
        while [one.id async for one in on.clock.client.list_workflows(running)] != ["country-XAA"]:
            await asyncio.sleep(0.1)


def summaries(events: list[HistoryEvent], kind: EventType.ValueType) -> list[str]:
    """The summaries of the events of a kind; an event without one counts as an empty text."""
    convert = PayloadConverter.default.from_payload
    return [
        str(convert(event.user_metadata.summary)) if event.user_metadata.summary.data else ""
        for event in events
        if event.event_type == kind
    ]
