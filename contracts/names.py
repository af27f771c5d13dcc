"""Names that the worker, the API, the command line and the Temporal UI share: queue, ids, messages, search attributes."""

import hashlib

from temporalio.common import SearchAttributeKey

TASK_QUEUE = "pathfinder"

COUNTRY = "country"
DIALOGUE = "dialogue"
REACTIVATION = "reactivation"
ALLIANCE = "alliance"
DELIVERY = "delivery"
DIGEST = "digest"
"""The workflow of one round of digests, the schedule that starts it, and the kind of its messages."""

ALLIANCE_CODE = "ALLIANCE"
"""Stands in a task's or entry's country field for matters of the whole Alliance."""

GCM_DECISION = "gcm_decision"
SUBMIT = "submit"

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


def alliance_id() -> str:
    """The workflow id of the Alliance's own process: directory, policy, yearly report to the GCM."""
    return ALLIANCE


def mail_key(country: str, cycle: str, kind: str, step: str, recipient: str) -> str:
    """The key of one message to one recipient. The address goes in as a hash: keys are shown to operators."""
    return "-".join(part for part in (country, cycle, kind, step, address_digest(recipient)) if part)


def address_digest(address: str) -> str:
    """A mailbox without its name: the same for an address in whatever case."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:12]


def delivery_id(key: str) -> str:
    """The workflow id of the delivery of one message."""
    return f"mail-{key}"
