"""Reads back the calendar files of messages, as a mail program does."""

from typing import Any

from icalendar import Calendar

from activities.correspondence import delivery_of
from contracts.state import MailOrder, Recipient
from correspondence.diary import CalendarFile, calendar_files
from correspondence.facts import Site
from framework.terms import Language

SITE = Site("https://pathfinder.example", "mail@alliance.example")
FOCAL_POINT = Recipient(name="Ana Ruiz", email="ana@labour.example.org")


def files(
    order: MailOrder, to: Recipient = FOCAL_POINT, language: Language | None = None
) -> list[CalendarFile]:
    """The files that one recipient gets with a message."""
    recipient = to.model_copy(update={"language": language}) if language else to
    return calendar_files(delivery_of(order, recipient), SITE)


def entry(content: bytes) -> Any:
    """The only entry of a file."""
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def entries(order: MailOrder, to: Recipient = FOCAL_POINT) -> dict[str, Any]:
    """The entries that one recipient gets with a message, by the part of their identity before the @."""
    found = [entry(file.content) for file in files(order, to)]
    return {str(event["uid"]).partition("@")[0]: event for event in found}
