"""What people say about the mail itself: how they wish to be written to, a nudge by hand, contacts that are right."""

from dataclasses import dataclass
from typing import Literal

from framework.terms import Language


@dataclass(frozen=True, kw_only=True)
class MailPreferences:
    """How a country's people are written to. None: unchanged; an empty `second_email` takes that address away.

    `language`, `time_zone` (IANA) and `second_email` are the focal point's; with `copy_deputies` the deputies get every
    reminder too.
    """

    kind: Literal["mail_preferences"] = "mail_preferences"
    language: Language | None = None
    time_zone: str | None = None
    copy_deputies: bool | None = None
    second_email: str | None = None


@dataclass(frozen=True, kw_only=True)
class Nudge:
    """Somebody asks by hand about an open task, beside its reminders, with a sentence of their own or without."""

    kind: Literal["nudge"] = "nudge"
    task: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactsConfirmation:
    """The contacts on record are right. `fingerprint` names the very contacts that were read; empty: those on record."""

    kind: Literal["contacts_confirmation"] = "contacts_confirmation"
    year: int = 0
    fingerprint: str = ""
