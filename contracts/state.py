"""What a country carries from run to run. Additive for ever: new fields get defaults, none is removed or renamed."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from contracts.dates import Dated
from contracts.letters import Letter, LetterOrder
from contracts.messages import Actor, Arrived, Receipt, Refusal
from contracts.people import Contributor, FormerFocalPoint, PendingSuccessor
from contracts.record import (
    Comment,
    Content,
    DecisionRecord,
    Dialogue,
    Entry,
    Flag,
    HeldPosition,
    Item,
    Reactivation,
    Rung,
    StatusChange,
    Task,
    Version,
)
from framework.digests import Digest
from framework.facts import Candidacy, Cycle, EarlierDecision
from framework.policy import Policy
from framework.records import Contact, DocumentRef, SpecialCircumstances
from framework.terms import Language, Stage, Status

DEPUTY = "deputy"
MINISTRY = "ministry"
"""As whom contacts of a country are written to that have no role of their own."""


class Recipient(BaseModel):
    """To whom a message goes: a contact by address, or (without one) everybody who holds a seat in `role`.

    `digest`: how often a seat's holder is written to; None: each message goes out by itself.
    """

    role: str = ""
    name: str = ""
    email: str = ""
    language: Language = Language.ENGLISH
    time_zone: str = "UTC"
    digest: Digest | None = None


class MailOrder(BaseModel):
    """A message that is to go out once per recipient. Text is made of `kind` and `values` where it is sent.

    `due_at` is when it was due; `by_timer` tells reminders (of which a late wake sends only the newest) from answers
    to something that happened. `event_on` and `event_title` make a calendar entry; `dates` are deadlines to enter, to
    move or to take out.
    """

    kind: str
    country: str
    cycle: str
    step: str = ""
    to: list[Recipient]
    values: dict[str, Any] = {}
    task: str = ""
    due_at: datetime
    made_at: datetime
    by_timer: bool = False
    event_on: date | None = None
    event_title: str = ""
    dates: list[Dated] = []


class ChildOrder(BaseModel):
    """A child workflow that is to be started."""

    workflow: str
    id: str
    input: dict[str, Any]


class ChildNote(BaseModel):
    """Something that a child workflow is to be told."""

    id: str
    name: str
    content: dict[str, Any] = {}


class Touched(BaseModel):
    """What has changed since the read model was last written, by key."""

    country: bool = False
    tasks: list[str] = []
    entries: list[int] = []
    versions: list[int] = []
    decisions: list[str] = []
    cycles: list[int] = []
    comments: list[str] = []
    letters: list[str] = []


class Outbox(BaseModel):
    """What the country still has to make happen outside of itself."""

    touched: Touched = Field(default_factory=Touched)
    contents: list[Content] = []
    mails: list[MailOrder] = []
    children: list[ChildOrder] = []
    notes: list[ChildNote] = []
    letters: list[LetterOrder] = []
    archive_cycle: bool = False


class CountryState(BaseModel):
    """The whole of a country, the only argument of its workflow. Deadlines in it are absolute.

    `copy_deputies`: the deputies get every reminder, at the country's own wish. `earlier_addresses`: digests of the
    addresses from which the mandate was handed over; a message that comes back from one of them is sent to the successor.
    """

    schema_version: int = 1
    edition: str
    policy: Policy
    next_policy: Policy | None = None
    code: str
    name: str
    language: Language = Language.ENGLISH
    status: Status = Status.CANDIDATE
    stage: Stage = Stage.EXPRESSION_OF_INTEREST
    status_since: date | None = None
    status_history: list[StatusChange] = []
    started_at: datetime | None = None
    changed_at: datetime | None = None
    imported: bool = False
    revision: int = 0
    next_entry: int = 1
    focal_point: Contact = Field(default_factory=Contact)
    deputies: list[Contact] = []
    ministry: str = ""
    ministry_email: str = ""
    copy_deputies: bool = False
    candidacy: Candidacy = Field(default_factory=Candidacy)
    cycle: int | None = None
    cycles: list[Cycle] = []
    tasks: dict[str, Task] = {}
    task_numbers: dict[str, int] = {}
    entries: list[Entry] = []
    versions: list[Version] = []
    version_numbers: dict[str, int] = {}
    priorities: list[str] = []
    next_steps: list[str] = []
    report_next_steps: list[str] = []
    bodies: list[str] = []
    comments: list[Comment] = []
    comment_numbers: dict[str, int] = {}
    decisions: list[DecisionRecord] = []
    earlier_decisions: dict[str, EarlierDecision] = {}
    flags: list[Flag] = []
    dialogues: list[Dialogue] = []
    reactivations: list[Reactivation] = []
    circumstances: list[SpecialCircumstances] = []
    rest_told_on: date | None = None
    paused_on: date | None = None
    resumed_on: date | None = None
    invited_year: int | None = None
    profile_text_version: int = 0
    last_heard_at: datetime | None = None
    contacts_asked_year: int | None = None
    contacts_confirmed_on: date | None = None
    nudges: int = 0
    assessed_year: int | None = None
    looked_again_on: date | None = None
    handled: dict[str, Receipt] = {}
    refusals: list[Refusal] = []
    refusal_count: int = 0
    unwritten: list[str] = []
    archives: list[DocumentRef] = []
    corrected_entries: list[int] = []
    undo: dict[str, dict[str, Any]] = {}
    effects: dict[str, dict[str, Any]] = {}
    letters: list[Letter] = []
    letter_numbers: dict[str, int] = {}
    pending_successor: PendingSuccessor | None = None
    former_focal_points: list[FormerFocalPoint] = []
    contributors: list[Contributor] = []
    earlier_addresses: list[str] = []
    items: list[Item] = []
    item_numbers: dict[str, int] = {}
    ended: bool = False
    registration: dict[str, Any] | None = None
    history: dict[str, Any] | None = None
    inbox: list[Arrived] = []
    outbox: Outbox = Field(default_factory=Outbox)


__all__ = [
    "DEPUTY",
    "MINISTRY",
    "Actor",
    "Arrived",
    "ChildNote",
    "ChildOrder",
    "Comment",
    "Content",
    "CountryState",
    "DecisionRecord",
    "Dialogue",
    "Entry",
    "Flag",
    "HeldPosition",
    "Item",
    "MailOrder",
    "Outbox",
    "Reactivation",
    "Recipient",
    "Rung",
    "StatusChange",
    "Task",
    "Touched",
    "Version",
]
