"""What was typed, as a tree by the fields of a form; the record that it makes; and a record as if it had been typed.

A draft keeps texts as they were typed, also those that are no date or number yet: nothing is lost by saving.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from api.pages.catalogues import N_
from api.pages.forms.describing import Field, Form, Input, Section, steps_of
from contracts.messages import AnySubmission
from framework.records import Submission

Tree = dict[str, Any]

CONFIRMED = "_confirmed"
"""Where a draft says which answers of last year were confirmed."""

GIVEN = "_given"
"""What is put behind the name of a part or group that is only handed in when it was ticked."""

MOST_ITEMS = 1000
LONGEST_NAME = 100
"""Characters of the name of an answer that was confirmed."""

YES, NO = "yes", "no"
NO_DATE = N_("This is no date. Write it as 2027-04-30.")
NO_NUMBER = N_("This is no whole number.")
NO_CHOICE = N_("This is none of the choices.")
NO_ANSWER = N_("Say whether the comment was taken up.")

_SUBMISSION: TypeAdapter[Submission] = TypeAdapter(AnySubmission)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Unreadable:
    """Something typed that the record cannot hold: at which place, and what to say (a text of the catalogue)."""

    where: str
    text: str


@dataclass(frozen=True)
class Made:
    """The record that a draft makes as far as it can be read, and what could not be.

    `moved`: items that stand elsewhere in the record than in the draft, since what says nothing was left out before them.
    """

    record: Submission
    unreadable: list[Unreadable] = field(default_factory=list)
    moved: Mapping[str, str] = field(default_factory=dict)

    def place(self, where: str) -> str:
        """The place in the draft of what a finding on the record names."""
        head, bracket, rest = where.partition("]")
        return self.moved.get(head + bracket, head + bracket) + rest


def grown(pairs: Iterable[tuple[str, str]]) -> Tree:
    """The tree of a form's fields: `measures[1].text` grows into the second item of a list. Other names are left out."""
    tree: dict[Any, Any] = {}
    for name, value in pairs:
        try:
            steps = steps_of(name)
        except ValueError:
            continue
        place = [part for step, index in steps for part in ((step,) if index is None else (step, index))]
        branch = tree
        for part in place[:-1]:
            branch = branch.setdefault(part, {}) if isinstance(branch, dict) else {}
        if isinstance(branch, dict):
            branch.setdefault(place[-1], []).append(value.replace("\r\n", "\n"))
    found: Tree = _listed(tree)
    return found


def _listed(branch: Any) -> Any:
    """Branches that are named by numbers become lists, in the order of the numbers."""
    if not isinstance(branch, dict):
        return branch
    if branch and all(isinstance(key, int) for key in branch):
        return [_listed(branch[key]) for key in sorted(branch)]
    return {str(key): _listed(value) for key, value in branch.items()}


def shaped(section: Section, tree: Mapping[str, Any]) -> Tree:
    """What of a tree belongs to a section, every field of it there, everything else left out."""
    found = shaped_by(section.shape, tree)
    confirmed = {one for one in _texts(tree.get(CONFIRMED)) if len(one) <= LONGEST_NAME}
    return found | ({CONFIRMED: sorted(confirmed)[:MOST_ITEMS]} if confirmed else {})


def merged(form: Form, tree: Tree, content: Mapping[str, Any]) -> Tree:
    """A tree with what a section holds; parts that have sections of their own are filled by each of these."""
    parts = {one.within for one in form.sections if one.within}
    return tree | {
        name: {**tree.get(name, {}), **value} if name in parts else value for name, value in content.items()
    }


def shaped_by(fields: Sequence[Field], tree: Any) -> Tree:
    """The same by fields alone."""
    known = tree if isinstance(tree, Mapping) else {}
    found: Tree = {}
    for one in fields:
        found[one.name] = _shape(one, known.get(one.name))
        if one.tick:
            found[one.name + GIVEN] = _text(known.get(one.name + GIVEN))
    return found


def _shape(one: Field, value: Any) -> Any:
    if one.input is Input.PART:
        return shaped_by(one.fields, value)
    if one.input in {Input.GROUP, Input.ANSWERS}:
        items = value[:MOST_ITEMS] if isinstance(value, list) else []
        return [_item(one, each) for each in items]
    if one.input is Input.DOCUMENT:
        return _document(value)
    return _texts(value) if one.input is Input.ANY_OF else _text(value)


def _item(group: Field, value: Any) -> Any:
    return _document(value) if is_of_documents(group) else shaped_by(group.fields, value)


def is_of_documents(group: Field) -> bool:
    """Whether the items of a group are documents and nothing beside."""
    return [one.name for one in group.fields] == [""]


def _document(value: Any) -> Tree:
    known = value if isinstance(value, Mapping) else {}
    return {"id": _text(known.get("id")), "name": _text(known.get("name"))}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return _text(value[-1]) if value else ""
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str) and one]
    return [value] if isinstance(value, str) and value else []


