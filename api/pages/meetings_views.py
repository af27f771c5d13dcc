"""The GCM's agenda and decisions as its pages show them; what a typed decision becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.pages.catalogues import N_
from framework.agenda import BY_TASK, items
from framework.decision_record import GcmDecision
from framework.terms import Consensus, DecisionKind
from storage.reading_board import Duty, Standing

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "active": N_("The country remains active."),
        "commitments_not_met": N_("The country has not met its commitments."),
        "opened": N_("The dialogue is opened."),
        "not_opened": N_("No dialogue is opened, for the reason in the statement."),
        "positive": N_("The dialogue ends with a positive outcome."),
        "no_positive_outcome": N_("The dialogue ends without a positive outcome."),
        "confirmed": N_("The return to active status is confirmed."),
        "declined": N_("The return is declined, for the reason in the statement."),
    }
)
BY_CONSENSUS = (DecisionKind.GRANT, DecisionKind.DECLARE_INACTIVE, DecisionKind.REACTIVATE)
"""Kinds for which the form asks what the Chair declared."""

DECIDED = Literal[
    "comments",
    "grant",
    "not_yet",
    "annual_status",
    "open_dialogue",
    "close_dialogue",
    "declare_inactive",
    "reactivate",
]
Text = Annotated[str, Field(max_length=20_000)]
Line = Annotated[str, Field(max_length=300)]


@dataclass(frozen=True, kw_only=True)
class Item:
    """A country on the agenda: what can be decided on it, and the task of the GCM behind it, soonest due first."""

    standing: Standing
    kinds: tuple[DecisionKind, ...]
    tasks: tuple[Duty, ...]


class TypedDecision(BaseModel):
    """A decision as it is typed. `id` is the form's own: mended and sent again, it is the same decision."""

    id: Annotated[str, Field(pattern="^gcm-[0-9a-f]{32}$")]
    kind: DECIDED
    meeting: Line = ""
    meeting_on: date | Literal[""] = ""
    consensus: Consensus | Literal[""] = ""
    blocked_by: Text = ""
    blocked_because: Text = ""
    recusals: Text = ""
    outcome: Line = ""
    year: Annotated[int, Field(ge=2016, le=2200)] | Literal[""] = ""
    statement: Text = ""
    comments: Text = ""

    def decision(self) -> GcmDecision:
        """The decision, as the signal carries it."""
        return GcmDecision(
            id=self.id,
            kind=DecisionKind(self.kind),
            meeting=self.meeting.strip(),
            meeting_on=self.meeting_on or None,
            consensus=self.consensus or None,
            blocked_by=_lines(self.blocked_by),
            blocked_because=self.blocked_because.strip(),
            recusals=_lines(self.recusals),
            outcome=self.outcome,
            year=self.year or None,
            statement=self.statement.strip(),
            comments=tuple(" ".join(one.split()) for one in _blocks(self.comments)),
        )


def agenda(standings: list[Standing], duties: list[Duty]) -> list[Item]:
    """The countries on which something is to be decided, those whose task is due first at the top."""
    tasks = {one.code: [duty for duty in duties if duty.country == one.code] for one in standings}
    found = [item_of(one, tasks[one.code]) for one in standings]
    due = {(duty.country, duty.key): place for place, duty in enumerate(duties)}
    return sorted(
        (one for one in found if one.kinds),
        key=lambda one: min((due[task.country, task.key] for task in one.tasks), default=len(due)),
    )


def item_of(standing: Standing, duties: list[Duty]) -> Item:
    """What is on the agenda for a country, by its open tasks."""
    mine = tuple(one for one in duties if one.kind in BY_TASK)
    kinds = items(standing.status, {one.kind for one in mine}, standing.dialogue)
    return Item(standing=standing, kinds=kinds, tasks=mine)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.splitlines() if one.strip())


def _blocks(text: str) -> list[str]:
    return [one for one in text.replace("\r\n", "\n").split("\n\n") if one.strip()]
