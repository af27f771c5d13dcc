"""Markers in every field that is not public: whatever of a country's record shows one has told what it must not."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from api.pages.forms.describing import Field, Input
from api.pages.forms.every import FORMS
from api.pages.forms.reading import GIVEN, YES, is_of_documents
from contracts.rows import Batch, Delivery
from contracts.state import Content, MailOrder
from framework.terms import Language, Role
from storage import drafts
from storage.drafts import Clash, Place, Saving
from storage.engine import Database
from tests.storage.samples import NOON

MARK = "LEAK"

PUBLIC: Mapping[str, str] = {
    "roadmap": r"priorities\.(key|topic|title|measures\..*)|next_steps\.(text|by)|support_areas|timetable",
    "progress_report": r"body_consulted|progress\..*|worked_well|obstacles|participation|next_steps\.(text|by)"
    r"|support_needed|experience_wanted",
    "indicator_framework": r"values\..*",
    "annual_activities": r"activities\.(title|priority|by)",
    "featured_event": r"title|on|place",
    "support_action": r"reference|form|provider|topic|starts_on|ends_on|state",
    "profile_text": r"text",
}
"""By kind of what is handed in: the fields that the world may read. Every other field of every kind is not public."""

TYPED = re.compile(
    r".*(^|\.)(\w*_at|at|on|\w*_on|since|status_since|next_deadline|status|stage|state|before|after|kind|language|role|closed_role|answer\.answer"
    r"|indicator|combination|clause|sha256|draft|number|key|form|consensus|letter_kind|time_zone|edition|years|why"
    r"|meeting|because_code|digest|schema)"
)
"""Fields of rows that hold a key, a date or a name that the process needs; texts are all the others."""

ROW_PUBLIC = re.compile(r"code|name|benefits\..*|assessment\..*|status_history\.since_before")


def marked(batch: Batch) -> tuple[Batch, int]:
    """The batch with a marker in every text that is not public, and how many there are."""
    planted = Planting()
    row = planted.rows(batch.country.model_dump(mode="json") if batch.country else {}, "country", ROW_PUBLIC)
    rows = {
        name: [
            planted.rows(one.model_dump(mode="json"), name, re.compile("task|about|message"))
            for one in getattr(batch, name)
        ]
        for name in ("tasks", "entries", "comments", "decisions", "letters")
    }
    for letter in rows["letters"]:
        letter["number"] = letter["number"].removeprefix(f"{MARK} ")
    whole = {**batch.model_dump(mode="json"), **rows, "country": row, "contents": []}
    made = Batch.model_validate(whole)
    made.contents = [planted.content(one) for one in batch.contents]
    return made, planted.count


class Planting:
    """Puts markers, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def content(self, content: Content) -> Content:
        """What was handed in: all but the public fields of its kind, dates and numbers too."""
        kind = str(content.body.get("kind", ""))
        public = re.compile(PUBLIC.get(kind, r"(?!)"))
        body = self._walk(content.body, "", lambda path: path in ("kind", "year") or public.fullmatch(path))
        return content.model_copy(update={"body": body})

    def rows(self, row: dict[str, Any], name: str, public: re.Pattern[str]) -> dict[str, Any]:
        """A row: every text but keys, dates and what is public."""
        made: dict[str, Any] = self._walk(
            row, "", lambda path: TYPED.fullmatch(path) or public.fullmatch(path)
        )
        return made

    def _walk(self, value: Any, path: str, spared: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._walk(one, f"{path}.{key}".lstrip("."), spared) for key, one in value.items()}
        if isinstance(value, list):
            return [self._walk(one, path, spared) for one in value]
        if spared(path) or not isinstance(value, str):
            return value
        self.count += 1
        return f"{MARK} {path}"


def mail() -> Delivery:
    """A message to a person, for the ledger."""
    order = MailOrder(kind="reminder", country="XAA", cycle="2027", to=[], due_at=NOON, made_at=NOON)
    return Delivery(
        key="XAA-2027-reminder-1",
        order=order,
        to_name=f"{MARK} name",
        to_email="leak@LEAK.example",
        language=Language.ENGLISH,
    )


async def plant_drafts(database: Database, code: str, year: int) -> list[tuple[str, str]]:
    """A draft of everything that can be handed in, a marker in each of its texts, another beside each that stands.

    The keys and sections of the drafts.
    """
    planted = []
    for form in FORMS.values():
        key = f"{form.kind}-{year}" if "year" in form.left_out else form.kind
        for section in form.sections:
            place = Place(country=code, key=key, section=section.id)
            content = typed_into(section.shape)
            await drafts.save(database, place, _saving(content, "p-1"))
            with pytest.raises(Clash):
                await drafts.save(database, place, _saving({"a": f"{MARK} aside"}, "p-2"))
            planted.append((key, section.id))
    return planted


def typed_into(fields: Sequence[Field]) -> dict[str, Any]:
    """Something typed into every field, also where it is no date, no number and none of the choices."""
    typed: dict[str, Any] = {}
    for one in fields:
        if one.input in {Input.GROUP, Input.ANSWERS}:
            document = {"id": "0" * 32, "name": f"{MARK} {one.name}"}
            typed[one.name] = [document if is_of_documents(one) else typed_into(one.fields)]
        elif one.input is Input.PART:
            typed[one.name] = typed_into(one.fields)
        elif one.input is Input.DOCUMENT:
            typed[one.name] = {"id": "0" * 32, "name": f"{MARK} {one.name}"}
        else:
            typed[one.name] = [f"{MARK} {one.name}"] if one.input is Input.ANY_OF else f"{MARK} {one.name}"
        typed[one.name + GIVEN] = YES
    return typed


def _saving(content: dict[str, Any], by: str) -> Saving:
    return Saving(content=content, based_on=0, by=by, role=Role.FOCAL_POINT, at=NOON)
