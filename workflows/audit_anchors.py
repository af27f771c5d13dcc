"""The end of the audit's chain, anchored once a day where nobody who can change the database can change it.

Whoever rewrites or shortens the chain contradicts what stands here, in a history that is kept by another server.
"""

from datetime import UTC, datetime, time, timedelta

from temporalio import workflow

from contracts import names
from contracts.audit import KEPT_ANCHORS, Anchor, AnchorsState
from workflows import options

DAILY_AT = time(0, 15)
"""UTC."""

LOOKS_PER_RUN = 100
"""Continue as new after so many looks: about three months."""


@workflow.defn(name=names.AUDIT_ANCHORS)
class AuditAnchorsWorkflow:
    """Looks at the chain once a day, and whenever it is asked to."""

    @workflow.init
    def __init__(self, state: AnchorsState) -> None:
        self.state = state
        self.looks = 0

    @workflow.run
    async def run(self, state: AnchorsState) -> None:
        """Anchors, waits for the next day, and continues as new in time; it never ends."""
        while self.looks < LOOKS_PER_RUN and not workflow.info().is_continue_as_new_suggested():
            await self._wait()
            self.state.next_at = _next(workflow.now())
            await self._look()
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(self.state)

    @workflow.update(
        description="Anchors the end of the chain now; answered with the anchor, if there are rows"
    )
    async def anchor(self) -> Anchor | None:
        """For whoever is about to copy or to move the database."""
        return await self._look()

    @workflow.query(name="state", description="The anchors, the oldest first, and when the next is due")
    def whole(self) -> AnchorsState:
        """All that is carried."""
        return self.state

    async def _wait(self) -> None:
        due = self.state.next_at
        if due is not None and due > workflow.now():
            await workflow.sleep(due - workflow.now(), summary="the next anchor")

    async def _look(self) -> Anchor | None:
        self.looks += 1
        found: Anchor | None = await workflow.execute_activity(
            "audit_head",
            workflow.now(),
            result_type=Anchor | None,  # type: ignore[arg-type]
            start_to_close_timeout=options.WRITE_TIMEOUT,
            retry_policy=options.FOR_EVER,
            summary="the end of the audit's chain",
        )
        known = {one.sequence for one in self.state.anchors}
        if found is not None and found.sequence not in known:
            self.state.anchors = [*self.state.anchors, found][-KEPT_ANCHORS:]
        return found


def _next(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), DAILY_AT, UTC)
