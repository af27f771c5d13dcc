"""Whether a submission can be taken: who sends it, whether it is complete, whether its moment has come."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from contracts.messages import Envelope
from contracts.state import CountryState
from framework import cycle as dates
from framework import extending, obligations
from framework.findings import Findings, problem
from framework.obligations import KINDS, Context
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from workflows.process import agenda, comments, correcting, letters, mandate, nudging, people, reporting

LONGEST_NAME = 200

WITH_TIME = {TaskState.OPEN, TaskState.EXTENDED}
"""A task whose date has not passed."""

CYCLE_KINDS = {"annual_activities", "progress_report", "indicator_framework", "mwg_comments", "final_report"}
"""What belongs to the cycle under way; only what came on paper before a cycle closed may still be entered after it."""


def examine(state: CountryState, envelope: Envelope, now: datetime) -> Findings:
    """Everything that speaks against a submission, in this country at this moment, and what is doubtful about it."""
    submission, actor = envelope.submission, envelope.actor
    standing = obligations.admissible(submission.kind, actor.role, state.status)
    if state.ended:
        return problem("submission.ended", clause="GEN-03")
    who = _examine_sender(state, envelope, now)
    if not (standing + who).ok:
        return standing + who
    complete = obligations.check(submission, context_of(state, envelope, now))
    return who + complete + _examine_moment(state, envelope, now)


def context(state: CountryState, today: date) -> Context:
    """What the completeness checks must know of the country."""
    return Context(
        status=state.status,
        today=today,
        categories_identified=state.candidacy.categories_identified,
        bodies=tuple(state.bodies),
        priorities=tuple(state.priorities),
        next_steps=tuple(dict.fromkeys([*state.next_steps, *state.report_next_steps])),
        comment_numbers=comments.unanswered(state, "roadmap"),
        cycle_years=_years(state),
        tasks=tuple(key for key, task in state.tasks.items() if task.state in OPEN_TASK_STATES),
        samples_allowed=True,
        policy=state.policy,
        letters=letters.facts(state),
    )


def context_of(state: CountryState, envelope: Envelope, now: datetime) -> Context:
    """The context of one submission: the comments that it can answer, the years that are open to it."""
    general, submission = context(state, now.date()), envelope.submission
    if submission.kind == "final_report":
        about = reporting.subject(submission.year)
        general = replace(general, comment_numbers=comments.unanswered(state, about))
    if submission.kind == "policy_change":
        general = replace(general, policy=state.next_policy or state.policy)
    if submission.kind in CYCLE_KINDS:
        came = envelope.received_on.year if envelope.received_on else None
        years = tuple(year for year in general.cycle_years if year in {state.cycle, came})
        general = replace(general, cycle_years=years)
    return general


def _examine_sender(state: CountryState, envelope: Envelope, now: datetime) -> Findings:
    actor, found = envelope.actor, Findings()
    if actor.role is Role.FOCAL_POINT and actor.country != state.code:
        found += problem("submission.other_country", "actor.country", "EOI-03", country=state.name)
    if envelope.on_behalf_of and actor.role is not Role.SECRETARIAT:
        found += problem("submission.on_behalf", "on_behalf_of", "GEN-05")
    if envelope.received_on is not None and actor.role is not Role.SECRETARIAT:
        found += problem("submission.received_on", "received_on", "GEN-05")
    elif envelope.received_on is not None and envelope.received_on > now.date() + timedelta(days=1):
        found += problem("submission.received_in_future", "received_on", "GEN-05", date=envelope.received_on)
    for where, text in (
        ("actor.name", actor.name),
        ("on_behalf_of", envelope.on_behalf_of),
        ("task", envelope.task),
    ):
        if len(text) > LONGEST_NAME:
            found += problem("text.too_long", where, limit=LONGEST_NAME, length=len(text))
    return found + _examine_task(state, envelope)


def _examine_task(state: CountryState, envelope: Envelope) -> Findings:
    if not envelope.task:
        return Findings()
    task = state.tasks.get(envelope.task)
    if task is None:
        return problem("submission.task_unknown", "task", task=envelope.task)
    if task.state not in OPEN_TASK_STATES:
        return problem(
            "submission.task_closed", "task", task=envelope.task, state=task.state.value, who=task.closed_by
        )
    kinds = {envelope.submission.kind} | (
        {"roadmap"} if envelope.submission.kind == "nap_submission" else set()
    )
    kinds |= {"adapted_roadmap"} if envelope.submission.kind in {"roadmap", "nap_submission"} else set()
    kinds |= {"letter"} if envelope.submission.kind in {"letter_approval", "letter_withdrawal"} else set()
    if task.kind not in kinds:
        return problem("submission.task_mismatch", "task", task=envelope.task, kind=envelope.submission.kind)
    return Findings()


def _examine_moment(state: CountryState, envelope: Envelope, now: datetime) -> Findings:
    """What only the country's own course can tell: is there a dialogue, a request, a report to comment on."""
    kind, year = envelope.submission.kind, getattr(envelope.submission, "year", None)
    cycle = next((one for one in state.cycles if one.year == year), None)
    dialogue_open = bool(state.dialogues) and state.dialogues[-1].closed_on is None
    request_open = bool(state.reactivations) and state.reactivations[-1].closed_on is None
    refusals = {
        "submission.no_dialogue": kind.startswith("dialogue_") and not dialogue_open,
        "submission.request_open": kind == "reactivation_request" and request_open,
        "submission.no_request": kind == "reactivation_check" and not request_open,
        "submission.no_report": kind in {"mwg_comments", "final_report"} and not (cycle and cycle.report_on),
        "submission.report_final": kind in {"progress_report", "mwg_comments", "final_report"}
        and bool(cycle and cycle.final_on),
        "submission.comments_to_come": kind == "final_report" and _comments_to_come(state, year),
        "submission.no_status_decision": kind == "status_letter" and not (cycle and cycle.status_decided_on),
        "submission.no_comments": kind == "comment_answers" and not comments.unanswered(state, "roadmap"),
        "submission.paused_already": kind == "pause" and state.paused_on is not None,
        "submission.not_paused": kind == "resume" and state.paused_on is None,
        "submission.no_focal_point": kind == "mail_preferences" and not state.focal_point.email,
    }
    clause = KINDS[kind].clauses[0]
    found = [_moment_problem(key, clause, kind, year) for key, applies in refusals.items() if applies]
    of_itself = _examine_new_date(state, envelope.submission, now)
    of_itself += correcting.examine(state, envelope.submission)
    of_itself += people.examine(state, envelope.submission)
    of_itself += mandate.examine(state, envelope, now)
    of_itself += agenda.examine(state, envelope.submission)
    of_itself += nudging.examine(state, envelope.submission, envelope.actor, now)
    return sum(found, of_itself)


