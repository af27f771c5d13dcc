"""The framework's closed vocabularies: statuses, stages, roles, topics, categories, kinds of evidence and of support."""

from enum import StrEnum


class Status(StrEnum):
    """The three statuses of a pathfinder country (GEN-03), and the end that a country's own letter brings."""

    CANDIDATE = "candidate"
    ACTIVE = "active"
    INACTIVE = "inactive"
    WITHDRAWN = "withdrawn"


class Stage(StrEnum):
    """Where in the framework a country is: the candidate's two stages, then the three of the yearly cycle."""

    EXPRESSION_OF_INTEREST = "expression_of_interest"
    PLANNING = "planning"
    IMPLEMENTATION = "implementation"
    REPORTING = "reporting"
    REVIEW = "review"


class Role(StrEnum):
    """Who acts. `system` is the country's own process; it is never given to a person.

    The framework gives rights to the Secretariat, the GCM, the MWG and focal points. The last four are roles of access:
    to a country's process a deputy acts as focal point and the Chair as the GCM; the other two hand in nothing.
    """

    SECRETARIAT = "secretariat"
    GCM = "gcm"
    MWG = "mwg"
    FOCAL_POINT = "focal_point"
    OPERATOR = "operator"
    SYSTEM = "system"
    CHAIR = "chair"
    DEPUTY = "deputy"
    CONTRIBUTOR = "contributor"
    AUDITOR = "auditor"


class Topic(StrEnum):
    """The four topics of SDG Target 8.7 among which a roadmap chooses its priority areas (PLN-05)."""

    CHILD_LABOUR = "child_labour"
    FORCED_LABOUR = "forced_labour"
    CONTEMPORARY_SLAVERY = "contemporary_slavery"
    HUMAN_TRAFFICKING = "human_trafficking"


class Category(StrEnum):
    """The nine categories of stakeholders (EOI-07)."""

    GOVERNMENT = "government"
    EMPLOYERS = "employers"
    WORKERS = "workers"
    UN_AGENCIES = "un_agencies"
    SURVIVORS = "survivors"
    CIVIL_SOCIETY = "civil_society"
    PRIVATE_SECTOR = "private_sector"
    ACADEMIA = "academia"
    DEVELOPMENT_PARTNERS = "development_partners"


class EvidenceForm(StrEnum):
    """The forms that evidence can take (REV-03)."""

    SURVEY = "survey"
    CASE_STUDY = "case_study"
    FOCUS_GROUP = "focus_group"
    INTERVIEW = "interview"
    ANECDOTAL = "anecdotal"
    THIRD_PARTY = "third_party"


class EvidenceAbout(StrEnum):
    """What a piece of evidence speaks of: progress against the roadmap, or collaboration (REV-12, REV-13)."""

    PROGRESS = "progress"
    COLLABORATION = "collaboration"


class Confidentiality(StrEnum):
    """Who may see a piece of evidence, from everybody to the Secretariat alone."""

    PUBLIC = "public"
    PARTNERS = "partners"
    REVIEWERS = "reviewers"
    SECRETARIAT = "secretariat"


class SupportForm(StrEnum):
    """The four forms of support for implementation (IMP-02)."""

    PEER_LEARNING = "peer_learning"
    TECHNICAL_ASSISTANCE = "technical_assistance"
    COOPERATION_PROJECT = "cooperation_project"
    COORDINATION = "coordination"


class SupportState(StrEnum):
    """How far a support action has come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"


class Addressee(StrEnum):
    """To whom a letter may be addressed (EOI-02: either; REA-02: the Chair)."""

    ILO_DIRECTOR_GENERAL = "ilo_director_general"
    CHAIR = "chair"


class CircumstanceForm(StrEnum):
    """The special circumstances that a dialogue takes into account (DIA-02)."""

    POLITICAL = "political"
    ECONOMIC = "economic"
    HUMANITARIAN = "humanitarian"


class TaskState(StrEnum):
    """The state of a task. `missing`: never came in its cycle. `void`: overtaken by events, nobody's fault."""

    OPEN = "open"
    LATE = "late"
    EXTENDED = "extended"
    DONE = "done"
    WAIVED = "waived"
    MISSING = "missing"
    VOID = "void"


OPEN_TASK_STATES = (TaskState.OPEN, TaskState.LATE, TaskState.EXTENDED)


class DecisionKind(StrEnum):
    """The kinds of GCM decision that the signal `gcm_decision` carries."""

    COMMENTS = "comments"
    GRANT = "grant"
    NOT_YET = "not_yet"
    ANNUAL_STATUS = "annual_status"
    OPEN_DIALOGUE = "open_dialogue"
    CLOSE_DIALOGUE = "close_dialogue"
    DECLARE_INACTIVE = "declare_inactive"
    REACTIVATE = "reactivate"
    CORRECTION = "correction"


class Consensus(StrEnum):
    """What the Chair declared at the end of an item."""

    REACHED = "reached"
    BLOCKED = "blocked"


class LetterKind(StrEnum):
    """The occasions of letters of record. `correction` tells that what an earlier letter said no longer holds."""

    GCM_NOTICE = "gcm_notice"
    REPLY = "reply"
    GRANTED = "granted"
    NOT_YET = "not_yet"
    STATUS = "status"
    GUIDANCE = "guidance"
    DIALOGUE_INVITATION = "dialogue_invitation"
    DIALOGUE_CONCLUSION = "dialogue_conclusion"
    DECLARED_INACTIVE = "declared_inactive"
    REACTIVATED = "reactivated"
    EXTENSION = "extension"
    CORRECTION = "correction"


class LetterState(StrEnum):
    """How far a letter of record has come. An approved one is never changed."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Language(StrEnum):
    """The languages in which the Alliance writes to a country."""

    ENGLISH = "en"
    FRENCH = "fr"
    SPANISH = "es"
