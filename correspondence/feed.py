"""A person's calendar to subscribe to: rows of the read model in, the bytes of an iCalendar file out.

The same rows give the same bytes. Who may see which rows is decided where they are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from contracts.dates import Dated
from contracts.state import Entry, Task
from correspondence.dates import as_date
from correspondence.diary import Reader, item
from correspondence.entries import Item, several
from framework.terms import OPEN_TASK_STATES

KEPT = timedelta(days=366)
"""How long a meeting that is over stays in the calendar."""

CORRECTION = "entry_correction"
MEETINGS = {
    "presentation": ("meeting_on", "meeting"),
    "peer_exchange": ("on", "topic"),
    "dialogue_meeting": ("held_on", ""),
    "gcm_meeting": ("on", "name"),
    "alliance_event": ("on", "title"),
}
"""The kinds of entries that tell of a meeting: which of their values are its day and its name."""

NEXT = "next_deadline"


class TaskRow(NamedTuple):
    """A task, and whose it is."""

    code: str
    name: str
    task: Task


class EntryRow(NamedTuple):
    """An entry of the timeline, and whose it is."""

    code: str
    name: str
    entry: Entry


class NextRow(NamedTuple):
    """The first deadline of a reporting year that has not opened yet."""

    code: str
    name: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A calendar; `told_at` is when the newest of what it says was told (UTC)."""

    content: bytes
    told_at: datetime


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What a calendar is made of: tasks (open ones count), entries of meetings and of corrections, what comes next.

    `name` is that of the country whose calendar it is; empty for the Alliance's.
    """

    name: str = ""
    tasks: Sequence[TaskRow] = ()
    entries: Sequence[EntryRow] = ()
    coming: Sequence[NextRow] = ()


def feed(rows: Rows, reader: Reader, *, title: str, since: datetime, today: date) -> Feed:
    """The calendar of one reader. `since`: when its address was given out; meetings before `today` stay for a year."""
    items = [
        *_deadlines(rows.tasks, reader),
        *_meetings(rows.entries, reader, today),
        *(_coming(row, reader, since) for row in rows.coming),
    ]
    told_at = max([since, *(one.stamp for one in items)])
    return Feed(content=several(title, items, reader.language.value), told_at=told_at.astimezone(UTC))


def _deadlines(rows: Iterable[TaskRow], reader: Reader) -> Iterable[Item]:
    for code, name, task in rows:
        if task.due_on is None or task.state not in OPEN_TASK_STATES:
            continue
        dated = Dated(
            key=task.key,
            kind=task.kind,
            on=task.due_on,
            year=task.year,
            until=task.due_at,
            sequence=task.sequence,
        )
        yield item(dated, reader, code=code, known_as=name, stamp=task.dated_at or task.opened_at)


def _meetings(rows: Sequence[EntryRow], reader: Reader, today: date) -> Iterable[Item]:
    gone = {(row.code, row.entry.corrects) for row in rows if row.entry.kind == CORRECTION}
    standing = [row for row in rows if (row.code, row.entry.number) not in gone]
    for row in standing:
        day = _day(row.entry)
        if day is None or day < today - KEPT or _put_off(row, standing):
            continue
        yield item(_event(row.entry, day), reader, code=row.code, known_as=row.name, stamp=row.entry.at)


def _event(entry: Entry, day: date) -> Dated:
    named = MEETINGS[entry.kind][1]
    return Dated(
        key=f"{entry.kind}-{entry.number}",
        kind=entry.kind,
        on=day,
        event=True,
        title=_text(entry.values.get(named)),
        place=_text(entry.values.get("place")),
    )


def _put_off(row: EntryRow, others: Iterable[EntryRow]) -> bool:
    """Whether a country was presented anew before the day of a presentation: only the newer one is held (PLN-07)."""
    day = _day(row.entry)
    return row.entry.kind == "presentation" and any(
        other.code == row.code
        and other.entry.kind == "presentation"
        and other.entry.number > row.entry.number
        and day is not None
        and other.entry.at.date() < day
        for other in others
    )


def _coming(row: NextRow, reader: Reader, since: datetime) -> Item:
    dated = Dated(key=f"{NEXT}-{row.on.year}", kind=NEXT, on=row.on, year=row.on.year)
    return item(dated, reader, code=row.code, known_as=row.name, stamp=since, opened=False)


def _day(entry: Entry) -> date | None:
    named = MEETINGS.get(entry.kind)
    return as_date(entry.values.get(named[0])) if named else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
