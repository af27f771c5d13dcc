"""One complete submission of every kind, of an invented country, and a context in which it is complete.

Tests take one of them and leave something out: `but(complete.roadmap(), timetable="")`.
"""

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from framework.findings import Findings
from framework.letters import LetterFacts
from framework.obligations import Context, check
from framework.records import (
    Activity,
    AnnualActivities,
    Assignment,
    Budget,
    CommentAnswer,
    CommentAnswers,
    Consultation,
    ConsultationRecord,
    Contact,
    ContactChange,
    ContactsConfirmation,
    ContributorEnded,
    ContributorNamed,
    CoordinationBody,
    CorrectiveMeasure,
    DialogueCheckpoint,
    DialogueGuidance,
    DialogueMeeting,
    DocumentRef,
    EntryCorrection,
    Evidence,
    ExpressionOfInterest,
    Extension,
    ExtensionRequest,
    FeaturedEvent,
    FinalReport,
    Gap,
    GcmItem,
    GcmItemEnd,
    GcmPosition,
    IndicatorFramework,
    IndicatorValue,
    Introduction,
    LetterApproval,
    LetterCorrection,
    LetterEdit,
    LetterPublication,
    LetterWithdrawal,
    MailPreferences,
    Measure,
    MwgComments,
    NapSubmission,
    NationalActionPlan,
    NextStep,
    Nudge,
    Pause,
    PeerExchange,
    PeerIntroduction,
    PolicyChange,
    Presentation,
    Priority,
    PriorityProgress,
    ProfileText,
    ProgressReport,
    ReactivationCheck,
    ReactivationRequest,
    ReplyLetter,
    Resume,
    Roadmap,
    SpecialCircumstances,
    Stakeholder,
    StakeholderList,
    StatusLetter,
    Stocktaking,
    Subgroup,
    SuccessorAccepted,
    SuccessorNamed,
    SuccessorWithdrawn,
    SupportAction,
    Timetable,
    Waiver,
    Withdrawal,
    Workshop,
    YearlyReview,
)
from framework.terms import (
    Addressee,
    Category,
    CircumstanceForm,
    DecisionKind,
    EvidenceAbout,
    EvidenceForm,
    LetterKind,
    LetterState,
    Status,
    SupportForm,
    Topic,
)

Record = TypeVar("Record")

TODAY = date(2028, 4, 20)
PAPER = DocumentRef(id="paper-1", name="paper.pdf")
POINT = Contact(name="Ada Aruna", post="Director", email="ada@labour.example.org")
ALL = tuple(Category)
DRAFT, APPROVED, ANNUAL = "A8.7/XAB/2028/1", "A8.7/XAB/2028/2", "A8.7/XAB/2028/3"
LETTERS = {
    DRAFT: LetterFacts(kind=LetterKind.GRANTED, state=LetterState.DRAFT),
    APPROVED: LetterFacts(kind=LetterKind.GCM_NOTICE, state=LetterState.APPROVED),
    ANNUAL: LetterFacts(kind=LetterKind.STATUS, state=LetterState.DRAFT),
}


def context(**changes: Any) -> Context:
    """A country in April 2028 with a roadmap of two priorities, a committee and an open year."""
    known = Context(
        status=Status.ACTIVE,
        today=TODAY,
        categories_identified=(Category.GOVERNMENT, Category.EMPLOYERS, Category.WORKERS),
        bodies=("National Committee",),
        priorities=("mines", "farms"),
        next_steps=("census",),
        cycle_years=(2027, 2028),
        tasks=("workshop", "stocktaking", "mwg_comments-2028", "progress_report-2028", "dialogue_meeting"),
        samples_allowed=True,
        letters=LETTERS,
    )
    return replace(known, **changes)


def but(record: Record, **changes: Any) -> Record:
    """The same record with something changed."""
    return replace(record, **changes)  # type: ignore[type-var]


def findings(record: Any, **changes: Any) -> Findings:
    """What the check finds, in the usual context with these changes."""
    return check(record, context(**changes))


def problems(record: Any, **changes: Any) -> list[tuple[str, str]]:
    """Keys and places of the problems."""
    return [(one.key, one.where) for one in findings(record, **changes).problems]


def warnings(record: Any, **changes: Any) -> list[tuple[str, str]]:
    """Keys and places of the warnings."""
    return [(one.key, one.where) for one in findings(record, **changes).warnings]


def consultation(*categories: Category) -> Consultation:
    """A consultation with these categories; by default with all nine."""
    return Consultation(
        held_on=date(2028, 3, 1), body="National Committee", categories=categories or ALL, summary="Agreed."
    )


