"""What the rules judge on: the facts of a candidacy, of each yearly cycle, of a dialogue, of a way back.

These records are carried in a country's state for decades: fields are only ever added, always with a default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from framework.decision_record import Position
from framework.findings import Finding
from framework.policy import Policy
from framework.terms import Category, DecisionKind, Status


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    """What is on record of a candidate's way (EOI and PLN clauses). Tuples of categories are sorted and without doubles."""

    eoi_on: date | None = None
    has_focal_point: bool = False
    timetable_given: bool = False
    categories_identified: tuple[Category, ...] = ()
    bodies: tuple[str, ...] = ()
    stocktaking_versions: int = 0
    workshops: int = 0
    categories_at_workshops: tuple[Category, ...] = ()
    absences_explained: tuple[Category, ...] = ()
    roadmap_versions: int = 0
    nap_route: bool = False
    presented_at: str = ""
    presented_on: date | None = None
    unanswered_comments: tuple[int, ...] = ()
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """One yearly cycle of a country: what was due, what came when, what was judged. All dates are calendar dates (AoE).

    `counts` is False for years before a reactivation: the count of consecutive years starts anew (REA-05).
    `evidence` maps a title to what it is about ("progress" or "collaboration"). `indicators_due_on` is set only
    where the indicator framework is due on another day than the report. `progress_shown`: the report names evidence.
    """

    year: int
    report_due: bool = True
    first_due_on: date | None = None
    due_on: date | None = None
    extended_because: str = ""
    report_on: date | None = None
    report_entry: int | None = None
    report_version: int = 0
    progress_shown: bool = False
    indicators_due_on: date | None = None
    indicators_on: date | None = None
    indicators_entry: int | None = None
    comments_due_on: date | None = None
    comments_on: date | None = None
    comments_made: int = 0
    final_due_on: date | None = None
    final_on: date | None = None
    final_entry: int | None = None
    review_due_on: date | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    judged_on: date | None = None
    judged_entry: int | None = None
    progress_presented: bool | None = None
    collaboration_presented: bool | None = None
    commitments_met: bool | None = None
    active_in_community: bool | None = None
    reporting_met: bool | None = None
    raise_flag_because: str = ""
    participation: Mapping[str, int] = field(default_factory=dict)
    status_decided_on: date | None = None
    status_outcome: str = ""
    closed: bool = False
    counts: bool = True
    imported: bool = False


class Indicator(StrEnum):
    """The five indicators of insufficient progress (REV-09 to REV-13)."""

    NO_REPORT = "no_report"
    NOT_FINALISED = "not_finalised"
    NO_INDICATORS = "no_indicators"
    NO_PROGRESS_EVIDENCE = "no_progress_evidence"
    NO_COLLABORATION_EVIDENCE = "no_collaboration_evidence"


COMBINATION = "combination"
"""The key of a flag that the MWG raises by its own judgement of mixed lapses (REV-14)."""


@dataclass(frozen=True, kw_only=True)
class DialogueFacts:
    """A dialogue as a decision sees it: its number, when it opened and, once ended, when and how."""

    number: int
    opened_on: date
    closed_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class ReactivationFacts:
    """A request to return as a decision sees it: what the Secretariat verified, what is missing (REA-04)."""

    number: int
    requested_on: date
    verified_on: date | None = None
    missing: tuple[Finding, ...] = ()
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class EarlierDecision:
    """What a new decision must know of an earlier one; `sha256` tells the same one, sent again, from another."""

    kind: DecisionKind
    decided_on: date | None
    accepted: bool
    corrected: bool = False
    changed_status: bool = False
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class CountryFacts:
    """Everything that the lawfulness of a GCM decision depends on. `today` is the date in UTC when it is judged.

    `decisions` holds the earlier ones by id, in the order in which they came; `status_changes` what was behind
    each change of status that stands (a decision, a letter, a verification), in that order too. `positions`: those that
    stand on record on open items of the GCM, by the item's name.
    """

    code: str
    status: Status
    today: date
    policy: Policy
    unmet: tuple[Finding, ...] = ()
    presented_on: date | None = None
    has_roadmap: bool = False
    unanswered_comments: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    cycle_years: tuple[int, ...] = ()
    review_done_years: tuple[int, ...] = ()
    dialogue: DialogueFacts | None = None
    reactivation: ReactivationFacts | None = None
    status_since: date | None = None
    decisions: Mapping[str, EarlierDecision] = field(default_factory=dict)
    status_changes: tuple[str, ...] = ()
    positions: Mapping[str, tuple[Position, ...]] = field(default_factory=dict)
