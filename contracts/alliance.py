"""What the Alliance's own process is told, answers and carries. Additive for ever, as the state of a country is."""

import hashlib
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.messages import SYSTEM, Actor, AnySubmission, Arrived, Receipt, Refusal
from contracts.names import ALLIANCE_CODE
from contracts.state import Entry, Outbox, Task, Version
from framework.editions import CURRENT, edition
from framework.findings import Finding
from framework.policy import Policy
from framework.records import DocumentRef
from framework.records.alliance import (
    AllianceEvent,
    AllianceSubgroup,
    AllianceSubmission,
    Appointment,
    GcmMeeting,
)

AnyAllianceSubmission = Annotated[AllianceSubmission, Field(discriminator="kind")]
"""A submission of any kind to the Alliance, told apart by its `kind`."""


class BuiltWhenUsed(BaseModel):
    """Holds submissions of any of the 57 kinds: its validator takes a twentieth of a second to build, and a country's first
    answer after a restart does not need it.
    """

    model_config = ConfigDict(defer_build=True)


class AllianceEnvelope(BuiltWhenUsed):
    """A submission on its way to the Alliance; the fields mean what they mean in a country's envelope."""

    message_id: str = Field(min_length=1, max_length=200)
    actor: Actor
    submission: AnyAllianceSubmission
    on_behalf_of: str = ""
    task: str = ""


class Directory(BaseModel):
    """The directory as it stands at a revision: who holds which seat, held it of late, or will."""

    holders: list[Appointment] = []
    revision: int = 0


class PassingOn(BuiltWhenUsed):
    """Something that countries are told. `countries` None: all that live; `told` are those that have answered.

    `message_id` is that of the submission behind it; each country gets its own, see `passed_on_id`. `next_at` is when
    it is tried again (None: at once).
    """

    message_id: str
    entry: int
    actor: Actor
    submission: AnySubmission
    countries: list[str] | None = None
    told: list[str] = []
    next_at: datetime | None = None
    failures: int = 0


class CountryAnswer(BaseModel):
    """What a country answered: `gone` has no process under way, `unanswered` is asked again."""

    code: str
    answer: Literal["accepted", "refused", "gone", "unanswered"]
    reasons: list[Finding] = []


class Compilation(BaseModel):
    """A yearly document that is to be compiled from the read model, as of a day; `draft` until the MWG has reported."""

    kind: Literal["hlpf_digest", "mwg_report"]
    year: int
    as_of: date
    made_at: datetime
    number: int = 1
    draft: bool = False
    text: str = ""
    events: list[AllianceEvent] = []
    entry: int | None = None
    actor: Actor = SYSTEM
    message_id: str = ""
    on_behalf_of: str = ""
    next_at: datetime | None = None
    failures: int = 0


class Compiled(BaseModel):
    """A compiled document: as text to read and as data, and which countries it speaks of.

    `without` are countries that owe the digest a final report; `lines` say the most important of it in a mail,
    `points` the same as keys and values, for readers of other languages.
    """

    document: DocumentRef
    data: DocumentRef
    countries: list[str] = []
    without: list[str] = []
    lines: list[str] = []
    points: list[dict[str, Any]] = []


class YearDocument(BaseModel):
    """A document of a year as the Alliance keeps it in mind."""

    kind: str
    year: int
    number: int
    draft: bool
    at: datetime
    document: DocumentRef
    data: DocumentRef


class AllianceOutbox(Outbox):
    """What the Alliance still has to make happen outside of itself."""

    directory: bool = False
    compilations: list[Compilation] = Field(default_factory=list)


class AllianceState(BuiltWhenUsed):
    """The whole of the Alliance's own process, the only argument of its workflow."""

    schema_version: int = 1
    edition: str = CURRENT
    policy: Policy = Field(default_factory=lambda: edition(CURRENT).policy)
    next_policy: Policy | None = None
    code: str = ALLIANCE_CODE
    name: str = "Alliance 8.7"
    cycle: int | None = None
    started_at: datetime | None = None
    changed_at: datetime | None = None
    revision: int = 0
    next_entry: int = 1
    appointments: list[Appointment] = []
    meetings: list[GcmMeeting] = []
    events: list[AllianceEvent] = []
    subgroups: list[AllianceSubgroup] = []
    passing_on: list[PassingOn] = []
    documents: list[YearDocument] = []
    digest_opened_for: int | None = None
    report_opened_for: int | None = None
    tasks: dict[str, Task] = {}
    task_numbers: dict[str, int] = {}
    entries: list[Entry] = []
    versions: list[Version] = []
    version_numbers: dict[str, int] = {}
    handled: dict[str, Receipt] = {}
    refusals: list[Refusal] = []
    refusal_count: int = 0
    archives: list[DocumentRef] = []
    inbox: list[Arrived] = []
    outbox: AllianceOutbox = Field(default_factory=AllianceOutbox)


def passed_on_id(message_id: str, code: str) -> str:
    """The message id under which one country is told: the same for every attempt, another for every country."""
    return f"alliance-{hashlib.sha256(f'{message_id}|{code}'.encode()).hexdigest()[:32]}"
