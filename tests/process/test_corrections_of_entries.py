"""Entries made by mistake: taking one back wipes nothing that came after it, and leaves nothing of what it did."""

from datetime import date
from typing import Any

import pytest

from contracts.messages import Receipt
from framework import records as r
from framework.terms import Category, CircumstanceForm, DecisionKind, TaskState
from tests.process import papers as p
from tests.process.life import Life
from tests.process.test_candidacy import MEETING, ready

GRANTED = date(2026, 3, 1)
APRIL = date(2028, 4, 2)
JUNE = date(2028, 6, 1)


def year(day: date = APRIL) -> Life:
    """An active country in the year 2028."""
    return Life.active(date(2028, 1, 5), GRANTED).at(day)


def mistake(receipt: Receipt) -> r.EntryCorrection:
    """Takes back what was entered with this receipt."""
    return r.EntryCorrection(entry=receipt.entry, reason="It was another country's")


def named(life: Life, receipt: Receipt) -> list[tuple[str, str]]:
    """Why an entry cannot be taken back now, and the entry that is to be corrected first."""
    problems = life.examine(mistake(receipt)).problems
    return [(one.key, str(one.values.get("newer"))) for one in problems]


def pair(kind: str) -> tuple[Life, Receipt, Receipt]:
    """A life in which the same thing was entered twice."""
    papers: list[Any]
    if kind == "workshop":
        life = Life.candidate(date(2028, 2, 1))
        papers = [p.workshop(date(2028, 2, 1)), p.workshop(date(2028, 2, 1))]
    elif kind == "presentation":
        life = ready()
        papers = [r.Presentation(meeting=name, meeting_on=MEETING, place="Geneva") for name in ("A", "B")]
    elif kind == "extension":
        life = year()
        papers = [
            r.Extension(task="progress_report-2028", until=date(2028, day, 20), reason="Elections")
            for day in (5, 6)
        ]
    else:
        life = year(JUNE)
        life.hand_in(p.report(2028, APRIL), p.FOCAL_POINT)
        both: dict[str, list[Any]] = {
            "progress_report": [p.report(2028, APRIL)] * 2,
            "indicator_framework": [p.indicators(2028)] * 2,
            "mwg_comments": [r.MwgComments(year=2028, comments=(text,)) for text in ("One", "Two")],
            "yearly_review": [p.review(2028), p.review(2028, evidence_of_progress=False)],
        }
        papers = both[kind]
    first, second = (life.hand_in(paper) for paper in papers)
    return life, first, second


@pytest.mark.parametrize(
    "kind",
    [
        "workshop",
        "presentation",
        "extension",
        "progress_report",
        "indicator_framework",
        "mwg_comments",
        "yearly_review",
    ],
)
def test_of_two_entries_on_the_same_thing_the_newer_is_corrected_first(kind: str) -> None:
    life, first, second = pair(kind)
    assert named(life, first) == [("submission.newer_entry", str(second.entry))]
    life.hand_in(mistake(second))
    assert named(life, first) == []


@pytest.mark.clause("REP-01", "REV-09")
def test_the_earlier_version_of_a_report_stands_when_the_later_is_taken_back() -> None:
    life = year()
    first = life.hand_in(p.report(2028, APRIL), p.FOCAL_POINT)
    second = life.hand_in(p.report(2028, APRIL), p.FOCAL_POINT)
    life.hand_in(mistake(second))
    cycle = life.state.cycles[-1]
    assert (cycle.report_on, cycle.report_entry) == (APRIL, first.entry)
    assert "progress_report-2028.2" not in life.state.tasks


@pytest.mark.clause("PLN-01", "PLN-02")
def test_the_participants_of_the_first_workshop_stand_when_the_second_is_taken_back() -> None:
    life, _, second = pair("workshop")
    life.hand_in(mistake(second))
    assert life.state.candidacy.workshops == 1
    assert Category.WORKERS in life.state.candidacy.categories_at_workshops


@pytest.mark.clause("PLN-07", "PLN-09")
def test_the_earlier_presentation_stands_when_the_later_is_taken_back() -> None:
    life, _, second = pair("presentation")
    life.hand_in(mistake(second))
    assert life.state.candidacy.presented_at == "A"
    assert [key for key in life.open_keys() if key.startswith("roadmap_decision")]
    life.at(MEETING).accepted(DecisionKind.GRANT, MEETING)


@pytest.mark.clause("REP-08", "REP-09")
def test_the_first_comments_and_their_date_stand_when_the_second_are_taken_back() -> None:
    life = year(JUNE)
    life.hand_in(p.report(2028, APRIL))
    life.hand_in(r.MwgComments(year=2028, comments=("More data",)))
    due = life.task("final_report-2028").due_on
    life.at(date(2028, 6, 15))
    second = life.hand_in(r.MwgComments(year=2028, comments=("On another country",)))
    assert life.task("final_report-2028").due_on != due
    life.hand_in(mistake(second))
    assert (life.state.cycles[-1].comments_on, life.state.cycles[-1].comments_made) == (JUNE, 1)
    assert life.task("final_report-2028").state is TaskState.OPEN
    assert life.task("final_report-2028").due_on == life.state.cycles[-1].final_due_on == due


