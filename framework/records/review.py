"""What the Monitoring Working Group records in a review year: evidence, judgement, guidance, subgroups, letters."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from framework.records.basics import DocumentRef
from framework.terms import Confidentiality, EvidenceAbout, EvidenceForm


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A piece of evidence, booked to the year it speaks of; third parties may supply it without a report (REV-03)."""

    kind: Literal["evidence"] = "evidence"
    year: int = 0
    about: EvidenceAbout | None = None
    form: EvidenceForm | None = None
    title: str = ""
    document: DocumentRef | None = None
    link: str = ""
    supplied_by: str = ""
    found_in_dialogue: bool = False
    confidentiality: Confidentiality = Confidentiality.REVIEWERS


@dataclass(frozen=True, kw_only=True)
class YearlyReview:
    """The MWG's review of a country's last 12 months (REV-01, REV-05, REV-08, REV-14).

    The four conditions of being active (REV-08) are `commitments_met`, `evidence_of_progress`, `active_in_community`
    and `reporting_met`, each with a note. None: not judged.
    """

    kind: Literal["yearly_review"] = "yearly_review"
    year: int = 0
    evidence_of_progress: bool | None = None
    progress_note: str = ""
    evidence_of_collaboration: bool | None = None
    collaboration_note: str = ""
    participation_note: str = ""
    commitments_met: bool | None = None
    commitments_note: str = ""
    active_in_community: bool | None = None
    community_note: str = ""
    reporting_met: bool | None = None
    reporting_note: str = ""
    guidance: tuple[str, ...] = ()
    raise_flag_because: str = ""


@dataclass(frozen=True, kw_only=True)
class Subgroup:
    """A review subgroup (REV-02), or a special subgroup that leads the support (DIA-04)."""

    kind: Literal["subgroup"] = "subgroup"
    name: str = ""
    leads_support: bool = False
    members: tuple[str, ...] = ()
    mandate: str = ""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A task is given to a subgroup or to a named member (REV-02)."""

    kind: Literal["assignment"] = "assignment"
    task: str = ""
    assignee: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusLetter:
    """The Secretariat sends the annual status letter, on the GCM's decision (REV-07)."""

    kind: Literal["status_letter"] = "status_letter"
    year: int = 0
    dated: date | None = None
    text: str = ""
