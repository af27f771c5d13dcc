"""A decision that comes again, in the same run or after its run was archived."""

from datetime import date

import pytest

from contracts.state import CountryState
from framework.decision_record import GcmDecision
from framework.terms import DecisionKind, Status
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, ready
from workflows.process import decided, view

GRANT = p.decision(DecisionKind.GRANT, MEETING)
OTHER = p.decision(DecisionKind.GRANT, MEETING, statement="Something else")


def granted() -> Life:
    """A country whose grant lies in an archived run, as every grant does at once."""
    life = ready().at(MEETING)
    assert life.decide(GRANT).answer == "accepted"
    decided.retire(life.state, len(life.state.decisions))
    life.state = CountryState.model_validate_json(life.state.model_dump_json())
    return life


def answer(life: Life, decision: GcmDecision | None = None) -> str:
    """What a query says of the grant's id, or of a content."""
    digest = decided.digest_of(decision) if decision else ""
    found = decided.answer_of(life.state, GRANT.id, digest)
    return found.answer if found else "pending"


@pytest.mark.clause("PLN-09", "GEN-03")
def test_an_accepted_decision_that_comes_again_after_archiving_gets_its_first_answer() -> None:
    life = granted()
    before = life.state.model_copy(deep=True)
    assert life.decide(GRANT).answer == "accepted"
    assert life.state == before
    assert (answer(life), answer(life, GRANT)) == ("accepted", "accepted")


@pytest.mark.clause("GEN-03")
def test_another_decision_under_an_accepted_id_is_refused_and_hides_no_acceptance() -> None:
    life = granted()
    assert next(one.key for one in life.decide(OTHER).reasons) == "decision.id.used"
    assert life.state.status is Status.ACTIVE
    assert (answer(life), answer(life, GRANT), answer(life, OTHER)) == ("accepted", "accepted", "refused")
    assert view.everything(life.state).decisions == [], "the row of the acceptance would be overwritten"
    decided.retire(life.state, len(life.state.decisions))
    assert (answer(life), answer(life, GRANT), answer(life, OTHER)) == ("accepted", "accepted", "pending")


def test_an_acceptance_of_a_run_that_kept_no_hash_is_still_known_by_its_id() -> None:
    life = granted()
    earlier = life.state.model_dump(mode="json")
    del earlier["earlier_decisions"][GRANT.id]["sha256"]
    life.state = CountryState.model_validate(earlier)
    assert (answer(life), answer(life, GRANT)) == ("accepted", "pending")
    assert life.decide(GRANT).answer == "refused"
    assert answer(life) == "accepted"


def test_a_refused_decision_of_an_archived_run_is_judged_anew() -> None:
    life = Life.active(date(2027, 2, 1), date(2025, 6, 1))
    refused = p.decision(DecisionKind.GRANT, date(2027, 2, 1))
    assert life.decide(refused).answer == "refused"
    decided.retire(life.state, len(life.state.decisions))
    digest = decided.digest_of(refused)
    assert decided.answer_of(life.state, refused.id, digest) is None
    assert life.decide(refused).answer == "refused"
    assert len(life.state.decisions) == 1
