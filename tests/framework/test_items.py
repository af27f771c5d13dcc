"""Items of the GCM: what may be put on the agenda, what a seat can say, and what a decision makes of what was said."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from framework.decision_record import Position
from framework.decisions import judge
from framework.items import item_name, settled_by, unsaid, with_positions
from framework.obligations import check
from framework.policy import Policy
from framework.records import GcmItem, GcmItemEnd, GcmPosition
from framework.terms import Consensus, DecisionKind, Status
from tests.framework import complete
from tests.framework.situations import (
    ANNUAL,
    COMMENTS,
    CORRECTION,
    GRANT,
    INACTIVE,
    NOT_YET,
    REACTIVATE,
    SITUATIONS,
    decision,
)

SILENT = Policy(silence_procedure=True, silence_days=10)
OBJECTION = Position(seat="Employers", position="object", reason="no budget")
SUPPORT = Position(seat="Workers", position="support")
ITEM = GcmItem(decides=ANNUAL, year=2028, text="The commitments were met.")


def keys(record: Any, **context: Any) -> list[str]:
    return [one.key for one in check(record, complete.context(**context)).problems]


@pytest.mark.clause("PLN-09", "DIA-06", "REA-05")
@pytest.mark.parametrize(
    ("changes", "context", "expected"),
    [
        ({}, {}, []),
        ({"decides": None}, {}, ["item.decides.missing"]),
        ({"decides": CORRECTION}, {}, ["item.decides.missing"]),
        ({"decides": NOT_YET}, {}, ["item.decides.missing"]),
        ({"decides": GRANT}, {}, ["item.status.wrong"]),
        ({"decides": GRANT}, {"status": Status.CANDIDATE}, []),
        ({"decides": REACTIVATE}, {"status": Status.INACTIVE}, []),
        ({"year": 2031}, {}, ["item.year.not_open"]),
        ({"year": None}, {}, ["item.year.not_open"]),
        ({"text": " "}, {}, ["item.text.missing"]),
        ({"text": "", "documents": (complete.PAPER,)}, {}, []),
        ({"silence_until": date(2028, 5, 30)}, {}, ["item.silence.off"]),
        ({"silence_until": date(2028, 4, 30)}, {"policy": SILENT}, []),
        ({"silence_until": date(2028, 4, 29)}, {"policy": SILENT}, ["item.silence.too_short"]),
    ],
)
def test_an_item_says_what_is_to_be_decided_and_leaves_time_to_object(
    changes: dict[str, Any], context: dict[str, Any], expected: list[str]
) -> None:
    assert keys(replace(ITEM, **changes), **context) == expected


@pytest.mark.clause("PLN-09", "DIA-06", "REA-05")
@pytest.mark.parametrize(
    ("position", "reason", "expected"),
    [
        ("support", "", []),
        ("abstain", "", []),
        ("comment", "Mind the budget", []),
        ("object", "No budget", []),
        ("comment", "", ["item.position.reason_missing"]),
        ("object", " ", ["item.position.reason_missing"]),
        ("", "", ["item.position.missing"]),
        ("veto", "", ["item.position.missing"]),
    ],
)
def test_a_seat_supports_comments_abstains_or_objects_and_says_why(
    position: str, reason: str, expected: list[str]
) -> None:
    said = GcmPosition(item="annual_status-2028", seat="Employers", position=position, reason=reason)
    assert keys(said) == expected


@pytest.mark.clause("PLN-09")
def test_a_position_names_its_item_and_its_seat_and_an_end_its_reason() -> None:
    assert keys(GcmPosition(position="support")) == ["item.missing", "item.position.seat_missing"]
    assert keys(GcmItemEnd()) == ["item.missing", "item.end.reason_missing"]


@pytest.mark.clause("PLN-09", "PLN-11", "REV-07")
@pytest.mark.parametrize(
    ("kind", "settled"),
    [
        (GRANT, "grant"),
        (NOT_YET, "grant"),
        (ANNUAL, "annual_status-2028"),
        (INACTIVE, "declare_inactive"),
        (COMMENTS, ""),
        (CORRECTION, ""),
    ],
)
def test_a_decision_settles_the_item_of_its_kind_and_year(kind: DecisionKind, settled: str) -> None:
    assert settled_by(decision(kind)) == settled


def test_only_the_status_of_a_year_is_an_item_of_its_year() -> None:
    assert item_name(GRANT, 2028) == item_name(GRANT, None) == "grant"


@pytest.mark.clause("PLN-09")
def test_what_a_decision_says_of_a_seat_replaces_what_is_on_record_and_the_rest_stands() -> None:
    heard = Position(seat=" EMPLOYERS ", position="comment", reason="withdrawn at the meeting")
    sent = decision(GRANT, positions=(heard,))
    assert unsaid(sent, (OBJECTION, SUPPORT)) == (SUPPORT,)
    assert with_positions(sent, (OBJECTION, SUPPORT)).positions == (heard, SUPPORT)


@pytest.mark.clause("PLN-09", "DIA-06", "REA-05")
@pytest.mark.parametrize("kind", [GRANT, INACTIVE, REACTIVATE])
def test_an_objection_on_record_refuses_consensus_until_its_seat_is_heard_otherwise(
    kind: DecisionKind,
) -> None:
    known = replace(SITUATIONS[kind], positions={settled_by(decision(kind)): (OBJECTION, SUPPORT)})
    (found,) = judge(decision(kind), known).problems
    assert (found.key, found.values["who"]) == ("decision.position.objection_stands", "Employers")
    listed_away = judge(decision(kind, recusals=("Employers",)), known).problems
    assert [one.key for one in listed_away] == ["decision.position.objection_stands"]
    withdrawn = Position(seat="employers", position="abstain", reason="withdrawn at the meeting")
    assert judge(decision(kind, positions=(withdrawn,)), known).ok


@pytest.mark.clause("PLN-09")
def test_an_objection_on_record_says_who_blocks_and_why() -> None:
    known = replace(SITUATIONS[GRANT], positions={"grant": (OBJECTION,)})
    (found,) = judge(decision(GRANT, consensus=Consensus.BLOCKED), known).problems
    assert found.key == "decision.consensus.blocked"
    assert dict(found.values) == {"who": "Employers", "why": "no budget"}


@pytest.mark.clause("REV-07")
def test_where_no_consensus_is_needed_an_objection_is_noted() -> None:
    known = replace(SITUATIONS[ANNUAL], positions={"annual_status-2028": (OBJECTION,)})
    found = judge(decision(ANNUAL), known)
    assert found.ok
    assert "decision.position.objection_noted" in [one.key for one in found.warnings]


@pytest.mark.clause("PLN-09")
def test_an_objection_to_another_item_or_of_the_country_s_own_seat_does_not_count() -> None:
    own = Position(seat="Government XAA", position="object", reason="we protest")
    known = replace(SITUATIONS[GRANT], positions={"grant": (own,), "reactivate": (OBJECTION,)})
    assert judge(decision(GRANT), known).ok
