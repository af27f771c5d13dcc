"""The forms of what can be handed in at any time: evidence, support, consultations, requests."""

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Form, Input, Section
from api.pages.forms.shared import DOCUMENT_HINT, HELD_CONSULTATION
from framework.terms import (
    Addressee,
    Confidentiality,
    EvidenceAbout,
    EvidenceForm,
    SupportForm,
    SupportState,
)

ON_RECORD = N_("It is on record at once, and those who review your country's year see it.")
WEB_ADDRESS = N_("An address that begins with https://")

EVIDENCE = Form(
    kind="evidence",
    how=N_("Supply a document or a link that shows progress or collaboration, and say who may read it."),
    next=ON_RECORD,
    left_out={"found_in_dialogue": "only those who hold a dialogue find evidence in it"},
    sections=(
        Section(
            id="evidence",
            title=N_("Evidence"),
            fields=(
                Field(name="title", label=N_("Title")),
                Field(name="year", label=N_("Year of which it speaks"), kind="number"),
                Field(
                    name="about",
                    label=N_("What it shows"),
                    input=Input.CHOICE,
                    options=EvidenceAbout,
                    section="evidence_about",
                ),
                Field(
                    name="form",
                    label=N_("Form"),
                    input=Input.CHOICE,
                    options=EvidenceForm,
                    section="evidence_form",
                ),
                Field(
                    name="document",
                    label=N_("Document"),
                    input=Input.DOCUMENT,
                    hint=DOCUMENT_HINT,
                    optional=True,
                ),
                Field(name="link", label=N_("Link"), kind="url", hint=WEB_ADDRESS, optional=True),
                Field(name="supplied_by", label=N_("Supplied by")),
                Field(
                    name="confidentiality",
                    label=N_("Who may read it"),
                    input=Input.CHOICE,
                    options=Confidentiality,
                    section="confidentiality",
                ),
            ),
        ),
    ),
)

SUPPORT_ACTION = Form(
    kind="support_action",
    how=N_("Register support that a partner gives. The same reference again updates it."),
    next=N_("The support is on record. It replaces none of what you are asked for."),
    sections=(
        Section(
            id="support",
            title=N_("Support"),
            fields=(
                Field(
                    name="reference",
                    label=N_("Reference"),
                    hint=N_("A short name of your choice; use it again to update this."),
                ),
                Field(
                    name="form",
                    label=N_("Form"),
                    input=Input.CHOICE,
                    options=SupportForm,
                    section="support_form",
                ),
                Field(name="provider", label=N_("Provided by")),
                Field(name="topic", label=N_("About what")),
                Field(name="starts_on", label=N_("From"), input=Input.DATE),
                Field(name="ends_on", label=N_("Until"), input=Input.DATE, optional=True),
                Field(
                    name="state",
                    label=N_("How it stands"),
                    input=Input.CHOICE,
                    options=SupportState,
                    section="support_state",
                ),
            ),
        ),
    ),
)

CONSULTATION = Form(
    kind="consultation",
    how=N_("Record a consultation by itself, outside any report or roadmap."),
    next=ON_RECORD,
    sections=(
        Section(
            id="consultation",
            title=N_("Consultation"),
            fields=(
                Field(
                    name="consultation",
                    label=N_("Consultation"),
                    input=Input.PART,
                    fields=HELD_CONSULTATION,
                ),
            ),
        ),
    ),
)

EXTENSION_REQUEST = Form(
    kind="extension_request",
    how=N_("Ask before the due date has passed, with the support of your coordination body."),
    next=N_("The Secretariat decides. Until then the date stays as it is."),
    sections=(
        Section(
            id="request",
            title=N_("Request"),
            fields=(
                Field(name="task", label=N_("For what"), input=Input.KNOWN, known="tasks"),
                Field(name="until", label=N_("Until when"), input=Input.DATE),
                Field(name="reason", label=N_("Reason"), input=Input.AREA),
                Field(
                    name="body_in_support",
                    label=N_("Coordination body that supports the request"),
                    input=Input.KNOWN,
                    known="bodies",
                ),
            ),
        ),
    ),
)

REACTIVATION_REQUEST = Form(
    kind="reactivation_request",
    how=N_(
        "Hand in the letter to the Chair, say how the roadmap changes, and name measures with their evidence."
    ),
    next=N_("The Secretariat verifies the four obligations; then the Global Coordinating Group decides."),
    sections=(
        Section(
            id="letter",
            title=N_("Letter"),
            fields=(
                Field(
                    name="addressee",
                    label=N_("Addressed to"),
                    input=Input.CHOICE,
                    options=Addressee,
                    section="addressee",
                ),
                Field(name="dated", label=N_("Dated"), input=Input.DATE),
                Field(name="letter", label=N_("Letter"), input=Input.DOCUMENT, hint=DOCUMENT_HINT),
                Field(
                    name="roadmap_changes",
                    label=N_("Changes of the roadmap"),
                    input=Input.AREA,
                    hint=N_("If there are none, write that there are none."),
                ),
            ),
        ),
        Section(
            id="measures",
            title=N_("Corrective measures"),
            fields=(
                Field(
                    name="measures",
                    label=N_("Corrective measures"),
                    input=Input.GROUP,
                    one=N_("Measure"),
                    fields=(
                        Field(name="text", label=N_("What is planned or was done"), input=Input.AREA),
                        Field(name="taken", label=N_("It has been taken"), input=Input.TICK),
                        Field(
                            name="evidence",
                            label=N_("Evidence"),
                            input=Input.DOCUMENT,
                            hint=DOCUMENT_HINT,
                            optional=True,
                        ),
                        Field(name="link", label=N_("Link"), kind="url", hint=WEB_ADDRESS, optional=True),
                    ),
                ),
            ),
        ),
    ),
)

FORMS = (EVIDENCE, SUPPORT_ACTION, CONSULTATION, EXTENSION_REQUEST, REACTIVATION_REQUEST)
