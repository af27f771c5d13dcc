"""Signals from strangers: what they carry beyond their message reaches no row, and what cannot be meant is refused."""

from datetime import date
from typing import Any

import pytest

from contracts.state import Arrived
from tests.process.life import Life
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


def test_rows_that_the_database_refuses_are_noted_once_and_not_for_ever() -> None:
    life = Life.active(TODAY, date(2025, 6, 1))
    ledger = Ledger(state=life.state, now=life.now)
    for number in range(100):
        failures.rows_refused(ledger, ["country XAA", f"entry XAA/{number}"])
    notes = [entry.values["rows"] for entry in life.state.entries if entry.kind == "rows_refused"]
    assert notes[:2] == [["country XAA", "entry XAA/0"], ["entry XAA/1"]]
    assert sum(len(rows) for rows in notes) == len(life.state.unwritten) == failures.MOST_ROWS
