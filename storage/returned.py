"""What came back to the return mailbox: kept as it came, matched with the ledger, shown until somebody has seen to it.

The bytes and a card lie in the document store; the table and what the ledger says of it are made of the cards, also
by a rebuild. Whatever is entered twice is entered once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.returns import AUTO_REPLY, FAILED, NOTED, OPEN, SEEN, UNCLEAR, ReturnCard
from contracts.rows import Bounced, Delivery, Happening
from storage import ledger, mail_story
from storage.canonical import canonical
from storage.documents import Documents
from storage.engine import Database
from storage.paging import Page, after, checked, cursor_of, values_of
from storage.tables import MailTable, ReturnTable
from storage.writing import upsert

RETURNS = "returns"
CARDS = "returncards"
"""The folders of the document store: what came back, and what is known of it."""

HANDED_OVER = (ledger.SENT, ledger.UNKNOWN, ledger.ATTEMPTING)
"""States of a message that a mail server has, or may have: only such a one can come back."""

_WHAT = {FAILED: ledger.BOUNCED, AUTO_REPLY: "answered", UNCLEAR: "answered"}


class ReturnItem(BaseModel):
    """A returned message with its state and the key of the message that it is about (empty: none was found)."""

    card: ReturnCard
    state: str
    mail: str


@dataclass(frozen=True)
class Kept:
    """What became of a returned message. `bounced`: the message of ours of which it says that it failed for good."""

    state: str
    mail: str = ""
    bounced: Bounced | None = None


async def keep(database: Database, documents: Documents, card: ReturnCard, content: bytes) -> Kept:
    """Keeps a returned message and enters it. The same bytes again: the first card stays, nothing happens twice."""
    await documents.put(RETURNS, card.id, content)
    first = await documents.create(CARDS, card.id, canonical(card), suffix=".json")
    async with database.writing() as session:
        return await enter(session, ReturnCard.model_validate_json(first))


async def enter(session: AsyncSession, card: ReturnCard) -> Kept:
    """Enters a card within a transaction: its row, and what the ledger says of the message that it is about."""
    key = await _about(session, card)
    bounced = await _happen(session, key, card) if key else None
    row = _row(card, key)
    await upsert(session, ReturnTable, [row], guarded=False)
    return Kept(state=row["state"], mail=key, bounced=bounced)


async def see_to(
    database: Database, documents: Documents, return_id: str, *, by: str, at: datetime, note: str = ""
) -> ReturnItem | None:
    """Marks a returned message as seen to, with who, when and what they say of it; None: there is none."""
    found = await returned(database, return_id)
    if found is None:
        return None
    card = found.card.model_copy(update={"seen_by": by, "seen_at": at, "note": note})
    await documents.put(CARDS, card.id, canonical(card), suffix=".json")
    async with database.writing() as session:
        await upsert(session, ReturnTable, [_row(card, found.mail)], guarded=False)
    return ReturnItem(card=card, state=SEEN, mail=found.mail)


async def returned(database: Database, return_id: str) -> ReturnItem | None:
    """One returned message, or None."""
    async with database.reading() as session:
        row = await session.get(ReturnTable, return_id)
    return _item(row) if row else None


async def all_returned(
    database: Database, state: str = "", *, limit: int = 50, cursor: str = ""
) -> Page[ReturnItem]:
    """A page of returned messages (in a state), oldest first. Raises ValueError for a bad cursor."""
    at, key = col(ReturnTable.recorded_at), col(ReturnTable.id)
    query = select(ReturnTable).order_by(at, key).limit(checked(limit) + 1)
    if state:
        query = query.where(col(ReturnTable.state) == state)
    if cursor:
        query = query.where(after((at, key), values_of(cursor, datetime, str)))
    async with database.reading() as session:
        rows = list(await session.exec(query))
    last = rows[limit - 1] if len(rows) > limit else None
    return Page([_item(row) for row in rows[:limit]], cursor_of(last.recorded_at, last.id) if last else None)


async def content(documents: Documents, return_id: str) -> bytes:
    """A returned message as it came. Raises DocumentMissing."""
    return await documents.get(RETURNS, return_id)


async def rebuild(database: Database, documents: Documents) -> int:
    """Makes the table, and what the ledger says of returned messages, anew from the cards; how many there are."""
    cards = [await _card(documents, name) for name in await documents.names(CARDS)]
    async with database.writing() as session:
        await session.exec(delete(ReturnTable))
        for card in sorted(cards, key=lambda each: (each.recorded_at, each.id)):
            await enter(session, card)
    return len(cards)


async def _card(documents: Documents, name: str) -> ReturnCard:
    return ReturnCard.model_validate_json(await documents.get(CARDS, name, suffix=".json"))


async def _about(session: AsyncSession, card: ReturnCard) -> str:
    """The key of the message that a card is about: by the returned Message-ID, else by the address it came to."""
    for column, names in ((MailTable.message_id, card.identities), (MailTable.token, card.tokens)):
        query = select(MailTable.key, column).where(col(column).in_(names))
        found = {name: key for key, name in await session.exec(query)} if names else {}
        for name in names:
            if name in found:
                return found[name]
    return ""


async def _happen(session: AsyncSession, key: str, card: ReturnCard) -> Bounced | None:
    row = await ledger.locked(session, key)
    story = mail_story.read(row.story)
    if all(one.report != card.id for one in story):
        what = _WHAT.get(card.kind, card.kind)
        said = " ".join(filter(None, (card.status, card.said)))
        happened = Happening(what=what, at=card.recorded_at, said=said, report=card.id)
        row.story = mail_story.written(mail_story.told(story, happened))
        if card.kind == FAILED and row.state in HANDED_OVER:
            row.state, row.answer, row.finished_at = ledger.BOUNCED, said[: mail_story.SAID], card.recorded_at
        session.add(row)
        await session.flush()
    if card.kind != FAILED or row.state != ledger.BOUNCED:
        return None
    return Bounced(delivery=Delivery.model_validate(row.content), outcome=ledger.outcome_of(row))


def _row(card: ReturnCard, mail: str) -> dict[str, Any]:
    plain = card.kind == AUTO_REPLY or (mail != "" and card.kind != UNCLEAR)
    return {
        "id": card.id,
        "kind": card.kind,
        "state": SEEN if card.seen_at else NOTED if plain else OPEN,
        "mail": mail,
        "recorded_at": card.recorded_at,
        "content": card.model_dump(mode="json"),
    }


def _item(row: ReturnTable) -> ReturnItem:
    return ReturnItem(card=ReturnCard.model_validate(row.content), state=row.state, mail=row.mail)
