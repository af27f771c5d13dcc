"""What the GCM has decided so far: the answers that were given, and what a later decision must know of them."""

import hashlib
from dataclasses import asdict, replace
from datetime import date

from contracts.messages import DecisionAnswer
from contracts.state import CountryState, DecisionRecord, Dialogue, Reactivation
from framework import candidacy as requirements
from framework.decision_record import GcmDecision
from framework.facts import CountryFacts, DialogueFacts, EarlierDecision, ReactivationFacts
from framework.terms import DecisionKind, Status
from workflows.process import comments, items, review, standing
from workflows.process.plain import canonical, plain

KEPT_REFUSED = 100
"""Refused decisions of earlier runs whose ids are still known; all of them are in the archives."""


def digest_of(decision: GcmDecision) -> str:
    """The hash by which the same decision, sent again, is known."""
    return hashlib.sha256(canonical(plain(asdict(decision)))).hexdigest()


def facts(state: CountryState, today: date) -> CountryFacts:
    """What the lawfulness of a decision depends on, read from the country's state."""
    return CountryFacts(
        code=state.code,
        status=state.status,
        today=today,
        policy=state.policy,
        unmet=requirements.unmet(state.candidacy) if state.status is Status.CANDIDATE else (),
        presented_on=state.candidacy.presented_on,
        has_roadmap=state.candidacy.roadmap_versions > 0,
        unanswered_comments=comments.unanswered(state, "roadmap"),
        flags=tuple(flag.indicator for flag in review.open_flags(state)),
        cycle_years=tuple(
            cycle.year for cycle in state.cycles if cycle.report_due and cycle.status_decided_on is None
        ),
        review_done_years=tuple(cycle.year for cycle in state.cycles if cycle.judged_on),
        dialogue=_last_dialogue(state),
        reactivation=_reactivation_facts(state.reactivations[-1]) if state.reactivations else None,
        status_since=state.status_since,
        decisions=earlier(state),
        status_changes=tuple(change.because for change in standing.standing_changes(state)),
        positions=items.positions(state),
    )


def _last_dialogue(state: CountryState) -> DialogueFacts | None:
    """The last dialogue; one that was opened by mistake and ended for it says nothing about the country."""
    fallen = {key for key, one in earlier(state).items() if one.corrected}
    meant = [one for one in state.dialogues if one.closed_on is None or one.decision not in fallen]
    return _dialogue_facts(meant[-1]) if meant else None


def facts_once_fallen(
    fallen: CountryState, today: date, before: CountryFacts, decision: GcmDecision
) -> CountryFacts:
    """What a correction's replacement is judged on: `fallen` is the state without the corrected decision.

    What that decision had ended counts as it stood before, whether or not the state has it back.
    """
    after, kind = facts(fallen, today), before.decisions[decision.corrects].kind
    if kind is DecisionKind.CLOSE_DIALOGUE and before.dialogue and before.dialogue.closed_on:
        return replace(after, dialogue=replace(before.dialogue, closed_on=None, outcome=""))
    if kind is DecisionKind.REACTIVATE and before.reactivation:
        return replace(after, reactivation=replace(before.reactivation, closed=False))
    if kind is DecisionKind.NOT_YET and after.presented_on is None and decision.replacement:
        return replace(after, presented_on=decision.replacement.meeting_on)
    return after


def _dialogue_facts(last: Dialogue) -> DialogueFacts:
    return DialogueFacts(
        number=last.number, opened_on=last.opened_on, closed_on=last.closed_on, outcome=last.outcome
    )


def _reactivation_facts(request: Reactivation) -> ReactivationFacts:
    return ReactivationFacts(
        number=request.number,
        requested_on=request.requested_on,
        verified_on=request.verified_on,
        missing=tuple(request.missing),
        closed=request.closed_on is not None,
    )


def answer_of(state: CountryState, decision_id: str, digest: str = "") -> DecisionAnswer | None:
    """The answer that a decision got, if it was read already: the one of that content, else an acceptance, else the last."""
    answers = [record.answer for record in state.decisions if record.decision.id == decision_id]
    answers += [one for one in [_earlier_answer(state, decision_id, digest)] if one]
    if digest:
        answers = [answer for answer in answers if answer.sha256 == digest]
    accepted = [answer for answer in answers if answer.answer == "accepted"]
    return next(iter(accepted or answers[-1:]), None)


def _earlier_answer(state: CountryState, decision_id: str, digest: str) -> DecisionAnswer | None:
    """The answer of a run that is archived. A refused decision is judged anew, so its old answer is none to it."""
    earlier = state.earlier_decisions.get(decision_id)
    if earlier is None or (digest and not earlier.accepted):
        return None
    answer = "accepted" if earlier.accepted else "refused"
    return DecisionAnswer(decision_id=decision_id, answer=answer, sha256=earlier.sha256)


def retire(state: CountryState, upto: int) -> None:
    """Keeps of the first `upto` decisions of this run only what later ones must know; the rest is archived."""
    for record in state.decisions[:upto]:
        earlier = _summary(state, record)
        if earlier.accepted or record.decision.id not in state.earlier_decisions:
            state.earlier_decisions[record.decision.id] = earlier
    state.decisions = state.decisions[upto:]
    refused = [key for key, one in state.earlier_decisions.items() if not one.accepted]
    for key in refused[:-KEPT_REFUSED]:
        del state.earlier_decisions[key]


def earlier(state: CountryState) -> dict[str, EarlierDecision]:
    """The accepted decisions of all runs, by id, as a later decision must know them."""
    found = dict(state.earlier_decisions)
    for record in state.decisions:
        if record.answer.answer == "accepted":
            found[record.decision.id] = _summary(state, record)
    corrected = {one.decision.corrects for one in state.decisions if one.answer.answer == "accepted"}
    return {
        key: replace(one, corrected=one.corrected or key in corrected)
        for key, one in found.items()
        if one.accepted
    }


def _summary(state: CountryState, record: DecisionRecord) -> EarlierDecision:
    accepted = record.answer.answer == "accepted"
    changed = accepted and any(change.because == record.decision.id for change in state.status_history)
    return EarlierDecision(
        kind=record.decision.kind,
        decided_on=record.decision.meeting_on,
        accepted=accepted,
        changed_status=changed,
        sha256=record.answer.sha256,
    )
