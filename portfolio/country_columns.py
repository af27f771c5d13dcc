"""The columns of a country's row: who it is, its people, its planning, its dialogues."""

from framework.terms import Category, CircumstanceForm, Language, Status
from portfolio.forms import Column, Form

OUTCOMES = ("positive", "no_positive_outcome")
ROUTES = ("roadmap", "nap")
ALWAYS = "every country"
GRANTED = "active and inactive"
_STATUSES = (Status.CANDIDATE, Status.ACTIVE, Status.INACTIVE)

IDENTITY = (
    Column(
        "code",
        Form.TEXT,
        "ISO 3166-1 alpha-3 code of an ILO Member State (samples: XAA to XZZ)",
        "XAA",
        needed="every row",
    ),
    Column(
        "name", Form.TEXT, "Name of the country; may be repeated in its year rows", "Amberlund", needed=ALWAYS
    ),
    Column(
        "language",
        Form.CHOICE,
        "Language in which the Alliance writes to the country",
        "fr",
        default="the focal point's",
        choices=tuple(Language),
    ),
    Column(
        "status",
        Form.CHOICE,
        "Status today; a country that has withdrawn is left out",
        "active",
        needed=ALWAYS,
        choices=_STATUSES,
    ),
    Column(
        "as_of",
        Form.DAY,
        "The day up to which the country's rows tell everything",
        "2026-11-15",
        default="the day of the import",
    ),
    Column(
        "expression_of_interest_on",
        Form.DAY,
        "Date of the minister's letter (EOI-02)",
        "2021-02-10",
        needed="candidates",
    ),
    Column(
        "granted_on",
        Form.DAY,
        "Date on which the GCM granted the status (PLN-09)",
        "2022-05-20",
        needed=GRANTED,
    ),
    Column(
        "status_changes",
        Form.CHANGES,
        "Changes of status after the grant, the oldest first (GEN-03)",
        "inactive; 2024-11-20; GCM-2024-2 | active; 2026-06-10; GCM-2026-1",
        needed="inactive",
        choices=(Status.ACTIVE, Status.INACTIVE),
    ),
)

PEOPLE = (
    Column("focal_point_name", Form.TEXT, "Focal point (EOI-03)", "Mira Talvik", needed=ALWAYS),
    Column(
        "focal_point_post",
        Form.TEXT,
        "The post that the focal point holds",
        "Director of Labour Inspection",
        needed=ALWAYS,
    ),
    Column(
        "focal_point_email",
        Form.EMAIL,
        "Address for all correspondence",
        "mira.talvik@example.org",
        needed=ALWAYS,
    ),
    Column(
        "focal_point_language",
        Form.CHOICE,
        "Language of the focal point's mail",
        "es",
        needed=ALWAYS,
        choices=tuple(Language),
    ),
    Column(
        "focal_point_time_zone", Form.ZONE, "Zone in which deadlines are shown", "America/Lima", default="UTC"
    ),
    Column(
        "deputies",
        Form.PEOPLE,
        "Deputies of the focal point",
        "Ode Brann; Adviser; ode.brann@example.org; en",
        choices=tuple(Language),
    ),
    Column("ministry", Form.TEXT, "Ministry that leads the process", "Ministry of Labour", needed=ALWAYS),
    Column(
        "ministry_email",
        Form.EMAIL,
        "The ministry's own address; reminders go there when a report stays away",
        "labour.amberlund@example.org",
    ),
)

PLANNING = (
    Column(
        "stakeholder_categories",
        Form.CHOICES,
        "Categories of stakeholders identified (EOI-07)",
        "government | employers | workers",
        choices=tuple(Category),
    ),
    Column(
        "coordination_bodies",
        Form.TEXTS,
        "Names of the coordination bodies (EOI-08)",
        "National Steering Committee",
    ),
    Column(
        "timetable_given",
        Form.YES_NO,
        "Whether the candidate has given its timetable (EOI-06)",
        "yes",
        default="no",
    ),
    Column(
        "stocktakings", Form.NUMBER, "How many versions of the stocktaking came (EOI-09)", "1", default="0"
    ),
    Column(
        "workshops", Form.NUMBER, "How many strategic planning workshops were held (PLN-01)", "2", default="0"
    ),
    Column(
        "workshop_categories",
        Form.CHOICES,
        "Categories that took part in a workshop (PLN-02)",
        "government | employers | workers",
        choices=tuple(Category),
    ),
    Column(
        "absences_explained",
        Form.CHOICES,
        "Categories that took part in none, with a reason on record (PLN-02)",
        "academia",
        choices=tuple(Category),
    ),
    Column(
        "roadmap_route",
        Form.CHOICE,
        "A roadmap, or national action plans in its place (PLN-04)",
        "roadmap",
        default="roadmap",
        choices=ROUTES,
    ),
    Column(
        "roadmap_versions",
        Form.NUMBER,
        "How many versions of the roadmap, or of the plans, came (PLN-05)",
        "1",
        default="1 for active and inactive, 0 for candidates",
    ),
    Column(
        "roadmap_priorities",
        Form.TEXTS,
        "Short keys of the roadmap's priority areas; activities and reports refer to them",
        "children-in-farming | recruitment-fees",
    ),
    Column(
        "presented_at",
        Form.TEXT,
        "GCM meeting at which the candidate was last presented; blank again after a 'not yet' (PLN-07)",
        "GCM-2026-1",
    ),
    Column("presented_on", Form.DAY, "Date of that meeting", "2026-06-10"),
    Column(
        "open_comments",
        Form.COMMENTS,
        "Comments to be answered: the GCM's for a candidate (PLN-08), else the MWG's (REP-09)",
        "1: Add baselines | 2: Say who pays",
    ),
)

DIALOGUE = (
    Column(
        "dialogue_opened_on",
        Form.DAY,
        "The last dialogue (DIA-01), or a candidate's support after a 'not yet' (PLN-11)",
        "2026-06-10",
    ),
    Column("dialogue_topics", Form.TEXTS, "What it covers", "annual reports | budget of the roadmap"),
    Column(
        "dialogue_subgroup",
        Form.TEXT,
        "Special subgroup that leads the support (DIA-04)",
        "Friends of Amberlund",
    ),
    Column("dialogue_meetings", Form.NUMBER, "Meetings held in it so far", "2", default="0"),
    Column("dialogue_guidance", Form.TEXTS, "Guidance given in it (DIA-03)", "Report on one priority first"),
    Column("dialogue_closed_on", Form.DAY, "When it was closed; blank while it is open", "2026-11-05"),
    Column(
        "dialogue_outcome", Form.CHOICE, "How it ended; blank while it is open", "positive", choices=OUTCOMES
    ),
    Column(
        "earlier_dialogues",
        Form.DIALOGUES,
        "Dialogues before that one, the oldest first",
        "2019-11-20; 2020-06-12; positive; annual reports, workshop",
        choices=OUTCOMES,
    ),
    Column(
        "special_circumstances",
        Form.CIRCUMSTANCES,
        "Special circumstances (DIA-02)",
        "humanitarian; 2026-03-01; ; Floods in the north; pauses",
        choices=tuple(CircumstanceForm),
    ),
)
