"""Sends a link to whoever is known at an address. The sender of the form has long had the answer when this begins:
neither what it says nor how long it takes tells whether anybody is known there."""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from api.deps import Parts
from contracts.names import ALLIANCE_CODE, DELIVERY, TASK_QUEUE, delivery_id, mail_key
from contracts.rows import Delivery
from contracts.state import MailOrder
from correspondence.signing_in import KIND
from storage import people, sign_ins
from storage.people import Found
from storage.ways_in import SIGN_INS_KEPT

VALID_FOR = timedelta(minutes=15)

PAUSES = (0.0, 1.0, 5.0, 15.0)
"""Seconds before each attempt to hand a message over while the process engine is away."""

log = logging.getLogger(__name__)


async def send(parts: Parts, id: str, address: str, at: datetime) -> None:
    """Finds whose address it is, lets the sign-in lead to them, and has the message sent. Nobody's address: nothing."""
    try:
        await sign_ins.forget(parts.database, at - SIGN_INS_KEPT)
        found = await people.mandates_at(parts.database, address, at)
        if not found:
            return
        person = await people.known(parts.database, address, found[0], at)
        await sign_ins.lead_to(parts.database, id, person)
        who = await people.person(parts.database, person)
        delivery = _delivery(id, address, found[0], at)
        if who is not None:
            delivery = delivery.model_copy(update={"language": who.language})
        await _hand_over(parts, delivery)
    except SQLAlchemyError as error:
        log.error("a sign-in was asked for while the database was away: %s", type(error).__name__)


def _delivery(id: str, address: str, found: Found, at: datetime) -> Delivery:
    order = MailOrder(
        kind=KIND,
        country=ALLIANCE_CODE,
        cycle="",
        step=id,
        to=[],
        values={"sign_in": id, "asked_at": at.isoformat(), "works_until": (at + VALID_FOR).isoformat()},
        due_at=at,
        made_at=at,
    )
    return Delivery(
        key=mail_key(order.country, order.cycle, order.kind, order.step, address),
        order=order,
        to_name=found.mandate.name,
        to_email=address,
        language=found.language,
        time_zone=found.time_zone or "UTC",
        role=found.mandate.role.value,
    )


async def _hand_over(parts: Parts, delivery: Delivery) -> None:
    for pause in PAUSES:
        await asyncio.sleep(pause)
        try:
            await parts.processes.client.start_workflow(
                DELIVERY,
                delivery,
                id=delivery_id(delivery.key),
                task_queue=TASK_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                static_summary=KIND,
                rpc_timeout=parts.processes.patience,
            )
            return
        except WorkflowAlreadyStartedError:
            return
        except (RPCError, RuntimeError) as error:  # a lazy client that cannot connect raises the latter
            log.error("a link to sign in waits for the process engine: %s", type(error).__name__)
