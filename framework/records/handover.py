"""Records by which a mandate passes to another person, and by which others help with single papers (EOI-03)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from framework.records.basics import Contact, DocumentRef


@dataclass(frozen=True, kw_only=True)
class SuccessorNamed:
    """The country names who follows in a mandate. `overlap_days`: how long the predecessor keeps access; None: as the
    policy says. Without a letter only the country itself can name."""

    kind: Literal["successor_named"] = "successor_named"
    mandate: Literal["focal_point"] = "focal_point"
    successor: Contact = field(default_factory=Contact)
    overlap_days: int | None = None
    letter: DocumentRef | None = None


@dataclass(frozen=True, kw_only=True)
class SuccessorAccepted:
    """The successor takes up the mandate. `handover`: the id of the naming that is accepted, `handover-12`."""

    kind: Literal["successor_accepted"] = "successor_accepted"
    handover: str = ""


@dataclass(frozen=True, kw_only=True)
class SuccessorWithdrawn:
    """A naming that was not accepted yet is taken back."""

    kind: Literal["successor_withdrawn"] = "successor_withdrawn"
    handover: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ContributorNamed:
    """Somebody helps with single kinds of paper, until a day (that day included) or until it is ended.

    The same person again: the new tasks and the new day hold.
    """

    kind: Literal["contributor_named"] = "contributor_named"
    contributor: Contact = field(default_factory=Contact)
    tasks: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ContributorEnded:
    """A contributor's part ends now. `contributor`: the id of the naming, `contributor-14`."""

    kind: Literal["contributor_ended"] = "contributor_ended"
    contributor: str = ""
    reason: str = ""
