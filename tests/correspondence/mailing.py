"""Messages of every kind for tests, with all values that any kind knows, and what a mail program reads of them."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from contracts.rows import Delivery
from correspondence.facts import Site
from correspondence.message import Sender, letter_for
from correspondence.rendering import Mail, kinds, rendered
from tests.storage.samples import NOON, delivery, order

URL = "https://pathfinder.example"
SITE = Site(URL, "mail@alliance.example")
SENDER = Sender(mail_from="Secretariat of Alliance 8.7 <mail@alliance.example>", public_url=URL)

VALUES: dict[str, Any] = {
    "country_name": "Land of Á",
    "task_kind": "progress_report",
    "year": 2027,
    "due_on": "2027-04-30",
    "days_left": 90,
    "rung": 3,
    "rungs": 7,
    "outstanding": ["progress_report", "indicator_framework"],
    "received": {"indicator_framework": "2027-03-01"},
    "reminded_on": ["2027-01-30", "2027-03-31"],
    "text": "Dear colleagues,\n\nthank you.",
    "reason": "an election",
    "until": "2027-06-15",
    "unmet": ["candidacy.workshop.missing"],
    "missing": [{"key": "candidacy.stocktaking.missing", "values": {}}],
    "numbers": [1, 2],
    "items": ["Meet the unions"],
    "open_tasks": ["roadmap"],
    "with_country": "XAB",
    "indicator": "no_report",
    "years": [2025, 2026],
    "what": "progress_report",
    "version": 2,
    "effective_on": "2027-06-01",
}

KINDS = kinds()


def about(kind: str, **changes: Any) -> Delivery:
    """A message of a kind with all values that any kind knows."""
    return delivery(order=order(kind, values=VALUES | changes))


def told(kind: str, **changes: Any) -> Mail:
    """What a message of a kind says, in English."""
    return rendered(about(kind, **changes), SITE)


def parsed(one: Delivery) -> EmailMessage:
    """The message as a mail program reads it."""
    message = message_from_bytes(letter_for(one, SENDER, NOON).content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def alternative(message: EmailMessage, form: str) -> str:
    """One of the two forms of a message's body: `plain` or `html`."""
    part = message.get_body((form,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
