"""Fields that several forms have: consultations, next steps, priorities, contacts."""

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Input, Section
from framework.terms import Category, Language, Topic

DOCUMENT_HINT = N_("A PDF, an office document or a picture of at most 20 MB.")
ONE_PER_LINE = N_("One per line.")

HELD_CONSULTATION = (
    Field(name="held_on", label=N_("Held on"), input=Input.DATE),
    Field(
        name="body",
        label=N_("Through which body"),
        hint=N_("The committee or other mechanism that was convened."),
    ),
    Field(
        name="categories",
        label=N_("Who took part"),
        input=Input.ANY_OF,
        options=Category,
        section="category",
    ),
    Field(name="summary", label=N_("What came of it"), input=Input.AREA),
)

CONSULTATIONS = Field(
    name="consultations",
    label=N_("Consultations"),
    input=Input.GROUP,
    one=N_("Consultation"),
    hint=N_(
        "Name at least one. Over all of them, both employers' organizations and workers' organizations must have taken part."
    ),
    fields=HELD_CONSULTATION,
)

CONSULTED = Section(id="consultations", title=N_("Consultations held"), fields=(CONSULTATIONS,))

NEXT_STEPS = Field(
    name="next_steps",
    label=N_("Next steps"),
    input=Input.GROUP,
    one=N_("Next step"),
    fields=(
        Field(
            name="key",
            label=N_("Short name"),
            hint=N_("Small letters and hyphens, for instance train-inspectors. Activities will refer to it."),
        ),
        Field(name="text", label=N_("What is to be done"), input=Input.AREA, rows=3),
        Field(name="by", label=N_("By when"), input=Input.DATE, optional=True),
    ),
)

PRIORITIES = Field(
    name="priorities",
    label=N_("Priority areas"),
    input=Input.GROUP,
    one=N_("Priority area"),
    fields=(
        Field(name="title", label=N_("Title")),
        Field(
            name="key",
            label=N_("Short name"),
            hint=N_(
                "Small letters and hyphens, for instance child-labour-cocoa. It stays the same: reports will refer to it."
            ),
        ),
        Field(name="topic", label=N_("Topic"), input=Input.CHOICE, options=Topic, section="topic"),
        Field(
            name="measures",
            label=N_("Measures"),
            input=Input.GROUP,
            one=N_("Measure"),
            fields=(
                Field(name="text", label=N_("What is to be done"), input=Input.AREA, rows=3),
                Field(
                    name="indicator",
                    label=N_("Indicator"),
                    hint=N_("By what will progress be measured?"),
                    optional=True,
                ),
                Field(name="baseline", label=N_("Baseline"), optional=True),
                Field(name="target", label=N_("Goal"), optional=True),
                Field(name="by", label=N_("By when"), input=Input.DATE, optional=True),
            ),
        ),
    ),
)

CONTACT = (
    Field(name="name", label=N_("Name")),
    Field(name="post", label=N_("Post")),
    Field(name="email", label=N_("E-mail address"), kind="email"),
    Field(name="language", label=N_("Language"), input=Input.CHOICE, options=Language, section="language"),
    Field(
        name="time_zone",
        label=N_("Time zone"),
        hint=N_("By its international name, for instance Africa/Nairobi."),
        optional=True,
        unchanged=True,
    ),
    Field(
        name="second_email",
        label=N_("Second e-mail address"),
        hint=N_("It gets the same messages."),
        kind="email",
        optional=True,
    ),
)
