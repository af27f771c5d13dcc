"""Series of indicators as small drawings: coordinates for the templates; beside each drawing stand its values (REP-05)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

WIDTH, HEIGHT = 320, 110
LEFT, RIGHT, TOP, BOTTOM = 12, 52, 16, 24
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_SPACES = re.compile(r"[\s\u00a0\u202f]")


class Value(Protocol):
    """One value of one indicator in one year."""

    year: int
    indicator: str
    value: str
    unit: str
    source: str
    disaggregation: str
    unavailable_because: str


@dataclass(frozen=True)
class Point:
    """A value in the drawing, with the text beside it where it has one."""

    x: float
    y: float
    year: int
    text: str


@dataclass(frozen=True)
class Plot:
    """One indicator over its years. `lines`: each runs through years that follow each other; `points` may be empty."""

    indicator: str
    unit: str
    disaggregation: str
    values: list[Value]
    points: list[Point] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def sources(self) -> list[str]:
        """Where the values come from, each source once."""
        return list(dict.fromkeys(one.source for one in self.values if one.source))

    @property
    def reasons(self) -> dict[str, list[int]]:
        """Why there is no value, with the years that lack one."""
        found: dict[str, list[int]] = {}
        for one in self.values:
            if one.unavailable_because and not one.value:
                found.setdefault(one.unavailable_because, []).append(one.year)
        return found


def plots_of(values: Iterable[Value]) -> list[Plot]:
    """The series of values, each by its years, in the order in which the indicators came first."""
    series: dict[tuple[str, str], list[Value]] = {}
    for value in values:
        series.setdefault((value.indicator, value.disaggregation), []).append(value)
    return [_plot(name, by, sorted(found, key=lambda one: one.year)) for (name, by), found in series.items()]


def number(text: str) -> float | None:
    """The number that a text is; None for everything that could be read in two ways."""
    plain = _SPACES.sub("", text).removesuffix("%")
    return float(plain) if _NUMBER.fullmatch(plain) else None


def _plot(name: str, by: str, values: list[Value]) -> Plot:
    unit = next((one.unit for one in reversed(values) if one.unit), "")
    known = [(one.year, read, one.value) for one in values if (read := number(one.value)) is not None]
    if not known:
        return Plot(name, unit, by, values)
    points = _points(known)
    return Plot(name, unit, by, values, points, _lines(points))


def _points(known: list[tuple[int, float, str]]) -> list[Point]:
    first, last = known[0][0], known[-1][0]
    low, high = min(0.0, *(one for _, one, _ in known)), max(one for _, one, _ in known)
    span, height = max(1, last - first), (high - low) or 1
    ends = {0, len(known) - 1}
    return [
        Point(
            round(LEFT + (year - first) / span * (WIDTH - LEFT - RIGHT), 1),
            round(TOP + (1 - (value - low) / height) * (HEIGHT - TOP - BOTTOM), 1),
            year,
            text if place in ends else "",
        )
        for place, (year, value, text) in enumerate(known)
    ]


def _lines(points: list[Point]) -> list[str]:
    """A gap of a year is a gap in the line."""
    runs: list[list[Point]] = []
    for point in points:
        if runs and point.year - runs[-1][-1].year == 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return [" ".join(f"{one.x},{one.y}" for one in run) for run in runs if len(run) > 1]
