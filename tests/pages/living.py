"""Countries with a past, written into a read model as their process would write them: without a server, in a moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from contracts.rows import Delivery, Outcome
from contracts.state import StatusChange
from framework import records as r
from framework.facts import Candidacy
from framework.terms import (
    Confidentiality,
    DecisionKind,
    EvidenceAbout,
    Language,
    LetterState,
    Status,
    SupportForm,
    SupportState,
    Topic,
)
from storage import ledger
from storage.engine import Database, open_database
from storage.schema import migrate
from storage.writing import write_batch
from tests.process import papers as p
from tests.process.life import Life
from workflows.process import view

NOW = datetime(2031, 1, 10, 12, tzinfo=UTC)
"""When the countries here are looked at."""

GRANTED = date(2026, 6, 11)
MEETING = "GCM-2026-1"


def read_year(life: Life, year: int, inspections: str = "") -> None:
    """A whole good year: activities, report, indicators, comments, final report, review, the GCM's yearly word."""
    life.at(date(year, 2, 20))
    activity = r.Activity(title=f"Train inspectors in {year}", priority="children", by=date(year, 9, 30))
    life.hand_in(
        r.AnnualActivities(year=year, activities=(activity,), consultations=p.consulted(date(year, 2, 1))),
        p.FOCAL_POINT,
    )
    life.at(date(year, 4, 12))
    life.hand_in(p.report(year, date(year, 3, 1)), p.FOCAL_POINT)
    life.hand_in(_indicators(year, inspections or f"{900 + (year - 2026) * 140}"), p.FOCAL_POINT)
    life.hand_in(replace(p.evidence(year, EvidenceAbout.PROGRESS), title=f"Survey of farms {year}"), p.MWG)
    life.at(date(year, 5, 20))
    life.hand_in(
        r.MwgComments(year=year, comments=("Say how many inspectors work in the mines.", "Name the source.")),
        p.MWG,
    )
    life.at(date(year, 6, 12))
    numbers = [one.number for one in life.state.comments if one.about == f"report-{year}"]
    answers = tuple(r.CommentAnswer(number=one, text="Added to the second section.") for one in numbers)
    life.hand_in(r.FinalReport(year=year, answers=answers), p.FOCAL_POINT)
    life.at(date(year, 9, 18))
    life.hand_in(p.review(year), p.MWG)
    life.at(date(year, 11, 5))
    life.accepted(DecisionKind.ANNUAL_STATUS, date(year, 11, 5), year=year, outcome="active")


def _indicators(year: int, inspections: str) -> r.IndicatorFramework:
    rows = (
        ("Labour inspections", inspections, "number", ""),
        ("Children in child labour, 5 to 17 years", f"{18.4 - (year - 2026) * 0.9:.1f}", "%", "by area"),
        ("Victims identified", "", "", ""),
    )
    return r.IndicatorFramework(
        year=year,
        values=tuple(
            r.IndicatorValue(
                indicator=name,
                value=value,
                unit=unit,
                source="Labour inspectorate" if value else "",
                disaggregation=by,
                unavailable_because="" if value else "No register yet",
            )
            for name, value, unit, by in rows
        ),
    )


def steady(years: int = 4) -> Life:
    """Active since 2026, with a good report each year from 2027 on."""
    life = _active(date(2027, 1, 5), GRANTED)
    life.state.code, life.state.name = "XAA", "Aruna"
    life.at(date(2027, 1, 10)).hand_in(_roadmap(date(2026, 12, 1)), p.FOCAL_POINT)
    text = "Aruna joined Alliance 8.7 to end child labour in its mines and farms within the decade."
    life.hand_in(r.ProfileText(text=text))
    for number, state in enumerate((SupportState.UNDER_WAY, SupportState.PLANNED), start=1):
        life.hand_in(
            r.SupportAction(
                reference=f"support-{number}",
                form=SupportForm.TECHNICAL_ASSISTANCE,
                provider="ILO country office",
                topic="Inspection of mines" if state is SupportState.UNDER_WAY else "Not agreed yet",
                starts_on=date(2027, 1, 9),
                state=state,
            )
        )
    for year in range(2027, 2027 + years):
        read_year(life, year)
        if year == 2028:
            life.hand_in(_updated(date(2028, 11, 1)), p.FOCAL_POINT)
        life.hand_in(r.FeaturedEvent(title=f"HLPF side event {year}", on=date(year, 7, 10), place="New York"))
    secret = replace(
        p.evidence(2027, EvidenceAbout.COLLABORATION),
        title="Interviews with survivors",
        confidentiality=Confidentiality.SECRETARIAT,
    )
    life.hand_in(secret, p.SECRETARIAT)
    _publish_one(life)
    return life


