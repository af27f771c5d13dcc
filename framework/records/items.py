"""What is said about an item of the GCM before it is decided: that it is on the agenda, a position, its end."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from framework.records.basics import DocumentRef
from framework.terms import DecisionKind


@dataclass(frozen=True, kw_only=True)
class GcmItem:
    """The Secretariat puts on the GCM's agenda what is to be decided, with its papers; or says more of an open item.

    `silence_until` is the last day of a silence procedure, to its end anywhere on Earth; None: it waits for a meeting.
    """

    kind: Literal["gcm_item"] = "gcm_item"
    decides: DecisionKind | None = None
    year: int | None = None
    meeting: str = ""
    meeting_on: date | None = None
    text: str = ""
    documents: tuple[DocumentRef, ...] = ()
    silence_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class GcmPosition:
    """A seat's position on an item: support, comment, abstain, or object with a reason. A later one replaces it.

    `seat_country`: whose seat it is, where it is a country's, beside what its name says.
    """

    kind: Literal["gcm_position"] = "gcm_position"
    item: str = ""
    seat: str = ""
    position: str = ""
    reason: str = ""
    seat_country: str = ""


@dataclass(frozen=True, kw_only=True)
class GcmItemEnd:
    """An item is taken off the agenda without a decision."""

    kind: Literal["gcm_item_end"] = "gcm_item_end"
    item: str = ""
    reason: str = ""
