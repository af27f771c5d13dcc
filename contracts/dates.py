"""Dates as they go into people's calendars with a message. Additive for ever, as all that a process carries."""

from datetime import date, datetime

from pydantic import BaseModel


class Dated(BaseModel):
    """A day for the calendars of those who read a message: a deadline, or an event. Both last the whole day.

    `key` is a task's key, or what the event is; with the country it is the entry's identity for ever. `sequence` rises
    whenever the day moves; what is `cancelled` leaves the calendar. `until` is when a deadline ends (UTC). With a
    `role` it concerns only those who act in it, without one every reader of the message.
    """

    key: str
    kind: str
    on: date
    year: int | None = None
    until: datetime | None = None
    event: bool = False
    title: str = ""
    place: str = ""
    sequence: int = 0
    cancelled: bool = False
    role: str = ""
