"""What activities are asked to do: the rows of a batch, the mail to post, the year to archive. Payloads, no behaviour."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from contracts.letters import Letter
from contracts.messages import Refusal
from contracts.people import Contributor, FormerFocalPoint, PendingSuccessor
from contracts.state import (
    Comment,
    Content,
    DecisionRecord,
    Dialogue,
    Entry,
    Flag,
    Item,
    MailOrder,
    Reactivation,
    StatusChange,
    Task,
    Version,
)
from framework.benefits import Benefit
from framework.digests import Digest
from framework.facts import Cycle
from framework.records import Contact, DocumentRef, SpecialCircumstances
from framework.review import Assessment
from framework.terms import Language, Stage, Status


class Undelivered(BaseModel):
    """A message of a country that did not come to its reader: `refused`, `given_up`, `bounced` or `no_recipient`.

    `to`: as whom the reader would have got it, without name or address. `task`: where the Secretariat sees to it.
    """

    kind: str
    since: datetime
    state: str
    to: str
    task: str


class CountryRow(BaseModel):
    """The country as the board and the profile show it, whole at every revision."""

    code: str
    name: str
    language: Language
    status: Status
    stage: Stage
    status_since: date | None
    status_history: list[StatusChange]
    revision: int
    edition: str
    cycle: int | None
    focal_point: Contact
    deputies: list[Contact]
    ministry: str
    ministry_email: str
    next_deadline: datetime | None
    next_deadline_task: str
    late: bool
    flags: list[Flag]
    assessment: Assessment | None
    benefits: list[Benefit]
    dialogues: list[Dialogue]
    reactivations: list[Reactivation]
    unmet: list[Any]
    paused_on: date | None
    refusals: list[Refusal]
    refusal_count: int
    updated_at: datetime
    circumstances: list[SpecialCircumstances] = []
    undelivered: list[Undelivered] = []
    copy_deputies: bool = False
    contacts_confirmed_on: date | None = None
    pending_successor: PendingSuccessor | None = None
    former_focal_points: list[FormerFocalPoint] = []
    contributors: list[Contributor] = []
    items: list[Item] = []


class Batch(BaseModel):
    """Rows to write in one transaction. Writing it twice, or after a later one, changes nothing."""

    code: str
    revision: int
    country: CountryRow | None = None
    tasks: list[Task] = []
    entries: list[Entry] = []
    versions: list[Version] = []
    contents: list[Content] = []
    decisions: list[DecisionRecord] = []
    cycles: list[Cycle] = []
    comments: list[Comment] = []
    letters: list[Letter] = []


class Book(BaseModel):
    """All that a country's current run can tell of itself, and where its archived years lie: what `rebuild` reads."""

    batch: Batch
    archives: list[DocumentRef] = []


class Posting(BaseModel):
    """Messages to hand to the post: each becomes one delivery per recipient."""

    orders: list[MailOrder]


class Delivery(BaseModel):
    """One message to one recipient: the input of a delivery workflow. `to_name` and `to_email` are personal data.

    `role`: as whom the recipient gets it, `focal_point`, `deputy`, `ministry` or a seat; empty where nobody said.
    """

    key: str
    order: MailOrder
    to_name: str
    to_email: str
    language: Language
    time_zone: str = "UTC"
    role: str = ""


class Happening(BaseModel):
    """One thing that happened to a message: an attempt and how it ended, or a report that came back about it.

    `what`: `attempting` (began, never reported), `postponed`, a final state, `delayed`, `delivered` or `answered`.
    `again_at`: about when it is tried again. `report`: the id of the report that told it. `said` may hold addresses.
    """

    what: str
    at: datetime
    attempt: int = 0
    said: str = ""
    again_at: datetime | None = None
    report: str = ""


class DigestReader(BaseModel):
    """Somebody who gets a digest instead of single messages. `to_name` and `to_email` are personal data."""

    to_name: str
    to_email: str
    language: Language
    choice: Digest
    roles: list[str] = []


class DigestRound(BaseModel):
    """A round of digests. `weekday` (0 is Monday): the day of those who get theirs once a week."""

    weekday: int = 0


class DigestDay(BaseModel):
    """A round on its day (UTC)."""

    now: datetime
    weekday: int = 0


class DigestOrder(BaseModel):
    """One reader's digest of a round: what waits for them, and what has become late since `since`."""

    reader: DigestReader
    now: datetime
    since: datetime


class Outcome(BaseModel):
    """What became of a delivery: `sent`, `refused` for good, `unknown` (the answer was lost), `given_up` or `bounced`.

    `story`: what happened until then, which a rebuild of the ledger could learn from nowhere else.
    """

    state: str
    at: datetime
    answer: str = ""
    attempts: int = 1
    possible_duplicate: bool = False
    story: list[Happening] = []


class Bounced(BaseModel):
    """A message that was handed over and came back: the input of the workflow that tells its country."""

    delivery: Delivery
    outcome: Outcome


class YearToArchive(BaseModel):
    """A closed run of a country, to be kept as a document for as long as the country lives."""

    code: str
    label: str
    batch: Batch
