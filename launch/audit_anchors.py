"""Starts the workflow of the audit's anchors where it does not run yet."""

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from contracts.audit import AnchorsState
from contracts.names import AUDIT_ANCHORS, TASK_QUEUE, anchors_id


async def ensure_anchors(client: Client, *, queue: str = TASK_QUEUE) -> None:
    """It runs afterwards: the one that runs already, or a new one that anchors at once and then every day.

    Raises RPCError when the Temporal server does not answer.
    """
    await client.start_workflow(
        AUDIT_ANCHORS,
        AnchorsState(),
        id=anchors_id(),
        task_queue=queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        static_summary="The end of the audit's chain, day by day",
    )
