"""What the API answers with: the read model's records, with every key put into words beside it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, TypeAdapter

from api.confidence import Hidden, named
from api.problems import Reason, reasons
from contracts.messages import DecisionAnswer, Receipt, Refusal
from contracts.rows import CountryRow, Undelivered
from contracts.state import Dialogue, Entry, Flag, Reactivation, StatusChange, Task
from framework.benefits import Benefit
from framework.findings import Finding
from framework.records import Contact, SpecialCircumstances
from framework.review import Assessment, Explanation, YearFinding
from framework.terms import Language, Role, Stage, Status
from storage.reading_tasks import TaskItem
from storage.uploads import StoredDocument
from wording import say

_FINDINGS = TypeAdapter(list[Finding])


class CountrySummary(BaseModel):
    """A country on the board. `undelivered`: mail that did not come to its reader, until that is mended (REP-07)."""

    code: str
    name: str
    status: Status
    stage: Stage
    status_since: date | None
    cycle: int | None
    next_deadline: datetime | None
    next_deadline_task: str
    late: bool
    flags: list[str]
    undelivered: list[Undelivered]
    paused_on: date | None
    revision: int
    updated_at: datetime

    @classmethod
    def of(cls, row: CountryRow) -> "CountrySummary":
        """The summary of a country; `flags` are those not cleared."""
        shown = row.model_dump(include=set(cls.model_fields) - {"flags"})
        flags = sorted({flag.indicator for flag in row.flags if flag.cleared_on is None})
        return cls(**shown, flags=flags)


class CountryView(CountrySummary):
    """A country whole: its history of status, its people, its dialogues, what a candidate still lacks.

    `refusals` are messages that were not understood or not lawful, shown to the Secretariat and to operators.
    """

    language: Language
    status_history: list[StatusChange]
    edition: str
    focal_point: Contact
    deputies: list[Contact]
    ministry: str
    ministry_email: str
    all_flags: list[Flag]
    dialogues: list[Dialogue]
    reactivations: list[Reactivation]
    circumstances: list[SpecialCircumstances]
    unmet: list[Reason]
    refusals: list[Refusal]
    refusal_count: int

    @classmethod
    def whole(cls, row: CountryRow, *, with_refusals: bool) -> "CountryView":
        """A country as this reader may see it."""
        shown = row.model_dump(include=set(cls.model_fields) - {"flags", "unmet", "refusals"})
        return cls(
            **shown,
            flags=CountrySummary.of(row).flags,
            all_flags=row.flags,
            unmet=reasons(_FINDINGS.validate_python(row.unmet)),
            refusals=row.refusals if with_refusals else [],
        )


class BenefitView(BaseModel):
    """One of the seven benefits of active status and its state (GEN-04)."""

    key: str
    text: str
    state: str
    since: date | None

    @classmethod
    def of(cls, benefit: Benefit) -> "BenefitView":
        """A benefit, put into words."""
        return cls(
            key=benefit.key, text=say(f"benefit.{benefit.key}", {}), state=benefit.state, since=benefit.since
        )


class YearView(BaseModel):
    """How an indicator stands in one year: lapsed, not, or (null) not judged or not applicable; and why."""

    year: int
    lapsed: bool | None
    why: str
    text: str
    documents: list[str]
    dates: dict[str, str]

    @classmethod
    def of(cls, found: YearFinding, hidden: Hidden) -> "YearView":
        """A year's finding, put into words; evidence given in confidence is not named."""
        return cls(
            year=found.year,
            lapsed=found.lapsed,
            why=found.why,
            text=say(f"review.{found.why}", dict(found.dates)) if found.why else "",
            documents=named(found.documents, hidden),
            dates=dict(found.dates),
        )


class ExplanationView(BaseModel):
    """One indicator of insufficient progress: raised or not, the years behind it, and what would clear it."""

    indicator: str
    clause: str
    raised: bool
    text: str
    why: str
    years: list[YearView]
    clears: list[Reason]

    @classmethod
    def of(cls, found: Explanation, hidden: Hidden) -> "ExplanationView":
        """An explanation, put into words."""
        return cls(
            indicator=found.indicator,
            clause=found.clause,
            raised=found.raised,
            text=say(f"indicator.{found.indicator}", {}),
            why=say(f"review.{found.why}", {}) if found.why else "",
            years=[YearView.of(year, hidden) for year in found.years],
            clears=reasons(found.clears),
        )


class Why(BaseModel):
    """Why flags are raised or not: the five indicators and their combination,
    as of the last judgement (REV-09 to 14)."""

    code: str
    as_of: datetime
    raised: list[str]
    indicators: list[ExplanationView]
    combination: ExplanationView | None

    @classmethod
    def of(cls, row: CountryRow, hidden: Hidden) -> "Why":
        """The explanation of a country's flags; a candidate has none yet."""
        found: Assessment | None = row.assessment
        return cls(
            code=row.code,
            as_of=row.updated_at,
            raised=list(found.raised) if found else [],
            indicators=[ExplanationView.of(one, hidden) for one in found.explanations] if found else [],
            combination=ExplanationView.of(found.combination, hidden) if found else None,
        )


class TaskView(BaseModel):
    """A task with the country that it belongs to."""

    country: str
    country_name: str
    title: str
    task: Task

    @classmethod
    def of(cls, item: TaskItem) -> "TaskView":
        """A task, its kind put into words."""
        return cls(
            country=item.country,
            country_name=item.country_name,
            title=say(f"task.{item.task.kind}", {}),
            task=item.task,
        )


class EntryView(Entry):
    """A line of the timeline. `withheld`: its particulars were given in confidence."""

    title: str
    withheld: bool = False

    @classmethod
    def of(cls, entry: Entry, *, withheld: bool) -> "EntryView":
        """An entry as this reader may see it."""
        values: Mapping[str, Any] = {} if withheld else entry.values
        shown = {**entry.model_dump(), "values": dict(values), "withheld": withheld}
        return cls(**shown, title=say(f"entry.{entry.kind}", {}))


class ReceiptView(BaseModel):
    """A submission was accepted: what it became, which tasks it closed and opened, what remains doubtful."""

    message_id: str
    entry: int
    revision: int
    at: datetime
    closed: list[str]
    opened: list[str]
    version: int | None
    warnings: list[Reason]

    @classmethod
    def of(cls, receipt: Receipt) -> "ReceiptView":
        """A receipt, its warnings put into words."""
        plain = receipt.model_dump(exclude={"warnings"})
        return cls(**plain, warnings=reasons(receipt.warnings))


class AnswerView(BaseModel):
    """The country's answer to a decision: `accepted`, `refused` with all reasons,
    `pending` until it has been read."""

    decision_id: str
    answer: str
    reasons: list[Reason]
    warnings: list[Reason]
    at: datetime | None
    revision: int

    @classmethod
    def of(cls, answer: DecisionAnswer) -> "AnswerView":
        """An answer, put into words."""
        plain = answer.model_dump(exclude={"reasons", "warnings"})
        return cls(**plain, reasons=reasons(answer.reasons), warnings=reasons(answer.warnings))


class DocumentView(BaseModel):
    """A document. Submissions refer to it by `id`; the other particulars are filled in from here."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    country: str
    confidentiality: str
    uploaded_role: Role
    uploaded_at: datetime

    @classmethod
    def of(cls, stored: StoredDocument) -> "DocumentView":
        """A stored document; who uploaded it is not told, the role is."""
        return cls(**stored.model_dump(include=set(cls.model_fields)))
