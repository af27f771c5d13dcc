"""Names that the worker, the API, the command line and the Temporal UI share: queue, ids, messages, search attributes."""

import hashlib
import re

from temporalio.common import SearchAttributeKey

TASK_QUEUE = "pathfinder"

_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']+@[^\s<>()\[\]:;,\"']+")
_IDENTITY = re.compile(r"[A-Za-z0-9._-]{1,200}")

COUNTRY = "country"
DIALOGUE = "dialogue"
REACTIVATION = "reactivation"
ALLIANCE = "alliance"
DELIVERY = "delivery"
BOUNCE = "bounce"
RETURNS = "returns"
DIGEST = "digest"
"""The workflow of one round of digests, the schedule that starts it, and the kind of its messages."""

AUDIT_ANCHORS = "audit_anchors"
"""The workflow in whose history the end of the audit's chain is anchored, day by day."""

ALLIANCE_CODE = "ALLIANCE"
"""Stands in a task's or entry's country field for matters of the whole Alliance."""

GCM_DECISION = "gcm_decision"
SUBMIT = "submit"
ERASE_PERSON = "erase_person"

CODE_ATTRIBUTE = SearchAttributeKey.for_keyword("CountryCode")
STATUS_ATTRIBUTE = SearchAttributeKey.for_keyword("CountryStatus")
STAGE_ATTRIBUTE = SearchAttributeKey.for_keyword("CountryStage")
YEAR_ATTRIBUTE = SearchAttributeKey.for_int("ReportingYear")
DEADLINE_ATTRIBUTE = SearchAttributeKey.for_datetime("NextDeadline")
LATE_ATTRIBUTE = SearchAttributeKey.for_bool("Late")
FLAGS_ATTRIBUTE = SearchAttributeKey.for_keyword_list("Flags")

SEARCH_ATTRIBUTES = (
    CODE_ATTRIBUTE,
    STATUS_ATTRIBUTE,
    STAGE_ATTRIBUTE,
    YEAR_ATTRIBUTE,
    DEADLINE_ATTRIBUTE,
    LATE_ATTRIBUTE,
    FLAGS_ATTRIBUTE,
)
"""Registered in the namespace before the first country starts. They are never encrypted: no personal data."""


def country_id(code: str) -> str:
    """The workflow id of a country: `country-FJI`."""
    return f"{COUNTRY}-{code}"


def dialogue_id(code: str, number: int) -> str:
    """The workflow id of a country's dialogue, counted from 1."""
    return f"{DIALOGUE}-{code}-{number}"


def reactivation_id(code: str, number: int) -> str:
    """The workflow id of a country's request to return, counted from 1."""
    return f"{REACTIVATION}-{code}-{number}"


def returns_id() -> str:
    """The id of the schedule by which the return mailbox is looked into, and of the looks that it starts."""
    return f"mail-{RETURNS}"


def alliance_id() -> str:
    """The workflow id of the Alliance's own process: directory, policy, yearly report to the GCM."""
    return ALLIANCE


def anchors_id() -> str:
    """The workflow id of the audit's anchors."""
    return "audit-anchors"


def mail_key(country: str, cycle: str, kind: str, step: str, recipient: str) -> str:
    """The key of one message to one recipient. The address goes in as a hash: keys are shown to operators."""
    return "-".join(part for part in (country, cycle, kind, step, address_digest(recipient)) if part)


def address_digest(address: str) -> str:
    """Stands for an address in keys and in a country's state: the same in whatever case it is written."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:12]


def without_addresses(text: str) -> str:
    """A server's words without the e-mail addresses in them: for logs, timelines and whoever need not know them."""
    return _ADDRESS.sub("[address]", text)


def message_identity(key: str) -> str:
    """The part of a message's Message-ID before the @. It is made of the key alone, so that every attempt has the same."""
    plain = _IDENTITY.fullmatch(key)
    return key if plain else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def return_token(key: str) -> str:
    """What stands for a message in the address to which mail servers send it back: `bounces+<token>@host`."""
    return hashlib.sha256(f"return {key}".encode("utf-8", "replace")).hexdigest()[:24]


def delivery_id(key: str) -> str:
    """The workflow id of the delivery of one message."""
    return f"mail-{key}"


def bounce_id(key: str) -> str:
    """The workflow id under which it is told that a message came back: once, for as long as the server keeps ids."""
    return f"{BOUNCE}-{key}"
