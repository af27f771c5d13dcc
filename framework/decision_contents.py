"""What a GCM decision must say, by its kind, whatever the country's situation."""

from collections.abc import Mapping
from types import MappingProxyType

from framework.decision_record import GcmDecision
from framework.findings import Findings, problem, together, warning
from framework.terms import DecisionKind

CLAUSES: Mapping[DecisionKind, str] = MappingProxyType(
    {
        DecisionKind.COMMENTS: "PLN-08",
        DecisionKind.GRANT: "PLN-09",
        DecisionKind.NOT_YET: "PLN-11",
        DecisionKind.ANNUAL_STATUS: "REV-07",
        DecisionKind.OPEN_DIALOGUE: "REV-15",
        DecisionKind.CLOSE_DIALOGUE: "DIA-01",
        DecisionKind.DECLARE_INACTIVE: "DIA-06",
        DecisionKind.REACTIVATE: "REA-05",
        DecisionKind.CORRECTION: "",
    }
)
"""The clause behind each kind. The framework has none on corrections: they are a default of this system."""

OUTCOMES: Mapping[DecisionKind, tuple[str, ...]] = MappingProxyType(
    {
        DecisionKind.ANNUAL_STATUS: ("active", "commitments_not_met"),
        DecisionKind.OPEN_DIALOGUE: ("opened", "not_opened"),
        DecisionKind.CLOSE_DIALOGUE: ("positive", "no_positive_outcome"),
        DecisionKind.REACTIVATE: ("confirmed", "declined"),
    }
)

NO_POSITIVE_OUTCOME = "no_positive_outcome"


def outcomes(kind: DecisionKind) -> tuple[str, ...]:
    """The outcomes that a kind of decision can have; empty for kinds without one."""
    return OUTCOMES.get(kind, ())


def check_contents(decision: GcmDecision) -> Findings:
    """Whether a decision says all that its kind must say; everything that is missing is listed."""
    return together(
        [_outcome(decision), _meeting(decision), _statement(decision), _comments(decision), _year(decision)]
    )


def _outcome(decision: GcmDecision) -> Findings:
    allowed, clause = outcomes(decision.kind), CLAUSES[decision.kind]
    if decision.outcome in allowed:
        return Findings()
    if allowed:
        return problem(
            "decision.outcome.invalid",
            "outcome",
            clause,
            outcome=decision.outcome[:60] or "-",
            allowed=", ".join(allowed),
        )
    if decision.outcome:
        return warning("decision.outcome.unexpected", "outcome", clause, outcome=decision.outcome[:60])
    return Findings()


def _meeting(decision: GcmDecision) -> Findings:
    found, clause = Findings(), CLAUSES[decision.kind]
    if not decision.meeting.strip():
        found += problem("decision.meeting.missing", "meeting", clause)
    if decision.meeting_on is None:
        found += problem("decision.meeting_on.missing", "meeting_on", clause)
    return found


def _statement(decision: GcmDecision) -> Findings:
    """A decision that says no to something says why."""
    if decision.statement.strip():
        return Findings()
    clause = CLAUSES[decision.kind]
    if decision.kind is DecisionKind.NOT_YET:
        return problem("decision.not_yet.statement_missing", "statement", clause)
    if decision.outcome == "not_opened":
        return problem("decision.dialogue.not_opened_reason_missing", "statement", clause)
    if decision.outcome == "declined":
        return problem("decision.reactivation.declined_reason_missing", "statement", clause)
    return Findings()


def _comments(decision: GcmDecision) -> Findings:
    wanted = decision.kind is DecisionKind.COMMENTS
    if wanted and not any(comment.strip() for comment in decision.comments):
        return problem("decision.comments.empty", "comments", "PLN-08")
    return Findings()


def _year(decision: GcmDecision) -> Findings:
    if decision.kind is DecisionKind.ANNUAL_STATUS and decision.year is None:
        return problem("decision.year.missing", "year", "REV-07")
    return Findings()
