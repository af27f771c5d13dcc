"""A correction's replacement is as lawful as a first decision, or nothing is corrected."""

from datetime import date
from typing import Any

import pytest

from contracts.messages import DecisionAnswer
from framework.findings import Finding
from framework.terms import Consensus, DecisionKind, EvidenceAbout, Status
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, ready
from tests.process.test_dialogue import AUTUMN, GRANTED, LATER, in_dialogue, inactive, request

NEXT = date(2032, 3, 1)


def corrected(life: Life, corrects: str, kind: DecisionKind, day: date, **changes: Any) -> DecisionAnswer:
    """Corrects a decision by another one; the answer."""
    replacement = p.decision(kind, day, **{"id": "right", **changes})
    today = life.now.date()
    return life.decide(
        p.decision(
            DecisionKind.CORRECTION,
            today,
            id="c1",
            corrects=corrects,
            reason="Wrong",
            replacement=replacement,
        )
    )


def reasons(answer: DecisionAnswer) -> list[tuple[str, str]]:
    return [(one.key.removeprefix("decision."), one.where) for one in answer.reasons]


@pytest.mark.clause("PLN-09", "GEN-03")
def test_a_grant_is_not_replaced_by_one_before_the_presentation() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.GRANT, MEETING)
    history = life.state.status_history
    answer = corrected(life, f"grant-{MEETING}", DecisionKind.GRANT, date(1999, 1, 1))
    assert reasons(answer) == [("meeting_on.too_early", "replacement.meeting_on")]
    assert (life.state.status, life.state.status_since) == (Status.ACTIVE, MEETING)
    assert life.state.status_history == history
    assert "status_corrected" not in life.kinds()


@pytest.mark.clause("DIA-06", "GEN-03")
def test_a_declaration_is_not_replaced_by_one_before_the_dialogue_ended() -> None:
    life = inactive()
    wrong = f"declare_inactive-{LATER}"
    answer = corrected(life, wrong, DecisionKind.DECLARE_INACTIVE, AUTUMN)
    assert reasons(answer) == [("meeting_on.too_early", "replacement.meeting_on")]
    assert (life.state.status, life.state.status_since) == (Status.INACTIVE, LATER)
    assert corrected(life, wrong, DecisionKind.DECLARE_INACTIVE, LATER).answer == "accepted"


@pytest.mark.clause("REV-07", "GEN-03")
def test_a_status_of_a_year_is_not_replaced_by_one_of_a_year_that_is_not_open() -> None:
    life = Life.active(date(2027, 1, 5), GRANTED).at(date(2027, 11, 10))
    life.hand_in(p.review(2027), p.MWG)
    life.accepted(DecisionKind.ANNUAL_STATUS, date(2027, 11, 10), year=2027, outcome="active")
    wrong, statement = "annual_status-2027-11-10", "The minutes say so"
    met = {"outcome": "commitments_not_met", "statement": statement}
    for year in (2019, 2031):
        answer = corrected(life, wrong, DecisionKind.ANNUAL_STATUS, date(2027, 11, 10), year=year, **met)
        assert ("year.not_open", "replacement.year") in reasons(answer)
    assert life.state.cycles[-1].status_outcome == "active"
    answer = corrected(life, wrong, DecisionKind.ANNUAL_STATUS, date(2027, 11, 10), year=2027, **met)
    assert answer.answer == "accepted"
    assert life.state.cycles[-1].status_outcome == "commitments_not_met"


@pytest.mark.clause("DIA-01", "GEN-03")
def test_the_end_of_a_dialogue_is_replaced_by_another_end_of_the_same_dialogue() -> None:
    life = in_dialogue().at(LATER)
    life.accepted(DecisionKind.CLOSE_DIALOGUE, LATER, outcome="positive")
    life.at(date(2029, 7, 1))
    wrong, kind = f"close_dialogue-{LATER}", DecisionKind.CLOSE_DIALOGUE
    early = corrected(life, wrong, kind, date(2028, 10, 19), outcome="no_positive_outcome")
    assert reasons(early) == [("meeting_on.too_early", "replacement.meeting_on")]
    right = corrected(life, wrong, kind, date(2029, 6, 9), outcome="no_positive_outcome")
    assert right.answer == "accepted", right.reasons
    assert life.state.dialogues[-1].outcome == "no_positive_outcome"


@pytest.mark.clause("REA-05", "GEN-03")
def test_a_confirmed_return_is_replaced_by_a_refusal_with_its_reason() -> None:
    life = inactive().at(NEXT)
    life.hand_in(request(NEXT), p.FOCAL_POINT)
    life.state.reactivations[-1].verified_on = NEXT
    life.accepted(DecisionKind.REACTIVATE, NEXT, outcome="confirmed")
    wrong, kind = f"reactivate-{NEXT}", DecisionKind.REACTIVATE
    assert reasons(corrected(life, wrong, kind, NEXT, outcome="declined")) == [
        ("reactivation.declined_reason_missing", "replacement.statement")
    ]
    answer = corrected(life, wrong, kind, NEXT, outcome="declined", statement="The report is not in")
    assert answer.answer == "accepted", answer.reasons
    assert life.state.status is Status.INACTIVE


@pytest.mark.clause("PLN-11", "GEN-03")
def test_a_not_yet_is_replaced_by_one_with_another_statement() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.NOT_YET, MEETING, statement="The budget is missing")
    answer = corrected(life, f"not_yet-{MEETING}", DecisionKind.NOT_YET, MEETING, statement="The plan too")
    assert answer.answer == "accepted", answer.reasons


@pytest.mark.clause("GEN-03")
def test_a_doubt_about_a_replacement_is_told_once() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.GRANT, MEETING)
    answer = corrected(life, f"grant-{MEETING}", DecisionKind.GRANT, MEETING, outcome="positive")
    told: list[Finding] = answer.warnings
    assert [one.key for one in told] == ["decision.outcome.unexpected"]


@pytest.mark.clause("REV-07")
def test_no_status_is_decided_for_a_year_in_which_no_report_was_due() -> None:
    life = Life.active(date(2027, 1, 5), GRANTED).at(date(2027, 11, 10))
    life.hand_in(p.evidence(2019, EvidenceAbout.PROGRESS))
    said = {"outcome": "active", "statement": "Seen in the archives", "consensus": Consensus.REACHED}
    decided = life.decide(
        p.decision(DecisionKind.ANNUAL_STATUS, date(2027, 11, 10), year=2019, id="old", **said)
    )
    assert reasons(decided) == [("year.not_open", "year")]
