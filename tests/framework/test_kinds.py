"""The table of kinds: who may submit what, in which status."""

from pathlib import Path

import pytest
import yaml

from framework.obligations import KINDS, admissible
from framework.records import Submission
from framework.terms import Role, Status

CLAUSES = Path(__file__).resolve().parents[2] / "docs" / "framework" / "clauses.yaml"

WHILE_INACTIVE = [
    "progress_report",
    "indicator_framework",
    "final_report",
    "evidence",
    "consultation",
    "stakeholder_list",
    "stocktaking",
    "roadmap",
    "support_action",
    "contact_change",
    "entry_correction",
    "withdrawal",
    "reactivation_request",
]
ONLY_CANDIDATES = [
    "introduction",
    "peer_introduction",
    "reply_letter",
    "timetable",
    "presentation",
    "comment_answers",
]
CORRIGIBLE = [
    "workshop",
    "progress_report",
    "indicator_framework",
    "mwg_comments",
    "final_report",
    "evidence",
    "yearly_review",
    "consultation",
    "support_action",
    "special_circumstances",
    "extension",
    "presentation",
    "annual_activities",
]


def test_every_kind_of_submission_is_in_the_table_and_nothing_else() -> None:
    kinds = {record.kind for record in Submission.__args__}
    assert set(KINDS) - {"expression_of_interest"} == kinds


def test_every_clause_in_the_table_is_a_clause_of_the_framework() -> None:
    known = {clause["id"] for clause in yaml.safe_load(CLAUSES.read_text(encoding="utf-8"))}
    assert {clause for kind in KINDS.values() for clause in kind.clauses} <= known
    assert [name for name, kind in KINDS.items() if not kind.clauses] == []


@pytest.mark.clause("GEN-05", "IMP-03")
def test_the_secretariat_can_do_for_the_country_whatever_the_country_can_do() -> None:
    own = {name for name, kind in KINDS.items() if Role.FOCAL_POINT in kind.roles}
    assert "progress_report" in own
    assert [name for name in own if not KINDS[name].on_behalf] == []
    assert [name for name, kind in KINDS.items() if Role.SECRETARIAT not in kind.roles] == []


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SYSTEM])
def test_operators_and_the_process_itself_submit_nothing(role: Role) -> None:
    assert [name for name, kind in KINDS.items() if role in kind.roles] == []


@pytest.mark.parametrize("kind", ["mwg_comments", "yearly_review"])
def test_the_mwg_comments_and_reviews_and_no_country_does(kind: str) -> None:
    assert admissible(kind, Role.MWG, Status.ACTIVE).ok
    assert not admissible(kind, Role.FOCAL_POINT, Status.ACTIVE).ok


@pytest.mark.clause("REV-02", "DIA-04")
@pytest.mark.parametrize("role", [Role.GCM, Role.MWG, Role.SECRETARIAT])
def test_subgroups_are_set_up_by_the_gcm_the_mwg_or_the_secretariat(role: Role) -> None:
    assert admissible("subgroup", role, Status.ACTIVE).ok


@pytest.mark.parametrize(
    "kind",
    [
        "reply_letter",
        "presentation",
        "profile_text",
        "status_letter",
        "extension",
        "waiver",
        "pause",
        "resume",
    ],
)
def test_letters_and_records_of_the_secretariat_are_its_own(kind: str) -> None:
    assert KINDS[kind].roles == {Role.SECRETARIAT}


@pytest.mark.clause("INA-01")
@pytest.mark.parametrize("kind", WHILE_INACTIVE)
def test_an_inactive_country_may_still_report_and_be_supported(kind: str) -> None:
    assert Status.INACTIVE in KINDS[kind].statuses


@pytest.mark.parametrize("kind", ONLY_CANDIDATES)
def test_the_steps_of_a_candidate_are_over_with_the_grant(kind: str) -> None:
    assert KINDS[kind].statuses == {Status.CANDIDATE}


@pytest.mark.clause("REA-01")
def test_only_an_inactive_country_asks_to_return() -> None:
    assert KINDS["reactivation_request"].statuses == KINDS["reactivation_check"].statuses == {Status.INACTIVE}


@pytest.mark.clause("REP-01", "PLN-12")
@pytest.mark.parametrize("kind", ["progress_report", "indicator_framework", "annual_activities"])
def test_a_candidate_does_not_report_yet(kind: str) -> None:
    assert not admissible(kind, Role.FOCAL_POINT, Status.CANDIDATE).ok


@pytest.mark.clause("GEN-03")
def test_nothing_can_be_submitted_to_a_country_that_withdrew() -> None:
    assert [name for name, kind in KINDS.items() if Status.WITHDRAWN in kind.statuses] == []


def test_what_counts_can_be_taken_back() -> None:
    assert sorted(name for name, kind in KINDS.items() if kind.corrigible) == sorted(CORRIGIBLE)


@pytest.mark.clause("PLN-13", "EOI-09", "REP-05")
@pytest.mark.parametrize(
    "kind",
    ["roadmap", "stocktaking", "stakeholder_list", "progress_report", "indicator_framework", "final_report"],
)
def test_versions_are_kept_of_what_is_handed_in_again(kind: str) -> None:
    assert KINDS[kind].versioned


def test_a_wrong_role_and_a_wrong_status_are_both_named() -> None:
    found = admissible("reactivation_check", Role.MWG, Status.ACTIVE)
    assert [one.key for one in found.problems] == ["submission.role", "submission.status"]
    assert found.problems[0].values == {"role": "mwg", "who": "secretariat"}
    assert found.problems[1].values == {"status": "active", "when": "inactive", "kind": "reactivation_check"}


def test_an_unknown_kind_is_named_not_raised() -> None:
    found = admissible("no_such_kind", Role.SECRETARIAT, Status.ACTIVE)
    assert [(one.key, one.values) for one in found.problems] == [("kind.unknown", {"kind": "no_such_kind"})]
