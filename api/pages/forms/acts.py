"""The forms of what the Secretariat puts on record although no task asks for it: dates moved, mistakes mended."""

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Form, Input, Section
from api.pages.forms.shared import DOCUMENT_HINT, ONE_PER_LINE
from framework.terms import CircumstanceForm

AT_ONCE = N_("It holds at once and stands in the country's history.")
TOLD_WITH_REASON = N_("The country and those who follow it will read it.")

EXTENSION = Form(
    kind="extension",
    how=N_("Grant a later date for a task, or refuse one that was asked for. Either way say why."),
    next=N_("The task has its new date, its reminders and its entries in calendars move along."),
    sections=(
        Section(
            id="extension",
            title=N_("Later date"),
            fields=(
                Field(name="task", label=N_("For what"), input=Input.KNOWN, known="open_tasks"),
                Field(name="granted", label=N_("Is the later date granted?"), input=Input.YES_NO),
                Field(
                    name="until",
                    label=N_("Until when"),
                    hint=N_("Needed where it is granted."),
                    input=Input.DATE,
                    optional=True,
                ),
                Field(name="reason", label=N_("Reason"), hint=TOLD_WITH_REASON, input=Input.AREA),
                Field(
                    name="exceptional",
                    label=N_("It is granted by way of exception, after the date had passed"),
                    input=Input.TICK,
                    optional=True,
                ),
            ),
        ),
    ),
)

WAIVER = Form(
    kind="waiver",
    how=N_(
        "Say that a task need not be done. What the framework itself obliges a country to cannot be waived."
    ),
    next=N_("The task is closed as waived, with your reason, and nobody is reminded of it."),
    sections=(
        Section(
            id="waiver",
            title=N_("Waiver"),
            fields=(
                Field(name="task", label=N_("Which task"), input=Input.KNOWN, known="waivable_tasks"),
                Field(name="reason", label=N_("Reason"), hint=TOLD_WITH_REASON, input=Input.AREA),
            ),
        ),
    ),
)

SPECIAL_CIRCUMSTANCES = Form(
    kind="special_circumstances",
    how=N_(
        "Put on record political, economic or humanitarian circumstances that those who review and decide take into account."
    ),
    next=N_("They stand beside everything that is reviewed and decided about the country in that time."),
    sections=(
        Section(
            id="circumstances",
            title=N_("Special circumstances"),
            fields=(
                Field(
                    name="form",
                    label=N_("Of which kind"),
                    input=Input.CHOICE,
                    options=CircumstanceForm,
                    section="circumstance_form",
                ),
                Field(name="starts_on", label=N_("From"), input=Input.DATE),
                Field(name="ends_on", label=N_("Until"), input=Input.DATE, optional=True),
                Field(name="note", label=N_("What happened"), input=Input.AREA),
                Field(
                    name="pauses_dialogue",
                    label=N_("A dialogue that is under way rests meanwhile"),
                    input=Input.TICK,
                    optional=True,
                ),
            ),
        ),
    ),
)

_OWN_LETTER = (
    Field(name="dated", label=N_("Date of the letter"), input=Input.DATE),
    Field(name="letter", label=N_("Letter"), input=Input.DOCUMENT, hint=DOCUMENT_HINT),
    Field(name="reason", label=N_("Reason"), input=Input.AREA, optional=True),
)

PAUSE = Form(
    kind="pause",
    how=N_("The country asks by its own letter that its dates stand still."),
    next=N_("Nothing becomes due and nobody is reminded until it is put on record that the country goes on."),
    sections=(Section(id="letter", title=N_("Letter of the country"), fields=_OWN_LETTER),),
)

RESUME = Form(
    kind="resume",
    how=N_("The country's dates go on from today."),
    next=N_("What is open has its dates again, later by the time for which they stood still."),
    sections=(
        Section(
            id="resumption",
            title=N_("Resumption"),
            fields=(Field(name="reason", label=N_("Reason"), input=Input.AREA),),
        ),
    ),
)

WITHDRAWAL = Form(
    kind="withdrawal",
    how=N_("The country leaves, by its own letter. Only a new expression of interest brings it back."),
    next=N_(
        "Its process ends: open tasks are void, the Global Coordinating Group is told, its record stays."
    ),
    sections=(Section(id="letter", title=N_("Letter of the country"), fields=_OWN_LETTER),),
)

