"""Messages and what became of them, in words: by their kinds and states."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.mail_views import MailView
from api.pages.catalogues import N_, words
from correspondence.matters import Matters
from framework.terms import Language

KINDS: Mapping[str, str] = {
    "candidate_nudge": N_("How it goes, asked of the candidate"),
    "comments_answered": N_("Comments are answered"),
    "comments_sent": N_("Comments are sent"),
    "comments_to_answer": N_("Comments to answer"),
    "contact_changed": N_("Change of contacts"),
    "corrected": N_("Correction of an entry"),
    "declared_inactive": N_("Declaration as inactive"),
    "digest": N_("Digest"),
    "escalation": N_("Last reminder, to several people"),
    "extension_granted": N_("Extension granted"),
    "extension_refused": N_("Extension refused"),
    "extension_requested": N_("Extension requested"),
    "generic": N_("Message"),
    "granted": N_("Grant of the status"),
    "guidance": N_("Guidance"),
    "inactive_invitation": N_("Invitation to report"),
    "not_yet": N_("What the status still needs"),
    "paused": N_("Pause"),
    "profile_task": N_("Profile to be approved"),
    "reactivated": N_("Confirmation of the return"),
    "reactivation_declined": N_("The return is declined"),
    "reactivation_received": N_("Request to return received"),
    "registered": N_("Expression of interest registered"),
    "report_received": N_("Report received"),
    "resumed": N_("Resumption"),
    "task_opened": N_("New task"),
    "withdrawn": N_("Withdrawal"),
    "reminder": N_("Reminder"),
}
"""Kinds of mail that are not called as the entry or the task of the same name."""

STATES: Mapping[str, tuple[str, str]] = {
    "queued": ("waiting", N_("waits to be sent")),
    "attempting": ("waiting", N_("is being sent")),
    "sent": ("good", N_("handed over to the reader's server")),
    "refused": ("late", N_("refused by the reader's server")),
    "unknown": ("late", N_("not known whether it arrived")),
    "given_up": ("late", N_("given up after several attempts")),
    "no_recipient": ("late", N_("nobody to send it to")),
    "bounced": ("late", N_("came back")),
    "held": ("waiting", N_("waits for the digest")),
    "in_digest": ("good", N_("part of a digest")),
}
"""Tone of the mark and words of each state of the ledger."""


@dataclass(frozen=True)
class Told:
    """A message, what it is, and what became of it."""

    mail: MailView
    kind: str
    tone: str
    state: str


def told(mail: MailView, language: Language) -> Told:
    """A message in words."""
    say = words(language).gettext
    tone, state = STATES[mail.state]
    kind = say(KINDS[mail.kind]) if mail.kind in KINDS else Matters(language).thing(mail.kind)
    return Told(mail, kind, tone, say(state))
