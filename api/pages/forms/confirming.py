"""Answers of an earlier year wait to be confirmed: a field as a whole, a list item by item, lists within it too.

An answer is named by its field and by what it says. So it keeps its name wherever it stands in its list, and one that was
changed is an answer of this year.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.pages.forms.describing import Field, Input
from api.pages.forms.reading import CONFIRMED, Tree, is_of_documents
from storage.canonical import canonical, sha256


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer that can be confirmed: its place in the form, its name, what it is an item of (None: a field)."""

    place: str
    name: str
    group: Field | None = None


def answers(one: Field, tree: Mapping[str, Any], where: str = "") -> Iterator[Answer]:
    """The answers of a field, in the order of the page."""
    place, value = where + one.name, tree.get(one.name)
    if one.input is not Input.GROUP or is_of_documents(one):
        yield Answer(place=place, name=_name(one.name, value))
        return
    for index, item in enumerate(value or []):
        own = {each.name: item.get(each.name) for each in one.fields if each.input is not Input.GROUP}
        yield Answer(place=f"{place}[{index}]", name=_name(one.name, own), group=one)
        for each in one.fields:
            if each.input is Input.GROUP:
                yield from answers(each, item, f"{place}[{index}].")


def waiting(fields: Iterator[Field], tree: Tree, carried: Tree) -> list[Answer]:
    """The answers that say what an earlier year said, confirmed or not."""
    found: list[Answer] = []
    for one in fields:
        if one.name in carried:
            earlier = {each.name for each in answers(one, carried)}
            found += [each for each in answers(one, tree) if each.name in earlier]
    return found


def unconfirmed(found: list[Answer], tree: Tree) -> list[Answer]:
    """Those that nobody has confirmed. A draft from before items were confirmed one by one names whole fields."""
    confirmed = set(tree.get(CONFIRMED, []))
    return [one for one in found if one.name not in confirmed and field_of(one.name) not in confirmed]


def field_of(name: str) -> str:
    """The field that an answer belongs to, by the answer's name."""
    return name.partition(":")[0]


def _name(field: str, value: Any) -> str:
    return f"{field}:{sha256(canonical({'': value}))[:16]}"
