"""The forms that concern a country's people and how they are written to."""

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Form, Input, Section
from api.pages.forms.shared import CONTACT, DOCUMENT_HINT
from framework.terms import Language

CONTACT_CHANGE = Form(
    kind="contact_change",
    how=N_(
        "Say what changes. What is not ticked stays as it is. The drafts and tasks of the country stay where they are."
    ),
    next=N_("Messages go to the new addresses from now on, and those concerned are told."),
    sections=(
        Section(
            id="people",
            title=N_("People"),
            fields=(
                Field(
                    name="focal_point",
                    label=N_("Focal point"),
                    input=Input.PART,
                    tick=N_("There is a new focal point"),
                    optional=True,
                    fields=CONTACT,
                ),
                Field(
                    name="deputies",
                    label=N_("Deputies"),
                    input=Input.GROUP,
                    one=N_("Deputy"),
                    tick=N_("The deputies change"),
                    hint=N_("Name all deputies from now on; those who are not named are no longer deputies."),
                    optional=True,
                    fields=CONTACT,
                ),
                Field(
                    name="ministry_email",
                    label=N_("New e-mail address of the ministry"),
                    kind="email",
                    unchanged=True,
                    optional=True,
                ),
                Field(
                    name="letter", label=N_("Letter"), input=Input.DOCUMENT, hint=DOCUMENT_HINT, optional=True
                ),
            ),
        ),
    ),
)

MAIL_PREFERENCES = Form(
    kind="mail_preferences",
    how=N_(
        "Choose how you are written to. What stands here is on record. Clear the second address to take it away."
    ),
    next=N_("The next message is written in the way that you chose."),
    sections=(
        Section(
            id="preferences",
            title=N_("Messages"),
            fields=(
                Field(
                    name="language",
                    label=N_("Language"),
                    input=Input.CHOICE,
                    options=Language,
                    section="language",
                    optional=True,
                ),
                Field(
                    name="time_zone",
                    label=N_("Time zone"),
                    unchanged=True,
                    hint=N_("By its international name, for instance Africa/Nairobi."),
                    optional=True,
                ),
                Field(
                    name="copy_deputies",
                    label=N_("Do the deputies get every reminder too?"),
                    input=Input.YES_NO,
                    optional=True,
                ),
                Field(
                    name="second_email",
                    label=N_("Second e-mail address"),
                    hint=N_("It gets the same messages."),
                    kind="email",
                    optional=True,
                ),
            ),
        ),
    ),
)

CONTACTS_CONFIRMATION = Form(
    kind="contacts_confirmation",
    how=N_(
        "Read the contacts on record. If they are right, confirm them; if not, hand in a change of contacts instead."
    ),
    next=N_("Nothing more is asked about contacts this year."),
    left_out={
        "year": "it is that of the task",
        "fingerprint": "it is that of the contacts on the page",
    },
    sections=(Section(id="contacts", title=N_("Contacts on record"), fields=()),),
)

FORMS = (CONTACT_CHANGE, MAIL_PREFERENCES, CONTACTS_CONFIRMATION)
