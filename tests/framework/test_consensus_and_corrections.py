"""Consensus, recusals and positions; corrections of earlier decisions and what replaces them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from framework.decision_record import GcmDecision, Position
from framework.decisions import judge, needs_consensus
from framework.facts import CountryFacts, EarlierDecision
from framework.policy import Policy
from framework.terms import Consensus, DecisionKind, Status
from tests.framework.situations import (
    ANNUAL,
    CLOSE,
    COMMENTS,
    CORRECTION,
    GRANT,
    INACTIVE,
    NOT_YET,
    OPEN,
    REACTIVATE,
    SITUATIONS,
    decision,
    facts,
)

NEEDING = (GRANT, INACTIVE, REACTIVATE)
BLOCKED = {"consensus": Consensus.BLOCKED, "blocked_by": ("employers", "XBB"), "blocked_because": "no budget"}


def refusals(decided: GcmDecision, known: CountryFacts) -> list[str]:
    return [finding.key.removeprefix("decision.") for finding in judge(decided, known).problems]


def objection(seat: str, reason: str = "no budget") -> Position:
    return Position(seat=seat, position="object", reason=reason)


@pytest.mark.clause("PLN-09", "DIA-06", "REA-05")
def test_only_changes_of_status_need_consensus() -> None:
    gcm, secretariat = Policy(), Policy(reactivation_confirmed_by="secretariat")
    needing = [kind for kind in DecisionKind if needs_consensus(decision(kind), gcm)]
    assert needing == list(NEEDING)
    assert not needs_consensus(decision(REACTIVATE, outcome="declined"), gcm)
    assert not needs_consensus(decision(REACTIVATE), secretariat)


@pytest.mark.clause("PLN-09", "DIA-06", "REA-05")
@pytest.mark.parametrize("kind", NEEDING)
@pytest.mark.parametrize(
    ("differences", "reasons"),
    [
        ({"consensus": None}, ["consensus.missing"]),
        (BLOCKED, ["consensus.blocked"]),
        ({**BLOCKED, "blocked_by": ()}, ["consensus.blocked_by_nobody"]),
        ({**BLOCKED, "blocked_because": " "}, ["consensus.blocked_without_reason"]),
        ({**BLOCKED, "recusals": ("employers", "xbb")}, ["recusal.spoke", "consensus.blocked"]),
        ({**BLOCKED, "blocked_by": ("XAA",), "recusals": ("XAA",)}, ["consensus.blocked_by_nobody"]),
        ({"positions": (objection("workers"),)}, ["consensus.contradicted"]),
        (
            {"positions": (objection("workers"),), "recusals": (" Workers",)},
            ["recusal.spoke", "consensus.contradicted"],
        ),
        (
            {"positions": (Position(seat="workers", position="abstain"),), "recusals": ("workers",)},
            ["recusal.spoke"],
        ),
        ({"positions": (objection("XAA"),), "recusals": ("XAA",)}, []),
        ({"recusals": ("workers",)}, []),
        ({"positions": (Position(seat="workers", position="abstain"),)}, []),
        ({"blocked_by": ("employers",)}, ["consensus.contradicted"]),
    ],
)
def test_a_change_of_status_is_refused_without_consensus(
    kind: DecisionKind, differences: dict[str, Any], reasons: list[str]
) -> None:
    assert refusals(decision(kind, **differences), SITUATIONS[kind]) == reasons


@pytest.mark.clause("PLN-09")
@pytest.mark.parametrize(
    "differences",
    [
        BLOCKED,
        {"consensus": Consensus.BLOCKED, "positions": (objection("employers"), objection("XBB", "no plan"))},
    ],
)
def test_a_blocked_consensus_is_answered_with_who_and_why(differences: dict[str, Any]) -> None:
    (finding,) = judge(decision(GRANT, **differences), SITUATIONS[GRANT]).problems
    assert finding.values["who"] == "employers, XBB"
    assert finding.values["why"] in ("no budget", "no budget; no plan")
    assert finding.clause == "PLN-09"


@pytest.mark.clause("PLN-09")
def test_neither_the_country_s_own_recused_seat_nor_its_reason_is_named_as_blocking() -> None:
    positions = (
        objection("employers", "no plan"),
        objection("government XAA"),
        Position(seat="XBB", position="comment"),
    )
    blocked = decision(GRANT, consensus=Consensus.BLOCKED, positions=positions, recusals=("XAA",))
    (finding,) = judge(blocked, SITUATIONS[GRANT]).problems
    assert finding.values == {"who": "employers", "why": "no plan"}


@pytest.mark.clause("REV-07", "REV-15", "PLN-11")
@pytest.mark.parametrize(
    ("kind", "differences", "accepted"),
    [
        (ANNUAL, {}, False),
        (OPEN, {}, False),
        (CLOSE, {}, False),
        (NOT_YET, {}, True),
        (COMMENTS, {}, True),
        (OPEN, {"outcome": "not_opened", "statement": "blocked"}, True),
        (REACTIVATE, {"outcome": "declined", "statement": "blocked"}, True),
    ],
)
def test_what_was_blocked_is_not_decided_but_may_be_the_reason_for_leaving_things_as_they_are(
    kind: DecisionKind, differences: dict[str, Any], accepted: bool
) -> None:
    found = judge(decision(kind, **{**BLOCKED, **differences}), SITUATIONS[kind])
    assert found.ok is accepted
    noted = "decision.consensus.blocked_noted"
    assert [one.key for one in found.warnings] == ([noted] if accepted else [])


OWN_SEATS = ("XAA", "xaa", "government XAA", "pathfinder (XAA)")


@pytest.mark.clause("PLN-09", "DIA-06", "REA-05")
@pytest.mark.parametrize("seat", OWN_SEATS)
def test_the_seat_of_the_country_concerned_is_recused(seat: str) -> None:
    spoke = decision(GRANT, positions=(Position(seat=seat, position="support"),))
    (finding,) = judge(spoke, SITUATIONS[GRANT]).problems
    assert (finding.key, finding.values) == ("decision.recusal.missing", {"who": seat})
    assert judge(replace(spoke, recusals=("XAA",)), SITUATIONS[GRANT]).ok


@pytest.mark.clause("REA-05")
def test_the_country_concerned_cannot_block_the_decision_on_itself() -> None:
    blocking = decision(REACTIVATE, **{**BLOCKED, "blocked_by": ("XAA",)})
    assert refusals(blocking, SITUATIONS[REACTIVATE]) == ["recusal.missing", "consensus.blocked"]
    recused = replace(blocking, recusals=("XAA",))
    assert refusals(recused, SITUATIONS[REACTIVATE]) == ["consensus.blocked_by_nobody"]


@pytest.mark.clause("PLN-09", "DIA-06", "REA-05")
def test_an_objection_cannot_be_listed_away_by_recusing_who_objects() -> None:
    objected = decision(
        GRANT, positions=(objection("workers"), objection("XBB")), recusals=("Workers", "xbb")
    )
    spoke, contradicted = judge(objected, SITUATIONS[GRANT]).problems
    assert (spoke.key, spoke.values) == ("decision.recusal.spoke", {"who": "workers, XBB"})
    assert contradicted.values == {"who": "workers, XBB"}


@pytest.mark.clause("PLN-09")
def test_a_seat_whose_name_only_contains_the_code_is_not_the_country_s_own() -> None:
    spoke = decision(GRANT, positions=(Position(seat="XAAB", position="support"),))
    assert judge(spoke, SITUATIONS[GRANT]).ok


@pytest.mark.clause("PLN-09")
def test_every_position_names_a_seat_a_known_position_and_an_objection_its_reason() -> None:
    positions = (
        Position(position="support"),
        Position(seat="workers", position="veto"),
        objection("employers", reason=" "),
    )
    found = judge(decision(ANNUAL, positions=positions), SITUATIONS[ANNUAL]).problems
    assert [(one.key.removeprefix("decision.position."), one.where) for one in found] == [
        ("seat_missing", "positions[0].seat"),
        ("unknown", "positions[1].position"),
        ("reason_missing", "positions[2].reason"),
    ]
    assert [one.values.get("who") for one in found] == [None, "workers", "employers"]
    assert found[1].values["allowed"] == "support, comment, abstain, object"


GRANTED = EarlierDecision(kind=GRANT, decided_on=date(2025, 5, 1), accepted=True, changed_status=True)
DECLARED = EarlierDecision(kind=INACTIVE, decided_on=date(2027, 5, 1), accepted=True, changed_status=True)
DIALOGUE = EarlierDecision(kind=OPEN, decided_on=date(2026, 5, 1), accepted=True)
MENDED = EarlierDecision(kind=CORRECTION, decided_on=date(2028, 1, 1), accepted=True)
RECORD = {
    "granted": GRANTED,
    "refused": replace(GRANTED, accepted=False, changed_status=False),
    "dialogue": DIALOGUE,
    "declared": DECLARED,
    "fallen": replace(DIALOGUE, corrected=True),
    "mended": MENDED,
    "remark": replace(DIALOGUE, kind=COMMENTS),
}


def corrected(known: Mapping[str, EarlierDecision] = RECORD, **differences: Any) -> list[str]:
    said = {"id": "C1", "corrects": "declared", "reason": "wrong country", **differences}
    return refusals(decision(CORRECTION, **said), facts(Status.INACTIVE, decisions=known))


@pytest.mark.clause("GEN-03")
@pytest.mark.parametrize(
    ("differences", "reasons"),
    [
        ({}, []),
        ({"corrects": "remark"}, []),
        ({"corrects": "dialogue"}, []),
        ({"reason": " "}, ["correction.reason_missing"]),
        ({"corrects": ""}, ["correction.names_none"]),
        ({"corrects": "", "reason": ""}, ["correction.reason_missing", "correction.names_none"]),
        ({"corrects": "unheard of"}, ["correction.unknown"]),
        ({"corrects": "refused"}, ["correction.not_accepted"]),
        ({"corrects": "fallen"}, ["correction.already_corrected"]),
        ({"corrects": "mended"}, ["correction.of_correction"]),
        ({"corrects": "granted"}, ["correction.not_latest"]),
        ({"id": "granted"}, ["id.used"]),
        ({"meeting_on": date(2027, 4, 1)}, ["meeting_on.too_early"]),
        (BLOCKED, ["consensus.blocked"]),
    ],
)
def test_a_correction_names_a_decision_that_stands_and_its_reason(
    differences: dict[str, Any], reasons: list[str]
) -> None:
    assert corrected(**differences) == reasons


@pytest.mark.clause("GEN-03")
def test_an_earlier_change_of_status_can_be_corrected_once_the_later_one_has_fallen() -> None:
    known = {**RECORD, "declared": replace(DECLARED, corrected=True)}
    assert corrected(known, corrects="granted") == []


@pytest.mark.clause("GEN-03", "REA-05")
@pytest.mark.parametrize(
    ("changes", "latest"),
    [
        (("granted", "declared"), []),
        (("granted", "declared", "verified-31"), ["verified-31"]),
        (("granted", "declared", "letter-40"), ["letter-40"]),
    ],
)
def test_a_change_of_status_falls_only_as_the_last_that_stands_whoever_made_the_later_one(
    changes: tuple[str, ...], latest: list[str]
) -> None:
    known = facts(Status.INACTIVE, decisions=RECORD, status_changes=changes)
    mended = decision(CORRECTION, id="C1", corrects="declared", reason="wrong country")
    found = judge(mended, known).problems
    assert [one.values["latest"] for one in found] == latest
    assert {one.key for one in found} <= {"decision.correction.not_latest"}


@pytest.mark.clause("GEN-03")
def test_correcting_what_a_later_change_of_status_may_rest_on_is_warned_of() -> None:
    mended = decision(CORRECTION, id="C1", corrects="dialogue", reason="wrong year")
    (warned,) = judge(mended, facts(Status.INACTIVE, decisions=RECORD)).warnings
    assert (warned.key, warned.values["latest"]) == ("decision.correction.later_change", "declared")


@pytest.mark.clause("GEN-03", "DIA-06")
@pytest.mark.parametrize(
    ("differences", "reasons"),
    [
        ({}, []),
        ({"id": ""}, [("id.missing", "replacement.id")]),
        ({"id": "granted"}, [("id.used", "replacement.id")]),
        ({"id": "C1"}, [("replacement.id_shared", "replacement.id")]),
        ({"meeting": ""}, [("meeting.missing", "replacement.meeting")]),
        ({"meeting_on": None}, [("meeting_on.missing", "replacement.meeting_on")]),
        ({"meeting_on": date(2030, 1, 1)}, [("meeting_on.future", "replacement.meeting_on")]),
        ({"consensus": None}, [("consensus.missing", "replacement.consensus")]),
        (BLOCKED, [("consensus.blocked", "replacement.consensus")]),
        (
            {"positions": (Position(seat="XAA", position="comment"),)},
            [("recusal.missing", "replacement.recusals")],
        ),
        ({"kind": GRANT}, [("replacement.other_kind", "replacement.kind")]),
        ({"corrects": "dialogue"}, [("replacement.corrects", "replacement.corrects")]),
        ({"replacement": decision(INACTIVE)}, [("replacement.corrects", "replacement.corrects")]),
    ],
)
def test_a_replacement_is_complete_in_itself_and_of_the_same_kind(
    differences: dict[str, Any], reasons: list[tuple[str, str]]
) -> None:
    replacement = replace(decision(INACTIVE, id="R1"), **differences)
    mended = decision(
        CORRECTION, id="C1", corrects="declared", reason="wrong meeting", replacement=replacement
    )
    found = judge(mended, facts(Status.INACTIVE, decisions=RECORD)).problems
    assert [(one.key.removeprefix("decision."), one.where) for one in found] == reasons
