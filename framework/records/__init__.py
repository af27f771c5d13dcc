"""The records that people hand in or register, one dataclass per kind. Absent means None or empty: the rules complain."""

from framework.records.basics import Consultation, Contact, DocumentRef
from framework.records.candidate import (
    Absence,
    Budget,
    CommentAnswer,
    CommentAnswers,
    CoordinationBody,
    ExpressionOfInterest,
    Gap,
    Introduction,
    Measure,
    NapSubmission,
    NationalActionPlan,
    NextStep,
    PeerIntroduction,
    Presentation,
    Priority,
    ProfileText,
    ReplyLetter,
    Roadmap,
    Stakeholder,
    StakeholderList,
    Stocktaking,
    Timetable,
    Workshop,
)
from framework.records.correspondence import ContactsConfirmation, MailPreferences, Nudge
from framework.records.handover import (
    ContributorEnded,
    ContributorNamed,
    SuccessorAccepted,
    SuccessorNamed,
    SuccessorWithdrawn,
)
from framework.records.items import GcmItem, GcmItemEnd, GcmPosition
from framework.records.letters import (
    LetterApproval,
    LetterCorrection,
    LetterEdit,
    LetterPublication,
    LetterWithdrawal,
)
from framework.records.management import (
    ContactChange,
    EntryCorrection,
    Extension,
    ExtensionRequest,
    Pause,
    PolicyChange,
    Resume,
    Waiver,
    Withdrawal,
)
from framework.records.reporting import (
    Activity,
    AnnualActivities,
    FeaturedEvent,
    FinalReport,
    IndicatorFramework,
    IndicatorValue,
    MwgComments,
    PeerExchange,
    PriorityProgress,
    ProgressReport,
)
from framework.records.review import Assignment, Evidence, StatusLetter, Subgroup, YearlyReview
from framework.records.support import (
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

Submission = (
    Introduction
    | PeerIntroduction
    | ReplyLetter
    | Timetable
    | StakeholderList
    | Stocktaking
    | Workshop
    | Roadmap
    | NapSubmission
    | Presentation
    | CommentAnswers
    | ProfileText
    | AnnualActivities
    | ProgressReport
    | IndicatorFramework
    | MwgComments
    | FinalReport
    | PeerExchange
    | FeaturedEvent
    | Evidence
    | YearlyReview
    | Subgroup
    | Assignment
    | StatusLetter
    | SupportAction
    | ConsultationRecord
    | SpecialCircumstances
    | DialogueMeeting
    | DialogueGuidance
    | DialogueCheckpoint
    | ReactivationRequest
    | ReactivationCheck
    | ExtensionRequest
    | Extension
    | Waiver
    | ContactChange
    | Pause
    | Resume
    | Withdrawal
    | EntryCorrection
    | PolicyChange
    | LetterEdit
    | LetterApproval
    | LetterWithdrawal
    | LetterPublication
    | LetterCorrection
    | MailPreferences
    | Nudge
    | ContactsConfirmation
    | SuccessorNamed
    | SuccessorAccepted
    | SuccessorWithdrawn
    | ContributorNamed
    | ContributorEnded
    | GcmItem
    | GcmPosition
    | GcmItemEnd
)
"""Everything that can be submitted to a living country; told apart by `kind`."""

__all__ = [
    "Absence",
    "Activity",
    "AnnualActivities",
    "Assignment",
    "Budget",
    "CommentAnswer",
    "CommentAnswers",
    "Consultation",
    "ConsultationRecord",
    "Contact",
    "ContactChange",
    "ContactsConfirmation",
    "ContributorEnded",
    "ContributorNamed",
    "CoordinationBody",
    "CorrectiveMeasure",
    "DialogueCheckpoint",
    "DialogueGuidance",
    "DialogueMeeting",
    "DocumentRef",
    "EntryCorrection",
    "Evidence",
    "ExpressionOfInterest",
    "Extension",
    "ExtensionRequest",
    "FeaturedEvent",
    "FinalReport",
    "Gap",
    "GcmItem",
    "GcmItemEnd",
    "GcmPosition",
    "IndicatorFramework",
    "IndicatorValue",
    "Introduction",
    "LetterApproval",
    "LetterCorrection",
    "LetterEdit",
    "LetterPublication",
    "LetterWithdrawal",
    "MailPreferences",
    "Measure",
    "MwgComments",
    "NapSubmission",
    "NationalActionPlan",
    "NextStep",
    "Nudge",
    "Pause",
    "PeerExchange",
    "PeerIntroduction",
    "PolicyChange",
    "Presentation",
    "Priority",
    "PriorityProgress",
    "ProfileText",
    "ProgressReport",
    "ReactivationCheck",
    "ReactivationRequest",
    "ReplyLetter",
    "Resume",
    "Roadmap",
    "SpecialCircumstances",
    "Stakeholder",
    "StakeholderList",
    "StatusLetter",
    "Stocktaking",
    "Subgroup",
    "Submission",
    "SuccessorAccepted",
    "SuccessorNamed",
    "SuccessorWithdrawn",
    "SupportAction",
    "Timetable",
    "Waiver",
    "Withdrawal",
    "Workshop",
    "YearlyReview",
]
