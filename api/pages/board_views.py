"""The board as a page shows it: one line for each country, filtered, sorted and counted. No reading and no writing."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from api.pages.board_words import RISKS, Mark
from contracts.names import address_digest
from correspondence.places import country_name
from framework.cycle import day_of
from framework.risks import PeopleFacts, addresses, risks
from framework.terms import Language, Stage, Status, TaskState
from framework.year_report import ReportState, YearReport, year_report
from storage.paging import FAR_FUTURE
from storage.reading_board import Duty, Standing
from storage.seen import Seen
from storage.writing import folded

PER_PAGE = 50
NOT_SEEN = {"risk.never_signed_in", "risk.not_signed_in"}

REFUSED_WITHIN = timedelta(days=30)
"""A message that was refused longer ago is no news."""

Sort = Literal["name", "report", "stage", "deadline", "overdue", "risks"]
_STATES = list(ReportState)
_STAGES = [(status, stage) for status in Status for stage in Stage]


class BoardQuery(BaseModel):
    """Which countries, in which order: what stands in the address of the board. Empty values do not filter."""

    q: Annotated[str, Field(max_length=100)] = ""
    status: Status | Literal[""] = ""
    stage: Stage | Literal[""] = ""
    report: ReportState | Literal[""] = ""
    mark: Mark | Literal[""] = ""
    sort: Sort = "name"
    page: Annotated[int, Field(ge=1, le=1000)] = 1

    @property
    def filters(self) -> bool:
        """Whether anything is left out."""
        return any((self.q.strip(), self.status, self.stage, self.report, self.mark))

    def narrowing(self) -> dict[str, str]:
        """What leaves countries out, as it stands in an address."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude={"page", "sort"})

    def address(self, path: str, **changes: Any) -> str:
        """The address of a page with these filters; what is as usual is left out."""
        values = self.model_copy(update={"page": 1, **changes}).model_dump(mode="json", exclude_defaults=True)
        return f"{path}?{urlencode(values)}" if values else path


@dataclass(frozen=True, kw_only=True)
class Line:
    """A country on the board. `overdue`: how many of its own and others' tasks about it are late."""

    standing: Standing
    name: str
    report: YearReport
    overdue: int
    marks: tuple[Mark, ...]
    refused: int

    @property
    def risks(self) -> int:
        """How many risks the country is marked with."""
        return sum(mark in RISKS for mark in self.marks)

    @property
    def year(self) -> int | None:
        """The year of the report."""
        return self.standing.cycle.year if self.standing.cycle else None


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the board knows besides the rows: the moment, how many tasks are late by country, whose processes are stuck,
    when people were last there."""

    now: datetime
    late: Mapping[str, int]
    stuck: Collection[str] = ()
    seen: Seen = field(default_factory=Seen)

    @property
    def today(self) -> date:
        """The date Anywhere on Earth."""
        return day_of(self.now)


MARKED_WHEN: Mapping[Mark, Callable[[Standing, Around], bool]] = {
    Mark.FLAGGED: lambda one, _: bool(one.flags),
    Mark.DIALOGUE: lambda one, _: one.dialogue_since is not None,
    Mark.PAUSED: lambda one, _: one.paused_on is not None,
    Mark.OVERDUE: lambda one, around: around.late.get(one.code, 0) > 0,
    Mark.UNDELIVERED: lambda one, _: bool(one.undelivered),
    Mark.REFUSED: lambda one, around: bool(refused_lately(one, around.now)),
    Mark.UNREACHABLE: lambda one, _: not one.reachable and one.status is not Status.WITHDRAWN,
    Mark.SINGLE: lambda one, around: "risk.single_contact" in people_risks(one, around),
    Mark.SILENT: lambda one, around: bool(NOT_SEEN & people_risks(one, around)),
    Mark.STUCK: lambda one, around: one.code in around.stuck,
}
"""When a country has a mark. A further risk is a line here, and one in `board_words`."""


def digests_of(rows: Sequence[Standing]) -> set[str]:
    """Stands for every address of the countries' people."""
    people = (contact for one in rows for contact in (one.focal_point, *one.deputies))
    return {address_digest(email) for one in people for email in (one.email, one.second_email) if email}


def people_risks(one: Standing, around: Around) -> set[str]:
    """By which threads a country hangs (EOI-03): the keys of `framework.risks`."""
    facts = PeopleFacts(status=one.status, focal_point=one.focal_point, deputies=one.deputies)
    last = {email: around.seen.last.get(address_digest(email)) for email in addresses(facts)}
    whole = replace(facts, last_seen=last, known_since=around.seen.since)
    return {found.key for found in risks(whole, around.now.date())}


def refused_lately(one: Standing, now: datetime) -> list[Mapping[str, Any]]:
    """What was refused of late in a country."""
    since = now - REFUSED_WITHIN
    return [refusal for refusal in one.refusals if datetime.fromisoformat(refusal["at"]) > since]


def lines_of(standings: Sequence[Standing], around: Around, language: Language) -> list[Line]:
    """Every country as a line, in the order of the rows."""
    return [
        Line(
            standing=one,
            name=country_name(one.code, language, one.name),
            report=year_report(one.cycle, around.today, one.paused_on),
            overdue=around.late.get(one.code, 0),
            marks=tuple(mark for mark, holds in MARKED_WHEN.items() if holds(one, around)),
            refused=len(refused_lately(one, around.now)),
        )
        for one in standings
    ]


def chosen(lines: Sequence[Line], query: BoardQuery) -> list[Line]:
    """The lines that pass the filters, in the order that was asked for."""
    wanted = folded(query.q.strip())
    found = [
        one
        for one in lines
        if (not query.status or one.standing.status is query.status)
        and (not query.stage or one.standing.stage is query.stage)
        and (not query.report or one.report.state is query.report)
        and (not query.mark or query.mark in one.marks)
        and wanted in folded(f"{one.name} {one.standing.name} {one.standing.code}")
    ]
    return sorted(found, key=lambda one: (*_ORDERS[query.sort](one), folded(one.name)))


_ORDERS: Mapping[str, Callable[[Line], tuple[Any, ...]]] = {
    "name": lambda one: (),
    "report": lambda one: (_STATES.index(one.report.state), one.report.due_on or date.max),
    "stage": lambda one: (_STAGES.index((one.standing.status, one.standing.stage)),),
    "deadline": lambda one: (one.standing.next_deadline or FAR_FUTURE,),
    "overdue": lambda one: (-one.overdue,),
    "risks": lambda one: (-one.risks,),
}


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many countries there are of each kind; each count is the length of the list at its address."""

    reports: Mapping[ReportState, int]
    statuses: Mapping[Status, int]
    marks: Mapping[Mark, int]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Counted":
        """The counts, without those that are none, in the order of the vocabularies."""
        return cls(
            reports=_in_order(ReportState, (one.report.state for one in lines)),
            statuses=_in_order(Status, (one.standing.status for one in lines)),
            marks=_in_order(Mark, (mark for one in lines for mark in one.marks)),
        )


def _in_order(vocabulary: Any, found: Any) -> dict[Any, int]:
    counted = Counter(found)
    return {one: counted[one] for one in vocabulary if counted[one]}


def late_by_country(duties: Sequence[Duty]) -> dict[str, int]:
    """How many tasks are late in each country."""
    return Counter(one.country for one in duties if one.state is TaskState.LATE)


def pages_of(count: int) -> int:
    """How many pages so many lines fill, one at least."""
    return max(1, -(-count // PER_PAGE))
