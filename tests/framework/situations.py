"""A country in the situations in which the GCM decides, and a lawful decision of each kind for it."""

from datetime import date
from typing import Any

from framework.decision_record import GcmDecision
from framework.facts import CountryFacts, DialogueFacts, ReactivationFacts
from framework.policy import Policy
from framework.terms import Consensus, DecisionKind, Status

TODAY, MET = date(2028, 11, 20), date(2028, 11, 15)

COMMENTS, GRANT, NOT_YET = DecisionKind.COMMENTS, DecisionKind.GRANT, DecisionKind.NOT_YET
ANNUAL, OPEN, CLOSE = DecisionKind.ANNUAL_STATUS, DecisionKind.OPEN_DIALOGUE, DecisionKind.CLOSE_DIALOGUE
INACTIVE, REACTIVATE = DecisionKind.DECLARE_INACTIVE, DecisionKind.REACTIVATE
CORRECTION = DecisionKind.CORRECTION

OPENED = DialogueFacts(number=1, opened_on=date(2028, 2, 1))
FAILED = DialogueFacts(
    number=1, opened_on=date(2028, 2, 1), closed_on=date(2028, 11, 15), outcome="no_positive_outcome"
)
VERIFIED = ReactivationFacts(number=1, requested_on=date(2028, 9, 1), verified_on=date(2028, 10, 1))


def facts(status: Status, **differences: Any) -> CountryFacts:
    """A country of that status; what else is known of it differs from test to test."""
    known = {
        "code": "XAA",
        "status": status,
        "today": TODAY,
        "policy": Policy(),
        "status_since": date(2025, 5, 1),
    }
    return CountryFacts(**{**known, **differences})


SITUATIONS: dict[DecisionKind, CountryFacts] = {
    COMMENTS: facts(Status.CANDIDATE, presented_on=MET, status_since=None),
    GRANT: facts(Status.CANDIDATE, presented_on=MET, status_since=None),
    NOT_YET: facts(Status.CANDIDATE, presented_on=MET, status_since=None),
    ANNUAL: facts(Status.ACTIVE, cycle_years=(2027, 2028), review_done_years=(2028,)),
    OPEN: facts(Status.ACTIVE, flags=("no_report",)),
    CLOSE: facts(Status.ACTIVE, dialogue=OPENED),
    INACTIVE: facts(Status.ACTIVE, dialogue=FAILED),
    REACTIVATE: facts(Status.INACTIVE, reactivation=VERIFIED),
}
"""For each kind a situation in which it is lawful."""

CONTENTS: dict[DecisionKind, dict[str, Any]] = {
    COMMENTS: {"comments": ("Add baselines.", "")},
    GRANT: {"consensus": Consensus.REACHED},
    NOT_YET: {"statement": "the budget is missing"},
    ANNUAL: {"outcome": "active", "year": 2028},
    OPEN: {"outcome": "opened"},
    CLOSE: {"outcome": "positive"},
    INACTIVE: {"consensus": Consensus.REACHED},
    REACTIVATE: {"outcome": "confirmed", "consensus": Consensus.REACHED},
}
"""What a lawful decision of each kind says, beside its meeting."""


def decision(kind: DecisionKind, **differences: Any) -> GcmDecision:
    """A lawful decision of that kind, but for what differs."""
    said = {"id": "GCM-2028-11/1", "kind": kind, "meeting": "GCM, autumn 2028", "meeting_on": MET}
    return GcmDecision(**{**said, **CONTENTS.get(kind, {}), **differences})
