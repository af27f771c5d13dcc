"""Reads the return mailbox: what came back is kept, matched with the ledger, and told to whom it concerns (REP-07)."""

import asyncio
import hashlib
from datetime import UTC, datetime
from typing import Protocol

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.reports import understood
from activities.return_mailbox import Fetched, ImapServer, MailboxAway, ReturnMailbox
from contracts.returns import OPEN, Collected, ReturnCard
from contracts.rows import Bounced
from storage import returned
from storage.documents import Documents
from storage.engine import Database

MOST = 50
"""Messages that one look takes in; more wait for the next."""

AWAY = "MailboxAway"
"""The error type of a look at a mailbox that does not answer."""


class Teller(Protocol):
    """Who lets a country be told that a message came back, once for each message."""

    async def returned(self, bounced: Bounced) -> None:
        """Tells; of a message that was told before, nothing is told again."""


class Returns:
    """The activity that looks into the return mailbox. Without a server there is none, and nothing is read."""

    def __init__(
        self, database: Database, documents: Documents, teller: Teller, server: ImapServer | None
    ) -> None:
        self._database = database
        self._documents = documents
        self._teller = teller
        self._server = server

    @activity.defn(name="collect_returns")
    async def collect_returns(self) -> Collected:
        """One look. A message is marked as read only when it is on record and told: a crash between is harmless.

        Raises ApplicationError when the mailbox does not answer; what storage raises when that is away.
        """
        if self._server is None:
            return Collected(configured=False)
        try:
            mailbox = await asyncio.to_thread(ReturnMailbox, self._server)
            try:
                return await self._look(mailbox)
            finally:
                await asyncio.to_thread(mailbox.close)
        except MailboxAway as error:
            raise ApplicationError(f"the return mailbox cannot be read: {error}", type=AWAY) from None

    async def _look(self, mailbox: ReturnMailbox) -> Collected:
        waiting, collected = await asyncio.to_thread(mailbox.unread), Collected()
        taken = 0
        for uid in waiting:
            if taken >= MOST:
                break
            fetched = await asyncio.to_thread(mailbox.fetch, uid)
            if fetched is None:
                collected.unreadable += 1  # it stays where it is, and does not keep out the others
                continue
            await self._take(fetched, collected)
            await asyncio.to_thread(mailbox.done, uid)
            taken += 1
            activity.heartbeat()
        collected.left = len(waiting) - taken - collected.unreadable
        return collected

    async def _take(self, fetched: Fetched, collected: Collected) -> None:
        card = await asyncio.to_thread(card_of, fetched, datetime.now(UTC))
        kept = await returned.keep(self._database, self._documents, card, fetched.content)
        if kept.bounced is not None:
            await self._teller.returned(kept.bounced)
            collected.bounced.append(kept.bounced.delivery.key)
        if kept.state == OPEN:
            collected.to_see += 1
        else:
            collected.noted += 1


def card_of(fetched: Fetched, now: datetime) -> ReturnCard:
    """The card of a message that was read at a moment (UTC)."""
    report = understood(fetched.content)
    return ReturnCard(
        id=hashlib.sha256(fetched.content).hexdigest(),
        kind=report.kind,
        recorded_at=now,
        size=fetched.size,
        truncated=fetched.size > len(fetched.content),
        sender=report.sender[:200],
        subject=report.subject[:200],
        identities=report.identities,
        tokens=report.tokens,
        status=report.status,
        said=report.said,
    )
