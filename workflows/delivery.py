"""The delivery of one message to one recipient: tried for days, its failure told to the country, once."""

from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError, FailureError, is_cancelled_exception

from contracts.names import ALLIANCE_CODE, BOUNCE, DELIVERY, alliance_id, country_id, without_addresses
from contracts.rows import Bounced, Delivery, Outcome
from framework.terms import Role
from workflows import options

ALLIANCE_SEATS = tuple(role.value for role in (Role.SECRETARIAT, Role.MWG, Role.GCM))

FAILURES = ("refused", "given_up")
"""Outcomes after which somebody must be told that a message did not arrive."""

NO_RECIPIENT = "no_recipient"
NOBODY_IS_TOLD = "2026-11-26-nobody-to-write-to"
"""Deliveries that began before this said nothing when there was nobody to write to."""

MAIL_FAILED = "mail_failed"


@workflow.defn(name=DELIVERY)
class DeliveryWorkflow:
    """One message on its way. Its id holds the message's key: no other workflow delivers it."""

    @workflow.run
    async def run(self, delivery: Delivery) -> Outcome:
        """Tries until it is sent, refused, or given up (REP-07)."""
        outcome = await _delivered(delivery)
        failed = outcome.state in FAILURES
        if failed or (outcome.state == NO_RECIPIENT and workflow.patched(NOBODY_IS_TOLD)):
            await tell(delivery, outcome)
        return outcome


@workflow.defn(name=BOUNCE)
class BounceWorkflow:
    """Tells that a message came back. Its id holds the message's key: however often it comes back, it is told once."""

    @workflow.run
    async def run(self, bounced: Bounced) -> None:
        """Tells the country (REP-07)."""
        await tell(bounced.delivery, bounced.outcome)


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


def _receiver(delivery: Delivery, outcome: Outcome) -> str:
    vacant = outcome.state == NO_RECIPIENT and delivery.role in ALLIANCE_SEATS
    whole = (
        vacant or delivery.order.country == ALLIANCE_CODE
    )  # a seat that nobody holds is no matter of one country
    return alliance_id() if whole else country_id(delivery.order.country)


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


async def tell(delivery: Delivery, outcome: Outcome) -> None:
    """Tells the country (or the Alliance) that a message did not come to its reader; addresses stay out of it."""
    order = delivery.order
    if order.task.startswith(MAIL_FAILED):
        return  # a failed message about a failed message would go on for ever
    receiver = _receiver(delivery, outcome)
    note: dict[str, Any] = {
        "key": delivery.key,
        "kind": order.kind,
        "state": outcome.state,
        "answer": without_addresses(outcome.answer),
        "task": order.task,
        "role": delivery.role,
    }
    try:
        await workflow.get_external_workflow_handle(receiver).signal(MAIL_FAILED, note)
    except FailureError:
        workflow.logger.warning("nobody is there to be told", extra={"id": receiver, "key": delivery.key})
