"""The forms of what an active country hands in each year."""

from dataclasses import replace

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Form, Input, Section
from api.pages.forms.planning import ANSWERS
from api.pages.forms.shared import CONSULTED, DOCUMENT_HINT, NEXT_STEPS

YEAR_IS_THE_TASKS = "it is that of the task"

ANNUAL_ACTIVITIES = Form(
    kind="annual_activities",
    how=N_(
        "Name the year's activities. Each belongs to a priority of the roadmap or to a next step of the last report."
    ),
    next=N_("The activities are on record and public."),
    left_out={"year": YEAR_IS_THE_TASKS},
    carried=("activities",),
    sections=(
        Section(
            id="activities",
            title=N_("Activities"),
            fields=(
                Field(
                    name="activities",
                    label=N_("Activities"),
                    input=Input.GROUP,
                    one=N_("Activity"),
                    fields=(
                        Field(name="title", label=N_("What is to be done")),
                        Field(
                            name="priority",
                            label=N_("Priority of the roadmap"),
                            input=Input.KNOWN,
                            known="priorities",
                            optional=True,
                        ),
                        Field(
                            name="next_step",
                            label=N_("Next step of the last report"),
                            input=Input.KNOWN,
                            known="next_steps",
                            optional=True,
                        ),
                        Field(name="by", label=N_("By when"), input=Input.DATE, optional=True),
                    ),
                ),
            ),
        ),
        CONSULTED,
    ),
)

PROGRESS = Field(
    name="progress",
    label=N_("Progress by priority"),
    input=Input.GROUP,
    one=N_("Progress"),
    hint=N_("Say something about every priority of the roadmap."),
    fields=(
        Field(name="priority", label=N_("Priority of the roadmap"), input=Input.KNOWN, known="priorities"),
        Field(
            name="text",
            label=N_("Progress in the last twelve months"),
            input=Input.AREA,
            rows=6,
        ),
        Field(
            name="state",
            label=N_("How it stands"),
            hint=N_("In a few words, for instance: on track, delayed, completed."),
            optional=True,
        ),
    ),
)
BODY_CONSULTED = Field(
    name="body_consulted",
    label=N_("Coordination body that was consulted on the report"),
    input=Input.KNOWN,
    known="bodies",
)
REPORT_SECTIONS = (
    Section(id="progress", title=N_("Progress"), fields=(PROGRESS,)),
    Section(
        id="experience",
        title=N_("What worked and what stood in the way"),
        fields=(
            Field(name="worked_well", label=N_("What worked well"), input=Input.AREA, rows=6, optional=True),
            Field(
                name="obstacles",
                label=N_("What stood in the way"),
                input=Input.AREA,
                rows=6,
                hint=N_("If nothing did, say so."),
            ),
        ),
    ),
    Section(
        id="participation",
        title=N_("Participation"),
        fields=(
            BODY_CONSULTED,
            Field(
                name="participation",
                label=N_("How stakeholders took part"),
                input=Input.AREA,
                rows=6,
                hint=N_("Employers' and workers' organizations, civil society, survivors and others."),
            ),
        ),
    ),
    CONSULTED,
    Section(
        id="ahead",
        title=N_("Next steps and support"),
        fields=(
            NEXT_STEPS,
            Field(name="support_needed", label=N_("Support that is needed"), input=Input.AREA, optional=True),
            Field(
                name="experience_wanted",
                label=N_("What you would like to learn from other countries"),
                input=Input.AREA,
                hint=N_("The Secretariat arranges an exchange where this is filled in."),
                optional=True,
            ),
        ),
    ),
    Section(
        id="annexes",
        title=N_("Annexes"),
        fields=(
            Field(
                name="annexes",
                label=N_("Annexes"),
                input=Input.GROUP,
                one=N_("Annex"),
                hint=DOCUMENT_HINT,
                optional=True,
                fields=(Field(name="", label=N_("Document"), input=Input.DOCUMENT),),
            ),
        ),
    ),
)

PROGRESS_REPORT = Form(
    kind="progress_report",
    how=N_(
        "Report on the last twelve months, consulted through a coordination body, with the social partners."
    ),
    next=N_(
        "The Monitoring Working Group (MWG) is asked for its comments."
        " When they have come, you are asked to answer them and to finalise the report."
    ),
    left_out={"year": YEAR_IS_THE_TASKS},
    carried=("body_consulted", "participation", "support_needed", "experience_wanted"),
    sections=REPORT_SECTIONS,
)

INDICATOR_FRAMEWORK = Form(
    kind="indicator_framework",
    how=N_("Give the year's value of each indicator with its unit and source, or say why there is none."),
    next=N_("The values are on record beside those of earlier years."),
    left_out={"year": YEAR_IS_THE_TASKS},
    carried=("values",),
    sections=(
        Section(
            id="values",
            title=N_("Values"),
            fields=(
                Field(
                    name="values",
                    label=N_("Indicators"),
                    input=Input.GROUP,
                    one=N_("Indicator"),
                    fields=(
                        Field(name="indicator", label=N_("Name of the indicator")),
                        Field(name="value", label=N_("Value"), optional=True),
                        Field(name="unit", label=N_("Unit"), optional=True),
                        Field(name="source", label=N_("Source"), optional=True),
                        Field(
                            name="disaggregation",
                            label=N_("For whom, if the value is for a part only"),
                            hint=N_("For instance: girls aged 5 to 14."),
                            optional=True,
                        ),
                        Field(
                            name="unavailable_because",
                            label=N_("Why there is no value"),
                            hint=N_("Fill in this or the value, not both."),
                            optional=True,
                        ),
                    ),
                ),
            ),
        ),
    ),
)

FINAL_REPORT = Form(
    kind="final_report",
    how=N_("Answer each comment of the MWG, and revise the report where the comments change it."),
    next=N_(
        "The report is final and public. It goes into the digest for the High-Level Political Forum (HLPF)."
    ),
    left_out={"year": YEAR_IS_THE_TASKS},
    sections=(
        Section(id="answers", title=N_("Comments and answers"), fields=(ANSWERS,)),
        Section(
            id="revised",
            title=N_("Is the report revised?"),
            fields=(
                Field(
                    name="report",
                    label=N_("Revised report"),
                    input=Input.PART,
                    tick=N_("The report is revised"),
                    hint=N_(
                        "Tick this if the comments change the report, then change its sections."
                        " Without a tick the report stays as it was handed in."
                    ),
                    optional=True,
                    fields=(Field(name="year", label=N_("Year"), input=Input.FIXED),),
                ),
            ),
        ),
        *(replace(one, within="report") for one in REPORT_SECTIONS),
    ),
    former=("revision",),
)

FORMS = (ANNUAL_ACTIVITIES, PROGRESS_REPORT, INDICATOR_FRAMEWORK, FINAL_REPORT)
