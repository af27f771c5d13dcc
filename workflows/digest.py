"""One round of digests: who is due is asked, and each gets one message for all that waited (REP-07).

A schedule starts it; it is over within minutes. A reader whose digest cannot be made now gets it with the next round.
"""

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

from contracts.names import DIGEST
from contracts.rows import DigestDay, DigestOrder, DigestReader, DigestRound
from framework.digests import PERIOD, Digest
from workflows import options


@workflow.defn(name=DIGEST)
class DigestWorkflow:
    """A round of digests, on the day on which it runs: after an outage that is one round, not many."""

    @workflow.run
    async def run(self, round: DigestRound) -> list[str]:
        """Returns the keys of the digests that went out."""
        now = workflow.now()
        readers = await workflow.execute_activity(
            "digest_readers",
            DigestDay(now=now, weekday=round.weekday),
            result_type=list[DigestReader],
            start_to_close_timeout=options.WRITE_TIMEOUT,
            retry_policy=options.FOR_EVER,
            summary="who is due",
        )
        keys = [
            await self._send(DigestOrder(reader=one, now=now, since=now - _period(one))) for one in readers
        ]
        return [key for key in keys if key]

    async def _send(self, order: DigestOrder) -> str:
        try:
            key: str = await workflow.execute_activity(
                "send_digest",
                order,
                result_type=str,
                start_to_close_timeout=options.POST_TIMEOUT,
                schedule_to_close_timeout=options.DIGEST_WINDOW,
                retry_policy=options.FOR_EVER,
                summary=f"digest: {', '.join(order.reader.roles)}"[:200],
            )
            return key
        except ActivityError as error:
            workflow.logger.error("a digest could not be made", extra={"why": str(error.cause)})
            return ""


def _period(reader: DigestReader) -> timedelta:
    return PERIOD.get(reader.choice, PERIOD[Digest.DAILY])
