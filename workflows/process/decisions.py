"""GCM decisions: judged by the rules, answered, and carried out when they are lawful."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from contracts.messages import Actor, DecisionAnswer
from contracts.state import DecisionRecord
from framework import candidacy as requirements
from framework import decisions as rules
from framework.decision_record import GcmDecision
from framework.findings import Findings
from framework.items import unsaid
from framework.terms import DecisionKind, LetterKind, Role, TaskState
from workflows.process import (
    agenda,
    comments,
    decided,
    dialogue,
    items,
    letters,
    reactivation,
    review,
    standing,
    telling,
)
from workflows.process.ledger import Ledger
from workflows.process.plain import plain
from workflows.process.recipients import country_contacts, focal_point, seats
from workflows.process.taking_back import open_flag_places, remember, take_back

CLAUSES = {
    DecisionKind.COMMENTS: "PLN-08",
    DecisionKind.GRANT: "PLN-09",
    DecisionKind.NOT_YET: "PLN-11",
    DecisionKind.ANNUAL_STATUS: "REV-07",
    DecisionKind.OPEN_DIALOGUE: "REV-15",
    DecisionKind.CLOSE_DIALOGUE: "DIA-06",
    DecisionKind.DECLARE_INACTIVE: "DIA-06",
    DecisionKind.REACTIVATE: "REA-05",
    DecisionKind.CORRECTION: "GEN-03",
}


def decide(ledger: Ledger, decision: GcmDecision, sent_by: str = "") -> DecisionAnswer:
    """Judges a decision and carries it out when it is lawful. The answer is on record either way.

    All that it causes is on record as the GCM's, by who sent it, from the message of the decision's id.

    The same decision again gets its first answer; a refused one may come again, mended or once it has become lawful.
    """
    digest = decided.digest_of(decision)
    before = decided.answer_of(ledger.state, decision.id, digest)
    if before is not None and before.answer == "accepted":
        return before
    ledger.by, ledger.message = Actor(role=Role.GCM, name=sent_by or Role.GCM.value), decision.id
    findings = _judge(ledger, decision)
    answer = DecisionAnswer(
        decision_id=decision.id,
        answer="accepted" if findings.ok else "refused",
        reasons=list(findings.problems),
        warnings=list(findings.warnings),
        at=ledger.now,
        sha256=digest,
    )
    _put_on_record(ledger, decision, answer)
    if findings.ok:
        item = items.settled(ledger.state, decision)
        carry_out(ledger, decision)
        agenda.settle(ledger, decision, item)
    else:
        ledger.mail(
            "decision_refused",
            seats(Role.SECRETARIAT),
            decision=decision.id,
            decision_kind=decision.kind,
            meeting=decision.meeting,
            reasons=telling.findings(findings.problems),
        )
    answer.revision = ledger.state.revision
    return answer


def _judge(ledger: Ledger, decision: GcmDecision) -> Findings:
    """What the rules say; of a replacement they are asked in a copy of the country without the corrected decision."""
    before = decided.facts(ledger.state, ledger.today)
    found = rules.judge(decision, before)
    if decision.replacement is None or not found.ok:
        return found
    trial = replace(ledger, state=ledger.state.model_copy(deep=True), closed=[], opened=[])
    _let_fall(trial, decision)
    fallen = decided.facts_once_fallen(trial.state, trial.today, before, decision)
    return rules.judge_replacement(decision.replacement, fallen, found)


def carry_out(ledger: Ledger, decision: GcmDecision) -> None:
    """What an accepted decision does."""
    day = decision.meeting_on or ledger.today
    match decision.kind:
        case DecisionKind.COMMENTS:
            _comment(ledger, decision)
        case DecisionKind.GRANT:
            _grant(ledger, decision, day)
        case DecisionKind.NOT_YET:
            _not_yet(ledger, decision, day)
        case DecisionKind.ANNUAL_STATUS:
            _annual_status(ledger, decision, day)
        case DecisionKind.OPEN_DIALOGUE:
            _open_dialogue(ledger, decision, day)
        case DecisionKind.CLOSE_DIALOGUE:
            _close_dialogue(ledger, decision, day)
        case DecisionKind.DECLARE_INACTIVE:
            standing.become_inactive(ledger, day, because=decision.id)
            _write(ledger, decision, LetterKind.DECLARED_INACTIVE, day)
        case DecisionKind.REACTIVATE:
            _reactivate(ledger, decision, day)
        case DecisionKind.CORRECTION:
            _correct(ledger, decision)


def _put_on_record(ledger: Ledger, decision: GcmDecision, answer: DecisionAnswer) -> None:
    state = ledger.state
    beside, before = list(state.circumstances), list(unsaid(decision, items.taken_before(state, decision)))
    state.decisions.append(
        DecisionRecord(decision=decision, answer=answer, circumstances=beside, beforehand=before)
    )
    if decision.id not in state.outbox.touched.decisions:
        state.outbox.touched.decisions.append(decision.id)
    entry = ledger.note(
        f"decision_{answer.answer}",
        CLAUSES[decision.kind],
        year=decision.year,
        effective_on=decision.meeting_on,
        decision=decision.id,
        decision_kind=decision.kind,
        meeting=decision.meeting,
        outcome=decision.outcome,
        reasons=[finding.key for finding in answer.reasons],
        blocked_by=decision.blocked_by,
    )
    if beside:
        entry.values["circumstances"] = [one.form.value for one in beside if one.form]


def _comment(ledger: Ledger, decision: GcmDecision) -> None:
    made = comments.make(ledger, "roadmap", decision.comments, decision.id)
    state = ledger.state
    state.candidacy = replace(state.candidacy, unanswered_comments=comments.unanswered(state, "roadmap"))
    task = ledger.open_task("comment_answers", "PLN-08", Role.FOCAL_POINT)
    numbers = [comment.number for comment in made]
    ledger.mail(
        "comments_to_answer",
        focal_point(ledger.state),
        task=task.key,
        numbers=numbers,
        due_on=task.due_on,
        comments=telling.comments(made),
    )


def _grant(ledger: Ledger, decision: GcmDecision, day: date) -> None:
    if current := dialogue.open_one(ledger):
        remember(ledger, decision.id, closed=current.number)
        dialogue.close_dialogue(ledger, "positive", day)
    ledger.close_tasks(TaskState.DONE, lambda task: task.kind == "roadmap_decision")
    standing.become_active(ledger, day, because=decision.id, clause="IMP-01")
    task = ledger.open_task("profile_text", "PLN-10", Role.SECRETARIAT, because="grant")
    _write(ledger, decision, LetterKind.GRANTED, day)
    ledger.mail(
        "granted",
        [*country_contacts(ledger.state), *seats(Role.GCM, Role.MWG)],
        effective_on=day,
        first_report_on=telling.first_report_on(ledger, day),
    )
    ledger.mail("profile_task", seats(Role.SECRETARIAT), task=task.key, due_on=task.due_on)


def _not_yet(ledger: Ledger, decision: GcmDecision, day: date) -> None:
    state = ledger.state
    lacking = requirements.unmet(state.candidacy)
    unmet = telling.findings(lacking)
    before = state.candidacy
    remember(ledger, decision.id, presented_at=before.presented_at, presented_on=plain(before.presented_on))
    state.candidacy = replace(before, presented_on=None, presented_at="")
    ledger.close_tasks(TaskState.DONE, lambda task: task.kind == "roadmap_decision")
    missing = [{"key": one.key, "values": dict(one.values)} for one in lacking]
    _write(ledger, decision, LetterKind.NOT_YET, day, missing=missing, topics=decision.topics)
    ledger.mail("not_yet", focal_point(ledger.state), statement=decision.statement, unmet=unmet)
    ledger.open_task("presentation", "PLN-07", Role.SECRETARIAT)
    if dialogue.open_one(ledger) is None:
        opened = dialogue.open_dialogue(
            ledger,
            decision=decision.id,
            day=day,
            topics=decision.topics,
            subgroup=decision.special_subgroup,
            for_candidate=True,
        )
        remember(ledger, decision.id, dialogue=opened.number)


def _annual_status(ledger: Ledger, decision: GcmDecision, day: date) -> None:
    year = decision.year or standing.year_of(ledger)
    remember(ledger, decision.id, year=year)
    ledger.change_cycle(year, status_decided_on=day, status_outcome=decision.outcome)
    ledger.close_tasks(TaskState.DONE, lambda task: task.kind == "annual_status" and task.year == year)
    task = ledger.open_task("status_letter", "REV-07", Role.SECRETARIAT, year=year, outcome=decision.outcome)
    _write(ledger, decision, LetterKind.STATUS, day, task=task.key, year=year)


def _open_dialogue(ledger: Ledger, decision: GcmDecision, day: date) -> None:
    ledger.close_tasks(TaskState.DONE, lambda task: task.kind == "open_dialogue")
    if decision.outcome == "not_opened":
        remember(ledger, decision.id, considered=open_flag_places(ledger.state))
        review.consider_flags(ledger, decision.statement, day)
        ledger.note("flags_considered", "REV-15", because=decision.statement[:300], effective_on=day)
        return
    opened = dialogue.open_dialogue(
        ledger, decision=decision.id, day=day, topics=decision.topics, subgroup=decision.special_subgroup
    )
    remember(ledger, decision.id, dialogue=opened.number)
    first = ledger.today + timedelta(days=ledger.state.policy.dialogue_opens_within_days)
    _write(
        ledger, decision, LetterKind.DIALOGUE_INVITATION, day, topics=decision.topics, first_meeting_by=first
    )


def _close_dialogue(ledger: Ledger, decision: GcmDecision, day: date) -> None:
    if current := dialogue.open_one(ledger):
        remember(ledger, decision.id, closed=current.number)
    dialogue.close_dialogue(ledger, decision.outcome, day)
    _write(ledger, decision, LetterKind.DIALOGUE_CONCLUSION, day)
    if decision.outcome == "positive":
        remember(ledger, decision.id, considered=open_flag_places(ledger.state))
        review.consider_flags(ledger, decision.statement or "the dialogue ended well", day)


def _reactivate(ledger: Ledger, decision: GcmDecision, day: date) -> None:
    if current := reactivation.open_one(ledger):
        remember(ledger, decision.id, reactivation=current.number)
    if decision.outcome == "declined":
        reactivation.decline(ledger, day, reason=decision.statement)
        return
    flags = ledger.state.flags
    cleared = [place for place, flag in enumerate(flags) if flag.cleared_on is None]
    remember(ledger, decision.id, cleared=cleared)
    review.clear_flags(ledger)
    reactivation.confirm(ledger, day, because=decision.id)


def _write(
    ledger: Ledger,
    decision: GcmDecision,
    kind: LetterKind,
    day: date,
    *,
    task: str = "",
    year: int | None = None,
    **more: Any,
) -> None:
    """The letter in which the Alliance tells of a decision is drafted, with what was decided."""
    said = {
        "meeting": decision.meeting,
        "decided_on": day,
        "outcome": decision.outcome,
        "statement": decision.statement,
    }
    letters.draft(
        ledger, kind, because=letters.of_decision(decision.id), task=task, year=year, said=said | more
    )


def _let_fall(ledger: Ledger, decision: GcmDecision) -> None:
    state = ledger.state
    corrected = decided.earlier(state)[decision.corrects]
    state.earlier_decisions[decision.corrects] = replace(corrected, corrected=True)
    letters.let_fall(ledger, letters.of_decision(decision.corrects), reason=decision.reason)
    replaced_by = decision.replacement.id if decision.replacement else ""
    take_back(ledger, decision.corrects, corrected, replaced_by)


def _correct(ledger: Ledger, decision: GcmDecision) -> None:
    _let_fall(ledger, decision)
    ledger.mail(
        "corrected",
        [*focal_point(ledger.state), *seats(Role.GCM)],
        reason=decision.reason,
        what=decision.corrects,
    )
    if decision.replacement is not None:
        answer = DecisionAnswer(
            decision_id=decision.replacement.id,
            answer="accepted",
            at=ledger.now,
            sha256=decided.digest_of(decision.replacement),
        )
        _put_on_record(ledger, decision.replacement, answer)
        carry_out(ledger, decision.replacement)
