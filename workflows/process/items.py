"""The GCM's items on a country as they are on record: those that its tasks open, and those with a record of their own.

An item that a task opened is there as long as its task; it gets a record of its own with the first word said about it.
"""

from collections.abc import Iterator
from datetime import datetime

from contracts.state import CountryState, Item, Task
from framework.decision_record import GcmDecision, Position
from framework.items import ITEM_OF_TASK, item_name, settled_by
from framework.records import GcmItem
from framework.terms import OPEN_TASK_STATES, Role


def all_of(state: CountryState) -> list[Item]:
    """The items of the run: those with a record of their own, then those that only a task of the GCM has opened."""
    return [*state.items, *_of_tasks(state)]


def open_ones(state: CountryState) -> list[Item]:
    """The items with a record of their own that are not closed."""
    return [item for item in state.items if item.closed_at is None]


def positions(state: CountryState) -> dict[str, tuple[Position, ...]]:
    """The positions that stand, by the name of the open item."""
    return {item_name(item.kind, item.year): standing(item) for item in open_ones(state)}


def standing(item: Item) -> tuple[Position, ...]:
    """What each seat said last, in the order in which the seats first spoke."""
    return tuple(
        Position(seat=one.seat, position=one.position, reason=one.reason)
        for one in item.positions
        if one.replaced_at is None
    )


def taken_before(state: CountryState, decision: GcmDecision) -> tuple[Position, ...]:
    """The positions on record for the item that a decision settles."""
    return positions(state).get(settled_by(decision), ())


def settled(state: CountryState, decision: GcmDecision) -> Item | None:
    """The open item that a decision settles."""
    name = settled_by(decision)
    return open_one(state, name) if name else None


def _of_tasks(state: CountryState) -> Iterator[Item]:
    named = {item_name(item.kind, item.year) for item in open_ones(state)}
    for task in state.tasks.values():
        kind = ITEM_OF_TASK.get(task.kind)
        if kind and task.role is Role.GCM and task.state in OPEN_TASK_STATES:
            name = item_name(kind, task.year)
            if name not in named:
                named.add(name)
                yield _from_task(state, task, name)


def _from_task(state: CountryState, task: Task, name: str) -> Item:
    kind = ITEM_OF_TASK[task.kind]
    presented = state.candidacy.presented_on if task.kind == "roadmap_decision" else None
    return Item(
        key=_free_key(state, name),
        kind=kind,
        year=task.year,
        task=task.key,
        meeting=str(task.values.get("meeting", "")),
        meeting_on=presented,
        opened_at=task.opened_at,
    )


def _free_key(state: CountryState, name: str) -> str:
    number = state.item_numbers.get(name, 0) + 1
    return name if number == 1 else f"{name}.{number}"


def known(state: CountryState, key: str) -> Item | None:
    """The item of that key, open or closed."""
    return next((item for item in all_of(state) if item.key == key), None)


def open_one(state: CountryState, name: str) -> Item | None:
    """The open item of that name, with or without a record of its own."""
    return next(
        (
            item
            for item in all_of(state)
            if item.closed_at is None and item_name(item.kind, item.year) == name
        ),
        None,
    )


def with_record(state: CountryState, key: str) -> Item:
    """The item of that key, which gets a record of its own if only its task knew of it."""
    item = known(state, key)
    assert item is not None
    return item if item in state.items else keep(state, item)


def keep(state: CountryState, item: Item) -> Item:
    """Gives an item a record of its own."""
    name = item_name(item.kind, item.year)
    state.item_numbers[name] = state.item_numbers.get(name, 0) + 1
    state.items.append(item)
    return item


def begin(state: CountryState, record: GcmItem, now: datetime) -> Item:
    """A new item, opened by the Secretariat."""
    assert record.decides is not None
    name = item_name(record.decides, record.year)
    year = record.year if name != record.decides.value else None
    return keep(state, Item(key=_free_key(state, name), kind=record.decides, year=year, opened_at=now))
