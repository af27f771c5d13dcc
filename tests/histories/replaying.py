"""The replay of histories exactly as the worker of production would do it."""

from collections.abc import Sequence

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from worker import WORKFLOWS, workflow_runner


def replayer(workflows: Sequence[type] = tuple(WORKFLOWS)) -> Replayer:
    """A replayer with production's workflows, sandbox and converter; `workflows` for the control that must fail."""
    return Replayer(
        workflows=list(workflows), workflow_runner=workflow_runner(), data_converter=pydantic_data_converter
    )