def expression_of_interest() -> ExpressionOfInterest:
    """The minister's letter."""
    return ExpressionOfInterest(
        country="XAA",
        country_name="Aruna",
        minister="A. Minister",
        ministry="Ministry of Labour",
        addressee=Addressee.CHAIR,
        dated=date(2028, 1, 10),
        letter=PAPER,
        focal_point=POINT,
        ministry_email="office@labour.example.org",
    )


def workshop() -> Workshop:
    """A workshop with everybody."""
    return Workshop(
        title="Planning",
        held_on=date(2028, 3, 1),
        until=date(2028, 3, 2),
        place="Arunaville",
        participants=ALL,
        summary="Priorities agreed.",
        existing_structures="Committee",
        national_action_plans="Plan 2025",
        regional_initiatives="Initiative",
        stocktaking="Done",
        international_standards="C182 ratified",
    )


def priority(key: str) -> Priority:
    """A priority area with one measured measure."""
    measure = Measure(text="Inspect", indicator="Inspections", baseline="10", target="100")
    return Priority(key=key, topic=Topic.CHILD_LABOUR, title=key.title(), measures=(measure,))


def roadmap() -> Roadmap:
    """A roadmap with every part, and a budget."""
    return Roadmap(
        priorities=(priority("mines"), priority("farms")),
        next_steps=(NextStep(key="census", text="Count", by=date(2028, 9, 1)),),
        support_areas=("Inspection",),
        timetable="2028 to 2031",
        budget=Budget(
            currency="USD",
            total="100",
            financial_resources="60",
            human_resources="Four inspectors",
            gaps="40",
            steps_to_full_financing="Donors",
        ),
        consultation_process="Two rounds",
        consultations=(consultation(),),
    )


def nap_submission() -> NapSubmission:
    """Plans that meet every requirement."""
    return NapSubmission(
        plans=(NationalActionPlan(title="Plan", document=PAPER),),
        covers_child_labour=True,
        covers_forced_labour=True,
        clear_benchmarks=True,
        indicators_aligned=True,
        priorities=(priority("mines"),),
        consultations=(consultation(),),
    )


def progress_report() -> ProgressReport:
    """A report on both priorities."""
    return ProgressReport(
        year=2028,
        body_consulted="National Committee",
        consultations=(consultation(),),
        progress=(
            PriorityProgress(priority="mines", text="Inspected", state="on track"),
            PriorityProgress(priority="farms", text="Begun", state="slow"),
        ),
        worked_well="Radio",
        obstacles="None",
        participation="All took part",
        next_steps=(NextStep(key="law", text="Draft a law"),),
    )


def yearly_review() -> YearlyReview:
    """A review in which everything is well and noted."""
    return YearlyReview(
        year=2028,
        evidence_of_progress=True,
        progress_note="Survey",
        evidence_of_collaboration=True,
        collaboration_note="Committee",
        participation_note="Broad",
        commitments_met=True,
        commitments_note="Roadmap followed",
        active_in_community=True,
        community_note="Attended",
        reporting_met=True,
        reporting_note="In time",
        guidance=("Go on",),
    )


def evidence() -> Evidence:
    """A survey with a document."""
    return Evidence(
        year=2028,
        about=EvidenceAbout.PROGRESS,
        form=EvidenceForm.SURVEY,
        title="Survey",
        document=PAPER,
        supplied_by="University",
    )


def reactivation_request() -> ReactivationRequest:
    """A letter to the Chair with one measure."""
    return ReactivationRequest(
        addressee=Addressee.CHAIR,
        dated=date(2028, 4, 1),
        letter=PAPER,
        roadmap_changes="none",
        measures=(CorrectiveMeasure(text="Staff", taken=True, evidence=PAPER),),
    )


def indicator_framework() -> IndicatorFramework:
    """One value, and one that is not available."""
    return IndicatorFramework(
        year=2028,
        values=(
            IndicatorValue(indicator="Inspections", value="12", unit="per year", source="Ministry"),
            IndicatorValue(indicator="Survey", unavailable_because="Not held yet"),
        ),
    )


