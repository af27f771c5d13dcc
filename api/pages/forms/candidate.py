"""The forms of what a candidate hands in before its roadmap."""

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Form, Input, Section
from api.pages.forms.shared import CONSULTED, ONE_PER_LINE
from framework.terms import Category, Topic

NEXT_CANDIDATE = N_("It is on record at once. What is asked of you next appears in your inbox.")

INTRODUCTION = Form(
    kind="introduction",
    how=N_(
        "The Secretariat explains what being a pathfinder country means. Say here when you spoke about it. This is optional."
    ),
    next=NEXT_CANDIDATE,
    sections=(
        Section(
            id="introduction",
            title=N_("Introduction"),
            fields=(
                Field(name="held_on", label=N_("Held on"), input=Input.DATE),
                Field(name="notes", label=N_("Notes"), input=Input.AREA, optional=True),
            ),
        ),
    ),
)

TIMETABLE = Form(
    kind="timetable",
    how=N_(
        "Give the dates by which you mean to consult, plan and submit. They become the due dates of what is asked then."
    ),
    next=N_("The dates become due dates, and reminders follow them."),
    sections=(
        Section(
            id="dates",
            title=N_("Dates"),
            fields=(
                Field(name="consultations_from", label=N_("Consultations begin on"), input=Input.DATE),
                Field(name="consultations_until", label=N_("Consultations end on"), input=Input.DATE),
                Field(name="workshop_on", label=N_("Strategic planning workshop on"), input=Input.DATE),
                Field(name="roadmap_on", label=N_("Roadmap submitted by"), input=Input.DATE),
            ),
        ),
    ),
)

STAKEHOLDER_LIST = Form(
    kind="stakeholder_list",
    how=N_(
        "List the organizations that you mean to involve, over the nine categories,"
        " and the bodies through which you coordinate."
    ),
    next=NEXT_CANDIDATE,
    carried=("stakeholders", "bodies"),
    sections=(
        Section(
            id="stakeholders",
            title=N_("Stakeholders"),
            fields=(
                Field(
                    name="stakeholders",
                    label=N_("Stakeholders"),
                    input=Input.GROUP,
                    one=N_("Stakeholder"),
                    fields=(
                        Field(name="name", label=N_("Name of the organization")),
                        Field(
                            name="category",
                            label=N_("Category"),
                            input=Input.CHOICE,
                            options=Category,
                            section="category",
                        ),
                        Field(
                            name="contact",
                            label=N_("How to reach it"),
                            hint=N_("An office or a switchboard rather than a person."),
                            optional=True,
                        ),
                    ),
                ),
            ),
        ),
        Section(
            id="bodies",
            title=N_("Coordination bodies"),
            fields=(
                Field(
                    name="bodies",
                    label=N_("Coordination bodies"),
                    input=Input.GROUP,
                    one=N_("Coordination body"),
                    fields=(
                        Field(name="name", label=N_("Name of the body")),
                        Field(name="newly_created", label=N_("It was newly created"), input=Input.TICK),
                        Field(
                            name="mandate",
                            label=N_("Its mandate"),
                            hint=N_("For instance the decree that set it up."),
                            optional=True,
                        ),
                    ),
                ),
            ),
        ),
    ),
)

STOCKTAKING = Form(
    kind="stocktaking",
    how=N_(
        "List what exists, and where law, policy or knowledge has gaps. It need not be complete: it goes on after the grant."
    ),
    next=NEXT_CANDIDATE,
    sections=(
        Section(
            id="sources",
            title=N_("Studies, laws and policies"),
            fields=(
                Field(
                    name="studies", label=N_("Studies"), input=Input.LINES, hint=ONE_PER_LINE, optional=True
                ),
                Field(name="laws", label=N_("Laws"), input=Input.LINES, hint=ONE_PER_LINE, optional=True),
                Field(
                    name="policies", label=N_("Policies"), input=Input.LINES, hint=ONE_PER_LINE, optional=True
                ),
                Field(
                    name="existing_sources_used",
                    label=N_("Existing sources that were used"),
                    input=Input.AREA,
                    optional=True,
                ),
            ),
        ),
        Section(
            id="gaps",
            title=N_("Gaps"),
            fields=(
                Field(
                    name="gaps",
                    label=N_("Gaps"),
                    input=Input.GROUP,
                    one=N_("Gap"),
                    hint=N_("Look at each of the four topics."),
                    fields=(
                        Field(
                            name="topic",
                            label=N_("Topic"),
                            input=Input.CHOICE,
                            options=Topic,
                            section="topic",
                        ),
                        Field(name="text", label=N_("What is lacking"), input=Input.AREA),
                    ),
                ),
            ),
        ),
        CONSULTED,
    ),
)

WORKSHOP = Form(
    kind="workshop",
    how=N_(
        "Hold a strategic planning workshop and say here when it was, who took part and what it considered."
    ),
    next=NEXT_CANDIDATE,
    sections=(
        Section(
            id="workshop",
            title=N_("Workshop"),
            fields=(
                Field(name="title", label=N_("Title"), optional=True),
                Field(name="held_on", label=N_("First day"), input=Input.DATE),
                Field(
                    name="until", label=N_("Last day, if it took several"), input=Input.DATE, optional=True
                ),
                Field(name="place", label=N_("Place")),
            ),
        ),
        Section(
            id="participants",
            title=N_("Who took part"),
            fields=(
                Field(
                    name="participants",
                    label=N_("Who took part"),
                    input=Input.ANY_OF,
                    options=Category,
                    section="category",
                ),
                Field(
                    name="absences",
                    label=N_("Who was absent, and why"),
                    input=Input.GROUP,
                    one=N_("Absence"),
                    optional=True,
                    fields=(
                        Field(
                            name="category",
                            label=N_("Category"),
                            input=Input.CHOICE,
                            options=Category,
                            section="category",
                        ),
                        Field(name="reason", label=N_("Reason")),
                    ),
                ),
            ),
        ),
        Section(
            id="considered",
            title=N_("What was considered"),
            fields=(
                Field(name="summary", label=N_("Summary"), input=Input.AREA, optional=True),
                Field(
                    name="existing_structures",
                    label=N_("Existing structures"),
                    input=Input.AREA,
                    optional=True,
                ),
                Field(
                    name="national_action_plans",
                    label=N_("National action plans"),
                    input=Input.AREA,
                    optional=True,
                ),
                Field(
                    name="regional_initiatives",
                    label=N_("Regional initiatives"),
                    input=Input.AREA,
                    optional=True,
                ),
                Field(
                    name="stocktaking",
                    label=N_("Results of the stocktaking"),
                    input=Input.AREA,
                    optional=True,
                ),
                Field(
                    name="international_standards",
                    label=N_("International labour standards"),
                    input=Input.AREA,
                    optional=True,
                ),
            ),
        ),
    ),
)

FORMS = (INTRODUCTION, TIMETABLE, STAKEHOLDER_LIST, STOCKTAKING, WORKSHOP)
