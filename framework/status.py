"""The three statuses and their lawful changes (GEN-03), and the stage that a country is in."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from framework.facts import Candidacy, Cycle
from framework.findings import Findings, problem
from framework.terms import Stage, Status

LAWFUL: Mapping[tuple[Status, Status], str] = MappingProxyType(
    {
        (Status.CANDIDATE, Status.ACTIVE): "PLN-09",
        (Status.ACTIVE, Status.INACTIVE): "DIA-06",
        (Status.INACTIVE, Status.ACTIVE): "REA-05",
        (Status.CANDIDATE, Status.WITHDRAWN): "GEN-03",
        (Status.ACTIVE, Status.WITHDRAWN): "GEN-03",
        (Status.INACTIVE, Status.WITHDRAWN): "GEN-03",
    }
)
"""Every lawful change of status with its clause. A correction takes one back; it is not a change."""

STEPS_OF_INTEREST = ("timetable", "stakeholder_list", "stocktaking")
"""The steps of a candidate that belong to the expression-of-interest stage (EOI-06, EOI-07, EOI-09)."""


def change(before: Status, after: Status) -> Findings:
    """Whether a country can go from one status to the other; its problem names both (GEN-03)."""
    if (before, after) in LAWFUL:
        return Findings()
    if before is after:
        return problem("status.change.none", clause="GEN-03", status=before.value)
    if before is Status.WITHDRAWN:
        return problem("status.change.withdrawn", clause="GEN-03", after=after.value)
    return problem("status.change.unlawful", clause="GEN-03", before=before.value, after=after.value)


def stage_of(status: Status, cycle: Cycle | None, candidacy: Candidacy | None, today: date) -> Stage:
    """The stage that a country is in. `today` is the date Anywhere on Earth.

    A candidate plans once the steps of its expression of interest are taken, or it holds a workshop. An
    inactive country is in review, where the framework puts the ways into inactivity and back. One that
    withdrew stays where it was.
    """
    if status is Status.INACTIVE:
        return Stage.REVIEW
    if status is Status.ACTIVE or (status is Status.WITHDRAWN and cycle is not None):
        return _of_cycle(cycle, today)
    return _of_candidate(candidacy or Candidacy())


def _of_candidate(candidacy: Candidacy) -> Stage:
    done = {
        "timetable": candidacy.timetable_given,
        "stakeholder_list": bool(candidacy.categories_identified),
        "stocktaking": candidacy.stocktaking_versions > 0,
    }
    begun = candidacy.workshops or candidacy.roadmap_versions or candidacy.presented_on
    taken = all(done[step] or step in candidacy.waived for step in STEPS_OF_INTEREST)
    return Stage.PLANNING if begun or taken else Stage.EXPRESSION_OF_INTEREST


def _of_cycle(cycle: Cycle | None, today: date) -> Stage:
    """Reporting until the report is final or was due to be; review until the year's status is decided."""
    if cycle is None or not cycle.report_due or cycle.closed or cycle.status_decided_on is not None:
        return Stage.IMPLEMENTATION
    days = [day for day in (cycle.due_on, cycle.final_due_on) if day is not None]
    if cycle.final_on is not None or (days and today > max(days)):
        return Stage.REVIEW
    return Stage.REPORTING
