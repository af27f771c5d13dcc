"""Hands messages to the post: finds recipients, enters each message in the ledger, starts its delivery."""

import asyncio
from typing import Protocol

from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from contracts.dates import Dated
from contracts.names import BOUNCE, DELIVERY, TASK_QUEUE, bounce_id, delivery_id, mail_key
from contracts.rows import Bounced, Delivery, Posting
from contracts.state import MailOrder, Recipient
from correspondence.facts import due_date
from framework.digests import Digest, can_wait
from framework.terms import Role
from storage import holding, ledger
from storage.directory import holders
from storage.engine import Database
from storage.reading import country

AT_ONCE = 20
"""Deliveries that are started at the same time. Those begun before are not asked for again: thousands of recipients take
longer than one attempt may, and each attempt must come further than the last."""


class Courier(Protocol):
    """Who takes a message to its recipient, once for each key."""

    async def take(self, delivery: Delivery) -> None:
        """Takes a message; one that was taken before is not taken again."""


class TemporalCourier:
    """Starts one delivery workflow for each message."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def take(self, delivery: Delivery) -> None:
        """See Courier. The summary that operators see names no person."""
        order = delivery.order
        try:
            await self._client.start_workflow(
                DELIVERY,
                delivery,
                id=delivery_id(delivery.key),
                task_queue=TASK_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                static_summary=f"{order.kind} {order.country} {order.cycle}"[:200],
            )
        except WorkflowAlreadyStartedError:
            return

    async def returned(self, bounced: Bounced) -> None:
        """Lets a country be told that a message came back; of a message that was told before, nothing is told again."""
        try:
            await self._client.start_workflow(
                BOUNCE,
                bounced,
                id=bounce_id(bounced.delivery.key),
                task_queue=TASK_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                static_summary=f"{bounced.delivery.order.kind} {bounced.delivery.order.country} came back"[
                    :200
                ],
            )
        except WorkflowAlreadyStartedError:
            return


class Correspondence:
    """The activities that hand messages to the post."""

    def __init__(self, database: Database, courier: Courier, *, digests: bool = False) -> None:
        """`digests`: somebody sends digests here, so that messages can wait for them."""
        self._database = database
        self._courier = courier
        self._digests = digests

    @activity.defn(name="post")
    async def post(self, posting: Posting) -> list[str]:
        """Makes one delivery for each recipient and returns their keys. One without address is on record.

        What can wait for its reader's digest is held in the ledger instead.
        """
        found = [each for order in posting.orders for each in await self._deliveries(order)]
        waiting = {delivery.key for delivery, digest in found if self._digests and _waits(delivery, digest)}
        await holding.hold(self._database, [one for one, _ in found if one.key in waiting])
        deliveries = [delivery for delivery, _ in found if delivery.key not in waiting]
        await ledger.enqueue(self._database, deliveries)
        begun = await ledger.begun(self._database, [delivery.key for delivery in deliveries])
        fresh = [delivery for delivery in deliveries if delivery.key not in begun]
        for start in range(0, len(fresh), AT_ONCE):
            await asyncio.gather(*map(self._courier.take, fresh[start : start + AT_ONCE]))
        return [delivery.key for delivery, _ in found]

    async def _deliveries(self, order: MailOrder) -> list[tuple[Delivery, Digest | None]]:
        to = order.to or [Recipient()]  # nobody at all is on record too, or a message would be lost unseen
        found = [each for recipient in to for each in await self._resolved(recipient, order)]
        return list({each[0].key: each for each in reversed(found)}.values())[::-1]

    async def _resolved(self, recipient: Recipient, order: MailOrder) -> list[tuple[Delivery, Digest | None]]:
        if recipient.role and not recipient.email:
            found = await self._found(recipient.role, order)
            if found:
                return [(delivery_of(order, each), each.digest) for each in found]
        return [(delivery_of(order, recipient), recipient.digest)]

    async def _found(self, role: str, order: MailOrder) -> list[Recipient]:
        """Who stands behind a role; `focal_point:XAB` is another country's, as its row names that person (EOI-01)."""
        seat, _, code = role.partition(":")
        if not code:
            return await holders(self._database, role, order.made_at.date())
        row = await country(self._database, code) if seat == Role.FOCAL_POINT else None
        if row is None or not row.focal_point.email:
            return []
        person = row.focal_point
        return [
            Recipient(
                role=role,
                name=person.name,
                email=person.email,
                language=person.language,
                time_zone=person.time_zone,
            )
        ]


def _waits(delivery: Delivery, digest: Digest | None) -> bool:
    """Whether a message can wait for the next digest of whoever holds the seat.

    A letter goes with its document, and a date that was sent before is moved or taken out as soon as it is.
    """
    order = delivery.order
    changes_calendars = any(one.cancelled or one.sequence for one in order.dates)
    if digest is None or not delivery.to_email or changes_calendars or order.values.get("attachment"):
        return False
    return can_wait(order.kind, digest, order.made_at.date(), due_on=due_date(order), event_on=order.event_on)


def delivery_of(order: MailOrder, recipient: Recipient) -> Delivery:
    """What one recipient gets of an order, under its key. One without address is told apart by role or name."""
    address = recipient.email.strip()
    whom = address or f"nobody: {recipient.role or recipient.name}"
    return Delivery(
        key=mail_key(order.country, order.cycle, order.kind, order.step, whom),
        order=order.model_copy(update={"to": [], "dates": _dates_for(order, recipient)}),
        to_name=recipient.name,
        to_email=address,
        language=recipient.language,
        time_zone=recipient.time_zone,
        role=recipient.role,
    )


def _dates_for(order: MailOrder, recipient: Recipient) -> list[Dated]:
    """The dates of an order for one recipient: those for all, and those of its role. A contact acts for its country."""
    own = recipient.role or Role.FOCAL_POINT.value
    return [one for one in order.dates if one.role in ("", own)]
