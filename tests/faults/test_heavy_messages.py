"""Lawful and unlawful messages, long ones and many: a country never outgrows what its server carries (row 21)."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from contracts.messages import REFUSED
from contracts.names import GCM_DECISION
from rehearsal import templates
from rehearsal.stage import stage
from storage import reading_history
from tests.faults import countries, on_record

BEGINS = datetime(2028, 1, 10, 9, tzinfo=UTC)
TODAY = date(2028, 1, 10)
LIMIT = 2 * 1024 * 1024
"""Bytes of one payload, above which the server refuses it."""


@pytest.mark.clause("PLN-08")
async def test_row_21_forty_five_long_decisions_are_answered_and_the_country_still_fits_its_server() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.candidate("XAA"))
        for number in range(45):
            long = countries.decision("comments", TODAY, f"d{number}", statement="s" * 60_000)
            await country.signal(GCM_DECISION, long)
            if number % 5 == 0:
                await on.clock.settled()
        await on.clock.settled()
        state = await on_record.state_of(country)
        assert len(state.model_dump_json()) < LIMIT / 2
        kept = await on_record.entries(on.database, "XAA")
        assert sum(1 for one in kept if one.kind == "decision_accepted") == 45
        assert state.refusal_count == 0
        await on_record.assert_replays(on.clock.client, "XAA")


@pytest.mark.clause("GEN-02")
async def test_row_21_a_submission_of_1_9_megabytes_is_refused_with_the_reason_and_changes_nothing() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        summary = {
            "held_on": TODAY,
            "body": "National Committee",
            "categories": ["government"],
            "summary": "s" * 1_900_000,
        }
        what = countries.envelope("XAA", "consultation", TODAY, "huge", consultation=summary)
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await countries.hand_in(country, what)
        assert isinstance(refused.value.cause, ApplicationError)
        assert refused.value.cause.type == REFUSED
        assert "text.too_much" in refused.value.cause.message
        receipt = await countries.hand_in(country, countries.envelope("XAA", "consultation", TODAY, "small"))
        await on_record.assert_once(on.database, country, "XAA", [receipt])
        await on_record.assert_replays(on.clock.client, "XAA")


@pytest.mark.clause("GEN-05")
async def test_row_21_a_name_as_long_as_a_book_is_refused_with_the_reason() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        what = countries.envelope("XAA", "consultation", TODAY, "m1")
        for changes in ({"name": "n" * 1_000_000}, {"name": "n" * 201}):
            with pytest.raises(WorkflowUpdateFailedError) as refused:
                await countries.hand_in(
                    country, what.model_copy(update={"actor": what.actor.model_copy(update=changes)})
                )
            assert "text.too_long" in str(refused.value.cause)
        assert await countries.hand_in(country, what)


@pytest.mark.clause("REP-07")
async def test_row_21_eighty_reports_of_failed_mail_open_fifty_tasks_and_no_more() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        for number in range(80):
            note = {
                "key": f"mail-{number}",
                "kind": "reminder",
                "state": "refused",
                "answer": "550",
                "task": "",
            }
            await country.signal("mail_failed", note)
        await on.clock.settled()
        tasks = (await on_record.state_of(country)).tasks.values()
        assert sum(1 for task in tasks if task.kind == "mail_failed") == 50
        kept = await on_record.entries(on.database, "XAA")
        assert sum(1 for one in kept if one.kind == "mail_failed") == 80


@pytest.mark.clause("REP-04")
async def test_row_21_long_reports_in_a_crowd_are_all_kept_with_their_contents() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        country = await countries.start(on.clock.client, countries.active("XAA"))
        await on.clock.settled()
        text = "é" * 19_000
        long = dict.fromkeys(("worked_well", "obstacles", "participation", "support_needed"), text)
        progress = [{"priority": key, "text": text, "state": "on track"} for key in ("school", "mines")]
        reports = [
            countries.envelope("XAA", "progress_report", TODAY, f"r{number}", progress=progress, **long)
            for number in range(6)
        ]
        receipts = await asyncio.gather(*[countries.hand_in(country, one) for one in reports])
        await on_record.assert_once(on.database, country, "XAA", list(receipts))
        versions = [
            await reading_history.version(on.database, "XAA", "progress_report", n, 2028) for n in range(1, 7)
        ]
        assert [bool(one and one.body) for one in versions] == [True] * 6
        await on_record.assert_replays(on.clock.client, "XAA")
