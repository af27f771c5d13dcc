"""The audit's anchors: once a day, over seams and outages, never twice for the same row."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio import activity

from activities.audit import AuditActivities
from contracts import names
from contracts.audit import KEPT_ANCHORS, Anchor, AnchorsState
from launch.audit_anchors import ensure_anchors
from storage import audit
from storage.audit_table import AuditTable
from storage.audit_verifying import Defect, verify
from storage.engine import Database, open_database
from storage.schema import migrate
from tests.forgetful import forgetful_server
from tests.storage.test_audit import act, change
from tests.timetravel import travelling
from worker import build_worker

START = datetime(2028, 3, 1, 12, tzinfo=UTC)


class Growing:
    """A chain that grows by a row a day, but not on Saturdays and Sundays."""

    def __init__(self) -> None:
        self.asked: list[datetime] = []

    @activity.defn(name="audit_head")
    async def audit_head(self, at: datetime) -> Anchor | None:
        """The row of the day."""
        self.asked.append(at)
        days = [START.date() + timedelta(days=day) for day in range((at.date() - START.date()).days + 1)]
        rows = sum(day.weekday() < 5 for day in days)
        return Anchor(at=at, sequence=rows, sha256=f"{rows:064x}", rows=rows)


async def test_the_end_of_the_chain_is_anchored_at_once_and_then_every_day() -> None:
    chain = Growing()
    async with travelling(start_at=START) as clock, build_worker(clock.client, [chain.audit_head]):
        await ensure_anchors(clock.client)
        await ensure_anchors(clock.client)
        await clock.advance_to(START + timedelta(days=7))
        handle = clock.client.get_workflow_handle(names.anchors_id())
        state: AnchorsState = await handle.query("state", result_type=AnchorsState)
        assert [one.rows for one in state.anchors] == [1, 2, 3, 4, 5, 6], "nothing new came at the week-end"
        assert len(chain.asked) == 8
        assert {one.time().replace(second=0, microsecond=0).isoformat() for one in chain.asked[1:]} == {
            "00:15:00"
        }
        asked = await handle.execute_update("anchor", result_type=Anchor)
        assert asked.rows == 6


async def test_a_year_of_anchors_is_carried_over_all_seams_and_no_more_than_that() -> None:
    chain = Growing()
    async with travelling(start_at=START) as clock, build_worker(clock.client, [chain.audit_head]):
        old = [
            Anchor(at=START, sequence=-number, sha256="", rows=0)
            for number in range(KEPT_ANCHORS - 10, 0, -1)
        ]
        await clock.client.start_workflow(
            names.AUDIT_ANCHORS,
            AnchorsState(anchors=old),
            id=names.anchors_id(),
            task_queue=names.TASK_QUEUE,
        )
        await clock.advance_to(START + timedelta(days=120))
        handle = clock.client.get_workflow_handle(names.anchors_id())
        state: AnchorsState = await handle.query("state", result_type=AnchorsState)
        assert len(state.anchors) == KEPT_ANCHORS
        assert state.anchors[-1].rows == 87
        assert len(chain.asked) == 121, "a seam neither repeats a day nor leaves one out"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    found = open_database(f"sqlite+aiosqlite:///{tmp_path / 'rows.db'}")
    await migrate(found)
    yield found
    await found.close()


async def test_whoever_rewrites_the_chain_contradicts_the_anchor(database: Database) -> None:
    async with (
        forgetful_server() as client,
        build_worker(client, [AuditActivities(database).audit_head]),
    ):
        await ensure_anchors(client)
        handle = client.get_workflow_handle(names.anchors_id())
        assert await handle.execute_update("anchor", result_type=Anchor | None) is None  # type: ignore[arg-type]
        await audit.record(database, act())
        await handle.execute_update("anchor")
        state: AnchorsState = await handle.query("state", result_type=AnchorsState)
    assert (await verify(database, state.anchors)).sound
    async with database.reading() as session:
        row = await session.get(AuditTable, 1)
    assert row is not None
    row.outcome = "denied"
    await change(database, 1, outcome="denied", sha256=audit.digest(row))
    assert [one.defect for one in (await verify(database, state.anchors)).defects] == [Defect.REWRITTEN]
