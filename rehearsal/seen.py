"""What there is to see of a country at a moment: its own answers, and the read model with what lies further back."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio.client import WorkflowHandle

from contracts.names import country_id
from contracts.rows import CountryRow, Delivery
from contracts.state import CountryState, DecisionRecord, Entry, Task, Version
from framework.review import Assessment
from rehearsal.stage import Stage
from storage import reading_history, reading_tasks
from storage.reading_tasks import TaskFilter

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A country at a moment. `mails` are all that would have gone out since the start."""

    state: CountryState
    row: CountryRow
    why: Assessment
    tasks: dict[str, Task]
    entries: list[Entry]
    versions: list[Version]
    decisions: dict[str, DecisionRecord]
    mails: list[Delivery]


def handle(stage: Stage, code: str) -> WorkflowHandle[object, object]:
    """The country's process, whichever run it is in."""
    return stage.clock.client.get_workflow_handle(country_id(code))


async def look(stage: Stage, code: str) -> Seen:
    """Everything that can be seen of a country now; ask when the clock has settled."""
    country = handle(stage, code)
    found = await reading_history.decisions(stage.database, code)
    return Seen(
        state=await country.query("state", result_type=CountryState),
        row=await country.query("overview", result_type=CountryRow),
        why=await country.query("why", result_type=Assessment),
        tasks={task.key: task for task in await _tasks(stage, code)},
        entries=await _entries(stage, code),
        versions=await reading_history.versions(stage.database, code),
        decisions={record.decision.id: record for record in found},
        mails=[mail for mail in stage.letterbox.mails if mail.order.country == code],
    )


async def _tasks(stage: Stage, code: str) -> list[Task]:
    found, cursor, wanted = list[Task](), "", TaskFilter(country=code, states=())
    while True:
        page = await reading_tasks.tasks(stage.database, wanted, limit=MOST, cursor=cursor)
        found += [item.task for item in page.items]
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


async def _entries(stage: Stage, code: str) -> list[Entry]:
    found, cursor = list[Entry](), ""
    while True:
        page = await reading_history.timeline(
            stage.database, code, newest_first=False, limit=MOST, cursor=cursor
        )
        found += page.items
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor
