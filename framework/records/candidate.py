"""What is handed in or registered while a country is a candidate: expression of interest, planning, presentation."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from framework.records.basics import Consultation, Contact, DocumentRef
from framework.terms import Addressee, Category, Topic


@dataclass(frozen=True, kw_only=True)
class ExpressionOfInterest:
    """The minister's letter that starts the process and designates the focal point (EOI-02, EOI-03)."""

    kind: Literal["expression_of_interest"] = "expression_of_interest"
    country: str = ""
    country_name: str = ""
    minister: str = ""
    ministry: str = ""
    is_government: bool = True
    addressee: Addressee | None = None
    dated: date | None = None
    letter: DocumentRef | None = None
    focal_point: Contact | None = None
    deputies: tuple[Contact, ...] = ()
    ministry_email: str = ""


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """The candidate has learned what being a pathfinder means (EOI-01, optional)."""

    kind: Literal["introduction"] = "introduction"
    held_on: date | None = None
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class PeerIntroduction:
    """The Secretariat has connected the candidate with an active pathfinder country (EOI-01)."""

    kind: Literal["peer_introduction"] = "peer_introduction"
    with_country: str = ""
    on: date | None = None
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class ReplyLetter:
    """The Secretariat's reply: start consultations, hold the strategic planning workshop (EOI-05)."""

    kind: Literal["reply_letter"] = "reply_letter"
    dated: date | None = None
    text: str = ""
    letter: DocumentRef | None = None


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """The candidate's dates for its consultations and its roadmap (EOI-06)."""

    kind: Literal["timetable"] = "timetable"
    consultations_from: date | None = None
    consultations_until: date | None = None
    workshop_on: date | None = None
    roadmap_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Stakeholder:
    """An organization that the country means to involve."""

    name: str = ""
    category: Category | None = None
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class CoordinationBody:
    """A committee or other mechanism through which the country coordinates, existing or newly created (EOI-08)."""

    name: str = ""
    newly_created: bool = False
    mandate: str = ""


@dataclass(frozen=True, kw_only=True)
class StakeholderList:
    """Stakeholders over the nine categories, and the coordination bodies (EOI-07, EOI-08); each update is a version."""

    kind: Literal["stakeholder_list"] = "stakeholder_list"
    stakeholders: tuple[Stakeholder, ...] = ()
    bodies: tuple[CoordinationBody, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A gap in law, policy or knowledge on one topic."""

    topic: Topic | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Stocktaking:
    """Studies, laws, policies and gaps over the four topics (EOI-09); it goes on after the grant, version by version."""

    kind: Literal["stocktaking"] = "stocktaking"
    studies: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    existing_sources_used: str = ""
    consultations: tuple[Consultation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Why an identified category of stakeholders took part in no workshop (PLN-02)."""

    category: Category | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """One strategic planning workshop; there may be several (PLN-01 to PLN-03)."""

    kind: Literal["workshop"] = "workshop"
    title: str = ""
    held_on: date | None = None
    until: date | None = None
    place: str = ""
    participants: tuple[Category, ...] = ()
    absences: tuple[Absence, ...] = ()
    summary: str = ""
    existing_structures: str = ""
    national_action_plans: str = ""
    regional_initiatives: str = ""
    stocktaking: str = ""
    international_standards: str = ""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What is to be done about a priority, with what is known for measuring it."""

    text: str = ""
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Priority:
    """A priority area of a roadmap. `key` is short and stable: activities and reports refer to it."""

    key: str = ""
    topic: Topic | None = None
    title: str = ""
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """A next step, of a roadmap's current year or of a report. `key` is short and stable."""

    key: str = ""
    text: str = ""
    by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Money and people for a roadmap: confirmed, missing, and how the gap is to be closed (PLN-06)."""

    currency: str = ""
    total: str = ""
    financial_resources: str = ""
    human_resources: str = ""
    gaps: str = ""
    steps_to_full_financing: str = ""


@dataclass(frozen=True, kw_only=True)
class Roadmap:
    """The country's roadmap (PLN-05, PLN-06); updates by an active country are versions (PLN-13)."""

    kind: Literal["roadmap"] = "roadmap"
    priorities: tuple[Priority, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    support_areas: tuple[str, ...] = ()
    no_support_needed: bool = False
    timetable: str = ""
    budget: Budget | None = None
    consultation_process: str = ""
    consultations: tuple[Consultation, ...] = ()
    documents: tuple[DocumentRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NationalActionPlan:
    """A national action plan (NAP) that a candidate puts in place of a roadmap."""

    title: str = ""
    period: str = ""
    document: DocumentRef | None = None


@dataclass(frozen=True, kw_only=True)
class NapSubmission:
    """The NAP route: plans, the answers of their review, adjustments for every 'no' (PLN-04)."""

    kind: Literal["nap_submission"] = "nap_submission"
    plans: tuple[NationalActionPlan, ...] = ()
    covers_child_labour: bool | None = None
    covers_forced_labour: bool | None = None
    clear_benchmarks: bool | None = None
    indicators_aligned: bool | None = None
    adjustment_child_labour: str = ""
    adjustment_forced_labour: str = ""
    adjustment_benchmarks: str = ""
    adjustment_indicators: str = ""
    priorities: tuple[Priority, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    consultations: tuple[Consultation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """The country is put on the agenda of a dated GCM meeting (PLN-07)."""

    kind: Literal["presentation"] = "presentation"
    meeting: str = ""
    meeting_on: date | None = None
    place: str = ""
    papers: tuple[DocumentRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CommentAnswer:
    """The answer to one numbered comment: how it was addressed, or why not (PLN-08, REP-09)."""

    number: int = 0
    addressed: bool = True
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class CommentAnswers:
    """Answers to the GCM's comments on a roadmap (PLN-08)."""

    kind: Literal["comment_answers"] = "comment_answers"
    answers: tuple[CommentAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProfileText:
    """The Secretariat approves the text of the country's public profile (PLN-10, PLN-13)."""

    kind: Literal["profile_text"] = "profile_text"
    text: str = ""
