"""The years of a country on one sheet: status, benefits, reports, reviews, decisions, dialogues, flags.

The drawing is made of the same events as the table beside it, so neither says more than the other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from api.pages.catalogues import N_, words
from contracts.rows import CountryRow
from contracts.state import DecisionRecord
from correspondence.matters import Matters
from framework.facts import COMBINATION, Cycle
from framework.indicators import CLAUSES
from framework.terms import Language, Status

LEFT, RIGHT, TOP, LANE, WIDTH = 150, 16, 30, 34, 960
Say = Callable[[str], str]

MARGIN = timedelta(days=60)
CLOSEST = 46
"""Units between two labels of years at least."""

CLAUSE_OF = {one.value: clause for one, clause in CLAUSES.items()} | {COMBINATION: "REV-14"}
"""What stands on the span of a flag, which is too short for its name."""

LANES = (
    ("status", N_("Status")),
    ("benefits", N_("Benefits")),
    ("reports", N_("Reports")),
    ("final", N_("Final reports")),
    ("reviews", N_("Reviews")),
    ("decisions", N_("Decisions")),
    ("dialogue", N_("Dialogue")),
    ("flags", N_("Flags")),
)

TEXTS = {
    "due": N_("Report %(year)s due"),
    "came": N_("Report %(year)s came"),
    "late": N_("Report %(year)s came late"),
    "missing": N_("Report %(year)s is missing"),
    "final": N_("Report %(year)s final"),
    "judged": N_("Review of %(year)s"),
    "dialogue": N_("Dialogue %(number)s"),
    "accepted": N_("%(decision)s, accepted"),
    "refused": N_("%(decision)s, refused"),
    "benefits_open": N_("Benefits open"),
    "benefits_suspended": N_("Benefits suspended"),
}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something on a day, or from a day until another (`span`; without `until`: still). `mark`: its shape and colour.

    `row`: the line of its lane, where things at the same time would lie on each other. `label`: what stands on a span.
    """

    lane: str
    on: date
    text: str
    mark: str
    span: bool = False
    row: int = 0
    label: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Shape:
    """An event with its place in the drawing; `width` of a span."""

    event: Event
    x: float
    y: int
    width: float = 0.0


@dataclass(frozen=True)
class Drawing:
    """Lanes with their titles and heights, labelled years, shapes, where today is (None: not on the sheet)."""

    lanes: list[tuple[str, int]]
    years: list[tuple[int, float, bool]]
    shapes: list[Shape]
    today: float | None
    height: int
    first: int
    last: int


def events_of(
    country: CountryRow, cycles: Iterable[Cycle], decisions: Iterable[DecisionRecord], language: Language
) -> list[Event]:
    """What the drawing and the table show, in the order of days."""
    say = words(language).gettext
    matters = Matters(language)
    found = [
        *_statuses(country, matters, say(TEXTS["benefits_open"]), say(TEXTS["benefits_suspended"])),
        *(event for cycle in cycles for event in _cycle(cycle, say)),
        *(event for record in decisions for event in _decision(record, matters, say)),
        *_dialogues(country, say),
        *_flags(country, matters),
    ]
    return sorted(found, key=lambda one: (one.on, one.lane, one.text))


