"""Completeness of what is recorded in a review year: evidence, judgement, subgroups, letters."""

from framework.findings import Findings, problem, together, warning
from framework.obligations.context import (
    Context,
    attached,
    blanks,
    given,
    past_year,
    reporting_year,
    unless,
    web_address,
)
from framework.records import Assignment, Evidence, StatusLetter, Subgroup, YearlyReview


def evidence(record: Evidence, context: Context) -> Findings:
    """Form, subject, title, a document or link, who supplied it, for a year that has begun (REV-03)."""
    no_cycle = warning("evidence.year.no_cycle", "year", "REV-03", year=record.year)
    return together(
        [
            past_year(record.year, context, "REV-03"),
            unless(
                record.year in context.cycle_years or not past_year(record.year, context, "").ok, no_cycle
            ),
            unless(record.about, problem("evidence.about.missing", "about", "REV-03")),
            unless(record.form, problem("evidence.form.missing", "form", "REV-03")),
            unless(given(record.title), problem("evidence.title.missing", "title", "REV-03")),
            unless(
                attached(record.document) or given(record.link),
                problem("evidence.source.missing", "document", "REV-03"),
            ),
            unless(
                not given(record.link) or web_address(record.link),
                problem("link.malformed", "link", "REV-03"),
            ),
            unless(
                given(record.supplied_by), problem("evidence.supplied_by.missing", "supplied_by", "REV-03")
            ),
        ]
    )


def yearly_review(record: YearlyReview, context: Context) -> Findings:
    """Both judgements on evidence, the conditions of being active, a reason for each 'no' (REV-08)."""
    return together(
        [
            reporting_year(record.year, context, "REV-01"),
            *(_condition(record, *names) for names in CONDITIONS),
            *(problem("list.item.blank", where, "REV-05") for where in blanks(record.guidance, "guidance")),
            unless(record.guidance, warning("yearly_review.guidance.missing", "guidance", "REV-05")),
            unless(
                given(record.participation_note),
                warning("yearly_review.participation.missing", "participation_note", "REV-04"),
            ),
        ]
    )


CONDITIONS = (
    ("evidence_of_progress", "progress_note", "REV-12"),
    ("evidence_of_collaboration", "collaboration_note", "REV-13"),
    ("commitments_met", "commitments_note", "REV-08"),
    ("active_in_community", "community_note", "REV-08"),
    ("reporting_met", "reporting_note", "REV-08"),
)
"""What the MWG judges, the note that goes with it, and the clause that asks for it."""


def _condition(record: YearlyReview, name: str, note: str, clause: str) -> Findings:
    judgement, words = getattr(record, name), given(getattr(record, note))
    if judgement is None:
        return problem("yearly_review.judgement.missing", name, clause)
    if judgement is False:
        return unless(words, problem("yearly_review.note.missing", note, clause))
    return unless(words, warning("yearly_review.note.advised", note, clause))


def subgroup(record: Subgroup, context: Context) -> Findings:
    """A subgroup has a name, members and a mandate (REV-02, DIA-04)."""
    clause = "DIA-04" if record.leads_support else "REV-02"
    return together(
        [
            unless(given(record.name), problem("subgroup.name.missing", "name", clause)),
            unless(record.members, problem("subgroup.members.missing", "members", clause)),
            *(problem("list.item.blank", where, clause) for where in blanks(record.members, "members")),
            unless(given(record.mandate), problem("subgroup.mandate.missing", "mandate", clause)),
        ]
    )


def assignment(record: Assignment, context: Context) -> Findings:
    """An open task and who is to do it (REV-02)."""
    unknown = problem("open_task.unknown", "task", "REV-02", task=record.task)
    return unless(record.task in context.tasks, unknown) + unless(
        given(record.assignee), problem("assignment.assignee.missing", "assignee", "REV-02")
    )


def status_letter(record: StatusLetter, context: Context) -> Findings:
    """The annual letter: for which year, dated, with its text (REV-07)."""
    return together(
        [
            past_year(record.year, context, "REV-07"),
            unless(record.dated, problem("letter.dated.missing", "dated", "REV-07")),
            unless(given(record.text), problem("status_letter.text.missing", "text", "REV-07")),
        ]
    )