def made(form: Form, tree: Mapping[str, Any], year: int | None) -> Made:
    """The record of a form's kind from what was typed; never raises."""
    reader = _Reader(year)
    values = reader.part(tuple(form.fields()), tree, "")
    values["kind"] = form.kind
    if "year" in form.left_out:
        values["year"] = year or 0
    return Made(_SUBMISSION.validate_python(values), reader.unreadable, reader.moved)


class _Reader:
    """Reads texts as values, and keeps what it could not read."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.unreadable: list[Unreadable] = []
        self.moved: dict[str, str] = {}

    def part(self, fields: Sequence[Field], tree: Any, where: str) -> Tree:
        """The values of several fields; what says nothing is left to the record's defaults."""
        found: Tree = {}
        for one in fields:
            if one.tick and tree.get(one.name + GIVEN) != YES:
                continue
            value = self._value(one, tree.get(one.name), f"{where}.{one.name}" if where else one.name)
            if value is not None:
                found[one.name] = value
        return found

    def _value(self, one: Field, value: Any, where: str) -> Any:
        match one.input:
            case Input.GROUP | Input.ANSWERS:
                return self._items(one, value or [], where)
            case Input.PART:
                return self.part(one.fields, value, where) if one.tick or says(value) else None
            case Input.DOCUMENT:
                return value if value and value["id"] else None
            case Input.ANY_OF:
                return [each for each in value or [] if each in _terms(one)]
            case Input.LINES:
                return [line.strip() for line in (value or "").splitlines() if line.strip()]
            case _:
                return self._plain(one, value or "", where)

    def _plain(self, one: Field, text: str, where: str) -> Any:
        match one.input:
            case Input.DATE:
                return self._date(text.strip(), where)
            case Input.TICK:
                return text == YES
            case Input.YES_NO:
                return {YES: True, NO: False}.get(text)
            case Input.CHOICE:
                return self._choice(one, text, where)
            case Input.FIXED:
                return self._number(text or str(self.year or 0), where)
            case _ if one.unchanged and not text.strip():
                return None
            case _:
                return self._number(text, where) if one.kind == "number" else text

    def _items(self, one: Field, items: list[Any], where: str) -> list[Any]:
        if is_of_documents(one):
            return [each for each in items if each["id"]]
        kept = [
            (index, each) for index, each in enumerate(items) if one.input is Input.GROUP or _answers(each)
        ]
        for number, (index, each) in enumerate(kept):
            if number != index:
                self.moved[f"{where}[{number}]"] = f"{where}[{index}]"
            if one.input is Input.ANSWERS and not each["addressed"]:
                self.unreadable.append(Unreadable(f"{where}[{index}].addressed", NO_ANSWER))
        return [self.part(one.fields, each, f"{where}[{index}]") for index, each in kept]

    def _date(self, text: str, where: str) -> str | None:
        try:
            if text and not _DATE.fullmatch(text):
                raise ValueError(text)
            return date.fromisoformat(text).isoformat() if text else None
        except ValueError:
            self.unreadable.append(Unreadable(where, NO_DATE))
            return None

    def _choice(self, one: Field, text: str, where: str) -> str | None:
        if text and text not in _terms(one):
            self.unreadable.append(Unreadable(where, NO_CHOICE))
            return None
        return text or None

    def _number(self, text: str, where: str) -> int | None:
        if text.strip() and not re.fullmatch(r"\d{1,6}", text.strip(), re.ASCII):
            self.unreadable.append(Unreadable(where, NO_NUMBER))
            return None
        return int(text) if text.strip() else None


def _terms(one: Field) -> set[str]:
    return {str(term.value) for term in one.options or ()}


def _answers(item: Mapping[str, Any]) -> bool:
    return bool(item["text"].strip() or item["addressed"])


def says(tree: Any) -> bool:
    """Whether anything in a tree was filled in."""
    if isinstance(tree, Mapping):
        return any(says(value) for value in tree.values())
    return any(map(says, tree)) if isinstance(tree, list) else bool(tree and str(tree).strip())


def as_typed(fields: Sequence[Field], body: Mapping[str, Any]) -> Tree:
    """A record's JSON as it would have been typed, for going on from it."""
    found: Tree = {}
    for one in fields:
        value = body.get(one.name)
        found[one.name] = _typed(one, value)
        if one.tick:
            found[one.name + GIVEN] = YES if value is not None else ""
    return found


def _typed(one: Field, value: Any) -> Any:
    if one.input is Input.PART:
        return as_typed(one.fields, value or {})
    if one.input in {Input.GROUP, Input.ANSWERS}:
        return [
            _document(each) if is_of_documents(one) else as_typed(one.fields, each) for each in value or ()
        ]
    if one.input is Input.DOCUMENT:
        return _document(value)
    if one.input is Input.ANY_OF:
        return [str(each) for each in value or ()]
    if one.input is Input.LINES:
        return "\n".join(value or ())
    if isinstance(value, bool):
        return YES if value else NO if one.input is Input.YES_NO else ""
    return "" if value is None else str(value)
