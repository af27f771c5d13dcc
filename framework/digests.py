"""Who gets one digest instead of single messages, how often, and what cannot wait for it (REP-07).

Staff only: a country's people get each message as it comes, one for each matter.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType


class Digest(StrEnum):
    """How somebody who holds a seat is written to: once a day, once a week, or (`off`) each message as it comes."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


DEFAULTS: Mapping[str, Digest] = MappingProxyType(
    {"secretariat": Digest.DAILY, "mwg": Digest.WEEKLY, "gcm": Digest.WEEKLY}
)
"""By role of the seat; other seats (the Chair's, an operator's) get single messages."""

PERIOD: Mapping[Digest, timedelta] = MappingProxyType(
    {Digest.DAILY: timedelta(days=1), Digest.WEEKLY: timedelta(days=7)}
)

CANNOT_WAIT = frozenset(
    {
        "decision_refused",  # the meeting may still be sitting: it must be sent anew, and lawfully
        "escalation",  # the last rung: everybody hears of it at once
        "extension_requested",  # to be answered before the date passes
        "nudge",  # a person asks
        "gcm_item",  # silence may have begun to run
        "gcm_silence_broken",  # members wait to hear what follows
        "gcm_item_reminder",  # the last days in which one can object
        "mail_failed",  # an alarm
        "digest",
    }
)
"""Kinds of message that go out at once whatever the reader chose."""

SOON = timedelta(days=7)
"""A message about a meeting or an event that is so near does not wait either."""


def choice_of(role: str, chosen: Digest | None) -> Digest:
    """What a seat's holder gets: what was chosen for the appointment, else the default of the role."""
    return chosen or DEFAULTS.get(role, Digest.OFF)


def can_wait(kind: str, choice: Digest, made_on: date, *, due_on: date | None, event_on: date | None) -> bool:
    """Whether a message can wait for its reader's next digest: nothing that it asks for falls due before that."""
    if choice is Digest.OFF or kind in CANNOT_WAIT:
        return False
    if event_on is not None and event_on <= made_on + SOON:
        return False
    return due_on is None or not made_on <= due_on <= made_on + PERIOD[choice]


def round_before(day: date, choice: Digest, weekday: int) -> date:
    """The last day, up to `day`, on which somebody's digest was to go out. `weekday`: 0 is Monday."""
    return day if choice is not Digest.WEEKLY else day - timedelta(days=(day.weekday() - weekday) % 7)
