"""Every kind of GCM decision: accepted where it is lawful, refused with all the reasons where it is not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.decision_record import GcmDecision
from framework.decisions import judge, outcomes
from framework.facts import CountryFacts, DialogueFacts, EarlierDecision
from framework.findings import Finding
from framework.policy import Policy
from framework.terms import Consensus, DecisionKind, Status
from tests.framework.chance import STEADY
from tests.framework.situations import (
    ANNUAL,
    CLOSE,
    COMMENTS,
    CORRECTION,
    FAILED,
    GRANT,
    INACTIVE,
    MET,
    NOT_YET,
    OPEN,
    OPENED,
    REACTIVATE,
    SITUATIONS,
    VERIFIED,
    decision,
    facts,
)


def refusals(decided: GcmDecision, known: CountryFacts) -> list[str]:
    return [finding.key.removeprefix("decision.") for finding in judge(decided, known).problems]


def warnings(decided: GcmDecision, known: CountryFacts) -> list[str]:
    return [finding.key.removeprefix("decision.") for finding in judge(decided, known).warnings]


@pytest.mark.clause("PLN-08", "PLN-09", "PLN-11", "REV-07", "REV-15", "DIA-01", "DIA-06", "REA-05")
@pytest.mark.parametrize("kind", list(SITUATIONS))
def test_a_lawful_decision_is_accepted(kind: DecisionKind) -> None:
    found = judge(decision(kind), SITUATIONS[kind])
    assert (found.problems, found.warnings) == ((), ())


@pytest.mark.parametrize("kind", list(SITUATIONS))
@pytest.mark.parametrize(
    ("differences", "reasons"),
    [
        ({"id": " "}, ["id.missing"]),
        ({"meeting": " "}, ["meeting.missing"]),
        ({"meeting_on": None}, ["meeting_on.missing"]),
        ({"meeting": "", "meeting_on": None}, ["meeting.missing", "meeting_on.missing"]),
        ({"meeting_on": date(2028, 11, 21)}, []),
        ({"meeting_on": date(2028, 11, 22)}, ["meeting_on.future"]),
        ({"meeting_on": date(2001, 1, 1)}, ["meeting_on.too_early"]),
    ],
)
@pytest.mark.clause("PLN-09", "REV-07", "DIA-06", "REA-05")
def test_every_decision_has_an_id_and_names_a_meeting_that_was_held(
    kind: DecisionKind, differences: dict[str, Any], reasons: list[str]
) -> None:
    assert refusals(decision(kind, **differences), SITUATIONS[kind]) == reasons


@pytest.mark.clause("DIA-06", "REV-07", "REA-04", "REA-05")
@pytest.mark.parametrize(
    ("kind", "differences", "earliest"),
    [
        (INACTIVE, {}, "2028-11-15"),
        (ANNUAL, {"year": 2028}, "2028-01-01"),
        (REACTIVATE, {"outcome": "confirmed"}, "2028-10-01"),
        (REACTIVATE, {"outcome": "declined", "statement": "too soon"}, "2028-09-01"),
    ],
)
def test_no_meeting_decides_before_what_its_decision_rests_on(
    kind: DecisionKind, differences: dict[str, Any], earliest: str
) -> None:
    day = date.fromisoformat(earliest)
    assert refusals(decision(kind, meeting_on=day, **differences), SITUATIONS[kind]) == []
    (finding,) = judge(
        decision(kind, meeting_on=day - timedelta(days=1), **differences), SITUATIONS[kind]
    ).problems
    assert (finding.key, finding.values["earliest"]) == ("decision.meeting_on.too_early", earliest)


@pytest.mark.parametrize("kind", list(SITUATIONS))
def test_an_id_is_used_once(kind: DecisionKind) -> None:
    earlier = EarlierDecision(kind=kind, decided_on=MET, accepted=True)
    known = replace(SITUATIONS[kind], decisions={"GCM-2028-11/1": earlier})
    assert refusals(decision(kind), known) == ["id.used"]


@pytest.mark.clause("GEN-03", "PLN-09", "DIA-06", "REA-05")
@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (COMMENTS, ["candidate"]),
        (GRANT, ["candidate"]),
        (NOT_YET, ["candidate"]),
        (ANNUAL, ["active"]),
        (OPEN, ["active", "inactive"]),
        (CLOSE, ["candidate", "active", "inactive"]),
        (INACTIVE, ["active"]),
        (REACTIVATE, ["inactive"]),
    ],
)
def test_each_kind_of_decision_belongs_to_its_statuses(
    kind: DecisionKind, allowed: list[str], status: Status
) -> None:
    found = judge(decision(kind), replace(SITUATIONS[kind], status=status)).problems
    expected = [] if status.value in allowed else ["decision.status.wrong"]
    assert [one.key for one in found] == (
        expected if status is not Status.WITHDRAWN else ["decision.status.withdrawn"]
    )
    if expected and status is not Status.WITHDRAWN:
        assert found[0].values == {"kind": kind.value, "status": status.value, "allowed": ", ".join(allowed)}


UNMET = (
    Finding(key="candidacy.workshop.none", clause="PLN-01"),
    Finding(key="candidacy.roadmap.none", clause="PLN-05"),
)


@pytest.mark.clause("PLN-09", "PLN-08", "PLN-01")
def test_a_grant_is_refused_with_the_list_of_all_that_is_unmet() -> None:
    known = replace(SITUATIONS[GRANT], unmet=UNMET, unanswered_comments=(2, 5))
    found = judge(decision(GRANT, consensus=None), known).problems
    assert [one.key for one in found] == [
        "decision.consensus.missing",
        "decision.grant.unmet",
        "candidacy.workshop.none",
        "candidacy.roadmap.none",
        "decision.grant.comments_unanswered",
    ]
    assert found[1].values == {"number": "2"}
    assert found[-1].values == {"numbers": "2, 5"}


@pytest.mark.clause("PLN-08")
def test_unanswered_comments_are_not_listed_twice() -> None:
    unmet = Finding(key="candidacy.comments.unanswered", clause="PLN-08")
    known = replace(SITUATIONS[GRANT], unmet=(unmet,), unanswered_comments=(2,))
    assert refusals(decision(GRANT), known) == ["grant.unmet", "candidacy.comments.unanswered"]


@pytest.mark.clause("PLN-08", "PLN-11")
@pytest.mark.parametrize(
    ("kind", "differences", "presented_on", "reasons"),
    [
        (COMMENTS, {"comments": ()}, MET, ["comments.empty"]),
        (COMMENTS, {"comments": (" ", "")}, MET, ["comments.empty"]),
        (COMMENTS, {}, None, ["candidate.not_presented"]),
        (COMMENTS, {"comments": ()}, None, ["comments.empty", "candidate.not_presented"]),
        (NOT_YET, {"statement": " "}, MET, ["not_yet.statement_missing"]),
        (NOT_YET, {}, None, ["candidate.not_presented"]),
        (NOT_YET, {}, date(2028, 11, 16), ["meeting_on.too_early"]),
    ],
)
def test_the_gcm_speaks_on_a_candidate_that_was_presented(
    kind: DecisionKind, differences: dict[str, Any], presented_on: date | None, reasons: list[str]
) -> None:
    known = replace(SITUATIONS[kind], presented_on=presented_on)
    assert refusals(decision(kind, **differences), known) == reasons


@pytest.mark.clause("REV-07")
@pytest.mark.parametrize(
    ("differences", "reasons"),
    [
        ({"outcome": "commitments_not_met"}, []),
        ({"outcome": "excellent"}, ["outcome.invalid"]),
        ({"outcome": ""}, ["outcome.invalid"]),
        ({"year": None}, ["year.missing"]),
        ({"year": 2026, "statement": "late"}, ["year.not_open"]),
        ({"year": 2027}, ["annual_status.review_missing"]),
        ({"year": 2027, "statement": "no review could be held"}, []),
        ({"year": 1999, "outcome": ""}, ["outcome.invalid", "year.not_open", "annual_status.review_missing"]),
    ],
)
def test_the_annual_status_is_decided_once_for_a_year_that_was_reviewed(
    differences: dict[str, Any], reasons: list[str]
) -> None:
    assert refusals(decision(ANNUAL, **differences), SITUATIONS[ANNUAL]) == reasons


@pytest.mark.clause("REV-15")
def test_confirming_a_flagged_country_as_active_is_accepted_with_a_warning() -> None:
    known = replace(SITUATIONS[ANNUAL], flags=("no_report", "combination"))
    found = judge(decision(ANNUAL), known)
    assert found.ok
    assert found.warnings[0].values == {"flags": "no_report, combination"}
    assert warnings(decision(ANNUAL, outcome="commitments_not_met"), known) == []


@pytest.mark.clause("REV-15", "DIA-01")
@pytest.mark.parametrize(
    ("differences", "known", "reasons"),
    [
        ({}, {"flags": ()}, ["dialogue.reason_missing"]),
        ({"statement": "news of a crackdown"}, {"flags": ()}, []),
        ({}, {"dialogue": OPENED}, ["dialogue.already_open"]),
        ({}, {"dialogue": FAILED}, []),
        ({"outcome": "not_opened"}, {}, ["dialogue.not_opened_reason_missing"]),
        ({"outcome": "not_opened", "statement": "an election year"}, {"dialogue": OPENED}, []),
        ({"outcome": "perhaps"}, {}, ["outcome.invalid"]),
    ],
)
def test_a_dialogue_is_opened_for_a_flag_or_a_reason_or_not_with_a_reason(
    differences: dict[str, Any], known: dict[str, Any], reasons: list[str]
) -> None:
    assert refusals(decision(OPEN, **differences), replace(SITUATIONS[OPEN], **known)) == reasons


@pytest.mark.clause("DIA-01")
@pytest.mark.parametrize(
    ("differences", "dialogue", "reasons"),
    [
        ({"outcome": "no_positive_outcome"}, OPENED, []),
        ({"outcome": "so-so"}, OPENED, ["outcome.invalid"]),
        ({}, None, ["dialogue.none_open"]),
        ({}, FAILED, ["dialogue.none_open"]),
    ],
)
def test_an_open_dialogue_is_closed_with_an_outcome(
    differences: dict[str, Any], dialogue: DialogueFacts | None, reasons: list[str]
) -> None:
    assert refusals(decision(CLOSE, **differences), replace(SITUATIONS[CLOSE], dialogue=dialogue)) == reasons


@pytest.mark.clause("DIA-06")
@pytest.mark.parametrize(
    ("dialogue", "since", "reasons"),
    [
        (FAILED, None, []),
        (FAILED, date(2028, 2, 1), []),
        (None, None, ["inactive.no_dialogue"]),
        (OPENED, None, ["inactive.dialogue_still_open"]),
        (replace(FAILED, outcome="positive"), None, ["inactive.dialogue_not_negative"]),
        (FAILED, date(2028, 2, 2), ["inactive.dialogue_of_earlier_time"]),
    ],
)
def test_only_a_dialogue_without_a_positive_outcome_lets_a_country_be_declared_inactive(
    dialogue: DialogueFacts | None, since: date | None, reasons: list[str]
) -> None:
    known = replace(SITUATIONS[INACTIVE], dialogue=dialogue, status_since=since)
    assert refusals(decision(INACTIVE), known) == reasons


MISSING = (Finding(key="reactivation.annual_report.missing", clause="REA-04"),)


@pytest.mark.clause("REA-01", "REA-04", "REA-05")
@pytest.mark.parametrize(
    ("differences", "request_", "reasons"),
    [
        ({}, None, ["reactivation.no_request"]),
        ({}, replace(VERIFIED, closed=True), ["reactivation.no_request"]),
        ({}, replace(VERIFIED, verified_on=None), ["reactivation.not_verified"]),
        (
            {},
            replace(VERIFIED, missing=MISSING),
            ["reactivation.unmet", "reactivation.annual_report.missing"],
        ),
        ({}, replace(VERIFIED, requested_on=date(2028, 11, 16)), ["meeting_on.too_early"]),
        ({"outcome": "declined", "statement": "too soon"}, replace(VERIFIED, missing=MISSING), []),
        ({"outcome": "declined"}, VERIFIED, ["reactivation.declined_reason_missing"]),
        ({"outcome": ""}, VERIFIED, ["outcome.invalid"]),
    ],
)
def test_a_country_returns_when_all_four_obligations_are_verified(
    differences: dict[str, Any], request_: Any, reasons: list[str]
) -> None:
    known = replace(SITUATIONS[REACTIVATE], reactivation=request_)
    assert refusals(decision(REACTIVATE, **differences), known) == reasons


def test_an_outcome_where_there_is_none_is_disregarded_with_a_warning() -> None:
    assert outcomes(GRANT) == ()
    assert warnings(decision(GRANT, outcome="positive"), SITUATIONS[GRANT]) == ["outcome.unexpected"]


@pytest.mark.clause("PLN-09", "DIA-06", "REA-05", "REV-07")
def test_all_reasons_come_together() -> None:
    bare = GcmDecision(id="", kind=INACTIVE, consensus=Consensus.BLOCKED, meeting_on=date(2031, 1, 1))
    assert refusals(bare, facts(Status.INACTIVE)) == [
        "id.missing",
        "meeting.missing",
        "meeting_on.future",
        "consensus.blocked_by_nobody",
        "consensus.blocked_without_reason",
        "status.wrong",
        "inactive.no_dialogue",
    ]


ANY_DATE = st.none() | st.dates()
DECISIONS = st.builds(
    GcmDecision,
    id=st.text(max_size=4),
    kind=st.sampled_from(DecisionKind),
    meeting=st.text(max_size=4),
    meeting_on=ANY_DATE,
    consensus=st.none() | st.sampled_from(Consensus),
    blocked_by=st.tuples(st.text(max_size=4)),
    outcome=st.sampled_from(["", "opened", "declined", "active", "?"]),
    statement=st.text(max_size=2),
    year=st.none() | st.integers(),
    comments=st.tuples(st.text(max_size=2)),
    corrects=st.text(max_size=3),
    replacement=st.none()
    | st.builds(GcmDecision, id=st.text(max_size=4), kind=st.sampled_from(DecisionKind)),
)


@pytest.mark.clause("GEN-03")
@STEADY
@given(decided=DECISIONS, status=st.sampled_from(Status), situation=st.sampled_from(list(SITUATIONS)))
def test_whatever_is_decided_is_answered_and_each_reason_has_its_words(
    decided: GcmDecision, status: Status, situation: DecisionKind
) -> None:
    found = judge(decided, replace(SITUATIONS[situation], status=status))
    assert all(
        one.key and all(isinstance(value, str) for value in one.values.values()) for one in found.problems
    )
    if status is Status.WITHDRAWN or not decided.meeting.strip() or decided.kind is CORRECTION:
        assert not found.ok


@pytest.mark.clause("REA-05")
def test_with_the_secretariat_confirming_a_reactivation_needs_no_consensus() -> None:
    known = replace(SITUATIONS[REACTIVATE], policy=Policy(reactivation_confirmed_by="secretariat"))
    assert refusals(decision(REACTIVATE, consensus=None), known) == []
