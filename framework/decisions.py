"""The lawfulness of GCM decisions: accepted, or refused with all the reasons (PLN-08 to REA-05)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from framework.consensus import check_consensus, needs_consensus
from framework.decision_contents import CLAUSES, check_contents, outcomes
from framework.decision_kinds import check_lawful, earliest_meeting
from framework.decision_record import GcmDecision
from framework.facts import CountryFacts, EarlierDecision
from framework.findings import Finding, Findings, problem, together, warning
from framework.items import settled_by, unsaid
from framework.terms import DecisionKind

AHEAD_OF_UTC = timedelta(days=1)
"""A meeting's local date can be tomorrow's in UTC."""


def judge(decision: GcmDecision, facts: CountryFacts) -> Findings:
    """Whether a decision is accepted (no problems); else every reason against it. Warnings stay beside it.

    The same decision sent twice is for the caller to know; here its id counts as used.
    """
    clause = CLAUSES[decision.kind]
    beforehand = unsaid(decision, facts.positions.get(settled_by(decision), ()))
    return together(
        [
            _id(decision, facts),
            check_contents(decision),
            _meeting_day(decision, facts),
            check_consensus(decision, facts.code, facts.policy, clause, beforehand),
            check_lawful(decision, facts),
            _correction(decision, facts) if decision.kind is DecisionKind.CORRECTION else Findings(),
        ]
    )


def judge_replacement(replacement: GcmDecision, fallen: CountryFacts, found: Findings) -> Findings:
    """What was found of a correction, and of its replacement in the situation once the corrected decision has fallen.

    Only both together stand: a replacement that is not lawful then refuses the whole.
    """
    there = _within("replacement", judge(replacement, fallen))
    new = tuple(one for one in there.warnings if one not in found.warnings)
    return found + Findings(problems=there.problems, warnings=new)


def _id(decision: GcmDecision, facts: CountryFacts) -> Findings:
    clause = CLAUSES[decision.kind]
    if not decision.id.strip():
        return problem("decision.id.missing", "id", clause)
    if decision.id in facts.decisions:
        return problem("decision.id.used", "id", clause, id=decision.id[:60])
    return Findings()


def _meeting_day(decision: GcmDecision, facts: CountryFacts) -> Findings:
    met, earliest = decision.meeting_on, earliest_meeting(decision, facts)
    found, clause = _not_in_future(decision, facts), CLAUSES[decision.kind]
    if met is not None and earliest is not None and met < earliest:
        found += problem("decision.meeting_on.too_early", "meeting_on", clause, date=met, earliest=earliest)
    return found


def _not_in_future(decision: GcmDecision, facts: CountryFacts) -> Findings:
    met, clause = decision.meeting_on, CLAUSES[decision.kind]
    if met is None or met <= facts.today + AHEAD_OF_UTC:
        return Findings()
    return problem("decision.meeting_on.future", "meeting_on", clause, date=met, today=facts.today)


def _correction(decision: GcmDecision, facts: CountryFacts) -> Findings:
    """A correction names a decision that stands and the mistake; what replaces it is complete in itself."""
    found = Findings()
    if not decision.reason.strip():
        found += problem("decision.correction.reason_missing", "reason")
    corrected = facts.decisions.get(decision.corrects)
    if not decision.corrects.strip():
        found += problem("decision.correction.names_none", "corrects")
    elif corrected is None:
        found += problem("decision.correction.unknown", "corrects", id=decision.corrects[:60])
    else:
        found += _can_fall(decision.corrects, corrected, facts)
    if decision.replacement is not None:
        found += _within("replacement", _replacement(decision, decision.replacement, corrected, facts))
    return found


def _can_fall(name: str, corrected: EarlierDecision, facts: CountryFacts) -> Findings:
    if not corrected.accepted:
        return problem("decision.correction.not_accepted", "corrects", id=name)
    if corrected.corrected:
        return problem("decision.correction.already_corrected", "corrects", id=name)
    if corrected.kind is DecisionKind.CORRECTION:
        return problem("decision.correction.of_correction", "corrects", id=name)
    later = _later_changes_of_status(name, facts)
    if corrected.changed_status and later:
        return problem("decision.correction.not_latest", "corrects", "GEN-03", id=name, latest=later[-1])
    if later:
        return warning("decision.correction.later_change", "corrects", "GEN-03", id=name, latest=later[-1])
    return Findings()


def _later_changes_of_status(name: str, facts: CountryFacts) -> list[str]:
    """What changed the status after this decision and still stands: decisions, and changes that no decision made."""
    if name in facts.status_changes:
        return list(facts.status_changes[facts.status_changes.index(name) + 1 :])
    names = list(facts.decisions)
    after = names[names.index(name) + 1 :]
    standing = [(one, facts.decisions[one]) for one in after]
    return [one for one, it in standing if it.changed_status and it.accepted and not it.corrected]


def _replacement(
    decision: GcmDecision, replacement: GcmDecision, corrected: EarlierDecision | None, facts: CountryFacts
) -> Findings:
    """What can be said of a replacement without undoing the corrected decision first; see `judge_replacement`."""
    parts = [_id(replacement, facts), check_contents(replacement), _not_in_future(replacement, facts)]
    if replacement.id.strip() and replacement.id == decision.id:
        parts.append(problem("decision.replacement.id_shared", "id", id=replacement.id[:60]))
    if corrected is not None and replacement.kind is not corrected.kind:
        parts.append(
            problem(
                "decision.replacement.other_kind",
                "kind",
                kind=replacement.kind.value,
                corrected_kind=corrected.kind.value,
            )
        )
    if replacement.corrects or replacement.replacement is not None:
        parts.append(problem("decision.replacement.corrects", "corrects"))
    clause = CLAUSES[replacement.kind]
    parts.append(check_consensus(replacement, facts.code, facts.policy, clause))
    return together(parts)


def _within(place: str, found: Findings) -> Findings:
    return Findings(problems=_placed(place, found.problems), warnings=_placed(place, found.warnings))


def _placed(place: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(one, where=f"{place}.{one.where}" if one.where else place) for one in findings)


__all__ = ["judge", "judge_replacement", "needs_consensus", "outcomes"]
