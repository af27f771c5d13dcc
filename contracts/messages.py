"""What people and processes send to a country, and what it answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from framework.decision_record import GcmDecision
from framework.findings import Finding
from framework.records import Submission
from framework.terms import Role

AnySubmission = Annotated[Submission, Field(discriminator="kind")]
"""A submission of any kind, told apart by its `kind`."""


class Actor(BaseModel):
    """Who acts, in which role; `country` for a focal point. `system` is the country's own process.

    `acting_as`: the role of access where it is another one (a deputy, the Chair). `person`: the person's id, a pseudonym.
    """

    role: Role
    name: str = ""
    country: str = ""
    acting_as: str = ""
    person: str = ""


SYSTEM = Actor(role=Role.SYSTEM, name="pathfinder")


class Envelope(BaseModel):
    """A submission on its way to a country.

    `message_id` is the sender's: the same id again is the same message and gets the first answer, for ever.
    `on_behalf_of` says for whom the Secretariat acts (GEN-05). `received_on` is the day on which something came on paper.
    `task` names the task that it completes, where the kind alone does not tell.
    """

    message_id: str = Field(min_length=1, max_length=200)
    actor: Actor
    submission: AnySubmission
    on_behalf_of: str = ""
    received_on: date | None = None
    task: str = ""


@dataclass(frozen=True, kw_only=True)
class SentDecision(GcmDecision):
    """A decision on its way to a country. Who sent it stands beside it: sent again by another, it is the same decision."""

    sent_by: str = ""

    @classmethod
    def of(cls, decision: GcmDecision, sent_by: str) -> "SentDecision":
        """That decision, sent by somebody; an empty name is not known."""
        return cls(**vars(decision), sent_by=sent_by)


class Receipt(BaseModel):
    """The answer to an accepted submission: the entry it became, what it closed and opened, what remains doubtful."""

    message_id: str
    entry: int
    revision: int
    at: datetime
    closed: list[str] = []
    opened: list[str] = []
    version: int | None = None
    warnings: list[Finding] = []


class DecisionAnswer(BaseModel):
    """The answer to a GCM decision. `pending` only while the country has not read it yet."""

    decision_id: str
    answer: str = "pending"
    reasons: list[Finding] = []
    warnings: list[Finding] = []
    at: datetime | None = None
    revision: int = 0
    sha256: str = ""


class Refusal(BaseModel):
    """A message that was not understood or not lawful and therefore changed nothing: kept, counted and shown."""

    at: datetime
    message: str
    reason: str
    excerpt: str = ""


class Arrived(BaseModel):
    """A signal as it lies in the inbox: its name and its decoded JSON, or why that could not be decoded."""

    name: str
    at: datetime
    content: Any = None
    undecodable: str = ""


REFUSED = "Refused"
"""The error type with which an update is refused; the details are a list of findings."""

__all__ = [
    "REFUSED",
    "SYSTEM",
    "Actor",
    "AnySubmission",
    "Arrived",
    "DecisionAnswer",
    "Envelope",
    "GcmDecision",
    "Receipt",
    "Refusal",
    "SentDecision",
]
