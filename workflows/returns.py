"""One look into the return mailbox: what a schedule starts, again and again."""

from temporalio import workflow

from contracts.names import RETURNS
from contracts.returns import Collected
from workflows import options


@workflow.defn(name=RETURNS)
class ReturnsWorkflow:
    """Reads what came back to the return mailbox. A look that fails is followed by the next, on schedule."""

    @workflow.run
    async def run(self) -> Collected:
        """Looks once (REP-07)."""
        collected: Collected = await workflow.execute_activity(
            "collect_returns",
            result_type=Collected,
            start_to_close_timeout=options.RETURNS_TIMEOUT,
            heartbeat_timeout=options.RETURNS_HEARTBEAT,
            retry_policy=options.RETURNS,
            summary="return mailbox",
        )
        return collected
