"""Entries of calendars as iCalendar files (RFC 5545): whole days, an identity for ever, the same bytes each time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText, vUri

from correspondence.inert import clean, header_safe

PRODUCT = "-//Alliance 8.7//Pathfinder//EN"
PUBLISH, CANCEL = "PUBLISH", "CANCEL"
SUMMARY_LENGTH = 200
REFRESH = timedelta(hours=6)
"""How often a program that subscribes to a calendar is asked to look for changes."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry: a whole day. `stamp` (aware) is when it was last told; its texts may be whatever people typed."""

    uid: str
    on: date
    summary: str
    description: str
    url: str
    stamp: datetime
    place: str = ""
    sequence: int = 0
    cancelled: bool = False


def single(item: Item, organizer: str) -> bytes:
    """A file with one entry, to be sent: RFC 5546 wants a cancellation to be alone, and an organizer in each."""
    event = _event(item)
    if organizer:
        event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    calendar = _calendar()
    calendar.add("method", method_of(item))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def method_of(item: Item) -> str:
    """What a mail program is to do with an entry: show it, or take it out."""
    return CANCEL if item.cancelled else PUBLISH


def several(name: str, items: Iterable[Item], language: str) -> bytes:
    """A file with many entries, to be subscribed to. `name`: what the reader's program calls it."""
    calendar = _calendar()
    for title in ("name", "x-wr-calname"):
        calendar.add(title, vText(header_safe(name)))
    calendar["name"].params["language"] = language
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for item in sorted(items, key=lambda one: (one.on, one.uid)):
        calendar.add_component(_event(item))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(item: Item) -> Event:
    event = Event()
    event.add("uid", header_safe(item.uid))
    event.add("dtstamp", _in_utc(item.stamp))
    event.add("dtstart", item.on)
    event.add("dtend", item.on + timedelta(days=1))
    event.add("sequence", item.sequence)
    event.add("status", "CANCELLED" if item.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("summary", header_safe(item.summary)[:SUMMARY_LENGTH])
    event.add("description", str(clean(item.description)).strip())
    event.add("url", vUri(quote(header_safe(item.url), safe=":/?#[]@!$&'()*+,;=%~")))
    if item.place:
        event.add("location", header_safe(item.place))
    return event


def _in_utc(moment: datetime) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)
