"""The replay of histories exactly as the worker of production would do it."""

from collections.abc import Sequence
from dataclasses import replace

from temporalio.converter import DataConverter, DefaultFailureConverter
from temporalio.worker import Replayer

from connection.clients import sealing_converter
from connection.keys import new_entry, parse_ring
from connection.sandbox import workflow_runner
from worker import WORKFLOWS


def replayer(
    workflows: Sequence[type] = tuple(WORKFLOWS), converter: DataConverter | None = None
) -> Replayer:
    """A replayer with production's workflows, sandbox and converter; `workflows` for the control that must fail.

    `converter`: that of the installation whose histories are replayed. Without one, production's with a fresh key:
    it reads histories from before encryption, and recorded ones.
    """
    used = converter or sealing_converter(parse_ring(new_entry(), "a fresh ring"))
    # What goes wrong in a replay goes to no server: its message is to be read here.
    readable = replace(used, failure_converter_class=DefaultFailureConverter)
    return Replayer(workflows=list(workflows), workflow_runner=workflow_runner(), data_converter=readable)
