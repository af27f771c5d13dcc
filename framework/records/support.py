"""What is recorded in dialogue, support, inactivity and on the way back."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from framework.records.basics import Consultation, DocumentRef
from framework.terms import Addressee, CircumstanceForm, SupportForm, SupportState


@dataclass(frozen=True, kw_only=True)
class SupportAction:
    """Support by a partner (IMP-02). The same `reference` again updates it; none closes a duty (IMP-03)."""

    kind: Literal["support_action"] = "support_action"
    reference: str = ""
    form: SupportForm | None = None
    provider: str = ""
    topic: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    state: SupportState = SupportState.PLANNED


@dataclass(frozen=True, kw_only=True)
class ConsultationRecord:
    """A consultation recorded by itself, outside any other submission (GEN-02, REV-04)."""

    kind: Literal["consultation"] = "consultation"
    consultation: Consultation | None = None


@dataclass(frozen=True, kw_only=True)
class SpecialCircumstances:
    """Political, economic or humanitarian circumstances that decisions take into account (DIA-02)."""

    kind: Literal["special_circumstances"] = "special_circumstances"
    form: CircumstanceForm | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""
    pauses_dialogue: bool = False


@dataclass(frozen=True, kw_only=True)
class DialogueMeeting:
    """A meeting held within a dialogue (DIA-01)."""

    kind: Literal["dialogue_meeting"] = "dialogue_meeting"
    held_on: date | None = None
    topics: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class DialogueGuidance:
    """Guidance that a dialogue yields; `adapt_roadmap` asks the country for an adapted roadmap (DIA-03)."""

    kind: Literal["dialogue_guidance"] = "dialogue_guidance"
    items: tuple[str, ...] = ()
    adapt_roadmap: bool = False


@dataclass(frozen=True, kw_only=True)
class DialogueCheckpoint:
    """How a dialogue stands, at one of its checkpoints (DIA-01)."""

    kind: Literal["dialogue_checkpoint"] = "dialogue_checkpoint"
    assessment: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectiveMeasure:
    """A measure planned or taken, with the evidence for it (REA-03)."""

    text: str = ""
    taken: bool = False
    evidence: DocumentRef | None = None
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class ReactivationRequest:
    """The letter with which an inactive country asks to return (REA-01 to REA-03). 'none' is an answer for the roadmap."""

    kind: Literal["reactivation_request"] = "reactivation_request"
    addressee: Addressee | None = None
    dated: date | None = None
    letter: DocumentRef | None = None
    roadmap_changes: str = ""
    measures: tuple[CorrectiveMeasure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReactivationCheck:
    """The Secretariat's verification of the four obligations (REA-04); None: not looked at yet."""

    kind: Literal["reactivation_check"] = "reactivation_check"
    annual_report: bool | None = None
    indicator_framework: bool | None = None
    evidence_of_progress: bool | None = None
    evidence_of_collaboration: bool | None = None
    note: str = ""
