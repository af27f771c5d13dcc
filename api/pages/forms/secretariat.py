"""The forms of what the Secretariat does for a country by itself: no country hands these in."""

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Form, Input, Section
from api.pages.forms.shared import DOCUMENT_HINT, ONE_PER_LINE

REPLY_LETTER = Form(
    kind="reply_letter",
    how=N_(
        "Reply to the expression of interest: the country is asked to begin its consultations and to hold a"
        " strategic planning workshop."
    ),
    next=N_("The letter is a draft for your approval, or goes on record as it was sent on paper."),
    sections=(
        Section(
            id="letter",
            title=N_("Letter"),
            fields=(
                Field(name="dated", label=N_("Date of the letter"), input=Input.DATE),
                Field(name="text", label=N_("Text of the letter"), input=Input.AREA, rows=12, optional=True),
                Field(
                    name="letter", label=N_("Letter"), input=Input.DOCUMENT, hint=DOCUMENT_HINT, optional=True
                ),
            ),
        ),
    ),
)

PRESENTATION = Form(
    kind="presentation",
    how=N_(
        "Put the candidate on the agenda of a meeting of the Global Coordinating Group."
        " It presents its priorities and its consultation process there."
    ),
    next=N_("Members and focal point are told, with an entry for their calendars. Then the Group decides."),
    sections=(
        Section(
            id="meeting",
            title=N_("Meeting"),
            fields=(
                Field(name="meeting", label=N_("Name of the meeting")),
                Field(name="meeting_on", label=N_("Date of the meeting"), input=Input.DATE),
                Field(name="place", label=N_("Place"), optional=True),
                Field(
                    name="papers",
                    label=N_("Papers"),
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

PROFILE_TEXT = Form(
    kind="profile_text",
    how=N_("Write or approve the introduction of the country's public profile."),
    next=N_("It stands on the public profile at once."),
    sections=(
        Section(
            id="text",
            title=N_("Text of the profile"),
            fields=(Field(name="text", label=N_("Text of the profile"), input=Input.AREA, rows=12),),
        ),
    ),
)

REACTIVATION_CHECK = Form(
    kind="reactivation_check",
    how=N_(
        "Verify the four obligations with what the country has handed in. What is not met goes back to it, with your note."
    ),
    next=N_(
        "Where all four are met, the Global Coordinating Group decides on the return."
        " Where not, the country is asked for what is missing."
    ),
    sections=(
        Section(
            id="obligations",
            title=N_("The four obligations"),
            fields=(
                Field(name="annual_report", label=N_("Is the annual report there?"), input=Input.YES_NO),
                Field(
                    name="indicator_framework",
                    label=N_("Is the indicator framework up to date?"),
                    input=Input.YES_NO,
                ),
                Field(
                    name="evidence_of_progress",
                    label=N_("Is there evidence of progress?"),
                    input=Input.YES_NO,
                ),
                Field(
                    name="evidence_of_collaboration",
                    label=N_("Is there evidence of collaborative efforts?"),
                    input=Input.YES_NO,
                ),
                Field(
                    name="note",
                    label=N_("Note"),
                    hint=N_("What is missing, as the country will read it."),
                    input=Input.AREA,
                    optional=True,
                ),
            ),
        ),
    ),
)

PEER_EXCHANGE = Form(
    kind="peer_exchange",
    how=N_("A report asked for another country's experience. Say here which exchange was arranged."),
    next=N_("The focal point is told, with an entry for the calendar."),
    left_out={"year": "it is that of the report that asked for it"},
    sections=(
        Section(
            id="exchange",
            title=N_("Exchange"),
            fields=(
                Field(name="with_country", label=N_("With which country")),
                Field(name="on", label=N_("Date of the exchange"), input=Input.DATE),
                Field(name="topic", label=N_("What it is about")),
            ),
        ),
    ),
)

DIALOGUE_MEETING = Form(
    kind="dialogue_meeting",
    how=N_("Put on record that a meeting of the dialogue was held, what it was about and what it found."),
    next=N_("It stands among the meetings of the dialogue, for the country, the MWG and the GCM."),
    sections=(
        Section(
            id="meeting",
            title=N_("Meeting"),
            fields=(
                Field(name="held_on", label=N_("Held on"), input=Input.DATE),
                Field(name="topics", label=N_("Topics"), hint=ONE_PER_LINE, input=Input.LINES),
                Field(name="notes", label=N_("Notes"), input=Input.AREA, rows=8),
            ),
        ),
    ),
)

DIALOGUE_CHECKPOINT = Form(
    kind="dialogue_checkpoint",
    how=N_("Say how the dialogue stands at this checkpoint."),
    next=N_(
        "It stands in the country's history. The dialogue goes on until the Global Coordinating Group closes it."
    ),
    sections=(
        Section(
            id="standing",
            title=N_("How the dialogue stands"),
            fields=(Field(name="assessment", label=N_("Assessment"), input=Input.AREA, rows=8),),
        ),
    ),
)

FORMS = (
    REPLY_LETTER,
    PRESENTATION,
    PROFILE_TEXT,
    REACTIVATION_CHECK,
    PEER_EXCHANGE,
    DIALOGUE_MEETING,
    DIALOGUE_CHECKPOINT,
)
