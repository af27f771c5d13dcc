"""Whether a GCM decision is lawful in a country's situation, kind by kind."""

from collections.abc import Callable, Mapping
from datetime import MAXYEAR, MINYEAR, date
from types import MappingProxyType

from framework.decision_contents import CLAUSES, NO_POSITIVE_OUTCOME
from framework.decision_record import GcmDecision
from framework.facts import CountryFacts
from framework.findings import Findings, problem, together, warning
from framework.terms import DecisionKind, Status

STATUSES: Mapping[DecisionKind, tuple[Status, ...]] = MappingProxyType(
    {
        DecisionKind.COMMENTS: (Status.CANDIDATE,),
        DecisionKind.GRANT: (Status.CANDIDATE,),
        DecisionKind.NOT_YET: (Status.CANDIDATE,),
        DecisionKind.ANNUAL_STATUS: (Status.ACTIVE,),
        DecisionKind.OPEN_DIALOGUE: (Status.ACTIVE, Status.INACTIVE),
        DecisionKind.CLOSE_DIALOGUE: (Status.CANDIDATE, Status.ACTIVE, Status.INACTIVE),
        DecisionKind.DECLARE_INACTIVE: (Status.ACTIVE,),
        DecisionKind.REACTIVATE: (Status.INACTIVE,),
        DecisionKind.CORRECTION: (Status.CANDIDATE, Status.ACTIVE, Status.INACTIVE),
    }
)
"""The statuses in which each kind can be decided; an inactive country's dialogue is support (INA-01)."""


def check_lawful(decision: GcmDecision, facts: CountryFacts) -> Findings:
    """Whether the country's situation allows the decision (`framework.decisions` judges corrections)."""
    check = _CHECKS.get(decision.kind)
    return together([_status(decision, facts), check(decision, facts) if check else Findings()])


def earliest_meeting(decision: GcmDecision, facts: CountryFacts) -> date | None:
    """The day before which no meeting can have taken the decision, or None where nothing says so."""
    kind = decision.kind
    if kind in (DecisionKind.COMMENTS, DecisionKind.GRANT, DecisionKind.NOT_YET):
        return facts.presented_on
    if kind is DecisionKind.CLOSE_DIALOGUE:
        return facts.dialogue.opened_on if facts.dialogue else None
    if kind is DecisionKind.CORRECTION:
        corrected = facts.decisions.get(decision.corrects)
        return corrected.decided_on if corrected else None
    days = [facts.status_since, *_EARLIEST.get(kind, _nothing_more)(decision, facts)]
    return max((day for day in days if day is not None), default=None)


def _nothing_more(decision: GcmDecision, facts: CountryFacts) -> tuple[date | None, ...]:
    return ()


def _year_begun(decision: GcmDecision, facts: CountryFacts) -> tuple[date | None, ...]:
    """A year's status is not decided before the year has begun (REV-07)."""
    year = decision.year
    return (date(year, 1, 1),) if year is not None and MINYEAR <= year <= MAXYEAR else ()


def _dialogue_ended(decision: GcmDecision, facts: CountryFacts) -> tuple[date | None, ...]:
    """A country is declared inactive only after its dialogue ended (DIA-06)."""
    return (facts.dialogue.closed_on,) if facts.dialogue else ()


def _asked_and_verified(decision: GcmDecision, facts: CountryFacts) -> tuple[date | None, ...]:
    """A request is declined once it was made, confirmed once it was verified (REA-04, REA-05)."""
    request = facts.reactivation
    if request is None:
        return ()
    verified = request.verified_on if decision.outcome == "confirmed" else None
    return (request.requested_on, verified)


_EARLIEST: Mapping[DecisionKind, Callable[[GcmDecision, CountryFacts], tuple[date | None, ...]]] = (
    MappingProxyType(
        {
            DecisionKind.ANNUAL_STATUS: _year_begun,
            DecisionKind.DECLARE_INACTIVE: _dialogue_ended,
            DecisionKind.REACTIVATE: _asked_and_verified,
        }
    )
)


def _status(decision: GcmDecision, facts: CountryFacts) -> Findings:
    allowed, clause = STATUSES[decision.kind], CLAUSES[decision.kind]
    if facts.status in allowed:
        return Findings()
    if facts.status is Status.WITHDRAWN:
        return problem("decision.status.withdrawn", "kind", clause, kind=decision.kind.value)
    return problem(
        "decision.status.wrong",
        "kind",
        clause,
        kind=decision.kind.value,
        status=facts.status.value,
        allowed=", ".join(status.value for status in allowed),
    )


def _presented(facts: CountryFacts, clause: str) -> Findings:
    if facts.presented_on is None:
        return problem("decision.candidate.not_presented", "kind", clause)
    return Findings()


