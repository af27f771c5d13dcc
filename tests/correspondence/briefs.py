"""A hand-over brief for tests, with something in each of its parts."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.brief import (
    Brief,
    Deadline,
    OpenDialogue,
    OpenFlag,
    Person,
    Promise,
    PromisedMeasure,
    PromisedStep,
    Promises,
)
from contracts.record import Comment
from framework.findings import Finding
from framework.records import SpecialCircumstances
from framework.terms import CircumstanceForm, Language, Stage, Status, TaskState, Topic

NOON = datetime(2028, 4, 10, 12, tzinfo=UTC)
TODAY = date(2028, 4, 11)


def comment(number: int, text: str, answer: str = "", about: str = "report-2027") -> Comment:
    """A comment, answered where there is an answer."""
    answered = NOON if answer else None
    return Comment(number=number, about=about, text=text, made_at=NOON, answer=answer, answered_at=answered)


def brief(**changes: Any) -> Brief:
    """A brief of an invented country."""
    waiting = comment(2, "What became of the list of hazardous work?")
    made = Brief(
        code="XAA",
        name="Exampleland",
        language=Language.FRENCH,
        today=TODAY,
        as_of=NOON,
        status=Status.ACTIVE,
        status_since=date(2025, 6, 1),
        stage=Stage.REPORTING,
        cycle=2028,
        paused_on=None,
        late=True,
        deadlines=[
            Deadline(
                task="annual_activities-2028",
                kind="annual_activities",
                year=2028,
                due_on=date(2028, 3, 31),
                state=TaskState.LATE,
            ),
            Deadline(
                task="progress_report-2028",
                kind="progress_report",
                year=2028,
                due_on=date(2028, 4, 30),
                state=TaskState.OPEN,
            ),
        ],
        promises=Promises(
            roadmap_version=3,
            roadmap_on=date(2027, 11, 2),
            report_year=2027,
            priorities=[
                Promise(
                    key="children",
                    topic=Topic.CHILD_LABOUR,
                    title="Children in agriculture",
                    measures=[
                        PromisedMeasure(
                            text="Inspect all plantations",
                            indicator="Inspections a year",
                            baseline="10",
                            target="200",
                            by=date(2030, 12, 31),
                        )
                    ],
                    reported_state="on track",
                    reported="Half of them were inspected.",
                )
            ],
            next_steps=[PromisedStep(text="Amend the labour code", by=date(2028, 12, 31))],
        ),
        comments=[comment(1, "From which source is the number?", "From the inspectorate."), waiting],
        unanswered=[waiting],
        flags=[
            OpenFlag(
                indicator="no_report",
                years=[2026, 2027],
                raised_on=date(2027, 10, 1),
                reasons=[
                    Finding(key="review.no_report.missing", where="2026", values={"judged_on": "2026-09-30"})
                ],
                clears=[Finding(key="review.clear.hand_in_report", values={"year": "2028"})],
            )
        ],
        circumstances=[
            SpecialCircumstances(
                form=CircumstanceForm.POLITICAL, starts_on=date(2028, 2, 1), note="Elections"
            )
        ],
        dialogue=OpenDialogue(
            number=1,
            opened_on=date(2027, 11, 20),
            for_candidate=False,
            topics=["child_labour"],
            subgroup="Reports",
            guidance=["Publish the data"],
        ),
        people=[
            Person(role="focal_point", name="Noor Basri", post="Director", email="noor@labour.example"),
            Person(
                role="former_focal_point",
                name="Ada Ejemplo",
                post="Director",
                email="ada@labour.example",
                until_on=date(2028, 5, 10),
            ),
        ],
        ministry="Ministry of Labour",
        ministry_email="minister@labour.example",
    )
    return made.model_copy(update=changes)
