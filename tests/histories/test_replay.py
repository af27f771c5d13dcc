"""Every recorded history replays under today's code, as the worker of production runs it (reliability.md, row 34)."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.workflow import NondeterminismError

from tests.histories.hasty_country import HastyCountry
from tests.histories.record import RECORDED
from tests.histories.replaying import replayer
from worker import WORKFLOWS
from workflows.dialogue import DialogueWorkflow

FILES = sorted(RECORDED.glob("*/*.json"))


def _history(path: Path, text: str = "") -> WorkflowHistory:
    workflow_id = path.name.split(".")[2]
    return WorkflowHistory.from_json(workflow_id, text or path.read_text(encoding="utf-8"))


def _recorded(life: str, workflow_id: str) -> Path:
    """The first recorded run of a workflow in a life."""
    return next(path for path in FILES if path.name.startswith(life) and f".{workflow_id}." in path.name)


def _type_of(path: Path) -> str:
    started = _history(path).events[0].workflow_execution_started_event_attributes
    return started.workflow_type.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_row_34_a_recorded_history_replays_with_the_worker_of_production(path: Path) -> None:
    replayed = await replayer().replay_workflow(_history(path), raise_on_replay_failure=False)
    assert replayed.replay_failure is None


def test_row_34_every_workflow_of_the_worker_has_a_recorded_history() -> None:
    registered = {workflow._Definition.must_from_class(one).name for one in WORKFLOWS}
    assert {_type_of(path) for path in FILES} == registered


async def test_row_34_a_history_in_which_another_activity_came_first_does_not_replay() -> None:
    path = _recorded("quiet_year", "country-XAA")
    text = path.read_text(encoding="utf-8")
    assert '"name":"write_rows"' in text
    tampered = text.replace('"name":"write_rows"', '"name":"publish_rows"', 1)
    with pytest.raises(NondeterminismError):
        await replayer().replay_workflow(_history(path, tampered))


async def test_row_34_a_country_that_waits_where_it_wrote_does_not_replay() -> None:
    path = _recorded("quiet_year", "country-XAA")
    with pytest.raises(NondeterminismError):
        await replayer([HastyCountry]).replay_workflow(_history(path))


async def test_row_34_a_history_of_a_workflow_that_is_no_longer_registered_does_not_replay() -> None:
    path = _recorded("quiet_year", "country-XAA")
    with pytest.raises(Exception, match="not registered"):
        await replayer([DialogueWorkflow]).replay_workflow(_history(path))
