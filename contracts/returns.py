"""What came back to the return mailbox: the card that lies beside a message's bytes, and what a look into it brought."""

from datetime import datetime

from pydantic import BaseModel

FAILED = "failed"
DELAYED = "delayed"
DELIVERED = "delivered"
AUTO_REPLY = "auto_reply"
UNCLEAR = "unclear"

KINDS = (FAILED, DELAYED, DELIVERED, AUTO_REPLY, UNCLEAR)
"""What a returned message can be: a report that a message failed for good, is late, or arrived; an answer by a machine
(out of office); or what no program can tell: a person's answer, a report in a form of its own, spam."""

OPEN = "open"
NOTED = "noted"
SEEN = "seen"

STATES = (OPEN, NOTED, SEEN)
"""`open`: somebody must look at it. `noted`: the ledger says all. `seen`: somebody has looked at it."""


class ReturnCard(BaseModel):
    """One returned message. `id` is the hash of its bytes; `identities` and `tokens` are what it can be matched by.

    `size` is that in the mailbox; of a `truncated` one only the beginning was kept. `sender`, `subject` and `said`
    were written by strangers and may name people.
    """

    id: str
    kind: str
    recorded_at: datetime
    size: int
    truncated: bool = False
    sender: str = ""
    subject: str = ""
    identities: list[str] = []
    tokens: list[str] = []
    status: str = ""
    said: str = ""
    seen_at: datetime | None = None
    seen_by: str = ""
    note: str = ""


class Collected(BaseModel):
    """What one look into the return mailbox brought. `left`: what waits there for the next look."""

    configured: bool = True
    noted: int = 0
    to_see: int = 0
    bounced: list[str] = []
    unreadable: int = 0
    left: int = 0