def drawn(events: list[Event], today: date, language: Language) -> Drawing | None:
    """The drawing of some events; None where there is nothing to draw. Lanes without events are left out."""
    if not events:
        return None
    say = words(language).gettext
    start = min(one.on for one in events)
    known = [*(one.on for one in events), *(one.until for one in events if one.until)]
    end = max([*known, min(today, max(known) + timedelta(days=400))]) + MARGIN
    titles = dict(LANES)
    lanes = sorted({(one.lane, one.row) for one in events}, key=lambda one: ([*titles].index(one[0]), one[1]))
    heights = {lane: TOP + LANE * place + LANE // 2 for place, lane in enumerate(lanes)}
    scale = _Scale(start - MARGIN, end)
    return Drawing(
        lanes=[("" if lane[1] else say(titles[lane[0]]), heights[lane]) for lane in lanes],
        years=scale.years(),
        shapes=[_shape(one, heights[one.lane, one.row], scale, end) for one in events],
        today=scale.x(today) if start <= today <= end else None,
        height=TOP + LANE * len(lanes) + 8,
        first=start.year,
        last=end.year,
    )


@dataclass(frozen=True)
class _Scale:
    start: date
    end: date

    def x(self, day: date) -> float:
        """Where a day is."""
        part = (day - self.start).days / max(1, (self.end - self.start).days)
        return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)

    def years(self) -> list[tuple[int, float, bool]]:
        """The first days of years: year, place, and whether its label fits."""
        years = range(self.start.year + 1, self.end.year + 1)
        room = 365 / max(1, (self.end - self.start).days) * (WIDTH - LEFT - RIGHT)
        every = max(1, -(-CLOSEST // max(1, int(room))))
        return [
            (
                year,
                self.x(date(year, 1, 1)),
                place % every == 0 and self.x(date(year, 1, 1)) < WIDTH - CLOSEST,
            )
            for place, year in enumerate(years)
        ]


def _shape(event: Event, y: int, scale: _Scale, end: date) -> Shape:
    x = scale.x(event.on)
    width = scale.x(event.until or end) - x if event.span else 0.0
    return Shape(event, x, y, round(max(width, 3.0), 1) if event.span else 0.0)


def _statuses(country: CountryRow, matters: Matters, opened: str, suspended: str) -> Iterator[Event]:
    changes = country.status_history
    since = changes[0].since_before if changes else country.status_since
    held = [(changes[0].before if changes else country.status, since)] if since else []
    held += [(change.after, change.on) for change in changes]
    for place, (status, day) in enumerate(held):
        until = held[place + 1][1] if place + 1 < len(held) else None
        tone = {Status.ACTIVE: "good", Status.CANDIDATE: "waiting", Status.INACTIVE: "stopped"}.get(
            status, "plain"
        )
        yield Event(
            lane="status",
            on=day,
            text=matters.named(status.value, "status"),
            mark=tone,
            span=True,
            until=until,
        )
        if status in (Status.ACTIVE, Status.INACTIVE):
            text = opened if status is Status.ACTIVE else suspended
            yield Event(lane="benefits", on=day, text=text, mark=tone, span=True, until=until)


def _cycle(cycle: Cycle, say: Say) -> Iterator[Event]:
    def text(key: str) -> str:
        return say(TEXTS[key]) % {"year": cycle.year}

    if cycle.report_due and cycle.due_on and cycle.report_on is None:
        lapsed = cycle.closed
        yield Event(
            lane="reports",
            on=cycle.due_on,
            text=text("missing" if lapsed else "due"),
            mark="missing" if lapsed else "waiting",
        )
    if cycle.report_on:
        late = cycle.due_on is not None and cycle.report_on > cycle.due_on
        yield Event(
            lane="reports",
            on=cycle.report_on,
            text=text("late" if late else "came"),
            mark="late" if late else "good",
        )
    if cycle.final_on:
        yield Event(lane="final", on=cycle.final_on, text=text("final"), mark="good")
    if cycle.judged_on:
        yield Event(lane="reviews", on=cycle.judged_on, text=text("judged"), mark="good")


def _decision(record: DecisionRecord, matters: Matters, say: Say) -> Iterator[Event]:
    decision, answer = record.decision, record.answer
    day = decision.meeting_on or (answer.at.date() if answer.at else None)
    if day is not None and answer.answer in ("accepted", "refused"):
        named = matters.named(decision.kind.value, "decision_kind")
        text = say(TEXTS[answer.answer]) % {"decision": named}
        yield Event(lane="decisions", on=day, text=text, mark=answer.answer)


def _dialogues(country: CountryRow, say: Say) -> Iterator[Event]:
    for one in country.dialogues:
        text = say(TEXTS["dialogue"]) % {"number": one.number}
        yield Event(
            lane="dialogue", on=one.opened_on, text=text, mark="waiting", span=True, until=one.closed_on
        )


def _flags(country: CountryRow, matters: Matters) -> Iterator[Event]:
    rows = list(dict.fromkeys(one.indicator for one in country.flags))
    for one in country.flags:
        text = f"{matters.named(one.indicator, 'indicator')} ({', '.join(map(str, one.years))})"
        until = one.cleared_on or one.considered_on
        yield Event(
            lane="flags",
            on=one.raised_on,
            text=text,
            mark="late",
            span=True,
            row=rows.index(one.indicator),
            label=CLAUSE_OF.get(one.indicator, ""),
            until=until,
        )
