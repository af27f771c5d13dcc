"""The hand-over brief of a country: what a new focal point must know, in one structure. Made of the read model."""

from datetime import date, datetime

from pydantic import BaseModel

from contracts.record import Comment
from framework.findings import Finding
from framework.records import SpecialCircumstances
from framework.terms import Language, Stage, Status, TaskState, Topic


class Deadline(BaseModel):
    """Something that the country owes, the soonest first; those without a date come last."""

    task: str
    kind: str
    year: int | None
    due_on: date | None
    state: TaskState


class PromisedMeasure(BaseModel):
    """A measure of the roadmap."""

    text: str
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    by: date | None = None


class Promise(BaseModel):
    """A priority of the roadmap with its measures, and what the last report said of it."""

    key: str
    topic: Topic | None
    title: str
    measures: list[PromisedMeasure] = []
    reported_state: str = ""
    reported: str = ""


class PromisedStep(BaseModel):
    """A next step that the roadmap or the last report names."""

    text: str
    by: date | None = None


class Promises(BaseModel):
    """What the country has promised. `on_paper`: the papers lie outside of Pathfinder, only their fact is on record."""

    roadmap_version: int | None = None
    roadmap_on: date | None = None
    report_year: int | None = None
    priorities: list[Promise] = []
    next_steps: list[PromisedStep] = []
    on_paper: bool = False


class OpenFlag(BaseModel):
    """An indicator of insufficient progress that is raised: since when, for which years, what would clear it."""

    indicator: str
    years: list[int]
    raised_on: date
    considered_on: date | None = None
    reasons: list[Finding] = []
    clears: list[Finding] = []


class OpenDialogue(BaseModel):
    """The dialogue (or a candidate's support) that is under way."""

    number: int
    opened_on: date
    for_candidate: bool
    topics: list[str]
    subgroup: str
    guidance: list[str]


class Person(BaseModel):
    """Somebody who acts for the country: `focal_point`, `deputy`, `former_focal_point`, `contributor`, `successor`."""

    role: str
    name: str
    post: str = ""
    email: str = ""
    tasks: list[str] = []
    until_on: date | None = None


class Brief(BaseModel):
    """Everything of the brief. `as_of`: when the country last changed (UTC); `today`: the day of the brief (UTC).

    `comments`: the last that were made, with their answers; `unanswered`: all that wait for one. `drafts`: kinds of
    paper of which the country has begun one and not sent it; None where nobody keeps drafts.
    """

    code: str
    name: str
    language: Language
    today: date
    as_of: datetime
    status: Status
    status_since: date | None
    stage: Stage
    cycle: int | None
    paused_on: date | None
    late: bool
    deadlines: list[Deadline] = []
    promises: Promises = Promises()
    comments: list[Comment] = []
    unanswered: list[Comment] = []
    flags: list[OpenFlag] = []
    unmet: list[Finding] = []
    circumstances: list[SpecialCircumstances] = []
    dialogue: OpenDialogue | None = None
    people: list[Person] = []
    ministry: str = ""
    ministry_email: str = ""
    drafts: list[str] | None = None
