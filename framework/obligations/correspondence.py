"""Completeness of what people say about the mail itself: preferences, a nudge, the confirmation of contacts."""

from framework.findings import Findings, problem, together
from framework.obligations.context import Context, email, open_task, unless
from framework.records import ContactsConfirmation, MailPreferences, Nudge
from framework.time_zones import is_time_zone

LONGEST_SENTENCE = 500
"""Characters of the sentence that goes with a nudge."""


def mail_preferences(record: MailPreferences, context: Context) -> Findings:
    """Something is chosen, in a time zone that exists, with an address that mail can go to (EOI-03, REP-07)."""
    chosen = (record.language, record.time_zone, record.copy_deputies, record.second_email)
    zone = record.time_zone
    unknown = problem("contact.time_zone.unknown", "time_zone", "REP-07", zone=(zone or "")[:60])
    return together(
        [
            unless(any(one is not None for one in chosen), problem("mail_preferences.empty", "", "REP-07")),
            unless(zone is None or is_time_zone(zone), unknown),
            email(record.second_email or "", "second_email", "EOI-03"),
        ]
    )


def nudge(record: Nudge, context: Context) -> Findings:
    """An open task, and a sentence at most (REP-07)."""
    length = len(record.text)
    too_long = problem("text.too_long", "text", "REP-07", limit=LONGEST_SENTENCE, length=length)
    return open_task(record.task, context, "REP-07") + unless(length <= LONGEST_SENTENCE, too_long)


def contacts_confirmation(record: ContactsConfirmation, context: Context) -> Findings:
    """The year for which it is asked (EOI-03)."""
    return unless(record.year, problem("contacts_confirmation.year.missing", "year", "EOI-03"))