@pytest.mark.clause("REP-08", "REP-09")
@pytest.mark.parametrize("earlier", ["progress_report", "mwg_comments"])
def test_a_final_report_is_taken_back_before_what_it_rests_on(earlier: str) -> None:
    life = year(JUNE)
    first = {"progress_report": life.hand_in(p.report(2028, APRIL))}
    first["mwg_comments"] = life.hand_in(r.MwgComments(year=2028, comments=("More data",)))
    answer = r.CommentAnswer(number=1, text="Added", addressed=True)
    final = life.hand_in(r.FinalReport(year=2028, answers=(answer,)))
    assert named(life, first[earlier]) == [("submission.newer_entry", str(final.entry))]
    life.hand_in(mistake(final))
    assert named(life, first[earlier]) == []


@pytest.mark.clause("REP-09")
def test_the_comments_that_a_mistaken_final_report_answered_wait_again() -> None:
    life = year(JUNE)
    life.hand_in(p.report(2028, APRIL))
    life.hand_in(r.MwgComments(year=2028, comments=("More data",)))
    answer = r.CommentAnswer(number=1, text="Added", addressed=True)
    final = life.hand_in(r.FinalReport(year=2028, answers=(answer,)))
    life.hand_in(mistake(final))
    (comment,) = life.state.comments
    assert (comment.answer, comment.answered_at) == ("", None)
    assert life.refusals(r.FinalReport(year=2028))
    life.hand_in(r.FinalReport(year=2028, answers=(answer,)))


@pytest.mark.clause("DIA-02")
def test_circumstances_are_taken_back_one_by_one_in_any_order() -> None:
    life = year()
    kinds = (CircumstanceForm.POLITICAL, CircumstanceForm.ECONOMIC, CircumstanceForm.HUMANITARIAN)
    entered = [
        life.hand_in(r.SpecialCircumstances(form=form, starts_on=APRIL, ends_on=JUNE, note=form.value))
        for form in kinds
    ]
    life.hand_in(mistake(entered[0]))
    life.hand_in(mistake(entered[1]))
    assert [one.form for one in life.state.circumstances] == [CircumstanceForm.HUMANITARIAN]
    life.hand_in(mistake(entered[2]))
    assert life.state.circumstances == []


@pytest.mark.clause("REV-01", "REV-08")
def test_nothing_of_a_review_taken_back_remains_judged() -> None:
    life = year(JUNE)
    receipt = life.hand_in(p.review(2028), p.MWG)
    life.hand_in(mistake(receipt))
    cycle = life.state.cycles[-1]
    judged = (cycle.judged_on, cycle.commitments_met, cycle.active_in_community, cycle.reporting_met)
    assert judged == (None, None, None, None)
    assert [key for key in life.open_keys() if key.startswith("yearly_review-2028")]


@pytest.mark.clause("GEN-02", "REV-04")
@pytest.mark.parametrize("other_later", [False, True])
def test_who_took_part_in_a_mistaken_consultation_did_not_take_part(other_later: bool) -> None:
    life = year()
    meeting = r.ConsultationRecord(consultation=p.consulted(APRIL)[0])
    receipt = life.hand_in(meeting)
    if other_later:
        life.hand_in(p.report(2028, APRIL), p.FOCAL_POINT)
    life.hand_in(mistake(receipt))
    left = {"workers": 1} if other_later else {}
    assert life.state.cycles[-1].participation.get("workers") == left.get("workers")


@pytest.mark.clause("REP-02", "REP-09")
def test_an_extension_of_the_final_report_is_taken_back_with_the_date_of_the_year() -> None:
    life = year(JUNE)
    life.hand_in(p.report(2028, APRIL))
    life.hand_in(r.MwgComments(year=2028, comments=("More data",)))
    due = life.task("final_report-2028").due_on
    receipt = life.hand_in(r.Extension(task="final_report-2028", until=date(2028, 9, 1), reason="Elections"))
    assert life.state.cycles[-1].final_due_on == date(2028, 9, 1)
    life.hand_in(mistake(receipt))
    assert life.state.cycles[-1].final_due_on == life.task("final_report-2028").due_on == due
    assert life.task("final_report-2028").state is TaskState.OPEN


@pytest.mark.clause("REP-02")
def test_an_extension_taken_back_leaves_a_later_date_of_the_final_report_alone() -> None:
    life = year()
    receipt = life.hand_in(
        r.Extension(task="progress_report-2028", until=date(2028, 5, 20), reason="Elections")
    )
    life.hand_in(p.report(2028, APRIL))
    life.at(date(2028, 6, 20)).hand_in(r.MwgComments(year=2028, comments=("More data",)))
    due = life.state.cycles[-1].final_due_on
    life.hand_in(mistake(receipt))
    assert life.state.cycles[-1].due_on == date(2028, 4, 30)
    assert life.state.cycles[-1].final_due_on == due


@pytest.mark.clause("PLN-12")
def test_activities_taken_back_are_asked_for_again_and_others_are_not() -> None:
    life = year(date(2028, 1, 10))
    activity = r.Activity(title="Train inspectors", priority="children")
    receipt = life.hand_in(
        r.AnnualActivities(year=2028, activities=(activity,), consultations=p.consulted(date(2028, 1, 9)))
    )
    report = life.hand_in(p.report(2028, date(2028, 1, 9)))
    life.hand_in(mistake(report))
    assert "annual_activities-2028.2" not in life.state.tasks
    life.hand_in(mistake(receipt))
    assert "annual_activities-2028.2" in life.open_keys()
