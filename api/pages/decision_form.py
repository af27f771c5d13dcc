"""The form in which the Secretariat puts a decision of the GCM: filled in with what is on record, read back as typed."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from api.decisions import Sent
from api.pages.catalogues import N_
from contracts.state import Item
from framework.decision_contents import OUTCOMES
from framework.decision_record import GcmDecision, Position
from framework.items import SETTLES
from framework.terms import Consensus, DecisionKind

Line = Annotated[str, Field(max_length=300)]
Words = Annotated[str, Field(max_length=20_000)]
Lines = Annotated[list[Words], Field(default_factory=list, max_length=100)]

EMPTY_ROWS = 2
"""So many rows for seats that have said nothing beforehand."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "id": "id",
        "kind": "kind",
        "meeting": "meeting",
        "meeting_on": "meeting_on",
        "outcome": "outcome",
        "consensus": "consensus",
        "blocked_by": "blocked_by",
        "blocked_because": "blocked_because",
        "positions": "positions",
        "recusals": "recusals",
        "statement": "statement",
        "comments": "comments",
        "year": "kind",
        "decision": "id",
    }
)
"""The field of each place that a refusal names."""

NO_DATE = N_("The date of the meeting is not a date. Write it as 2027-11-18.")
NO_ID = N_("The number of a decision has 1 to 100 letters, digits, dots, hyphens and underscores.")


class Typed(BaseModel):
    """A decision as it was typed. Positions are three columns, row by row; comments stand one to a line."""

    id: Line = ""
    kind: DecisionKind = DecisionKind.GRANT
    outcome: Line = ""
    meeting: Line = ""
    meeting_on: Line = ""
    consensus: Annotated[str, Field(pattern="^(reached|blocked|)$")] = ""
    blocked_by: Line = ""
    blocked_because: Words = ""
    seat: Lines
    position: Lines
    reason: Lines
    recusals: Line = ""
    statement: Words = ""
    comments: Words = ""
    topics: Line = ""

    @classmethod
    def of(cls, draft: GcmDecision) -> "Typed":
        """The form filled in with what is on record."""
        return cls(
            id=draft.id,
            kind=draft.kind,
            meeting=draft.meeting,
            meeting_on=draft.meeting_on.isoformat() if draft.meeting_on else "",
            consensus=draft.consensus.value if draft.consensus else "",
            seat=[one.seat for one in draft.positions],
            position=[one.position for one in draft.positions],
            reason=[one.reason for one in draft.positions],
        )

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Seat, position and reason, row by row, with empty rows at the end."""
        made = [row for row in zip(self.seat, self.position, self.reason, strict=False) if any(row)]
        return [*made, *[("", "", "")] * EMPTY_ROWS]

    def mistakes(self) -> list[tuple[str, str]]:
        """What cannot even be sent: field and sentence (an msgid)."""
        found = [] if not self.meeting_on.strip() or _day(self.meeting_on) else [("meeting_on", NO_DATE)]
        return found if found or self._sent() else [("id", NO_ID)]

    def decision(self, item: Item) -> GcmDecision:
        """The decision as it is sent."""
        outcomes = OUTCOMES.get(self.kind, ())
        return GcmDecision(
            id=self.id.strip(),
            kind=self.kind,
            meeting=self.meeting.strip(),
            meeting_on=_day(self.meeting_on),
            consensus=Consensus(self.consensus) if self.consensus else None,
            blocked_by=_parts(self.blocked_by),
            blocked_because=self.blocked_because.strip(),
            recusals=_parts(self.recusals),
            positions=tuple(
                Position(seat=seat.strip(), position=position, reason=reason.strip())
                for seat, position, reason in self.rows
                if seat.strip() or position or reason.strip()
            ),
            statement=self.statement.strip(),
            outcome=self.outcome if outcomes else "",
            year=item.year,
            comments=tuple(line.strip() for line in self.comments.splitlines() if line.strip()),
            topics=_parts(self.topics),
        )

    def _sent(self) -> bool:
        try:
            Sent.model_validate({"decision": {"id": self.id.strip(), "kind": self.kind}})
        except ValidationError:
            return False
        return True


def kinds_of(item: Item) -> list[DecisionKind]:
    """The decisions that can be sent on an item: those that settle it; on a candidate also comments (PLN-08)."""
    settling = [kind for kind, settles in SETTLES.items() if settles is item.kind]
    return [*settling, DecisionKind.COMMENTS] if item.kind is DecisionKind.GRANT else settling


def outcomes_of(item: Item) -> tuple[str, ...]:
    """The outcomes that the decision can have."""
    return OUTCOMES.get(item.kind, ())


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
