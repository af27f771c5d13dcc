"""Starts the Alliance's own process where it does not run yet."""

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from contracts.alliance import AllianceState
from contracts.names import ALLIANCE, TASK_QUEUE, alliance_id


async def ensure_alliance(client: Client, *, queue: str = TASK_QUEUE) -> None:
    """The Alliance's process runs afterwards: the one that runs already, or a new one with an empty directory.

    Raises RPCError when the Temporal server does not answer.
    """
    state = AllianceState()
    await client.start_workflow(
        ALLIANCE,
        state,
        id=alliance_id(),
        task_queue=queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        static_summary=state.name,
        static_details="The directory of seats, policy for all countries, the yearly digest and report.",
    )
