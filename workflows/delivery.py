"""The delivery of one message to one recipient: tried for days, its failure told to the country."""

from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError, FailureError, is_cancelled_exception

from contracts.names import ALLIANCE_CODE, DELIVERY, alliance_id, country_id
from contracts.rows import Delivery, Outcome
from workflows import options

FAILURES = ("refused", "given_up")
"""Outcomes after which somebody must be told that a message did not arrive."""

MAIL_FAILED = "mail_failed"


@workflow.defn(name=DELIVERY)
class DeliveryWorkflow:
    """One message on its way. Its id holds the message's key: no other workflow delivers it."""

    @workflow.run
    async def run(self, delivery: Delivery) -> Outcome:
        """Tries until it is sent, refused, or given up (REP-07)."""
        outcome = await _delivered(delivery)
        if outcome.state in FAILURES and not delivery.order.task.startswith(MAIL_FAILED):
            # A failed message about a failed message would go on for ever.
            await _tell(delivery, outcome)
        return outcome


async def _delivered(delivery: Delivery) -> Outcome:
    try:
        outcome: Outcome = await workflow.execute_activity(
            "deliver",
            delivery,
            result_type=Outcome,
            start_to_close_timeout=options.DELIVERY_TIMEOUT,
            schedule_to_close_timeout=options.DELIVERY_WINDOW,
            retry_policy=options.DELIVERY,
            summary=delivery.order.kind,
        )
        return outcome
    except ActivityError as error:
        why = "cancelled by an operator" if is_cancelled_exception(error) else str(error.cause or error)
        return await _given_up(delivery, why)


async def _given_up(delivery: Delivery, why: str) -> Outcome:
    outcome = Outcome(state="given_up", at=workflow.now(), answer=why[:300])
    standing: Outcome = await workflow.execute_activity(
        "report_outcome",
        args=[delivery, outcome],
        result_type=Outcome,
        start_to_close_timeout=options.WRITE_TIMEOUT,
        retry_policy=options.FOR_EVER,
        summary="given up",
    )
    return standing


async def _tell(delivery: Delivery, outcome: Outcome) -> None:
    order = delivery.order
    receiver = alliance_id() if order.country == ALLIANCE_CODE else country_id(order.country)
    note: dict[str, Any] = {
        "key": delivery.key,
        "kind": order.kind,
        "state": outcome.state,
        "answer": outcome.answer,
        "task": order.task,
    }
    try:
        await workflow.get_external_workflow_handle(receiver).signal(MAIL_FAILED, note)
    except FailureError:
        workflow.logger.warning("nobody is there to be told", extra={"id": receiver, "key": delivery.key})