def _comments(decision: GcmDecision, facts: CountryFacts) -> Findings:
    return _presented(facts, "PLN-08")


def _not_yet(decision: GcmDecision, facts: CountryFacts) -> Findings:
    return _presented(facts, "PLN-11")


def _grant(decision: GcmDecision, facts: CountryFacts) -> Findings:
    """All that is unmet, each under its own key, after one sentence that says how many."""
    found = Findings()
    if facts.unmet:
        found += problem("decision.grant.unmet", "", "PLN-09", number=len(facts.unmet))
        found += Findings(problems=facts.unmet)
    if facts.unanswered_comments and not any(finding.clause == "PLN-08" for finding in facts.unmet):
        numbers = ", ".join(str(number) for number in facts.unanswered_comments)
        found += problem("decision.grant.comments_unanswered", "", "PLN-08", numbers=numbers)
    return found


def _annual_status(decision: GcmDecision, facts: CountryFacts) -> Findings:
    """`cycle_years` are the years still to be decided: a year is decided once, then only corrected."""
    year, found = decision.year, Findings()
    if year is None:
        return found
    if year not in facts.cycle_years:
        open_years = ", ".join(str(one) for one in facts.cycle_years) or "-"
        found += problem("decision.year.not_open", "year", "REV-07", year=year, open=open_years)
    if year not in facts.review_done_years and not decision.statement.strip():
        found += problem("decision.annual_status.review_missing", "statement", "REV-07", year=year)
    if decision.outcome == "active" and facts.flags:
        found += warning(
            "decision.annual_status.flags_raised", "outcome", "REV-15", flags=", ".join(facts.flags)
        )
    return found


def _open_dialogue(decision: GcmDecision, facts: CountryFacts) -> Findings:
    if decision.outcome != "opened":
        return Findings()
    found = Findings()
    if not facts.flags and not decision.statement.strip():
        found += problem("decision.dialogue.reason_missing", "statement", "REV-15")
    if facts.dialogue is not None and facts.dialogue.closed_on is None:
        found += problem(
            "decision.dialogue.already_open",
            "kind",
            "DIA-01",
            number=facts.dialogue.number,
            date=facts.dialogue.opened_on,
        )
    return found


def _close_dialogue(decision: GcmDecision, facts: CountryFacts) -> Findings:
    if facts.dialogue is None or facts.dialogue.closed_on is not None:
        return problem("decision.dialogue.none_open", "kind", "DIA-01")
    return Findings()


def _declare_inactive(decision: GcmDecision, facts: CountryFacts) -> Findings:
    """Only a dialogue since the last change of status, without a positive outcome, opens the way (DIA-06)."""
    dialogue, since = facts.dialogue, facts.status_since
    if dialogue is None:
        return problem("decision.inactive.no_dialogue", "kind", "DIA-06")
    if since is not None and dialogue.opened_on < since:
        return problem(
            "decision.inactive.dialogue_of_earlier_time",
            "kind",
            "DIA-06",
            date=dialogue.opened_on,
            since=since,
        )
    if dialogue.closed_on is None:
        return problem("decision.inactive.dialogue_still_open", "kind", "DIA-06", date=dialogue.opened_on)
    if dialogue.outcome != NO_POSITIVE_OUTCOME:
        return problem("decision.inactive.dialogue_not_negative", "kind", "DIA-06", date=dialogue.closed_on)
    return Findings()


def _reactivate(decision: GcmDecision, facts: CountryFacts) -> Findings:
    request = facts.reactivation
    if request is None or request.closed:
        return problem("decision.reactivation.no_request", "kind", "REA-01")
    if decision.outcome != "confirmed":
        return Findings()
    found = Findings()
    if request.missing:
        found += problem("decision.reactivation.unmet", "", "REA-04", number=len(request.missing))
        found += Findings(problems=request.missing)
    elif request.verified_on is None:
        found += problem("decision.reactivation.not_verified", "kind", "REA-04", date=request.requested_on)
    return found


_CHECKS: Mapping[DecisionKind, Callable[[GcmDecision, CountryFacts], Findings]] = MappingProxyType(
    {
        DecisionKind.COMMENTS: _comments,
        DecisionKind.GRANT: _grant,
        DecisionKind.NOT_YET: _not_yet,
        DecisionKind.ANNUAL_STATUS: _annual_status,
        DecisionKind.OPEN_DIALOGUE: _open_dialogue,
        DecisionKind.CLOSE_DIALOGUE: _close_dialogue,
        DecisionKind.DECLARE_INACTIVE: _declare_inactive,
        DecisionKind.REACTIVATE: _reactivate,
    }
)
