"""Completeness of what is recorded in support, in a dialogue and on the way back."""

from framework.findings import Findings, problem, together, warning
from framework.obligations.consultations import SOCIAL_PARTNERS, particulars
from framework.obligations.context import (
    Context,
    attached,
    blanks,
    each,
    given,
    listed,
    unless,
    web_address,
)
from framework.records import (
    ConsultationRecord,
    CorrectiveMeasure,
    DialogueCheckpoint,
    DialogueGuidance,
    DialogueMeeting,
    ReactivationCheck,
    ReactivationRequest,
    SpecialCircumstances,
    SupportAction,
)
from framework.terms import Addressee, SupportState


def support_action(record: SupportAction, context: Context) -> Findings:
    """A form of support, by whom, about what and since when (IMP-02)."""
    start, end = record.starts_on, record.ends_on
    backwards = problem("dates.backwards", "ends_on", "IMP-02", start=start, end=end)
    open_end = warning("support_action.ends_on.missing", "ends_on", "IMP-02")
    return together(
        [
            unless(
                given(record.reference), problem("support_action.reference.missing", "reference", "IMP-02")
            ),
            unless(record.form, problem("support_action.form.missing", "form", "IMP-02")),
            unless(given(record.provider), problem("support_action.provider.missing", "provider", "IMP-02")),
            unless(given(record.topic), problem("support_action.topic.missing", "topic", "IMP-02")),
            unless(start, problem("support_action.starts_on.missing", "starts_on", "IMP-02")),
            unless(not (start and end and end < start), backwards),
            unless(end or record.state is not SupportState.COMPLETED, open_end),
        ]
    )


def consultation(record: ConsultationRecord, context: Context) -> Findings:
    """One consultation by itself (REV-04); without both social partners it is doubtful (GEN-02)."""
    item = record.consultation
    if item is None:
        return problem("consultation.missing", "consultation", "GEN-02")
    absent = [category.value for category in SOCIAL_PARTNERS if category not in item.categories]
    partial = warning(
        "consultation.social_partners.absent", "consultation.categories", "GEN-02", categories=listed(absent)
    )
    return particulars(item, "consultation", "GEN-02") + unless(not absent or not item.categories, partial)


def special_circumstances(record: SpecialCircumstances, context: Context) -> Findings:
    """What kind of circumstances, since when, and what happened (DIA-02)."""
    start, end = record.starts_on, record.ends_on
    backwards = problem("dates.backwards", "ends_on", "DIA-02", start=start, end=end)
    return together(
        [
            unless(record.form, problem("circumstances.form.missing", "form", "DIA-02")),
            unless(start, problem("circumstances.starts_on.missing", "starts_on", "DIA-02")),
            unless(not (start and end and end < start), backwards),
            unless(given(record.note), problem("circumstances.note.missing", "note", "DIA-02")),
            unless(
                end or not record.pauses_dialogue, warning("circumstances.open_ended", "ends_on", "DIA-02")
            ),
        ]
    )


def dialogue_meeting(record: DialogueMeeting, context: Context) -> Findings:
    """A meeting that was held, and what it was about (DIA-01)."""
    return together(
        [
            unless(record.held_on, problem("dialogue_meeting.held_on.missing", "held_on", "DIA-01")),
            unless(record.topics, problem("dialogue_meeting.topics.missing", "topics", "DIA-01")),
            *(problem("list.item.blank", where, "DIA-01") for where in blanks(record.topics, "topics")),
            unless(given(record.notes), warning("dialogue_meeting.notes.missing", "notes", "DIA-01")),
        ]
    )


def dialogue_guidance(record: DialogueGuidance, context: Context) -> Findings:
    """Guidance says something, or asks for an adapted roadmap (DIA-03)."""
    empty = problem("dialogue_guidance.empty", "items", "DIA-03")
    return unless(record.items or record.adapt_roadmap, empty) + together(
        problem("list.item.blank", where, "DIA-03") for where in blanks(record.items, "items")
    )


def dialogue_checkpoint(record: DialogueCheckpoint, context: Context) -> Findings:
    """How the dialogue stands, in words (DIA-01)."""
    return unless(
        given(record.assessment), problem("dialogue_checkpoint.assessment.missing", "assessment", "DIA-01")
    )


def reactivation_request(record: ReactivationRequest, context: Context) -> Findings:
    """A dated letter to the Chair, roadmap changes or 'none' (REA-02), measures with evidence (REA-03)."""
    items, to_chair = record.measures, record.addressee is Addressee.CHAIR
    return together(
        [
            unless(record.addressee, problem("reactivation.addressee.missing", "addressee", "REA-02")),
            unless(
                to_chair or record.addressee is None,
                problem("reactivation.addressee.not_chair", "addressee", "REA-02"),
            ),
            unless(record.dated, problem("letter.dated.missing", "dated", "REA-02")),
            unless(attached(record.letter), problem("letter.document.missing", "letter", "REA-02")),
            unless(
                given(record.roadmap_changes),
                problem("reactivation.roadmap_changes.missing", "roadmap_changes", "REA-02"),
            ),
            unless(items, problem("reactivation.measures.missing", "measures", "REA-03")),
            each(items, "measures", lambda place, index: _corrective(items[index], place)),
        ]
    )


def _corrective(measure: CorrectiveMeasure, where: str) -> Findings:
    link, shown = measure.link, attached(measure.evidence) or given(measure.link)
    return together(
        [
            unless(given(measure.text), problem("corrective.text.missing", f"{where}.text", "REA-03")),
            unless(shown, problem("corrective.evidence.missing", f"{where}.evidence", "REA-03")),
            unless(
                not given(link) or web_address(link), problem("link.malformed", f"{where}.link", "REA-03")
            ),
        ]
    )


def reactivation_check(record: ReactivationCheck, context: Context) -> Findings:
    """All four obligations were looked at; what is not met has its note (REA-04)."""
    names = ("annual_report", "indicator_framework", "evidence_of_progress", "evidence_of_collaboration")
    unmet = [name for name in names if getattr(record, name) is False]
    return together(
        problem("reactivation_check.judgement.missing", name, "REA-04")
        for name in names
        if getattr(record, name) is None
    ) + unless(not unmet or given(record.note), problem("reactivation_check.note.missing", "note", "REA-04"))
