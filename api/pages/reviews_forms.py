"""The forms of the MWG as they are typed: comments section by section, the yearly review, a piece of evidence."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.pages.catalogues import N_
from api.pages.reviews_views import comments_of
from framework.records import Evidence, MwgComments, YearlyReview
from framework.terms import Confidentiality, EvidenceAbout, EvidenceForm, Language

FormKey = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
Line = Annotated[str, Field(max_length=300)]
Words = Annotated[str, Field(max_length=20_000)]
Answer = Literal["yes", "no", ""]

NOTHING_SAID = N_("Write a comment beside a section, or confirm that the MWG has none.")
BOTH_SAID = N_("There are comments, and it is confirmed that there are none. Take one of them back.")


class CommentsTyped(BaseModel):
    """A box for each section, and the word that there is nothing to comment on."""

    key: FormKey
    progress: Words = ""
    worked_well: Words = ""
    obstacles: Words = ""
    participation: Words = ""
    next_steps: Words = ""
    support_needed: Words = ""
    experience_wanted: Words = ""
    indicators: Words = ""
    general: Words = ""
    none: Literal["1", ""] = ""

    def mistake(self) -> str:
        """What cannot even be handed in (an msgid): neither comments nor the word that there are none, or both."""
        said = any(self.box(key).strip() for key in type(self).model_fields if key not in ("key", "none"))
        if said and self.none:
            return BOTH_SAID
        return "" if said or self.none else NOTHING_SAID

    def box(self, section: str) -> str:
        """What was typed beside a section."""
        return str(getattr(self, section))

    def record(self, year: int, language: Language) -> MwgComments:
        """The comments as the process numbers them; `language` is the country's."""
        boxes = {name: str(value) for name, value in self.model_dump(exclude={"key", "none"}).items()}
        return MwgComments(year=year, comments=comments_of(boxes, language))


CONDITIONS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "evidence_of_progress": (
            "progress_note",
            N_("Is there evidence of progress?"),
            N_("Progress against the roadmap in the last 12 months, from the report or from others."),
        ),
        "evidence_of_collaboration": (
            "collaboration_note",
            N_("Is there evidence of collaborative efforts?"),
            N_("Work with stakeholders in the country, and with other countries and partners."),
        ),
        "commitments_met": (
            "commitments_note",
            N_("Are the commitments of the roadmap being met?"),
            N_("Look at the year's activities and at the next steps of the last report."),
        ),
        "active_in_community": (
            "community_note",
            N_("Is the country active in the community of pathfinder countries?"),
            N_("Exchanges with other countries, events, contributions to thematic dialogues."),
        ),
        "reporting_met": (
            "reporting_note",
            N_("Were the reporting obligations met?"),
            N_("The annual progress report, its final version and the indicator framework."),
        ),
    }
)
"""What the MWG judges each year (REV-08, REV-12, REV-13): the field of its note, the question, and what to look at."""


class ReviewTyped(BaseModel):
    """The yearly review as it was typed; guidance stands one point to a line."""

    key: FormKey
    evidence_of_progress: Answer = ""
    progress_note: Words = ""
    evidence_of_collaboration: Answer = ""
    collaboration_note: Words = ""
    commitments_met: Answer = ""
    commitments_note: Words = ""
    active_in_community: Answer = ""
    community_note: Words = ""
    reporting_met: Answer = ""
    reporting_note: Words = ""
    participation_note: Words = ""
    guidance: Words = ""
    raise_flag_because: Words = ""

    def said(self, name: str) -> str:
        """What was typed in a field."""
        return str(getattr(self, name))

    def record(self, year: int) -> YearlyReview:
        """The review as it is handed in."""
        judged = {name: {"yes": True, "no": False}.get(self.said(name)) for name in CONDITIONS}
        notes = {note: self.said(note).strip() for note, _, _ in CONDITIONS.values()}
        return YearlyReview(
            year=year,
            **judged,  # type: ignore[arg-type]  # the names of the table are fields of the record; a test holds them
            **notes,  # type: ignore[arg-type]
            participation_note=self.participation_note.strip(),
            guidance=tuple(line.strip() for line in self.guidance.splitlines() if line.strip()),
            raise_flag_because=self.raise_flag_because.strip(),
        )


class EvidenceTyped(BaseModel):
    """A piece of evidence from others, as it was typed."""

    key: FormKey
    about: EvidenceAbout | Literal[""] = ""
    form: EvidenceForm | Literal[""] = ""
    title: Line = ""
    link: Line = ""
    supplied_by: Line = ""
    confidentiality: Confidentiality = Confidentiality.REVIEWERS

    def record(self, year: int) -> Evidence:
        """The evidence as it is handed in."""
        return Evidence(
            year=year,
            about=self.about or None,
            form=self.form or None,
            title=self.title.strip(),
            link=self.link.strip(),
            supplied_by=self.supplied_by.strip(),
            confidentiality=self.confidentiality,
        )
