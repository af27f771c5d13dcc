"""How a scenario writes days and what it leaves open: `2031-04-20`, `+30d`, `04-30 11:59`, `$today`, `${year-1}`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from rehearsal.yaml_lines import Path

HOUR = time(14, 0)
"""When things happen that name no hour, in UTC: after the reminders of the day, and on that day Anywhere on Earth too."""

_DAY = re.compile(r"(?:(\d{4}-\d{2}-\d{2})|(\d{2}-\d{2})|\+(\d+)([hdwmy]))(?:[ T](\d{2}:\d{2}))?")
_BLANK = re.compile(r"\$(?:\{(\w+)(?:([+-]\d+)([dwmy]?)|:([\w.-]+))?\}|(\w+))")
FORMS = (
    "2031-04-20, 2031-04-20 11:59, +30d (h, d, w, m or y after the event before), inside each_year also 04-20"
)
BLANKS = "$today, ${today-30d}, $year, ${year-1}, $country, ${entry:name}"


class Misfit(ValueError):
    """Something inside a structure does not fit; `path` says where."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(what)
        self.path = path


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What blanks are filled with: the day, the country, and the timeline entries that named events became."""

    today: date
    country: str
    entries: Mapping[str, int] = field(default_factory=dict)


def moment_of(words: str | date, *, before: datetime, year: int | None = None) -> datetime:
    """The moment (aware, UTC) that is written as in `FORMS`; `before` is the moment of the event before.

    Raises:
        ValueError: it is none of these forms, or no day of the calendar.
    """
    if isinstance(words, date):
        return datetime.combine(words, HOUR, UTC)
    match = _DAY.fullmatch(words.strip())
    if match is None or (match[2] and year is None):
        raise ValueError(f"{words!r} is not a day; write {FORMS}")
    hour = time.fromisoformat(match[5]) if match[5] else HOUR
    if match[4] == "h":
        return before + timedelta(hours=int(match[3]))
    if match[3]:
        return datetime.combine(later(before.date(), int(match[3]), match[4]), hour, UTC)
    day = date.fromisoformat(match[1]) if match[1] else _in_year(match[2], year or 0)
    return datetime.combine(day, hour, UTC)


def later(day: date, number: int, unit: str) -> date:
    """The day that is so many days (d, the default), weeks (w), months (m) or years (y) later; negative: earlier."""
    if unit in {"m", "y"}:
        months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return day + timedelta(days=number * (7 if unit == "w" else 1))


def fill(value: Any, setting: Setting, path: Path = ()) -> Any:
    """The value with its blanks filled in, in keys too. A text that is one blank becomes what the blank stands for.

    Raises:
        Misfit: a blank that means nothing.
    """
    if isinstance(value, dict):
        return {fill(key, setting, path): fill(one, setting, (*path, key)) for key, one in value.items()}
    if isinstance(value, list):
        return [fill(one, setting, (*path, number)) for number, one in enumerate(value)]
    if not isinstance(value, str) or "$" not in value:
        return value
    whole = _BLANK.fullmatch(value)
    if whole is not None:
        return _meaning(whole, setting, path)
    return _BLANK.sub(lambda blank: str(_meaning(blank, setting, path)), value)


def _meaning(blank: re.Match[str], setting: Setting, path: Path) -> Any:
    name, number, unit, of = blank[1] or blank[5], int(blank[2] or 0), blank[3] or "d", blank[4]
    if name == "today" and of is None:
        return later(setting.today, number, unit)
    if name == "year" and of is None and not blank[3]:
        return setting.today.year + number
    if name == "country" and of is None and not number:
        return setting.country
    if name == "entry" and of is not None:
        if of not in setting.entries:
            raise Misfit(path, f"{blank[0]} names no earlier event that is called {of!r}")
        return setting.entries[of]
    raise Misfit(path, f"{blank[0]} means nothing; there are {BLANKS}")


def _in_year(words: str, year: int) -> date:
    month, day = (int(part) for part in words.split("-"))
    if (month, day) == (2, 29) and not calendar.isleap(year):
        day = 28
    return date(year, month, day)
