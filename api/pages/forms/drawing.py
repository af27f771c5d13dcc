"""A section as its template draws it: every field with its words, its value, what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from api.pages.catalogues import words
from api.pages.forms.describing import Field, Input, Section
from api.pages.forms.reading import GIVEN, YES, Tree, is_of_documents
from api.pages.forms.working import Lack, Work
from correspondence.dates import short
from correspondence.matters import Matters
from framework.terms import Language

Drawn = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Pen:
    """What drawing needs beside the fields: the language, what can be chosen, what is wrong where, another's text.

    `refused`: it was handed in and refused, so that what is missing is an error now.
    """

    language: Language
    work: Work
    wrong: Mapping[str, list[Lack]] = field(default_factory=dict)
    beside: Mapping[str, Any] = field(default_factory=dict)
    refused: bool = False

    @cached_property
    def _carried(self) -> Mapping[str, str]:
        return {one.place: one.name for one in self.work.carried}

    @cached_property
    def _unconfirmed(self) -> set[str]:
        return {one.place for one in self.work.unconfirmed}

    def confirming(self, place: str) -> Drawn:
        """By which name an earlier year's answer at a place is confirmed (empty: it is none), and whether it waits."""
        return {"confirmable": self._carried.get(place, ""), "unconfirmed": place in self._unconfirmed}

    def loud(self, lack: Lack) -> bool:
        """Whether something is told as an error: what cannot be read, and all of what was refused."""
        return lack.stops and (lack.wrong or self.refused)

    def say(self, text: str) -> str:
        """A text of the description in the reader's language."""
        return words(self.language).gettext(text) if text else ""

    def named(self, term: object, section: str) -> str:
        """A term of the framework by its name."""
        name = Matters(self.language).named(term, section)
        return name[:1].upper() + name[1:]


def by_place(found: Iterable[Lack]) -> dict[str, list[Lack]]:
    """What is wrong, by the field that it belongs to."""
    wrong: dict[str, list[Lack]] = {}
    for one in found:
        wrong.setdefault(one.place, []).append(one)
    return wrong


def drawn(section: Section, tree: Tree, pen: Pen) -> list[Drawn]:
    """The fields of a section."""
    beside = section.inside(pen.beside)
    found = [(one, _field(one, section.inside(tree), section.within, pen)) for one in section.fields]
    for one, made in found:
        if pen.beside and beside.get(one.name) != section.inside(tree).get(one.name):
            made["beside"] = plain(one, beside.get(one.name), pen)
    return [made for _, made in found]


def _fields(fields: Sequence[Field], tree: Mapping[str, Any], where: str, pen: Pen) -> list[Drawn]:
    return [_field(one, tree, where, pen) for one in fields]


def _field(one: Field, tree: Mapping[str, Any], where: str, pen: Pen) -> Drawn:
    value = tree.get(one.name)
    place = ".".join(part for part in (where, one.name) if part)
    said = pen.wrong.get(place, [])
    made: Drawn = {
        "id": place,
        "input": one.input.value,
        "label": pen.say(one.label),
        "hint": pen.say(one.hint),
        "optional": one.optional,
        "kind": one.kind,
        "rows": one.rows,
        "value": value,
        "errors": [each.text for each in said if pen.loud(each)],
        "missing": [each.text for each in said if each.stops and not each.old and not pen.loud(each)],
        "warnings": [each.text for each in said if not each.stops],
        "options": [],
        "tick": None,
        "beside": None,
    } | pen.confirming(place)
    if one.tick:
        made["tick"] = {"label": pen.say(one.tick), "on": tree.get(one.name + GIVEN) == YES}
    return made | _inside(one, value, place, pen)


def _inside(one: Field, value: Any, place: str, pen: Pen) -> Drawn:
    match one.input:
        case Input.PART:
            return {"fields": _fields(one.fields, value or {}, place, pen)}
        case Input.GROUP | Input.ANSWERS:
            items = enumerate(value or [])
            return {
                "one": pen.say(one.one),
                "items": [_item(one, each, f"{place}[{index}]", pen) for index, each in items],
            }
        case Input.CHOICE | Input.ANY_OF:
            return {
                "options": [(term.value, pen.named(term.value, one.section)) for term in one.options or ()]
            }
        case Input.KNOWN:
            return {"options": _known(one, value, pen)}
        case _:
            return {}


def _item(group: Field, value: Any, place: str, pen: Pen) -> Drawn:
    said = pen.wrong.get(place, [])
    made: Drawn = {"id": place, "missing": [one.text for one in said if not one.old], "comment": None}
    made |= pen.confirming(place)
    if is_of_documents(group):
        document = _field(group.fields[0], {"": value}, "", pen)
        return made | {"fields": [document | {"id": place}]}
    if group.input is Input.ANSWERS:
        made["comment"] = pen.work.start.comments.get(int(value.get("number") or 0))
    return made | {"fields": _fields(group.fields, value, place, pen)}


def _known(one: Field, value: str, pen: Pen) -> list[tuple[str, str]]:
    known = pen.work.look.known(one.known)
    if not known:
        return []
    chosen = [value] if value and value not in known else []
    return [(each, _called(one, each, pen)) for each in [*known, *chosen]]


def _called(one: Field, value: str, pen: Pen) -> str:
    """What people read for what was chosen of what is on record."""
    match one.known:
        case "tasks":
            return Matters(pen.language).thing(value)
        case "open_tasks" | "waivable_tasks":
            return _task(value, pen)
        case _:
            return pen.work.look.named(value)


def _task(key: str, pen: Pen) -> str:
    """A task among others that may be of the same kind: what it is, which of several, whose, by when."""
    matters, task = Matters(pen.language), pen.work.look.open_tasks.get(key)
    number = key.partition(".")[2]
    what = f"{matters.thing(key)} {number}".strip()
    if task is None:
        return what
    whose = matters.named(task.role.value, "role")
    return f"{what} ({whose}, {short(task.due_on, pen.language)})" if task.due_on else f"{what} ({whose})"


def plain(one: Field, value: Any, pen: Pen) -> list[tuple[str, str]]:
    """A value in lines of (what it is, what was typed), for reading; what says nothing is left out."""
    return list(_plain(one, value, pen.say(one.label), pen))


def _plain(one: Field, value: Any, label: str, pen: Pen) -> Iterable[tuple[str, str]]:
    if one.input is Input.PART:
        for each in one.fields:
            yield from _plain(each, (value or {}).get(each.name), pen.say(each.label), pen)
    elif one.input in {Input.GROUP, Input.ANSWERS}:
        for number, item in enumerate(value or [], 1):
            yield (f"{pen.say(one.one)} {number}", "")
            for each in one.fields:
                inner = item if is_of_documents(one) else item.get(each.name)
                yield from _plain(each, inner, pen.say(each.label), pen)
    elif shown := _words(one, value, pen):
        yield (label, shown)


def _words(one: Field, value: Any, pen: Pen) -> str:
    if one.input is Input.DOCUMENT:
        return str((value or {}).get("name") or "")
    if one.input is Input.ANY_OF:
        return ", ".join(pen.named(each, one.section) for each in value or [])
    if one.input is Input.CHOICE and value:
        return pen.named(value, one.section)
    if one.input is Input.KNOWN and value:
        return _called(one, value, pen)
    if one.input in {Input.YES_NO, Input.TICK}:
        return {YES: words(pen.language).gettext("Yes"), "no": words(pen.language).gettext("No")}.get(
            value, ""
        )
    return str(value or "")
