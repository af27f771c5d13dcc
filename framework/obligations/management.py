"""Completeness of extensions, waivers, changes of people, pause, withdrawal, corrections, policy."""

from datetime import date

from framework import policy_changes
from framework.findings import Findings, problem, together, warning
from framework.obligations.context import (
    Context,
    attached,
    contact,
    each,
    email,
    given,
    listed,
    not_past,
    open_task,
    unless,
)
from framework.records import (
    ContactChange,
    EntryCorrection,
    Extension,
    ExtensionRequest,
    Pause,
    PolicyChange,
    Resume,
    Waiver,
    Withdrawal,
)

NOT_WAIVABLE = (
    "progress_report",
    "indicator_framework",
    "final_report",
    "comment_answers",
    "stakeholder_list",
    "workshop",
    "roadmap",
    "presentation",
)
"""Kinds of task that stand for the framework's own obligations (REP-01, REP-05, REP-09, PLN-08)."""


def extension_request(record: ExtensionRequest, context: Context) -> Findings:
    """An open task, a date to come, a reason and the support of the coordination body (REP-02)."""
    bodies = {body.strip().casefold() for body in context.bodies}
    stranger = warning(
        "extension.body.unknown",
        "body_in_support",
        "REP-02",
        body=record.body_in_support.strip(),
        bodies=listed(context.bodies),
    )
    known = (
        not bodies or not given(record.body_in_support) or record.body_in_support.strip().casefold() in bodies
    )
    return together(
        [
            open_task(record.task, context, "REP-02"),
            _until(record.until, context, exceptional=False),
            unless(given(record.reason), problem("extension.reason.missing", "reason", "REP-02")),
            unless(
                given(record.body_in_support), problem("extension.body.missing", "body_in_support", "REP-02")
            ),
            unless(known, stranger),
        ]
    )


def extension(record: Extension, context: Context) -> Findings:
    """The Secretariat's answer: an open or late task, its reason, the new date if there is one (REP-02)."""
    return together(
        [
            open_task(record.task, context, "REP-02"),
            _until(record.until, context, exceptional=record.exceptional) if record.granted else Findings(),
            unless(given(record.reason), problem("extension.reason.missing", "reason", "REP-02")),
        ]
    )


def _until(until: date | None, context: Context, *, exceptional: bool) -> Findings:
    if until is None:
        return problem("extension.date.missing", "until", "REP-02")
    gone = problem("extension.date.past", "until", "REP-02", date=until)
    return unless(exceptional or not_past(until, context.today), gone)


def waivable(task: str) -> bool:
    """Whether a task may be waived, by its key: what the framework itself obliges a country to may not (GEN-05)."""
    return task.partition("-")[0].partition(".")[0] not in NOT_WAIVABLE


def waiver(record: Waiver, context: Context) -> Findings:
    """An open task that may be waived, and the reason; the framework's own obligations may not (GEN-05)."""
    return together(
        [
            open_task(record.task, context, "GEN-05"),
            unless(waivable(record.task), problem("waiver.not_waivable", "task", "GEN-05", task=record.task)),
            unless(given(record.reason), problem("waiver.reason.missing", "reason", "GEN-05")),
        ]
    )


def contact_change(record: ContactChange, context: Context) -> Findings:
    """Something changes, and whoever is named can be reached (EOI-03)."""
    point, deputies = record.focal_point, record.deputies or ()
    changes = (record.focal_point, record.deputies, record.ministry_email)
    unwritten = warning("contact_change.letter.missing", "letter", "EOI-03")
    return together(
        [
            unless(any(one is not None for one in changes), problem("contact_change.empty", "", "EOI-03")),
            contact(point, "focal_point", "EOI-03") if point else Findings(),
            each(deputies, "deputies", lambda place, index: contact(deputies[index], place, "EOI-03")),
            email(record.ministry_email or "", "ministry_email", "EOI-03"),
            unless(point is None or attached(record.letter), unwritten),
        ]
    )


def pause(record: Pause, context: Context) -> Findings:
    """By the country's own dated letter (defaults: withdrawal, pause)."""
    return _own_letter(record) + unless(
        given(record.reason), warning("pause.reason.missing", "reason", "GEN-03")
    )


def resume(record: Resume, context: Context) -> Findings:
    """The timers go on, for a reason."""
    return unless(given(record.reason), problem("resume.reason.missing", "reason", "GEN-03"))


def withdrawal(record: Withdrawal, context: Context) -> Findings:
    """By the country's own dated letter (GEN-03)."""
    return _own_letter(record) + unless(
        given(record.reason), warning("withdrawal.reason.missing", "reason", "GEN-03")
    )


def _own_letter(record: Pause | Withdrawal) -> Findings:
    return unless(record.dated, problem("letter.dated.missing", "dated", "GEN-03")) + unless(
        attached(record.letter), problem("letter.document.missing", "letter", "GEN-03")
    )


def entry_correction(record: EntryCorrection, context: Context) -> Findings:
    """Which entry was a mistake, and why."""
    return unless(record.entry > 0, problem("entry_correction.entry.missing", "entry", "GEN-05")) + unless(
        given(record.reason), problem("entry_correction.reason.missing", "reason", "GEN-05")
    )


def policy_change(record: PolicyChange, context: Context) -> Findings:
    """Settings that exist, with values that they can take, and a reason (REP-02)."""
    _, found = policy_changes.changed(context.policy, record.settings)
    return together(
        [
            found,
            unless(given(record.reason), problem("policy_change.reason.missing", "reason", "REP-02")),
        ]
    )
