"""Completeness of what is recorded in a review year."""

from dataclasses import replace

import pytest

from framework.obligations.review import CONDITIONS
from framework.records import Assignment, DocumentRef, Evidence, StatusLetter, Subgroup, YearlyReview
from framework.terms import EvidenceForm
from tests.framework import complete
from tests.framework.complete import TODAY, but, findings, problems, warnings

EVIDENCE: Evidence = complete.evidence()
REVIEW: YearlyReview = complete.yearly_review()


@pytest.mark.clause("REV-03")
def test_evidence_says_what_it_is_about_in_which_form_from_whom_with_a_source() -> None:
    assert problems(Evidence()) == [
        ("year.implausible", "year"),
        ("evidence.about.missing", "about"),
        ("evidence.form.missing", "form"),
        ("evidence.title.missing", "title"),
        ("evidence.source.missing", "document"),
        ("evidence.supplied_by.missing", "supplied_by"),
    ]


@pytest.mark.clause("REV-03")
@pytest.mark.parametrize("form", list(EvidenceForm))
def test_every_form_of_evidence_is_taken_also_without_a_report(form: EvidenceForm) -> None:
    assert problems(but(EVIDENCE, form=form)) == []


@pytest.mark.clause("REV-03")
def test_a_link_does_instead_of_a_document() -> None:
    assert problems(but(EVIDENCE, document=None, link="https://example.org/survey")) == []
    assert problems(but(EVIDENCE, document=DocumentRef(id=" "))) == [
        ("evidence.source.missing", "document"),
        ("document.id.missing", "document.id"),
    ]


@pytest.mark.clause("REV-03")
@pytest.mark.parametrize(
    "link",
    ["example.org", "ftp://example.org", "javascript:alert(1)", "https://", "https://[x", "https://a b.org"],
)
def test_a_link_that_leads_nowhere_is_refused(link: str) -> None:
    assert problems(but(EVIDENCE, link=link)) == [("link.malformed", "link")]


@pytest.mark.clause("REV-03", "DIA-05")
def test_evidence_may_speak_of_an_earlier_year_but_not_of_a_later_one() -> None:
    assert problems(but(EVIDENCE, year=2027, found_in_dialogue=True)) == []
    earlier = but(EVIDENCE, year=2024)
    assert (problems(earlier), warnings(earlier)) == ([], [("evidence.year.no_cycle", "year")])
    assert problems(but(EVIDENCE, year=2029)) == [("year.implausible", "year")]


@pytest.mark.clause("REV-01", "REV-08")
def test_an_empty_review_is_told_every_judgement_that_is_missing() -> None:
    assert problems(YearlyReview(year=2028)) == [
        ("yearly_review.judgement.missing", name) for name, _, _ in CONDITIONS
    ]
    assert [name for name, _, _ in CONDITIONS] == [
        "evidence_of_progress",
        "evidence_of_collaboration",
        "commitments_met",
        "active_in_community",
        "reporting_met",
    ]


@pytest.mark.clause("REV-08", "REV-12", "REV-13")
@pytest.mark.parametrize(("name", "note", "clause"), CONDITIONS)
def test_a_no_needs_its_reason_a_yes_is_doubtful_without_one(name: str, note: str, clause: str) -> None:
    no = replace(REVIEW, **{name: False, note: " "})  # type: ignore[arg-type]
    found = findings(no)
    assert [(one.key, one.where, one.clause) for one in found.problems] == [
        ("yearly_review.note.missing", note, clause)
    ]
    yes = replace(REVIEW, **{note: ""})  # type: ignore[arg-type]
    assert (problems(yes), warnings(yes)) == ([], [("yearly_review.note.advised", note)])


@pytest.mark.clause("REV-04", "REV-05")
def test_missing_guidance_and_participation_are_doubts_blank_guidance_is_refused() -> None:
    thin = but(REVIEW, guidance=(), participation_note="")
    assert problems(thin) == []
    assert warnings(thin) == [
        ("yearly_review.guidance.missing", "guidance"),
        ("yearly_review.participation.missing", "participation_note"),
    ]
    assert problems(but(REVIEW, guidance=("Go on", " "))) == [("list.item.blank", "guidance[1]")]


@pytest.mark.clause("REV-14")
def test_a_flag_by_the_mwgs_own_judgement_is_optional() -> None:
    assert problems(REVIEW) == problems(but(REVIEW, raise_flag_because="Mixed lapses")) == []


@pytest.mark.clause("REV-01")
def test_a_review_is_of_a_year_on_record() -> None:
    assert problems(but(REVIEW, year=2031)) == [("year.not_open", "year")]


@pytest.mark.clause("REV-02", "DIA-04")
def test_a_subgroup_has_name_members_and_mandate() -> None:
    found = findings(Subgroup(leads_support=True))
    assert [(one.key, one.clause) for one in found.problems] == [
        ("subgroup.name.missing", "DIA-04"),
        ("subgroup.members.missing", "DIA-04"),
        ("subgroup.mandate.missing", "DIA-04"),
    ]
    blank = Subgroup(name="Reports", members=("A", ""), mandate="Review")
    assert problems(blank) == [("list.item.blank", "members[1]")]


@pytest.mark.clause("REV-02")
def test_only_an_open_task_can_be_assigned() -> None:
    assert problems(Assignment(task="mwg_comments-2020")) == [
        ("open_task.unknown", "task"),
        ("assignment.assignee.missing", "assignee"),
    ]


@pytest.mark.clause("REV-07")
def test_a_status_letter_has_year_date_and_text() -> None:
    assert problems(StatusLetter()) == [
        ("year.implausible", "year"),
        ("letter.dated.missing", "dated"),
        ("status_letter.text.missing", "text"),
    ]
    assert problems(StatusLetter(year=2027, dated=TODAY, text="Active")) == []
