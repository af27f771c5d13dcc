"""Items of groups are added and taken away, also without a script: a button posts the form and names the place."""

from collections.abc import Sequence
from typing import Any

from api.pages.forms.describing import Field, Input, steps_of
from api.pages.forms.reading import MOST_ITEMS, Tree, shaped_by

ADD, REMOVE = "add", "remove"


def changed(fields: Sequence[Field], tree: Tree, act: str) -> str:
    """Does `add:measures` or `remove:measures[1]` in a tree; the place to come back to, empty when there is no such."""
    what, _, place = act.partition(":")
    try:
        steps = steps_of(place)
    except ValueError:
        return ""
    found = _group(fields, tree, steps)
    if found is None:
        return ""
    group, holder = found
    index = steps[-1][1]
    whole = place.rpartition("[")[0] if index is not None else place
    if what == ADD and index is None and group.input is Input.GROUP:
        return _added(group, holder, whole)
    if what == REMOVE and (index is not None) is (group.input is Input.GROUP):
        return _removed(group, holder, whole, index or 0)
    return ""


def _added(group: Field, holder: Tree, place: str) -> str:
    items = holder[group.name]
    if len(items) < MOST_ITEMS:
        empty: Tree = {"id": "", "name": ""} if [one.name for one in group.fields] == [""] else {}
        items.append(empty or shaped_by(group.fields, {}))
    return f"{place}[{len(items) - 1}]"


def _removed(group: Field, holder: Tree, place: str, index: int) -> str:
    if group.input is Input.DOCUMENT:
        holder[group.name] = {"id": "", "name": ""}
        return place
    items = holder[group.name]
    if index < len(items):
        del items[index]
    return f"{place}[{min(index, len(items) - 1)}]" if items else place


def _group(
    fields: Sequence[Field], tree: Tree, steps: list[tuple[str, int | None]]
) -> tuple[Field, Tree] | None:
    """The group that the last step names, and the tree that holds it."""
    for number, (name, index) in enumerate(steps):
        one = next((each for each in fields if each.name == name), None)
        if one is None:
            return None
        if number == len(steps) - 1:
            return (one, tree) if one.input in {Input.GROUP, Input.DOCUMENT} else None
        branch: Any = tree[name]
        if index is not None:
            branch = branch[index] if isinstance(branch, list) and index < len(branch) else None
        if not isinstance(branch, dict):
            return None
        fields, tree = one.fields, branch
    return None
