"""One check for every kind of submission."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from framework.findings import Findings
from framework.obligations import (
    candidate,
    correspondence,
    handover,
    items,
    letters,
    management,
    planning,
    reporting,
    review,
    support,
)
from framework.obligations.anywhere import anywhere
from framework.obligations.context import Context
from framework.obligations.kinds import KINDS
from framework.records import ExpressionOfInterest, Submission

CHECKS: Mapping[str, Callable[[Any, Context], Findings]] = MappingProxyType(
    {
        "expression_of_interest": candidate.expression_of_interest,
        "introduction": candidate.introduction,
        "peer_introduction": candidate.peer_introduction,
        "reply_letter": candidate.reply_letter,
        "timetable": candidate.timetable,
        "stakeholder_list": candidate.stakeholder_list,
        "stocktaking": candidate.stocktaking,
        "workshop": candidate.workshop,
        "roadmap": planning.roadmap,
        "nap_submission": planning.nap_submission,
        "presentation": candidate.presentation,
        "comment_answers": planning.comment_answers,
        "profile_text": candidate.profile_text,
        "annual_activities": reporting.annual_activities,
        "progress_report": reporting.progress_report,
        "indicator_framework": reporting.indicator_framework,
        "mwg_comments": reporting.mwg_comments,
        "final_report": reporting.final_report,
        "peer_exchange": reporting.peer_exchange,
        "featured_event": reporting.featured_event,
        "evidence": review.evidence,
        "yearly_review": review.yearly_review,
        "subgroup": review.subgroup,
        "assignment": review.assignment,
        "status_letter": review.status_letter,
        "support_action": support.support_action,
        "consultation": support.consultation,
        "special_circumstances": support.special_circumstances,
        "dialogue_meeting": support.dialogue_meeting,
        "dialogue_guidance": support.dialogue_guidance,
        "dialogue_checkpoint": support.dialogue_checkpoint,
        "reactivation_request": support.reactivation_request,
        "reactivation_check": support.reactivation_check,
        "extension_request": management.extension_request,
        "extension": management.extension,
        "waiver": management.waiver,
        "contact_change": management.contact_change,
        "pause": management.pause,
        "resume": management.resume,
        "withdrawal": management.withdrawal,
        "entry_correction": management.entry_correction,
        "policy_change": management.policy_change,
        "letter_edit": letters.letter_edit,
        "letter_approval": letters.letter_approval,
        "letter_withdrawal": letters.letter_withdrawal,
        "letter_publication": letters.letter_publication,
        "letter_correction": letters.letter_correction,
        "mail_preferences": correspondence.mail_preferences,
        "nudge": correspondence.nudge,
        "contacts_confirmation": correspondence.contacts_confirmation,
        "successor_named": handover.successor_named,
        "successor_accepted": handover.of_a_naming,
        "successor_withdrawn": handover.of_a_naming,
        "contributor_named": handover.contributor_named,
        "contributor_ended": handover.contributor_ended,
        "gcm_item": items.gcm_item,
        "gcm_position": items.gcm_position,
        "gcm_item_end": items.gcm_item_end,
    }
)


def check(submission: Submission | ExpressionOfInterest, context: Context) -> Findings:
    """All that is missing, wrong or doubtful in a submission, by its kind and by what holds for all kinds."""
    rule = KINDS.get(submission.kind)
    clause = rule.clauses[0] if rule else "EOI-02"
    return CHECKS[submission.kind](submission, context) + anywhere(submission, context, clause)
