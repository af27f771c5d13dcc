"""Signals from strangers: what they carry beyond their message reaches no row, and what cannot be meant is refused."""

from datetime import date
from typing import Any

import pytest

from contracts.state import Arrived
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, ready
from workflows.acting import act_on
from workflows.process import failures
from workflows.process.ledger import Ledger

TODAY = date(2027, 2, 1)
ANNUAL = {
    "id": "d1",
    "kind": "annual_status",
    "meeting": "M",
    "meeting_on": "2027-01-31",
    "outcome": "active",
}


def signal(life: Life, name: str, content: Any) -> str:
    """Sends a signal; why it was refused."""
    return act_on(Ledger(state=life.state, now=life.now), Arrived(name=name, at=life.now, content=content))


@pytest.mark.parametrize("year", [10**12, 2**31, 2201, 2015, 0, -1])
@pytest.mark.parametrize("replaced", [False, True])
@pytest.mark.clause("GEN-03")
def test_a_decision_on_a_year_that_cannot_be_meant_is_not_understood(year: int, replaced: bool) -> None:
    life = Life.active(TODAY, date(2025, 6, 1))
    content: dict[str, Any] = {**ANNUAL, "year": year}
    if replaced:
        content = {"id": "c1", "kind": "correction", "corrects": "d0", "replacement": content}
    before = len(life.state.entries)
    assert signal(life, "gcm_decision", content) == f"year: {year} is not from 2016 to 2200"
    assert (life.state.decisions, len(life.state.entries)) == ([], before)


@pytest.mark.parametrize("name", ["dialogue_ended", "reactivation_ended"])
def test_of_a_childs_last_word_only_what_a_child_says_is_noted(name: str) -> None:
    life = Life.active(TODAY, date(2025, 6, 1))
    strange = {"year": 10**12, "effective_on": "2027-01-01", "task": "t", "corrects": 10**12, "more": 1}
    assert signal(life, name, {"number": 1, "outcome": "positive", **strange}) == ""
    noted = life.state.entries[-1]
    assert (noted.kind, noted.values) == (name, {"number": 1, "outcome": "positive"})
    assert (noted.year, noted.effective_on, noted.task, noted.corrects) == (None, None, "", None)


def grant(**more: Any) -> dict[str, Any]:
    """The signal of a lawful grant."""
    decision = {"id": "gcm-7", "kind": "grant", "meeting": "M", "meeting_on": MEETING.isoformat()}
    return {**decision, "consensus": "reached", **more}


@pytest.mark.clause("GEN-03", "PLN-09")
@pytest.mark.parametrize(
    ("more", "by"),
    [
        ({"sent_by": " Sira Molnar "}, "Sira Molnar"),
        ({}, "gcm"),
        ({"sent_by": " "}, "gcm"),
        ({"sent_by": 7}, "gcm"),
    ],
)
def test_a_decision_and_what_it_causes_are_the_gcms_by_who_sent_it_from_its_own_message(
    more: dict[str, Any], by: str
) -> None:
    life = ready().at(MEETING)
    last = life.state.entries[-1].number
    assert signal(life, "gcm_decision", grant(**more)) == ""
    new = [entry for entry in life.state.entries if entry.number > last]
    assert {"decision_accepted", "status_changed"} <= {entry.kind for entry in new}
    assert {(entry.by, entry.role, entry.message) for entry in new} == {(by, "gcm", "gcm-7")}


@pytest.mark.clause("GEN-03")
def test_a_refused_decision_says_who_sent_it_too() -> None:
    life = Life.active(TODAY, date(2025, 6, 1))
    assert signal(life, "gcm_decision", grant(sent_by="Sira Molnar")) == ""
    refused = life.state.entries[-1]
    assert (refused.kind, refused.by, refused.role) == ("decision_refused", "Sira Molnar", "gcm")


@pytest.mark.clause("GEN-03")
def test_the_same_decision_sent_by_another_person_is_the_same() -> None:
    life = ready().at(MEETING)
    signal(life, "gcm_decision", grant(sent_by="Sira Molnar"))
    before = life.state.model_copy(deep=True)
    signal(life, "gcm_decision", grant(sent_by="Boris Adeyemi"))
    assert life.state == before


def test_rows_that_the_database_refuses_are_noted_once_and_not_for_ever() -> None:
    life = Life.active(TODAY, date(2025, 6, 1))
    ledger = Ledger(state=life.state, now=life.now)
    for number in range(100):
        failures.rows_refused(ledger, ["country XAA", f"entry XAA/{number}"])
    notes = [entry.values["rows"] for entry in life.state.entries if entry.kind == "rows_refused"]
    assert notes[:2] == [["country XAA", "entry XAA/0"], ["entry XAA/1"]]
    assert sum(len(rows) for rows in notes) == len(life.state.unwritten) == failures.MOST_ROWS
