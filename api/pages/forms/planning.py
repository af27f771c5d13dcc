"""The forms of roadmaps, of plans in their place, and of answers to comments."""

from dataclasses import replace

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Form, Input, Section
from api.pages.forms.shared import (
    CONSULTATIONS,
    CONSULTED,
    DOCUMENT_HINT,
    NEXT_STEPS,
    ONE_PER_LINE,
    PRIORITIES,
)

BUDGET = Field(
    name="budget",
    label=N_("Budget"),
    input=Input.PART,
    optional=True,
    fields=(
        Field(name="currency", label=N_("Currency"), optional=True),
        Field(name="total", label=N_("Total"), optional=True),
        Field(
            name="financial_resources",
            label=N_("Confirmed money, and from whom"),
            input=Input.AREA,
            optional=True,
        ),
        Field(name="human_resources", label=N_("People"), input=Input.AREA, optional=True),
        Field(name="gaps", label=N_("What is missing"), input=Input.AREA, optional=True),
        Field(
            name="steps_to_full_financing",
            label=N_("Steps towards full financing"),
            input=Input.AREA,
            optional=True,
        ),
    ),
)

ANSWERS = Field(
    name="answers",
    label=N_("Comments and answers"),
    input=Input.ANSWERS,
    one=N_("Comment"),
    fields=(
        Field(name="number", label=N_("Comment"), input=Input.FIXED),
        Field(name="addressed", label=N_("Was the comment taken up?"), input=Input.YES_NO),
        Field(
            name="text",
            label=N_("Your answer"),
            input=Input.AREA,
            hint=N_("Say how the comment was taken up, or why it was not."),
        ),
    ),
)

ROADMAP = Form(
    kind="roadmap",
    how=N_(
        "Set out priorities, measures, next steps, the support that you need and a timetable,"
        " consulted with the social partners."
    ),
    next=N_(
        "A candidate's roadmap is put before the Global Coordinating Group at its next meeting."
        " An update becomes the new version of the roadmap."
    ),
    carried=("priorities", "next_steps", "budget"),
    sections=(
        Section(id="priorities", title=N_("Priorities, measures and indicators"), fields=(PRIORITIES,)),
        Section(
            id="steps",
            title=N_("Next steps and timetable"),
            fields=(
                NEXT_STEPS,
                Field(name="timetable", label=N_("Timetable"), input=Input.AREA),
            ),
        ),
        Section(
            id="support",
            title=N_("Support needed"),
            fields=(
                Field(
                    name="support_areas",
                    label=N_("Areas in which support is needed"),
                    input=Input.LINES,
                    hint=ONE_PER_LINE,
                    optional=True,
                ),
                Field(name="no_support_needed", label=N_("No support is needed"), input=Input.TICK),
            ),
        ),
        Section(id="budget", title=N_("Budget"), fields=(BUDGET,)),
        Section(
            id="consultations",
            title=N_("Consultations held"),
            fields=(
                Field(
                    name="consultation_process",
                    label=N_("How the roadmap was consulted"),
                    input=Input.AREA,
                    optional=True,
                ),
                CONSULTATIONS,
            ),
        ),
        Section(
            id="documents",
            title=N_("Documents"),
            fields=(
                Field(
                    name="documents",
                    label=N_("Documents"),
                    input=Input.GROUP,
                    one=N_("Document"),
                    hint=DOCUMENT_HINT,
                    optional=True,
                    fields=(Field(name="", label=N_("Document"), input=Input.DOCUMENT),),
                ),
            ),
        ),
    ),
)


def _reviewed(name: str, question: str, adjustment: str) -> tuple[Field, Field]:
    return (
        Field(name=name, label=question, input=Input.YES_NO),
        Field(
            name=f"adjustment_{adjustment}",
            label=N_("If not, how the plans will be adjusted"),
            input=Input.AREA,
            rows=3,
            optional=True,
        ),
    )


NAP_SUBMISSION = Form(
    kind="nap_submission",
    how=N_(
        "Hand in national action plans in place of a roadmap, with the answers of their review"
        " and an adjustment for every no."
    ),
    next=N_(
        "The plans are put before the Global Coordinating Group at its next meeting, as a roadmap would be."
    ),
    sections=(
        Section(
            id="plans",
            title=N_("Plans"),
            fields=(
                Field(
                    name="plans",
                    label=N_("National action plans"),
                    input=Input.GROUP,
                    one=N_("National action plan"),
                    fields=(
                        Field(name="title", label=N_("Title")),
                        Field(name="period", label=N_("Period"), optional=True),
                        Field(
                            name="document", label=N_("Document"), input=Input.DOCUMENT, hint=DOCUMENT_HINT
                        ),
                    ),
                ),
            ),
        ),
        Section(
            id="review",
            title=N_("Review of the plans"),
            fields=(
                *_reviewed("covers_child_labour", N_("Do the plans cover child labour?"), "child_labour"),
                *_reviewed("covers_forced_labour", N_("Do the plans cover forced labour?"), "forced_labour"),
                *_reviewed("clear_benchmarks", N_("Do the plans have clear benchmarks?"), "benchmarks"),
                *_reviewed(
                    "indicators_aligned",
                    N_("Are their indicators aligned with those of the Alliance?"),
                    "indicators",
                ),
            ),
        ),
        Section(id="nap-priorities", title=N_("Priorities, measures and indicators"), fields=(PRIORITIES,)),
        Section(id="nap-steps", title=N_("Next steps"), fields=(NEXT_STEPS,)),
        replace(CONSULTED, id="nap-consultations"),
    ),
)

COMMENT_ANSWERS = Form(
    kind="comment_answers",
    how=N_(
        "Answer each comment of the Global Coordinating Group: how it was taken up, or why not. It may take several rounds."
    ),
    next=N_(
        "The answers stand beside the comments. Hand in a new version of the roadmap where the comments change it."
    ),
    sections=(Section(id="answers", title=N_("Comments and answers"), fields=(ANSWERS,)),),
)

FORMS = (ROADMAP, NAP_SUBMISSION, COMMENT_ANSWERS)