def silent() -> Life:
    """Active since 2026 and silent from 2027 on: flags, a dialogue without a good end, inactive."""
    life = _active(date(2027, 1, 5), date(2026, 3, 1), language=Language.FRENCH)
    life.state.code, life.state.name = "XAB", "Brisovia"
    life.at(date(2028, 10, 2))
    life.accepted(DecisionKind.OPEN_DIALOGUE, date(2028, 10, 2), outcome="opened", topics=("Reporting",))
    life.at(date(2028, 12, 1))
    life.hand_in(r.DialogueMeeting(held_on=date(2028, 11, 28), topics=("Reporting",), notes="Frank talk"))
    life.at(date(2029, 5, 2))
    life.accepted(
        DecisionKind.CLOSE_DIALOGUE,
        date(2029, 5, 2),
        outcome="no_positive_outcome",
        statement="Nothing moved",
    )
    life.accepted(DecisionKind.DECLARE_INACTIVE, date(2029, 5, 3))
    return life


def troubled() -> Life:
    """Active and silent for two years: two flags that stand open, a dialogue under way, a report that is late."""
    life = _active(date(2027, 1, 5), date(2025, 3, 1), language=Language.SPANISH)
    life.state.code, life.state.name = "XAD", "Cordamar"
    life.at(date(2028, 10, 2))
    life.accepted(DecisionKind.OPEN_DIALOGUE, date(2028, 10, 2), outcome="opened", topics=("Reporting",))
    return life.at(date(2029, 5, 20))


def candidate() -> Life:
    """A candidate that has handed in a first roadmap: a draft as far as the world is concerned."""
    life = Life.candidate(date(2027, 1, 5))
    life.state.code, life.state.name = "XAC", "Dunmere"
    life.at(date(2027, 2, 1)).hand_in(p.stakeholders(), p.FOCAL_POINT.model_copy(update={"country": "XAC"}))
    return life


def _active(today: date, granted: date, language: Language = Language.ENGLISH) -> Life:
    since = date(granted.year - 1, 9, 1)
    change = StatusChange(
        before=Status.CANDIDATE, after=Status.ACTIVE, on=granted, because=MEETING, since_before=since
    )
    return Life.active(
        today,
        granted,
        status_history=[change],
        language=language,
        ministry="Ministry of Labour",
        candidacy=Candidacy(eoi_on=since, has_focal_point=True),
    )


def _roadmap(day: date) -> r.Roadmap:
    measure = r.Measure(
        text="Inspect every mine twice a year",
        indicator="Labour inspections",
        baseline="900",
        target="2 000",
        by=date(2031, 12, 31),
    )
    law = r.Measure(text="Make forced labour an offence of its own", by=date(2028, 12, 31))
    return replace(
        p.roadmap(day),
        priorities=(
            r.Priority(
                key="children",
                topic=Topic.CHILD_LABOUR,
                title="No child works in a mine",
                measures=(measure,),
            ),
            r.Priority(
                key="force",
                topic=Topic.FORCED_LABOUR,
                title="Recruiters answer for debts",
                measures=(law,),
            ),
        ),
        next_steps=(r.NextStep(key="law", text="Send the bill to parliament", by=date(day.year, 12, 31)),),
        support_areas=("Training of inspectors",),
    )


def _updated(day: date) -> r.Roadmap:
    before = _roadmap(day)
    children, force = before.priorities
    more = replace(children.measures[0], text="Inspect every mine and quarry twice a year", target="2 400")
    return replace(before, priorities=(force, replace(children, measures=(more,))), timetable="Four years")


def _publish_one(life: Life) -> None:
    """The first letter of each kind is approved; the status letter is made public."""
    drafts = [one for one in life.state.letters if one.state is LetterState.DRAFT]
    for letter in drafts[:1]:
        approval = r.LetterApproval(
            number=letter.number, signed_by="Dana Signer", signed_post="Head", public=True
        )
        life.hand_in(approval)


LIVES: tuple[Callable[[], Life], ...] = (steady, silent, troubled, candidate)


async def write(database: Database, life: Life) -> None:
    """Writes all that a life has on record."""
    view.stage(life.state, life.now)
    batch = view.everything(life.state)
    await write_batch(database, batch, {one.sha256: one.body for one in batch.contents})
    for state, delivery in zip(("sent", "bounced"), deliveries(life), strict=False):
        outcome = Outcome(
            state=state, at=life.now, answer="250 OK" if state == "sent" else "550 No such user"
        )
        await ledger.finish(database, delivery, outcome)


def deliveries(life: Life) -> list[Delivery]:
    """The first messages of a life that had a person to go to."""
    return [
        Delivery(
            key=f"{life.state.code}-{place}",
            order=order,
            to_name=order.to[0].name,
            to_email=order.to[0].email,
            language=order.to[0].language,
            role="focal_point",
        )
        for place, order in enumerate(life.state.outbox.mails)
        if order.to and order.to[0].email
    ]


async def read_model(folder: Path, *lives: Life) -> Database:
    """A migrated read model in a folder with these countries in it."""
    database = open_database(f"sqlite+aiosqlite:///{folder / 'rows.db'}")
    await migrate(database)
    for life in lives:
        await write(database, life)
    return database
