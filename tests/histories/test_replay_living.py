"""The check before a release: every living process replays under today's code."""

from __future__ import annotations

from datetime import UTC, datetime

from temporalio.worker import Worker

from contracts.names import TASK_QUEUE
from rehearsal import templates
from rehearsal.stage import Stage, stage
from tests.faults import countries
from tests.histories.hasty_country import HastyCountry
from tests.histories.replay_living import replay_living

BEGINS = datetime(2028, 1, 10, 9, tzinfo=UTC)


async def test_living_countries_replay_before_a_release() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        for code in countries.codes(2):
            await countries.start(on.clock.client, countries.active(code))
        await on.clock.advance_to(datetime(2028, 6, 1, tzinfo=UTC))
        assert await replay_living(on.clock.client) == {}


async def test_a_process_that_was_made_by_other_code_is_named_before_a_release() -> None:
    async with stage(BEGINS, templates.seats()) as on:
        await on.stop_worker()
        await _lives_by_other_code(on)
        (why,) = (await replay_living(on.clock.client)).values()
        assert "TMPRL1100" in why or "ondetermini" in why


async def _lives_by_other_code(on: Stage) -> None:
    async with Worker(on.clock.client, task_queue=TASK_QUEUE, workflows=[HastyCountry]):
        country = await countries.start(on.clock.client, countries.active("XAA"))
        await on.clock.settled()
        assert (await country.describe()).history_length > 4
