"""What keeps the process true to life: extensions, waivers, changes of people, pause, withdrawal, corrections, policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from framework.records.basics import Contact, DocumentRef


@dataclass(frozen=True, kw_only=True)
class ExtensionRequest:
    """The country asks for a later due date, before it has passed."""

    kind: Literal["extension_request"] = "extension_request"
    task: str = ""
    until: date | None = None
    reason: str = ""
    body_in_support: str = ""


@dataclass(frozen=True, kw_only=True)
class Extension:
    """The Secretariat grants a new due date, or not, with a reason; `exceptional` for one granted afterwards (REP-02)."""

    kind: Literal["extension"] = "extension"
    task: str = ""
    granted: bool = True
    until: date | None = None
    reason: str = ""
    exceptional: bool = False


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """The Secretariat waives a task, with a reason."""

    kind: Literal["waiver"] = "waiver"
    task: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactChange:
    """The people of a country change: a new focal point, deputies, the ministry's address (EOI-03). None: unchanged."""

    kind: Literal["contact_change"] = "contact_change"
    focal_point: Contact | None = None
    deputies: tuple[Contact, ...] | None = None
    ministry_email: str | None = None
    letter: DocumentRef | None = None


@dataclass(frozen=True, kw_only=True)
class Pause:
    """The country's timers stop, by its own letter."""

    kind: Literal["pause"] = "pause"
    dated: date | None = None
    letter: DocumentRef | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Resume:
    """The country's timers go on."""

    kind: Literal["resume"] = "resume"
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """The country leaves, by its own letter (GEN-03)."""

    kind: Literal["withdrawal"] = "withdrawal"
    dated: date | None = None
    letter: DocumentRef | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryCorrection:
    """An entry of the timeline was a mistake: what it did is taken back, both stay on record."""

    kind: Literal["entry_correction"] = "entry_correction"
    entry: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PolicyChange:
    """Settings of the policy change for the cycles that open from now on; the one under way keeps its own (REP-02)."""

    kind: Literal["policy_change"] = "policy_change"
    settings: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
