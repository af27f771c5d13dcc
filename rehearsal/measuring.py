"""How much history a country's process has cost on the server: what a quiet year weighs."""

from __future__ import annotations

from pydantic import BaseModel

from contracts.names import country_id
from rehearsal.stage import Stage


class Run(BaseModel):
    """One run of the process."""

    events: int
    bytes: int


class History(BaseModel):
    """The runs of a country's own process, oldest first; children and deliveries are not counted."""

    runs: list[Run]
    events: int
    bytes: int


async def measured(stage: Stage, code: str) -> History:
    """The history of a country's process over all its runs."""
    client, run_id, runs = stage.clock.env.client, None, list[Run]()
    while run_id != "":
        handle = client.get_workflow_handle(country_id(code), run_id=run_id)
        info = (await handle.describe()).raw_info
        runs.insert(0, Run(events=info.history_length, bytes=info.history_size_bytes))
        first = await anext(aiter(handle.fetch_history_events(page_size=1)))
        run_id = first.workflow_execution_started_event_attributes.continued_execution_run_id
    return History(runs=runs, events=sum(run.events for run in runs), bytes=sum(run.bytes for run in runs))
