"""The sandbox in which workflows run, as production, the tests and the replay of recorded histories share it."""

from dataclasses import replace
from typing import Any

from temporalio.converter import StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions


def _of_no_command(command_info: Any) -> None:
    """No converter of ours asks."""


def _nowhere_else(command_info: Any) -> StorageDriverStoreContext:
    """Payloads stay with Temporal."""
    return StorageDriverStoreContext(target=None)


class Sandbox(SandboxedWorkflowRunner):
    """The SDK's sandbox, which is not asked at each payload to which command that belongs, nor where else it is to be kept.

    Only converters that want to know would: ours do not (`tests/connection/test_converters.py`). The question runs code in
    the sandbox each time: a twelfth of the processor time that a play takes outside of the server (measured).
    """

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """As the SDK's."""
        made = super().create_instance(det)
        made.get_serialization_context = _of_no_command  # type: ignore[method-assign]
        made.get_external_store_context = _nowhere_else  # type: ignore[method-assign]
        return made


def workflow_runner() -> WorkflowRunner:
    """The sandbox of production: ours passes through in one block, the purity tests stand in for its guard."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(
        "framework", "contracts", "workflows", "pydantic", "pydantic_core", "annotated_types"
    )
    return Sandbox(restrictions=replace(restrictions))
