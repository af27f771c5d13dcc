"""What the child workflows of a country are told when they start, and what they answer when they end."""

from datetime import date, datetime

from pydantic import BaseModel

from contracts.state import Arrived


class DialogueState(BaseModel):
    """A dialogue under way: also what it carries when it continues as new. `rests_until` None while `rests`: open-ended."""

    code: str
    name: str = ""
    number: int
    opened_on: date
    checkpoint_days: int = 90
    for_candidate: bool = False
    topics: list[str] = []
    checkpoints: int = 0
    next_checkpoint_on: date | None = None
    records: dict[str, int] = {}
    rests: bool = False
    rests_since: date | None = None
    rests_until: date | None = None
    outcome: str = ""
    closed_on: date | None = None
    inbox: list[Arrived] = []


class ReactivationState(BaseModel):
    """A request to return under way. `missing` are finding keys of the last check; None: not checked yet."""

    code: str
    name: str = ""
    number: int
    requested_on: date
    check_days: int = 30
    missing: list[str] | None = None
    last_moved_at: datetime | None = None
    nudges: int = 0
    rests: bool = False
    outcome: str = ""
    closed_on: date | None = None
    inbox: list[Arrived] = []


class ChildReport(BaseModel):
    """How a child workflow ended: its result, and what its country notes."""

    number: int
    outcome: str
    closed_on: date | None = None
    checkpoints: int = 0
    records: dict[str, int] = {}
