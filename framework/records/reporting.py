"""What an active country hands in each year, and what is said about it: activities, report, indicators, comments."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from framework.records.basics import Consultation, DocumentRef
from framework.records.candidate import CommentAnswer, NextStep


@dataclass(frozen=True, kw_only=True)
class Activity:
    """An activity of the year, tied to a roadmap priority or to a next step of the last report (PLN-12)."""

    title: str = ""
    priority: str = ""
    next_step: str = ""
    by: date | None = None


@dataclass(frozen=True, kw_only=True)
class AnnualActivities:
    """The activities of one cycle (PLN-12)."""

    kind: Literal["annual_activities"] = "annual_activities"
    year: int = 0
    activities: tuple[Activity, ...] = ()
    consultations: tuple[Consultation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PriorityProgress:
    """Progress on one roadmap priority in the last 12 months (REP-04)."""

    priority: str = ""
    text: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class ProgressReport:
    """The annual progress report (REP-01, REP-04, REP-06). `obstacles` may say that there were none, but must speak."""

    kind: Literal["progress_report"] = "progress_report"
    year: int = 0
    body_consulted: str = ""
    consultations: tuple[Consultation, ...] = ()
    progress: tuple[PriorityProgress, ...] = ()
    worked_well: str = ""
    obstacles: str = ""
    participation: str = ""
    next_steps: tuple[NextStep, ...] = ()
    support_needed: str = ""
    experience_wanted: str = ""
    annexes: tuple[DocumentRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IndicatorValue:
    """One value of one indicator: a value with unit and source, or why there is none (REP-05)."""

    indicator: str = ""
    value: str = ""
    unit: str = ""
    source: str = ""
    disaggregation: str = ""
    unavailable_because: str = ""


@dataclass(frozen=True, kw_only=True)
class IndicatorFramework:
    """The updated indicator framework of one year (REP-05)."""

    kind: Literal["indicator_framework"] = "indicator_framework"
    year: int = 0
    values: tuple[IndicatorValue, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MwgComments:
    """The MWG's comments on a report; an empty list says that it has none (REP-08)."""

    kind: Literal["mwg_comments"] = "mwg_comments"
    year: int = 0
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FinalReport:
    """The final version: the revised report (absent: unchanged) and an answer to each comment (REP-09)."""

    kind: Literal["final_report"] = "final_report"
    year: int = 0
    report: ProgressReport | None = None
    answers: tuple[CommentAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PeerExchange:
    """The Secretariat has arranged the exchange that a report asked for (REP-04)."""

    kind: Literal["peer_exchange"] = "peer_exchange"
    year: int = 0
    with_country: str = ""
    on: date | None = None
    topic: str = ""


@dataclass(frozen=True, kw_only=True)
class FeaturedEvent:
    """An event at which the country's progress was shown (REP-11)."""

    kind: Literal["featured_event"] = "featured_event"
    title: str = ""
    on: date | None = None
    place: str = ""
