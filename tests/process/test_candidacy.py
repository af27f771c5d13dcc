"""A candidate's way to the status."""

from dataclasses import replace
from datetime import date

import pytest

from framework import records as r
from framework.editions import edition
from framework.terms import Category, Consensus, DecisionKind, Status, TaskState
from tests.process import papers as p
from tests.process.life import Life

START = date(2028, 2, 1)
MEETING = date(2028, 10, 20)


def ready() -> Life:
    """A candidate that has done everything and is presented."""
    life = Life.candidate(START)
    life.hand_in(r.ReplyLetter(dated=START, text="Welcome"))
    life.hand_in(p.stakeholders(), p.FOCAL_POINT)
    life.at(date(2028, 5, 1)).hand_in(p.stocktaking(date(2028, 4, 1)), p.FOCAL_POINT)
    life.hand_in(p.workshop(date(2028, 4, 20)), p.FOCAL_POINT)
    life.at(date(2028, 6, 1)).hand_in(p.roadmap(date(2028, 5, 20)), p.FOCAL_POINT)
    life.hand_in(r.Presentation(meeting="Autumn meeting", meeting_on=MEETING, place="Geneva"))
    return life


@pytest.mark.clause("EOI-02", "EOI-03", "EOI-04", "EOI-05")
def test_a_registered_letter_informs_the_gcm_and_asks_the_secretariat_to_reply() -> None:
    life = Life.candidate(START)
    assert life.open_keys() == {"introduction", "reply_letter", "letter-2028-2"}
    assert life.mails("gcm_informed")[0].to[0].role == "gcm"
    assert life.state.focal_point == p.PERSON
    assert life.kinds()[0] == "expression_of_interest"


@pytest.mark.clause("EOI-01")
def test_a_peer_introduction_is_told_to_both_focal_points() -> None:
    life = Life.candidate(START)
    life.hand_in(r.PeerIntroduction(with_country="XBB", on=START))
    told = [recipient.email or recipient.role for recipient in life.mails("peer_introduction")[0].to]
    assert told == ["ana@labour.example.org", "focal_point:XBB"]


@pytest.mark.clause("EOI-05", "EOI-06", "EOI-07", "EOI-09")
def test_the_reply_sends_the_letter_and_opens_the_candidates_tasks() -> None:
    life = Life.candidate(START)
    life.hand_in(r.ReplyLetter(dated=START, text="Welcome"))
    assert {"timetable", "stakeholder_list", "stocktaking", "workshop", "roadmap"} <= life.open_keys()
    assert life.mails("reply_letter")[0].values["text"] == "Welcome"


@pytest.mark.clause("EOI-07", "EOI-09", "PLN-01", "PLN-05", "REP-07")
def test_every_paper_of_a_candidate_is_acknowledged_with_its_version_and_fingerprint() -> None:
    life = ready()
    receipts = life.mails("report_received")
    assert [mail.values["what"] for mail in receipts] == [
        "stakeholder_list",
        "stocktaking",
        "workshop",
        "roadmap",
    ]
    versions = {version.kind: version for version in life.state.versions}
    for mail in receipts:
        assert mail.values["sha256"] == versions[mail.values["what"]].sha256
        assert mail.values["version"] == 1
        assert [recipient.email for recipient in mail.to] == [life.state.focal_point.email]
    assert receipts[0].values["outstanding"] == [
        "introduction",
        "timetable",
        "stocktaking",
        "workshop",
        "roadmap",
    ]


@pytest.mark.clause("REP-07")
def test_a_country_of_the_first_edition_goes_on_without_receipts_for_papers() -> None:
    life = Life.candidate(START)
    life.state.policy = edition("2026-1").policy
    life.hand_in(r.ReplyLetter(dated=START, text="Welcome"))
    life.hand_in(p.stakeholders(), p.FOCAL_POINT)
    assert life.mails("report_received") == []


@pytest.mark.clause("EOI-06")
def test_the_candidates_own_dates_become_due_dates() -> None:
    life = Life.candidate(START)
    life.hand_in(r.ReplyLetter(dated=START, text="Welcome"))
    life.hand_in(
        r.Timetable(
            consultations_from=date(2028, 3, 1),
            consultations_until=date(2028, 4, 1),
            workshop_on=date(2028, 4, 20),
            roadmap_on=date(2028, 6, 30),
        ),
        p.FOCAL_POINT,
    )
    assert life.task("workshop").due_on == date(2028, 4, 20)
    assert life.task("roadmap").due_on == date(2028, 6, 30)
    assert life.task("timetable").state is TaskState.DONE


@pytest.mark.clause("PLN-07", "PLN-09", "PLN-10", "IMP-01", "GEN-03")
def test_a_complete_candidate_is_granted_the_status_by_consensus() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.GRANT, MEETING)
    assert life.state.status is Status.ACTIVE
    assert life.state.status_since == MEETING
    assert "profile_text" in life.open_keys()
    assert life.mails("granted")
    assert life.state.cycle == 2028
    assert not life.state.cycles[-1].report_due


