"""The forms with which a mandate passes on, and with which somebody helps (EOI-03)."""

from enum import StrEnum

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Form, Input, Section
from api.pages.forms.shared import CONTACT, DOCUMENT_HINT


class Paper(StrEnum):
    """The papers with which a contributor can help."""

    STAKEHOLDER_LIST = "stakeholder_list"
    STOCKTAKING = "stocktaking"
    WORKSHOP = "workshop"
    ROADMAP = "roadmap"
    COMMENT_ANSWERS = "comment_answers"
    ANNUAL_ACTIVITIES = "annual_activities"
    PROGRESS_REPORT = "progress_report"
    INDICATOR_FRAMEWORK = "indicator_framework"
    FINAL_REPORT = "final_report"


_REASON = Field(name="reason", label=N_("Reason"), input=Input.AREA, optional=True)

SUCCESSOR_NAMED = Form(
    kind="successor_named",
    how=N_(
        "Name who follows as focal point. The successor accepts by signing in; tasks, drafts and messages then move at once."
    ),
    next=N_("The successor gets a message with the way to sign in. Until then everything stays as it is."),
    left_out={"mandate": "there is one, that of the focal point"},
    sections=(
        Section(
            id="successor",
            title=N_("Successor"),
            fields=(
                Field(name="successor", label=N_("Successor"), input=Input.PART, fields=CONTACT),
                Field(
                    name="overlap_days",
                    label=N_("How many days the predecessor keeps access"),
                    hint=N_("From the acceptance on, 0 to 180. Left empty: 30 days."),
                    kind="number",
                    optional=True,
                    unchanged=True,
                ),
                Field(
                    name="letter", label=N_("Letter"), input=Input.DOCUMENT, hint=DOCUMENT_HINT, optional=True
                ),
            ),
        ),
    ),
)

SUCCESSOR_ACCEPTED = Form(
    kind="successor_accepted",
    how=N_("Whoever was named accepts by signing in. Where that did not succeed, accept here."),
    next=N_("The mandate is yours from now on, with everything that is open."),
    sections=(
        Section(
            id="acceptance",
            title=N_("Acceptance"),
            fields=(Field(name="handover", label=N_("Mandate"), input=Input.KNOWN, known="handovers"),),
        ),
    ),
)

SUCCESSOR_WITHDRAWN = Form(
    kind="successor_withdrawn",
    how=N_("A naming that was not accepted yet can be taken back."),
    next=N_("Whoever was named is told, and has no access any more."),
    sections=(
        Section(
            id="naming",
            title=N_("Naming"),
            fields=(
                Field(name="handover", label=N_("Successor"), input=Input.KNOWN, known="handovers"),
                _REASON,
            ),
        ),
    ),
)

CONTRIBUTOR_NAMED = Form(
    kind="contributor_named",
    how=N_("Name somebody who helps with single papers. A contributor saves drafts and hands in nothing."),
    next=N_("The contributor gets a message with the way to sign in."),
    sections=(
        Section(
            id="contributor",
            title=N_("Contributor"),
            fields=(
                Field(name="contributor", label=N_("Contributor"), input=Input.PART, fields=CONTACT),
                Field(
                    name="tasks",
                    label=N_("Papers"),
                    input=Input.ANY_OF,
                    options=Paper,
                    section="task",
                ),
                Field(name="until", label=N_("Until when"), input=Input.DATE, optional=True),
            ),
        ),
    ),
)

CONTRIBUTOR_ENDED = Form(
    kind="contributor_ended",
    how=N_("A contributor's part ends at once."),
    next=N_("What was saved stays where it is."),
    sections=(
        Section(
            id="end",
            title=N_("End"),
            fields=(
                Field(name="contributor", label=N_("Contributor"), input=Input.KNOWN, known="contributors"),
                _REASON,
            ),
        ),
    ),
)

FORMS = (SUCCESSOR_NAMED, SUCCESSOR_ACCEPTED, SUCCESSOR_WITHDRAWN, CONTRIBUTOR_NAMED, CONTRIBUTOR_ENDED)
