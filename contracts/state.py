"""What a country carries from run to run. Additive for ever: new fields get defaults, none is removed or renamed."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from contracts.dates import Dated
from contracts.letters import Letter, LetterOrder
from contracts.messages import Actor, Arrived, DecisionAnswer, GcmDecision, Receipt, Refusal
from framework.digests import Digest
from framework.facts import Candidacy, Cycle, EarlierDecision
from framework.findings import Finding
from framework.policy import Policy
from framework.records import Contact, DocumentRef, SpecialCircumstances
from framework.terms import Language, Role, Stage, Status, TaskState


class Rung(BaseModel):
    """One reminder of a task: when it goes out and what became of it (`sent`, `skipped: why`, empty: still to come).

    One `to_deputies` goes to the country's deputies too; one that `escalates` to everybody it named and the Secretariat.
    """

    number: int
    offset: int
    at: datetime
    escalates: bool = False
    to_deputies: bool = False
    outcome: str = ""


class Task(BaseModel):
    """Something that somebody must do. `key` is unique in a country: `progress_report-2027`.

    `sequence` counts how often its date has moved, for the calendars in which it stands; `dated_at` is when it last did.
    `reminded_on` are the days on which it was reminded of, also for a due date that it no longer has; `nudged_on` those
    on which a person asked about it by hand.
    """

    key: str
    kind: str
    clause: str
    role: Role
    assignee: str = ""
    year: int | None = None
    opened_at: datetime
    due_on: date | None = None
    due_at: datetime | None = None
    first_due_on: date | None = None
    sequence: int = 0
    dated_at: datetime | None = None
    state: TaskState = TaskState.OPEN
    rungs: list[Rung] = []
    reminded_on: list[date] = []
    nudged_on: list[date] = []
    closed_at: datetime | None = None
    closed_by: str = ""
    closed_role: str = ""
    on_behalf_of: str = ""
    reason: str = ""
    entry: int | None = None
    values: dict[str, Any] = {}


class Entry(BaseModel):
    """One line of the country's timeline: what, when, by whom, under which clause, from which message."""

    number: int
    at: datetime
    kind: str
    clause: str = ""
    by: str = ""
    role: str = ""
    on_behalf_of: str = ""
    message: str = ""
    task: str = ""
    year: int | None = None
    effective_on: date | None = None
    corrects: int | None = None
    values: dict[str, Any] = {}


class Version(BaseModel):
    """A version of something handed in. Its content lies in the read model and the document store, under `sha256`."""

    kind: str
    number: int
    year: int | None = None
    entry: int
    at: datetime
    by: str = ""
    sha256: str = ""
    warnings: list[Finding] = []


class Content(BaseModel):
    """The content of a version, on its way out of the workflow."""

    sha256: str
    body: dict[str, Any]


class Comment(BaseModel):
    """A numbered comment of the GCM (on a roadmap) or the MWG (on a year's report), and its answer."""

    number: int
    about: str
    text: str
    made_at: datetime
    made_in: str = ""
    round: int = 1
    answer: str = ""
    addressed: bool | None = None
    answered_at: datetime | None = None
    withdrawn: bool = False


class DecisionRecord(BaseModel):
    """A GCM decision with its answer, accepted or refused, and the circumstances on record beside it (DIA-02)."""

    decision: GcmDecision
    answer: DecisionAnswer
    circumstances: list[SpecialCircumstances] = []


class Flag(BaseModel):
    """An indicator of insufficient progress that was raised (REV-09 to REV-15), and what became of it."""

    indicator: str
    years: list[int]
    raised_on: date
    considered_on: date | None = None
    considered_because: str = ""
    cleared_on: date | None = None


class StatusChange(BaseModel):
    """A change of status, with the decision or letter behind it.

    `resets_years` stopped counting with it, in `excused_years` it freed the country from a report that was due.
    One that undoes an earlier change `corrects` what was behind that one.
    """

    before: Status
    after: Status
    on: date
    because: str = ""
    resets_years: list[int] = []
    since_before: date | None = None
    excused_years: list[int] = []
    corrects: str = ""


class Dialogue(BaseModel):
    """A dialogue or a candidate's support, as the country sees its child workflow."""

    number: int
    opened_on: date
    decision: str = ""
    for_candidate: bool = False
    topics: list[str] = []
    subgroup: str = ""
    meetings: int = 0
    checkpoints: int = 0
    guidance: list[str] = []
    closed_on: date | None = None
    outcome: str = ""


class Reactivation(BaseModel):
    """A request to return, as the country sees its child workflow."""

    number: int
    requested_on: date
    verified_on: date | None = None
    missing: list[Finding] = []
    closed_on: date | None = None
    outcome: str = ""


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

    `copy_deputies`: the deputies get every reminder, at the country's own wish.
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
