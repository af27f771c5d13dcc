"""What is registered for the Alliance as a whole: who holds its seats, its meetings, events, subgroups, yearly reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from framework.digests import Digest
from framework.records.basics import DocumentRef
from framework.terms import Language


class SeatRole(StrEnum):
    """The roles in which somebody is appointed to a seat of the Alliance. An auditor reads all and changes nothing."""

    SECRETARIAT = "secretariat"
    GCM = "gcm"
    CHAIR = "chair"
    MWG = "mwg"
    OPERATOR = "operator"
    AUDITOR = "auditor"


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """A person takes a seat, from one day until another (both included; no `until_on`: until further notice).

    A seat of the GCM belongs to a `country` (ISO alpha-3) or to a `body`: that country's seat is recused when the GCM
    decides on it. Without an `id` one is made of role, seat, address and first day. An id that is on record already
    is corrected: what comes later holds. `digest`: how this person is written to; None: as the role usually is.
    """

    kind: Literal["appointment"] = "appointment"
    id: str = ""
    role: SeatRole | None = None
    seat: str = ""
    country: str = ""
    body: str = ""
    name: str = ""
    email: str = ""
    language: Language = Language.ENGLISH
    from_on: date | None = None
    until_on: date | None = None
    letter: DocumentRef | None = None
    digest: Digest | None = None


@dataclass(frozen=True, kw_only=True)
class AppointmentEnd:
    """A person gives a seat up; `until_on` is the last day in it."""

    kind: Literal["appointment_end"] = "appointment_end"
    id: str = ""
    until_on: date | None = None
    reason: str = ""
    letter: DocumentRef | None = None


@dataclass(frozen=True, kw_only=True)
class GcmMeeting:
    """A meeting of the Global Coordinating Group, held or planned."""

    kind: Literal["gcm_meeting"] = "gcm_meeting"
    name: str = ""
    on: date | None = None
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class AllianceEvent:
    """An event at which the progress of countries was shown (REP-11); `countries` are their codes."""

    kind: Literal["alliance_event"] = "alliance_event"
    title: str = ""
    on: date | None = None
    place: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AlliancePolicyChange:
    """Settings of the policy change for the future cycles of all countries; those under way keep their own (REP-02)."""

    kind: Literal["alliance_policy_change"] = "alliance_policy_change"
    settings: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AllianceSubgroup:
    """A review subgroup of the MWG (REV-02). The same name again changes it; `dissolved_on` ends it.

    `directed_at` names the GCM meeting at which it was asked for. No `countries`: it looks at all of them.
    """

    kind: Literal["alliance_subgroup"] = "alliance_subgroup"
    name: str = ""
    members: tuple[str, ...] = ()
    mandate: str = ""
    countries: tuple[str, ...] = ()
    directed_at: str = ""
    dissolved_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class HlpfDigest:
    """The Secretariat issues the digest of a year's final reports for the HLPF side event (REP-11)."""

    kind: Literal["hlpf_digest"] = "hlpf_digest"
    year: int = 0
    foreword: str = ""


@dataclass(frozen=True, kw_only=True)
class MwgReport:
    """The MWG reports to the GCM on a reporting cycle (REV-06): its own words, before what is on record."""

    kind: Literal["mwg_report"] = "mwg_report"
    year: int = 0
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class AllianceWaiver:
    """The Secretariat waives a task of the Alliance, with a reason."""

    kind: Literal["alliance_waiver"] = "alliance_waiver"
    task: str = ""
    reason: str = ""


AllianceSubmission = (
    Appointment
    | AppointmentEnd
    | GcmMeeting
    | AllianceEvent
    | AlliancePolicyChange
    | AllianceSubgroup
    | HlpfDigest
    | MwgReport
    | AllianceWaiver
)
"""Everything that can be submitted to the Alliance's own process; told apart by `kind`."""
