"""Dates and deadlines as people read them: in English, Anywhere on Earth, and in Geneva's time."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from framework.cycle import end_of_day

GENEVA = ZoneInfo("Europe/Zurich")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def written(value: Any) -> str:
    """A date (or its ISO text) written out: `Friday 30 April 2027`. What is no date comes back as text."""
    day = as_date(value)
    if day is None:
        return "" if value is None else str(value)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def deadline(due_on: Any, moment: Any = None) -> str:
    """A date, that it ends Anywhere on Earth, and that moment in Geneva. `moment`: where it differs."""
    day = as_date(due_on)
    if day is None:
        return written(due_on)
    there = (as_moment(moment) or end_of_day(day)).astimezone(GENEVA)
    return (
        f"{written(day)}, end of the day Anywhere on Earth (UTC-12); "
        f"in Geneva that is {there:%H:%M} on {written(there.date())}"
    )


def distance(days: Any) -> str:
    """How far a due date is away, in days from the message's: `in 7 days`, `today`, `14 days ago`."""
    if not isinstance(days, int):
        return ""
    if days == 0:
        return "today"
    number = f"{abs(days)} day" + ("" if abs(days) == 1 else "s")
    return f"in {number}" if days > 0 else f"{number} ago"


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