def every_kind() -> dict[str, Any]:
    """A complete submission of each kind, by kind."""
    day = date(2028, 4, 1)
    records: tuple[Any, ...] = (
        expression_of_interest(),
        Introduction(held_on=day),
        PeerIntroduction(with_country="XAB", on=day),
        ReplyLetter(dated=day, text="Welcome"),
        Timetable(
            consultations_from=date(2028, 5, 1),
            consultations_until=date(2028, 8, 1),
            workshop_on=date(2028, 9, 1),
            roadmap_on=date(2028, 12, 1),
        ),
        StakeholderList(
            stakeholders=tuple(Stakeholder(name=one.value, category=one) for one in Category),
            bodies=(CoordinationBody(name="National Committee"),),
        ),
        Stocktaking(
            studies=("Survey 2025",),
            laws=("Labour Code",),
            policies=("Plan",),
            gaps=tuple(Gap(topic=topic, text="Gap") for topic in Topic),
            existing_sources_used="Survey",
            consultations=(consultation(),),
        ),
        workshop(),
        roadmap(),
        nap_submission(),
        Presentation(meeting="GCG 12", meeting_on=date(2028, 6, 1), place="Geneva"),
        CommentAnswers(answers=(CommentAnswer(number=1, text="Done"),)),
        ProfileText(text="Aruna"),
        AnnualActivities(
            year=2028,
            activities=(
                Activity(title="Train", priority="mines"),
                Activity(title="Count", next_step="census"),
            ),
            consultations=(consultation(),),
        ),
        progress_report(),
        indicator_framework(),
        MwgComments(year=2028, comments=("Say more",)),
        FinalReport(year=2028, answers=(CommentAnswer(number=1, text="Done"),)),
        PeerExchange(year=2028, with_country="XAB", on=date(2028, 6, 1), topic="Inspection"),
        FeaturedEvent(title="HLPF", on=day, place="New York"),
        evidence(),
        yearly_review(),
        Subgroup(name="Reports", members=("MWG seat 1",), mandate="Review"),
        Assignment(task="mwg_comments-2028", assignee="MWG seat 1"),
        StatusLetter(year=2027, dated=day, text="Active"),
        SupportAction(
            reference="S1", form=SupportForm.PEER_LEARNING, provider="XAB", topic="Inspection", starts_on=day
        ),
        ConsultationRecord(consultation=consultation()),
        SpecialCircumstances(form=CircumstanceForm.POLITICAL, starts_on=day, note="Elections"),
        DialogueMeeting(held_on=day, topics=("reports",), notes="Good"),
        DialogueGuidance(items=("Report",)),
        DialogueCheckpoint(assessment="Improving"),
        reactivation_request(),
        ReactivationCheck(
            annual_report=True,
            indicator_framework=True,
            evidence_of_progress=True,
            evidence_of_collaboration=True,
        ),
        ExtensionRequest(
            task="progress_report-2028",
            until=date(2028, 6, 1),
            reason="Elections",
            body_in_support="National Committee",
        ),
        Extension(task="progress_report-2028", until=date(2028, 6, 1), reason="Elections"),
        Waiver(task="stocktaking", reason="Done before"),
        ContactChange(focal_point=POINT, letter=PAPER),
        Pause(dated=day, letter=PAPER, reason="Elections"),
        Resume(reason="Elections over"),
        Withdrawal(dated=day, letter=PAPER, reason="Other plans"),
        EntryCorrection(entry=4, reason="Wrong date"),
        PolicyChange(settings={"candidate_nudge_days": 60}, reason="Agreed"),
        LetterEdit(number=DRAFT, subject="The status", paragraphs=("Congratulations.",)),
        LetterApproval(number=DRAFT, signed_by="Ada Ames", signed_post="Head of the Secretariat"),
        LetterWithdrawal(number=DRAFT, reason="Told in person"),
        LetterPublication(number=APPROVED, public=True),
        LetterCorrection(number=APPROVED, reason="Wrong date"),
        MailPreferences(time_zone="Africa/Nairobi", second_email="office@labour.example"),
        Nudge(task="progress_report-2028", text="Is there anything we can help with?"),
        ContactsConfirmation(year=2028),
        SuccessorNamed(successor=POINT, overlap_days=30, letter=PAPER),
        SuccessorAccepted(handover="handover-12"),
        SuccessorWithdrawn(handover="handover-12", reason="Another person is meant"),
        ContributorNamed(contributor=POINT, tasks=("progress_report",), until=date(2028, 12, 31)),
        ContributorEnded(contributor="contributor-14"),
        GcmItem(decides=DecisionKind.ANNUAL_STATUS, year=2028, text="The commitments were met."),
        GcmPosition(item="annual_status-2028", seat="Employers", position="support"),
        GcmItemEnd(item="annual_status-2028", reason="More time was asked for"),
    )
    return {record.kind: record for record in records}
