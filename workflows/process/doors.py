"""The one door for everything that people submit: examined by the rules, then entered, kept and acted upon."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from contracts.messages import Envelope, Receipt
from contracts.state import CountryState, Entry, Task
from framework import cycle as dates
from framework import obligations
from framework.findings import Findings
from framework.obligations import KINDS
from framework.terms import OPEN_TASK_STATES, Role, Status, TaskState
from workflows.process import (
    agenda,
    candidacy,
    contributing,
    correcting,
    dialogue,
    handover,
    letters,
    management,
    nudging,
    pausing,
    people,
    reactivation,
    replies,
    reporting,
    review,
)
from workflows.process.examining import context_of
from workflows.process.ledger import Ledger
from workflows.process.plain import plain

Handler = Callable[[Ledger, Any, Entry, date], dict[str, Any] | None]

HANDLERS: dict[str, Handler] = {
    "introduction": candidacy.introduction,
    "peer_introduction": candidacy.peer_introduction,
    "reply_letter": candidacy.reply_letter,
    "timetable": candidacy.timetable,
    "stakeholder_list": candidacy.stakeholder_list,
    "stocktaking": candidacy.stocktaking,
    "workshop": candidacy.workshop,
    "roadmap": candidacy.roadmap,
    "nap_submission": candidacy.nap_submission,
    "presentation": candidacy.presentation,
    "comment_answers": candidacy.comment_answers,
    "profile_text": candidacy.profile_text,
    "annual_activities": reporting.annual_activities,
    "progress_report": reporting.progress_report,
    "indicator_framework": reporting.indicator_framework,
    "mwg_comments": reporting.mwg_comments,
    "final_report": reporting.final_report,
    "peer_exchange": reporting.peer_exchange,
    "featured_event": reporting.featured_event,
    "evidence": review.evidence,
    "yearly_review": review.yearly_review,
    "subgroup": review.subgroup,
    "assignment": review.assignment,
    "status_letter": review.status_letter,
    "support_action": dialogue.support_action,
    "consultation": reporting.consultation,
    "special_circumstances": dialogue.special_circumstances,
    "dialogue_meeting": dialogue.meeting,
    "dialogue_guidance": dialogue.guidance,
    "dialogue_checkpoint": dialogue.checkpoint,
    "reactivation_request": reactivation.request,
    "reactivation_check": reactivation.check,
    "extension_request": management.extension_request,
    "extension": management.extension,
    "waiver": management.waiver,
    "contact_change": management.contact_change,
    "pause": pausing.pause,
    "resume": pausing.resume,
    "withdrawal": management.withdrawal,
    "entry_correction": correcting.entry_correction,
    "policy_change": management.policy_change,
    "letter_edit": letters.letter_edit,
    "letter_approval": letters.letter_approval,
    "letter_withdrawal": letters.letter_withdrawal,
    "letter_publication": letters.letter_publication,
    "letter_correction": letters.letter_correction,
    "mail_preferences": people.mail_preferences,
    "nudge": nudging.nudge,
    "contacts_confirmation": people.contacts_confirmation,
    "successor_named": handover.successor_named,
    "successor_accepted": handover.successor_accepted,
    "successor_withdrawn": handover.successor_withdrawn,
    "contributor_named": contributing.contributor_named,
    "contributor_ended": contributing.contributor_ended,
    "gcm_item": agenda.gcm_item,
    "gcm_position": agenda.gcm_position,
    "gcm_item_end": agenda.gcm_item_end,
}
"""What follows from each kind of submission. A handler returns what is needed for taking it back."""

SUMMARY_LENGTH = 300
NOT_SHOWN = frozenset({"kind", "year", "task", "second_email", "fingerprint"})
"""Fields that the timeline has elsewhere, or does not repeat: it is read by more people than a person's address is for."""

KEPT_ANSWERS = 100


