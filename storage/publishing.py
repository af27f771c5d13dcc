"""What the world may read of a country, field by field: final data only. What is not named here is not public.

No person is in it: no contact, no signature, no addressee, nobody who uploaded, decided or commented. Texts that a
country wrote stand in the country's `language`.
"""

from datetime import date

from pydantic import BaseModel

from framework.benefits import Benefit
from framework.terms import Language, LetterKind, Status, SupportForm, SupportState, Topic


class PublicChange(BaseModel):
    """A change of status (GEN-03). `meeting`: of the GCM, where a decision of its is behind the change.

    `fell`: it was a mistake, and a later one took it back; `corrects`: this is one that does so.
    """

    on: date
    before: Status
    after: Status
    meeting: str = ""
    meeting_on: date | None = None
    fell: bool = False
    corrects: bool = False


class PublicStatus(BaseModel):
    """A country's status with its dated history. `candidate_since`: when its expression of interest came, if known."""

    code: str
    name: str
    language: Language
    status: Status
    since: date | None
    candidate_since: date | None = None
    changes: list[PublicChange] = []

    def on(self, day: date) -> tuple[Status, date] | None:
        """The status that held on a day, and since when; None where none is on record. What fell never held."""
        held = (Status.CANDIDATE, self.candidate_since) if self.candidate_since else None
        found = held if held and self.candidate_since and self.candidate_since <= day else None
        for change in self.changes:
            if not change.fell and not change.corrects and change.on <= day:
                found = (change.after, change.on)
        return found


class PublicMeasure(BaseModel):
    """A measure of a roadmap (PLN-05, PLN-06)."""

    text: str = ""
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    by: date | None = None


class PublicPriority(BaseModel):
    """A priority area of a roadmap with its measures."""

    topic: Topic | None = None
    title: str = ""
    measures: list[PublicMeasure] = []


class PublicStep(BaseModel):
    """A next step, of a roadmap or a report."""

    text: str = ""
    by: date | None = None


class PublicPlan(BaseModel):
    """A national action plan that stands in place of a roadmap (PLN-04)."""

    title: str = ""
    period: str = ""


class PublicRoadmap(BaseModel):
    """The roadmap of a country that has had the status, as it stands; `plans` where these take its place."""

    version: int
    on: date
    priorities: list[PublicPriority] = []
    next_steps: list[PublicStep] = []
    support_areas: list[str] = []
    timetable: str = ""
    plans: list[PublicPlan] = []


class PublicProgress(BaseModel):
    """Progress on one priority of the roadmap, by its title (REP-04)."""

    priority: str = ""
    state: str = ""
    text: str = ""


class PublicReport(BaseModel):
    """A final report (REP-10). The comments on it and the answers to them are not part of it."""

    year: int
    version: int
    on: date
    body_consulted: str = ""
    progress: list[PublicProgress] = []
    worked_well: str = ""
    obstacles: str = ""
    participation: str = ""
    next_steps: list[PublicStep] = []
    support_needed: str = ""
    experience_wanted: str = ""


class PublicValue(BaseModel):
    """One value of one indicator in one year, or why there is none (REP-05)."""

    year: int
    indicator: str = ""
    value: str = ""
    unit: str = ""
    source: str = ""
    disaggregation: str = ""
    unavailable_because: str = ""


class PublicActivity(BaseModel):
    """An activity of a year (PLN-12). `priority` by its title."""

    year: int
    title: str = ""
    priority: str = ""
    by: date | None = None


class PublicEvent(BaseModel):
    """An event at which the country's progress was shown (REP-11)."""

    title: str = ""
    on: date | None = None
    place: str = ""


class PublicSupport(BaseModel):
    """Support that the country receives or has received (IMP-02); what is only planned is not public."""

    form: SupportForm | None = None
    provider: str = ""
    topic: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    state: SupportState


class PublicLetter(BaseModel):
    """A letter of record that the Secretariat has made public."""

    number: str
    kind: LetterKind
    language: Language
    year: int | None = None
    on: date


class PublicProfile(PublicStatus):
    """The profile of a country (PLN-10). `text`: as the Secretariat approved it."""

    benefits: list[Benefit] = []
    text: str = ""
    roadmap: PublicRoadmap | None = None
    reports: list[PublicReport] = []
    indicators: list[PublicValue] = []
    activities: list[PublicActivity] = []
    events: list[PublicEvent] = []
    support: list[PublicSupport] = []
    letters: list[PublicLetter] = []