def _moment_problem(key: str, clause: str, kind: str, year: int | None) -> Findings:
    return problem(key, clause=clause, kind=kind, year=year or "")


def _examine_new_date(state: CountryState, submission: Any, now: datetime) -> Findings:
    """A new due date must be later than the one it replaces, and asked for in time unless it is exceptional."""
    if submission.kind not in {"extension", "extension_request"} or not getattr(submission, "granted", True):
        return Findings()
    task = state.tasks.get(submission.task)
    if task is None:
        return Findings()
    return extending.check(
        task.kind,
        task.year,
        task.due_on,
        submission.until,
        today=dates.day_of(now),
        exceptional=getattr(submission, "exceptional", False),
        policy=state.policy,
    )


def _comments_to_come(state: CountryState, year: int | None) -> bool:
    """The MWG still has time for its comments: a final version would miss them."""
    cycle = next((one for one in state.cycles if one.year == year), None)
    asked = any(
        task.kind == "mwg_comments" and task.year == year and task.state in WITH_TIME
        for task in state.tasks.values()
    )
    return cycle is not None and cycle.comments_on is None and asked


def _years(state: CountryState) -> tuple[int, ...]:
    known = {cycle.year for cycle in state.cycles}
    return tuple(sorted(known | ({state.cycle} if state.cycle else set())))
