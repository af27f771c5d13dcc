"""What a country has on record: tasks, timeline, versions, comments, decisions, flags, dialogues. Additive for ever."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from contracts.messages import DecisionAnswer, GcmDecision
from framework.decision_record import Position
from framework.findings import Finding
from framework.records import DocumentRef, SpecialCircumstances
from framework.terms import DecisionKind, Role, Status, TaskState


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
    """A GCM decision with its answer, accepted or refused, and the circumstances on record beside it (DIA-02).

    `beforehand`: the positions that members took before and of which the decision itself says nothing.
    """

    decision: GcmDecision
    answer: DecisionAnswer
    circumstances: list[SpecialCircumstances] = []
    beforehand: list[Position] = []


class HeldPosition(BaseModel):
    """What a seat said on an item of the GCM and when; `entry` tells by whom. One that was replaced stays on record."""

    seat: str
    position: str
    reason: str = ""
    at: datetime
    entry: int = 0
    replaced_at: datetime | None = None


class Item(BaseModel):
    """Something that the GCM is to decide on a country. `task`: the GCM's task that opened it, if one did.

    `silence`: how its silence procedure stands, `running`, `broken` by an objection, or `held`; it ends with the day
    `silence_until` anywhere on Earth. `outcome`: `decided` by `decision`, `ended`, or `overtaken`; empty while open.
    """

    key: str
    kind: DecisionKind
    year: int | None = None
    task: str = ""
    meeting: str = ""
    meeting_on: date | None = None
    text: str = ""
    documents: list[DocumentRef] = []
    opened_at: datetime
    silence: str = ""
    silence_until: date | None = None
    silence_ends_at: datetime | None = None
    reminder_at: datetime | None = None
    positions: list[HeldPosition] = []
    closed_at: datetime | None = None
    outcome: str = ""
    decision: str = ""
    reason: str = ""


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
