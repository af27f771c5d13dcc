"""Completeness of a hand-over of the mandate, and of the naming of contributors (EOI-03)."""

from framework.findings import Findings, problem, together, warning
from framework.obligations.context import Context, attached, contact, each, given, listed, not_past, unless
from framework.obligations.kinds import CONTRIBUTABLE
from framework.policy import OVERLAP
from framework.records import (
    ContributorEnded,
    ContributorNamed,
    SuccessorAccepted,
    SuccessorNamed,
    SuccessorWithdrawn,
)

CLAUSE = "EOI-03"


def successor_named(record: SuccessorNamed, context: Context) -> Findings:
    """Somebody who can be reached, and an overlap within bounds; a letter is missed but, from the country, not needed."""
    lowest, highest = OVERLAP
    days = record.overlap_days
    too_long = problem(
        "successor_named.overlap.invalid",
        "overlap_days",
        CLAUSE,
        days=days if days is not None else "",
        lowest=lowest,
        highest=highest,
    )
    return together(
        [
            contact(record.successor, "successor", CLAUSE),
            unless(days is None or lowest <= days <= highest, too_long),
            unless(attached(record.letter), warning("successor_named.letter.missing", "letter", CLAUSE)),
        ]
    )


def of_a_naming(record: SuccessorAccepted | SuccessorWithdrawn, context: Context) -> Findings:
    """Which naming is meant."""
    return unless(given(record.handover), problem("handover.missing", "handover", CLAUSE))


def contributor_named(record: ContributorNamed, context: Context) -> Findings:
    """Somebody who can be reached, papers that a country hands in, and a day to come if there is one."""
    until = record.until
    past = problem("contributor_named.until.past", "until", CLAUSE, date=until or "")
    return together(
        [
            contact(record.contributor, "contributor", CLAUSE),
            unless(record.tasks, problem("contributor_named.tasks.missing", "tasks", CLAUSE)),
            each(record.tasks, "tasks", lambda place, index: _task(record.tasks[index], place)),
            unless(until is None or not_past(until, context.today), past),
        ]
    )


def contributor_ended(record: ContributorEnded, context: Context) -> Findings:
    """Which contributor is meant."""
    return unless(
        given(record.contributor), problem("contributor_ended.contributor.missing", "contributor", CLAUSE)
    )


def _task(kind: str, where: str) -> Findings:
    known = listed(CONTRIBUTABLE)
    unknown = problem("contributor_named.task.unknown", where, CLAUSE, task=kind[:60], known=known)
    return unless(kind in CONTRIBUTABLE, unknown)