ENTRY_CORRECTION = Form(
    kind="entry_correction",
    how=N_(
        "Take back an entry of the history that was put there by mistake. Only what can be undone without touching"
        " anything that came after it is taken back; both entries stay on record."
    ),
    next=N_("What the entry did is undone. What is still owed is asked for again."),
    sections=(
        Section(
            id="correction",
            title=N_("Correction"),
            fields=(
                Field(
                    name="entry",
                    label=N_("Number of the entry"),
                    hint=N_("As it stands in the country's history."),
                    kind="number",
                ),
                Field(name="reason", label=N_("Reason"), hint=TOLD_WITH_REASON, input=Input.AREA),
            ),
        ),
    ),
)

PEER_INTRODUCTION = Form(
    kind="peer_introduction",
    how=N_("Put on record that the candidate was introduced to a pathfinder country."),
    next=AT_ONCE,
    sections=(
        Section(
            id="introduction",
            title=N_("Introduction"),
            fields=(
                Field(
                    name="with_country",
                    label=N_("With which country"),
                    hint=N_("Its code of three letters, as on the board."),
                ),
                Field(name="on", label=N_("On"), input=Input.DATE),
                Field(name="notes", label=N_("Notes"), input=Input.AREA, optional=True),
            ),
        ),
    ),
)

FEATURED_EVENT = Form(
    kind="featured_event",
    how=N_("Put on record an event at which the country showed its progress."),
    next=AT_ONCE,
    sections=(
        Section(
            id="event",
            title=N_("Event"),
            fields=(
                Field(name="title", label=N_("Title")),
                Field(name="on", label=N_("Held on"), input=Input.DATE),
                Field(name="place", label=N_("Place")),
            ),
        ),
    ),
)

SUBGROUP = Form(
    kind="subgroup",
    how=N_("Name a subgroup that reviews this country, or that leads the support during a dialogue."),
    next=N_("Tasks can be assigned to it."),
    sections=(
        Section(
            id="subgroup",
            title=N_("Subgroup"),
            fields=(
                Field(name="name", label=N_("Name")),
                Field(name="members", label=N_("Members"), hint=ONE_PER_LINE, input=Input.LINES),
                Field(name="mandate", label=N_("Mandate"), input=Input.AREA),
                Field(
                    name="leads_support",
                    label=N_("It leads the support during a dialogue"),
                    input=Input.TICK,
                    optional=True,
                ),
            ),
        ),
    ),
)

ASSIGNMENT = Form(
    kind="assignment",
    how=N_("Say which subgroup or member does an open task."),
    next=N_("The task stands under that name on the desk of the Monitoring Working Group."),
    sections=(
        Section(
            id="assignment",
            title=N_("Assignment"),
            fields=(
                Field(name="task", label=N_("Which task"), input=Input.KNOWN, known="open_tasks"),
                Field(
                    name="assignee",
                    label=N_("To whom"),
                    hint=N_("The name of a subgroup, or of a member."),
                ),
            ),
        ),
    ),
)

DIALOGUE_GUIDANCE = Form(
    kind="dialogue_guidance",
    how=N_("Put on record what the dialogue advises the country to do."),
    next=N_("The country reads it. Where an adapted roadmap is asked for, that is a task of its own."),
    sections=(
        Section(
            id="guidance",
            title=N_("Guidance"),
            fields=(
                Field(
                    name="items", label=N_("Guidance"), hint=ONE_PER_LINE, input=Input.LINES, optional=True
                ),
                Field(
                    name="adapt_roadmap",
                    label=N_("The country is asked for an adapted roadmap"),
                    input=Input.TICK,
                    optional=True,
                ),
            ),
        ),
    ),
)

FORMS = (
    EXTENSION,
    WAIVER,
    SPECIAL_CIRCUMSTANCES,
    ASSIGNMENT,
    SUBGROUP,
    PEER_INTRODUCTION,
    FEATURED_EVENT,
    DIALOGUE_GUIDANCE,
    PAUSE,
    RESUME,
    WITHDRAWAL,
    ENTRY_CORRECTION,
)
"""In the order in which the Secretariat is offered them: the everyday first, the grave last."""
