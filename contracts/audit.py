"""The daily anchors of the record of acts, as a workflow carries them. Additive for ever."""

from datetime import datetime

from pydantic import BaseModel

KEPT_ANCHORS = 400
"""How many anchors are carried: more than a year of them. Older ones stay in the histories, until these end."""


class Anchor(BaseModel):
    """The end of the chain at a moment: its last row, that row's hash, and how many rows there were."""

    at: datetime
    sequence: int
    sha256: str
    rows: int


class AnchorsState(BaseModel):
    """All that the workflow of the anchors carries, the oldest anchor first. `next_at`: when it looks again."""

    anchors: list[Anchor] = []
    next_at: datetime | None = None
