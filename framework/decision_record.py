"""A decision of the Global Coordinating Group as it is sent (PLN-08, PLN-09, REV-07, REV-15, DIA-06, REA-05)."""

from dataclasses import dataclass
from datetime import date

from framework.terms import Consensus, DecisionKind

YEARS = range(2016, 2201)
"""The years that a decision can mean: from the Alliance's founding on; a year is also a number in a row."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """What one seat said on an item: support, comment, abstain, or object with a reason."""

    seat: str = ""
    position: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class GcmDecision:
    """What the GCM decided on a country, at which meeting, with what consensus.

    `outcome` by kind: annual_status `active` | `commitments_not_met`; open_dialogue `opened` | `not_opened` (with the
    statement as reason); close_dialogue `positive` | `no_positive_outcome`; reactivate `confirmed` | `declined`;
    otherwise empty. `year` is for annual_status. `comments` is for comments. `corrects`, `reason` and `replacement` are
    for a correction: the replacement (absent: the earlier decision just falls) has its own id and may not correct in turn.
    """

    id: str
    kind: DecisionKind
    meeting: str = ""
    meeting_on: date | None = None
    consensus: Consensus | None = None
    blocked_by: tuple[str, ...] = ()
    blocked_because: str = ""
    recusals: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    statement: str = ""
    outcome: str = ""
    year: int | None = None
    comments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    special_subgroup: str = ""
    corrects: str = ""
    reason: str = ""
    replacement: "GcmDecision | None" = None
