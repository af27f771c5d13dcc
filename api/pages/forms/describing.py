"""What forms are described with: fields by their names in the record, in sections, with the words that people read.

A field's place is what the rules call it in their findings: `priorities[0].measures[1].text`. It is the field's name in
the form, its id on the page, and its place in the draft. So each finding leads to its field without a list of its own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Any


class Input(StrEnum):
    """How a field is filled in, and with it what a draft holds for it: a text, several, fields, a list of them."""

    LINE = "line"
    AREA = "area"
    LINES = "lines"
    DATE = "date"
    CHOICE = "choice"
    ANY_OF = "any_of"
    YES_NO = "yes_no"
    TICK = "tick"
    KNOWN = "known"
    FIXED = "fixed"
    DOCUMENT = "document"
    PART = "part"
    GROUP = "group"
    ANSWERS = "answers"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. `label` and `hint` are English and marked for the catalogues; a hint says what is wanted, not how.

    `options`: the terms to choose from; `section` of the catalogue that names them. `known`: of what is on record one
    chooses (`priorities`, `next_steps`, `bodies`, `tasks`). `fields`: of a part or of each item of a group; `one`: what
    an item is called. `unchanged`: left empty, what is on record stays as it is. `tick`: the question without whose
    yes a part or a group is not handed in at all (None).
    """

    name: str
    label: str
    input: Input = Input.LINE
    hint: str = ""
    optional: bool = False
    options: type[Enum] | None = None
    section: str = ""
    known: str = ""
    fields: tuple["Field", ...] = ()
    one: str = ""
    tick: str = ""
    kind: str = "text"
    rows: int = 4
    unchanged: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a form on a page of its own. `within`: the part of the record that holds its fields; empty: the record."""

    id: str
    title: str
    fields: tuple[Field, ...]
    intro: str = ""
    within: str = ""

    @property
    def shape(self) -> tuple[Field, ...]:
        """Its fields as they lie in the record."""
        whole = Field(name=self.within, label=self.title, input=Input.PART, fields=self.fields)
        return (whole,) if self.within else self.fields

    def inside(self, tree: Mapping[str, Any]) -> Mapping[str, Any]:
        """What of a tree holds its fields."""
        found = tree.get(self.within) if self.within else tree
        return found if isinstance(found, Mapping) else {}

    def holds(self, place: str) -> bool:
        """Whether a place lies in it."""
        names = [name for name, _ in steps_of(place)]
        mine = {one.name for one in self.fields}
        return names[0] == self.within and bool(mine & set(names[1:2])) if self.within else names[0] in mine


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form of one kind. `left_out`: fields of the record that nobody fills in, each with the reason.

    `carried`: fields whose answer of an earlier year stands there, marked, until it is confirmed. `how`: how the task is
    done; `next`: what happens after it was handed in. `former`: sections that it had once; what was typed there is read.
    """

    kind: str
    sections: tuple[Section, ...]
    how: str
    next: str
    left_out: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    carried: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    def section(self, id: str) -> Section | None:
        """A section by its id."""
        return next((one for one in self.sections if one.id == id), None)

    def section_of(self, place: str) -> Section | None:
        """The section in which a place lies."""
        found = (one for one in sorted(self.sections, key=lambda one: not one.within) if one.holds(place))
        return next(found, None)

    def fields(self) -> Iterator[Field]:
        """All fields at the top of the record; a part that has sections of its own holds the fields of these too."""
        for one in (each for section in self.sections if not section.within for each in section.fields):
            more = (
                each for section in self.sections if section.within == one.name for each in section.fields
            )
            yield replace(one, fields=(*one.fields, *more))


_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


def top_of(place: str) -> str:
    """The name of the record's own field in which a place lies."""
    return re.split(r"[.\[]", place, maxsplit=1)[0]


def steps_of(place: str) -> list[tuple[str, int | None]]:
    """A place step by step: `measures[1].text` is (measures, 1), (text, None). Raises ValueError for what is no place."""
    found = [_STEP.fullmatch(one) for one in place.split(".")]
    if not place or not all(found):
        raise ValueError(f"{place!r} is no place in a form")
    return [(one[1], int(one[2]) if one[2] else None) for one in found if one]


def nearest(place: str, fields: tuple[Field, ...]) -> str:
    """The place of the field that is shown for a finding: a line of a list, or what a part lacks, belongs to the whole."""
    shown: list[str] = []
    for name, index in steps_of(place):
        one = next((each for each in fields if each.name == name), None)
        if one is None:
            break
        whole = one.input in {Input.GROUP, Input.ANSWERS} and index is not None
        shown.append(f"{name}[{index}]" if whole else name)
        fields = one.fields
    return ".".join(shown)
