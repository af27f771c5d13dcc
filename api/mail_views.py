"""Mail as the API shows it: the ledger's rows and what came back, each state put into words."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from contracts.rows import Happening
from framework.terms import Language
from storage.ledger import MailItem
from storage.returned import ReturnItem

MailState = Literal[
    "held",
    "queued",
    "attempting",
    "sent",
    "refused",
    "unknown",
    "given_up",
    "no_recipient",
    "bounced",
    "in_digest",
]
ReturnState = Literal["open", "noted", "seen"]


class MailView(BaseModel):
    """One message to one recipient (REP-07).

    `to_role`: as whom the recipient gets it. Name, address and the server's `answer` are withheld (`withheld`) from
    those who may not see them. `possible_duplicate`: the reader may have got two copies with one Message-ID.
    """

    key: str
    country: str
    cycle: str
    kind: str
    task: str
    made_at: datetime
    due_at: datetime
    to_role: str
    to_name: str
    to_email: str
    language: Language
    state: MailState
    answer: str
    attempts: int
    possible_duplicate: bool
    finished_at: datetime | None
    withheld: bool

    @classmethod
    def of(cls, item: MailItem, *, whole: bool) -> "MailView":
        """A message; unless `whole` without its recipient's name and address and without the server's words."""
        delivery, order = item.delivery, item.delivery.order
        return cls(
            **order.model_dump(include={"country", "cycle", "kind", "task", "made_at", "due_at"}),
            **item.model_dump(include={"key", "state", "attempts", "possible_duplicate", "finished_at"}),
            to_role=delivery.role,
            to_name=delivery.to_name if whole else "",
            to_email=delivery.to_email if whole else "",
            language=delivery.language,
            answer=item.answer if whole else "",
            withheld=not whole,
        )


class MailStory(MailView):
    """One message with its story: each attempt with the server's words and when it is tried again, and each report
    that came back. `message_id` is the part of the Message-ID before the @."""

    message_id: str
    story: list[Happening]

    @classmethod
    def told(cls, item: MailItem, *, whole: bool) -> "MailStory":
        """A message with its story."""
        said = {} if whole else {"said": ""}
        return cls(
            **MailView.of(item, whole=whole).model_dump(),
            message_id=item.message_id,
            story=[one.model_copy(update=said) for one in item.story],
        )


class ReturnView(BaseModel):
    """A message that came back to the return mailbox.

    `state`: `open` until somebody has seen to it, `noted` where the ledger says all. `mail`: the key of the message
    that it is about. `truncated`: only its beginning was kept. What strangers wrote in it is shown as it came.
    """

    id: str
    kind: Literal["failed", "delayed", "delivered", "auto_reply", "unclear"]
    state: ReturnState
    mail: str
    recorded_at: datetime
    size: int
    truncated: bool
    sender: str
    subject: str
    status: str
    said: str
    seen_at: datetime | None
    seen_by: str
    note: str

    @classmethod
    def of(cls, item: ReturnItem) -> "ReturnView":
        """A returned message."""
        shown = item.card.model_dump(include=set(cls.model_fields))
        return cls.model_validate({**shown, "state": item.state, "mail": item.mail})
