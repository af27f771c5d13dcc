"""Complete papers of an invented country, and the people who hand them in."""

from dataclasses import replace
from datetime import date
from typing import Any

from contracts.messages import Actor
from framework import records as r
from framework.decision_record import GcmDecision
from framework.terms import (
    Addressee,
    Category,
    Consensus,
    DecisionKind,
    EvidenceAbout,
    EvidenceForm,
    Role,
    Topic,
)

SECRETARIAT = Actor(role=Role.SECRETARIAT, name="secretariat")
FOCAL_POINT = Actor(role=Role.FOCAL_POINT, name="focal point", country="XAA")
MWG = Actor(role=Role.MWG, name="reviewer")
GCM = Actor(role=Role.GCM, name="member")

LETTER = r.DocumentRef(id="doc-1", name="letter.pdf", media_type="application/pdf", size=10, sha256="0" * 64)
PERSON = r.Contact(name="Ana Ruiz", post="Director", email="ana@labour.example.org")
SUCCESSOR = r.Contact(name="Ben Oda", post="Director", email="ben@labour.example.org")
EVERYBODY = (Category.GOVERNMENT, Category.EMPLOYERS, Category.WORKERS, Category.CIVIL_SOCIETY)


def consulted(day: date) -> tuple[r.Consultation, ...]:
    """One consultation with everybody, on a day."""
    return (r.Consultation(held_on=day, body="Committee 8.7", categories=EVERYBODY, summary="Agreed."),)


def expression(day: date) -> r.ExpressionOfInterest:
    """A complete expression of interest."""
    return r.ExpressionOfInterest(
        country="XAA",
        country_name="Aruna",
        minister="M. Minister",
        ministry="Ministry of Labour",
        addressee=Addressee.CHAIR,
        dated=day,
        letter=LETTER,
        focal_point=PERSON,
        ministry_email="ministry@labour.example.org",
    )


def stakeholders() -> r.StakeholderList:
    """Employers, workers, government, civil society; one coordination body."""
    return r.StakeholderList(
        stakeholders=tuple(r.Stakeholder(name=one.value, category=one) for one in EVERYBODY),
        bodies=(r.CoordinationBody(name="Committee 8.7", mandate="coordination"),),
    )


def stocktaking(day: date) -> r.Stocktaking:
    """A complete stocktaking."""
    return r.Stocktaking(
        studies=("Survey",),
        laws=("Labour code",),
        policies=("Plan",),
        gaps=tuple(r.Gap(topic=topic, text="Inspection") for topic in Topic),
        existing_sources_used="Survey of the statistics office",
        consultations=consulted(day),
    )


def workshop(day: date) -> r.Workshop:
    """A workshop with everybody."""
    return r.Workshop(
        title="National workshop",
        held_on=day,
        place="Capital",
        participants=EVERYBODY,
        summary="Priorities agreed.",
        existing_structures="Committee 8.7",
        national_action_plans="One",
        regional_initiatives="One",
        stocktaking="Considered",
        international_standards="C138, C182",
    )


def roadmap(day: date) -> r.Roadmap:
    """A roadmap with two priorities and everything that it should have."""
    measure = r.Measure(
        text="Inspect", indicator="Inspections", baseline="10", target="20", by=date(2032, 1, 1)
    )
    return r.Roadmap(
        priorities=(
            r.Priority(key="children", topic=Topic.CHILD_LABOUR, title="Children", measures=(measure,)),
            r.Priority(key="force", topic=Topic.FORCED_LABOUR, title="Force", measures=(measure,)),
        ),
        next_steps=(r.NextStep(key="law", text="Amend the law", by=day.replace(month=12, day=31)),),
        support_areas=("Inspection",),
        timetable="Two years",
        budget=r.Budget(
            currency="USD",
            total="1",
            financial_resources="1",
            human_resources="1",
            gaps="none",
            steps_to_full_financing="none",
        ),
        consultation_process="Three rounds",
        consultations=consulted(day),
    )


def report(year: int, day: date) -> r.ProgressReport:
    """A complete progress report."""
    return r.ProgressReport(
        year=year,
        body_consulted="Committee 8.7",
        consultations=consulted(day),
        progress=(
            r.PriorityProgress(priority="children", text="More inspections", state="on track"),
            r.PriorityProgress(priority="force", text="Law drafted", state="on track"),
        ),
        worked_well="Joint inspections",
        obstacles="Few inspectors",
        participation="All partners",
        next_steps=(r.NextStep(key="train", text="Train inspectors", by=date(year, 12, 31)),),
    )


def indicators(year: int) -> r.IndicatorFramework:
    """An updated indicator framework."""
    value = r.IndicatorValue(indicator="inspections", value="20", unit="number", source="Inspectorate")
    return r.IndicatorFramework(year=year, values=(value,))


def review(year: int, **changes: Any) -> r.YearlyReview:
    """The MWG's review of a good year."""
    good = r.YearlyReview(
        year=year,
        evidence_of_progress=True,
        progress_note="Seen",
        evidence_of_collaboration=True,
        collaboration_note="Seen",
        participation_note="Broad",
        commitments_met=True,
        commitments_note="Met",
        active_in_community=True,
        community_note="Active",
        reporting_met=True,
        reporting_note="In time",
        guidance=("Publish the data",),
    )
    return replace(good, **changes)


def evidence(year: int, about: EvidenceAbout) -> r.Evidence:
    """A survey that speaks of a year."""
    return r.Evidence(
        year=year,
        about=about,
        form=EvidenceForm.SURVEY,
        title="Survey",
        document=LETTER,
        supplied_by="A university",
    )


def decision(kind: DecisionKind, day: date, **changes: Any) -> GcmDecision:
    """A decision that was taken with consensus at a meeting on a day."""
    made = GcmDecision(
        id=f"{kind.value}-{day}", kind=kind, meeting="Meeting", meeting_on=day, consensus=Consensus.REACHED
    )
    return replace(made, **changes)