def accept(ledger: Ledger, envelope: Envelope) -> Receipt:
    """Enters a submission that was examined: its entry, its version, its task, what follows from it."""
    state, submission = ledger.state, envelope.submission
    findings = obligations.check(submission, context_of(state, envelope, ledger.now))
    ledger.by, ledger.message, ledger.on_behalf_of = (
        envelope.actor,
        envelope.message_id,
        envelope.on_behalf_of,
    )
    day = envelope.received_on or dates.day_of(ledger.now)
    year = getattr(submission, "year", None) or None
    task = task_of(state, envelope)
    entry = ledger.note(
        submission.kind,
        KINDS[submission.kind].clauses[0],
        task=task.key if task else "",
        year=year,
        effective_on=day if envelope.received_on else None,
        **_summary(submission),
    )
    version = ledger.keep_version(submission, entry, year=year, warnings=findings.warnings)
    entry.values["version"] = version.number
    if task is not None and submission.kind not in {"comment_answers", "waiver", "extension", "assignment"}:
        ledger.close_task(task.key, TaskState.DONE, entry=entry.number)
    if named := getattr(submission, "task", ""):
        entry.values["about"] = named
    counted = correcting.participation(state)
    before = HANDLERS[submission.kind](ledger, submission, entry, day)
    agenda.overtake(ledger)
    review.reconsider(ledger)
    replies.acknowledge_paper(ledger, version, year)
    if KINDS[submission.kind].corrigible:
        _remember(state, entry, submission.kind, year, before or {})
        more = correcting.gained(counted, correcting.participation(state))
        state.undo[str(entry.number)]["participation"] = more
    if (
        state.status is Status.CANDIDATE
        and envelope.actor.role is not Role.SYSTEM
        and not _is_no_sign_of_life(submission)
    ):
        state.last_heard_at = ledger.now
    return _receipt(ledger, envelope, entry, findings)


def task_of(state: CountryState, envelope: Envelope) -> Task | None:
    """The open task that a submission completes: the one it names, else the open one of its kind (and year)."""
    kind, year = envelope.submission.kind, getattr(envelope.submission, "year", None) or None
    if envelope.task:
        return state.tasks.get(envelope.task)
    kinds = {kind} | ({"roadmap"} if kind == "nap_submission" else set())
    for task in state.tasks.values():
        if task.kind in kinds and task.state in OPEN_TASK_STATES and task.year in {year, None}:
            return task
    return None


def _summary(submission: Any) -> dict[str, Any]:
    """What of a submission is worth a look in the timeline: its short fields; the whole lies in its version."""
    found: dict[str, Any] = {}
    for one in fields(submission):
        value = getattr(submission, one.name)
        if one.name in NOT_SHOWN or value in (None, "", ()):
            continue
        if isinstance(value, Enum | bool | int | date):
            found[one.name] = plain(value)
        elif isinstance(value, str):
            found[one.name] = value[:SUMMARY_LENGTH]
        elif isinstance(value, tuple):
            found[f"{one.name}_count"] = len(value)
    return found


def _is_no_sign_of_life(submission: Any) -> bool:
    """A message to a country, and what the GCM says among its members, do not come from the country."""
    return submission.kind in {"nudge", "gcm_item", "gcm_position", "gcm_item_end"}


def _remember(state: CountryState, entry: Entry, kind: str, year: int | None, before: dict[str, Any]) -> None:
    undo = {"kind": kind, "year": year, "before": plain(before)}
    state.undo[str(entry.number)] = (
        {**plain(before), **undo} if kind != "extension" else {**undo, "task": entry.task}
    )


def _receipt(ledger: Ledger, envelope: Envelope, entry: Entry, findings: Findings) -> Receipt:
    receipt = Receipt(
        message_id=envelope.message_id,
        entry=entry.number,
        revision=ledger.state.revision,
        at=ledger.now,
        closed=list(ledger.closed),
        opened=list(ledger.opened),
        version=ledger.version,
        warnings=list(findings.warnings),
    )
    handled = ledger.state.handled
    handled[envelope.message_id] = receipt
    while len(handled) > KEPT_ANSWERS:
        del handled[next(iter(handled))]
    return receipt