@pytest.mark.clause("PLN-01", "PLN-02", "PLN-09", "EOI-08")
def test_a_grant_is_refused_with_all_that_is_missing() -> None:
    life = Life.candidate(START)
    life.hand_in(r.Presentation(meeting="Autumn meeting", meeting_on=MEETING))
    answer = life.at(MEETING).decide(p.decision(DecisionKind.GRANT, MEETING))
    clauses = {one.clause for one in answer.reasons}
    assert answer.answer == "refused"
    assert {"EOI-07", "EOI-08", "EOI-09", "PLN-01", "PLN-05"} <= clauses
    assert life.state.status is Status.CANDIDATE


@pytest.mark.clause("PLN-02")
def test_an_identified_category_that_no_workshop_heard_stands_against_the_grant() -> None:
    life = Life.candidate(START)
    life.hand_in(p.stakeholders(), p.FOCAL_POINT)
    life.hand_in(replace(p.workshop(START), participants=p.EVERYBODY[:3]), p.FOCAL_POINT)
    life.hand_in(r.Presentation(meeting="Autumn meeting", meeting_on=MEETING))
    answer = life.at(MEETING).decide(p.decision(DecisionKind.GRANT, MEETING))
    assert any(
        Category.CIVIL_SOCIETY.value in str(one.values) for one in answer.reasons if one.clause == "PLN-02"
    )


@pytest.mark.clause("PLN-08")
def test_comments_are_numbered_and_each_needs_an_answer_before_the_decision() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.COMMENTS, MEETING, comments=("Say more on CEACR", "Add a baseline"))
    assert "comment_answers" in life.open_keys()
    refused = life.decide(p.decision(DecisionKind.GRANT, MEETING, id="early"))
    assert any(one.clause == "PLN-08" for one in refused.reasons)
    life.hand_in(r.CommentAnswers(answers=(r.CommentAnswer(number=1, text="Done"),)), p.FOCAL_POINT)
    assert life.state.candidacy.unanswered_comments == (2,)
    assert "comment_answers" in life.open_keys()
    life.hand_in(
        r.CommentAnswers(answers=(r.CommentAnswer(number=2, addressed=False, text="No data"),)), p.FOCAL_POINT
    )
    assert "comment_answers" not in life.open_keys()
    life.accepted(DecisionKind.GRANT, MEETING, id="later")


@pytest.mark.clause("PLN-11")
def test_not_yet_opens_support_and_the_country_can_be_presented_again() -> None:
    life = ready().at(MEETING)
    life.accepted(DecisionKind.NOT_YET, MEETING, statement="Consult survivors", topics=("participation",))
    assert life.state.dialogues[-1].for_candidate
    assert life.state.outbox.children[0].id == "dialogue-XAA-1"
    assert {"presentation.2", "dialogue_meeting"} <= life.open_keys()
    spring = date(2029, 5, 20)
    life.at(date(2029, 3, 1)).hand_in(r.Presentation(meeting="Spring meeting", meeting_on=spring))
    life.at(spring).accepted(DecisionKind.GRANT, spring)
    assert life.state.dialogues[-1].closed_on == spring


@pytest.mark.clause("PLN-04")
def test_reviewed_national_action_plans_stand_in_place_of_a_roadmap() -> None:
    life = Life.candidate(START)
    life.hand_in(r.ReplyLetter(dated=START, text="Welcome"))
    plan = r.NationalActionPlan(title="Plan", period="2026-2030", document=p.LETTER)
    submission = r.NapSubmission(
        plans=(plan,),
        covers_child_labour=True,
        covers_forced_labour=False,
        clear_benchmarks=True,
        indicators_aligned=True,
        priorities=p.roadmap(START).priorities,
        next_steps=p.roadmap(START).next_steps,
        consultations=p.consulted(START),
    )
    assert life.refusals(submission, p.FOCAL_POINT)
    life.hand_in(replace(submission, adjustment_forced_labour="Chapter 4 was added"), p.FOCAL_POINT)
    assert life.state.candidacy.nap_route
    assert life.task("roadmap").state is TaskState.DONE
    assert life.state.priorities == ["children", "force"]


def test_a_silent_candidate_is_nudged_every_ninety_days_and_never_rejected() -> None:
    life = Life.candidate(START).at(date(2029, 2, 1))
    assert life.kinds().count("candidate_nudged") == 4
    assert life.state.status is Status.CANDIDATE


def test_a_refused_decision_may_come_again_once_it_is_lawful() -> None:
    life = ready()
    early = p.decision(DecisionKind.GRANT, MEETING)
    assert life.decide(early).answer == "refused"
    assert life.at(MEETING).decide(early).answer == "accepted"
    assert life.decide(early).answer == "accepted"
    assert life.kinds().count("decision_accepted") == 1


@pytest.mark.clause("PLN-09")
def test_a_blocked_consensus_names_who_and_why() -> None:
    life = ready().at(MEETING)
    blocked = p.decision(DecisionKind.GRANT, MEETING, blocked_by=("XQQ",), blocked_because="Budget unclear")
    answer = life.decide(replace(blocked, consensus=Consensus.BLOCKED))
    said = " ".join(str(dict(one.values)) for one in answer.reasons)
    assert answer.answer == "refused"
    assert "XQQ" in said
    assert "Budget unclear" in said
