"""Dates and deadlines as people read them: in their language by CLDR, Anywhere on Earth, in Geneva, where they are."""

import re
from datetime import UTC, date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location

from framework.cycle import end_of_day
from framework.terms import Language

GENEVA = ZoneInfo("Europe/Zurich")

_LOCALES = {
    Language.ENGLISH: Locale("en", "GB"),
    Language.FRENCH: Locale("fr"),
    Language.SPANISH: Locale("es"),
}
"""English dates are written as the Alliance writes English: the day before the month."""


def locale_of(language: Language) -> Locale:
    """The locale by which dates and numbers of a language are written."""
    return _LOCALES[language]


def written(value: Any, language: Language = Language.ENGLISH) -> str:
    """A date (or its ISO text) written out: `Friday 30 April 2027`. What is no date comes back as text."""
    day = as_date(value)
    if day is None:
        return "" if value is None else str(value)
    return _in_words(day, "full", language)


def short(day: date, language: Language = Language.ENGLISH) -> str:
    """A date without its weekday: `30 April 2027`."""
    return _in_words(day, "long", language)


def _in_words(day: date, form: Literal["full", "long"], language: Language) -> str:
    said = format_date(day, format=form, locale=locale_of(language))
    # CLDR's French lacks what every French letter writes: the first of a month is an ordinal.
    return re.sub(r"\b1 ", "1er ", said, count=1) if language is Language.FRENCH and day.day == 1 else said


def moment_in(zone: ZoneInfo, moment: datetime, language: Language = Language.ENGLISH) -> str:
    """An aware moment in a zone, written out: `Saturday 1 May 2027, 13:59`."""
    there = moment.astimezone(zone)
    time = format_time(there, format="HH:mm", locale=locale_of(language))
    return f"{written(there.date(), language)}, {time}"


def end_of(due_on: Any, moment: Any = None) -> datetime | None:
    """The moment (UTC) at which a due date ends Anywhere on Earth, or `moment` where that differs; None without a date."""
    day = as_date(due_on)
    return None if day is None else as_moment(moment) or end_of_day(day)


def zone_of(name: str) -> ZoneInfo | None:
    """The reader's time zone by its IANA name; None where it says no more than Geneva's and UTC do, or is none."""
    if name in ("", "UTC", "Etc/UTC", GENEVA.key):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def city_of(zone: ZoneInfo, language: Language) -> str:
    """The city by which people know a zone, in their language: `Lima`."""
    return get_timezone_location(zone, locale=locale_of(language), return_city=True)


def as_date(value: Any) -> date | None:
    """The date that a value of an order stands for, or None."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def as_moment(value: Any) -> datetime | None:
    """The moment that a value of an order stands for (UTC where it names no zone), or None."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
