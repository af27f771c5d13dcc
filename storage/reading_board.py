"""Reads what the Secretariat's board shows: every country with its newest cycle in one query, its open tasks in another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from contracts.state import Task
from framework.facts import Cycle, DialogueFacts
from framework.records import Contact
from framework.terms import OPEN_TASK_STATES, Stage, Status, TaskState
from storage.canonical import CYCLE
from storage.engine import Database
from storage.tables import CountryTable, CycleTable, MailTable, TaskTable


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A country as the board needs it, with its newest cycle.

    `flags`: the indicators of open ones. `dialogue`: the last one. `undelivered`: kind, state and task of each message
    that did not come through.
    `refusals`: when, what and why, of each refused message on record. Of contacts only their addresses are read.
    """

    code: str
    name: str
    status: Status
    stage: Stage
    status_since: date | None
    edition: str
    cycle: Cycle | None
    next_deadline: datetime | None
    next_task: str
    flags: tuple[str, ...]
    dialogue: DialogueFacts | None
    paused_on: date | None
    undelivered: tuple[Mapping[str, Any], ...]
    refusals: tuple[Mapping[str, Any], ...]
    focal_point: Contact
    deputies: tuple[Contact, ...]

    @property
    def reachable(self) -> bool:
        """Whether the focal point has an address."""
        return bool(self.focal_point.email)

    @property
    def dialogue_since(self) -> date | None:
        """Since when a dialogue is open; None while none is."""
        return self.dialogue.opened_on if self.dialogue and self.dialogue.closed_on is None else None


@dataclass(frozen=True, kw_only=True)
class Duty:
    """An open task, as much of it as lists and counts need."""

    country: str
    name: str
    key: str
    kind: str
    role: str
    year: int | None
    state: TaskState
    due_at: datetime | None


async def standings(database: Database) -> list[Standing]:
    """All countries by name, each with its newest cycle."""
    newest = aliased(CycleTable)
    latest = (
        select(func.max(col(newest.year)))
        .where(col(newest.country) == CountryTable.code)
        .correlate(CountryTable)
        .scalar_subquery()
    )
    query = (
        select(CountryTable.content, CycleTable.content)
        .join(
            CycleTable,
            (col(CycleTable.country) == CountryTable.code) & (col(CycleTable.year) == latest),
            isouter=True,
        )
        .order_by(col(CountryTable.sort_name), col(CountryTable.code))
    )
    async with database.reading() as session:
        return [_standing(country, cycle) for country, cycle in await session.exec(query)]


async def duties(database: Database, due_before: datetime | None = None) -> list[Duty]:
    """All open tasks (those that are due before a moment), soonest due first, those without a date last."""
    due = col(TaskTable.due_at)
    query = (
        columns(
            col(TaskTable.country),
            col(CountryTable.name),
            col(TaskTable.key),
            col(TaskTable.kind),
            col(TaskTable.role),
            col(TaskTable.year),
            col(TaskTable.state),
            due,
        )
        .join(CountryTable, col(CountryTable.code) == TaskTable.country)
        .where(col(TaskTable.state).in_(OPEN_TASK_STATES))
        .order_by(due.is_(None), due, col(TaskTable.country), col(TaskTable.key))
    )
    if due_before is not None:
        query = query.where(due < due_before)
    async with database.reading() as session:
        connection = await session.connection()
        return [_duty(*row) for row in await connection.execute(query)]


async def open_tasks(database: Database, codes: Collection[str]) -> list[tuple[str, Task]]:
    """The open tasks of these countries, each with its country, soonest due first within a country."""
    query = (
        select(TaskTable)
        .where(col(TaskTable.country).in_(codes), col(TaskTable.state).in_(OPEN_TASK_STATES))
        .order_by(col(TaskTable.country), col(TaskTable.due_at).is_(None), col(TaskTable.due_at))
    )
    async with database.reading() as session:
        return [(row.country, Task.model_validate(row.content)) for row in await session.exec(query)]


async def mail_counts(database: Database) -> dict[str, int]:
    """How many messages of the ledger are in each state."""
    query = columns(col(MailTable.state), func.count()).group_by(col(MailTable.state))
    async with database.reading() as session:
        connection = await session.connection()
        return {row[0]: row[1] for row in await connection.execute(query)}


def _standing(country: Mapping[str, Any], cycle: Mapping[str, Any] | None) -> Standing:
    flags = (one["indicator"] for one in country["flags"] if one["cleared_on"] is None)
    return Standing(
        code=country["code"],
        name=country["name"],
        status=Status(country["status"]),
        stage=Stage(country["stage"]),
        status_since=_day(country["status_since"]),
        edition=country["edition"],
        cycle=CYCLE.validate_python(cycle) if cycle else None,
        next_deadline=_moment(country["next_deadline"]),
        next_task=country["next_deadline_task"],
        flags=tuple(flags),
        dialogue=_dialogue(country["dialogues"][-1]) if country["dialogues"] else None,
        paused_on=_day(country["paused_on"]),
        undelivered=tuple(country.get("undelivered", ())),
        refusals=tuple(country["refusals"]),
        focal_point=_contact(country["focal_point"]),
        deputies=tuple(map(_contact, country["deputies"])),
    )


def _contact(content: Mapping[str, Any]) -> Contact:
    return Contact(email=content.get("email") or "", second_email=content.get("second_email") or "")


def _duty(
    country: str,
    name: str,
    key: str,
    kind: str,
    role: str,
    year: int | None,
    state: str,
    due_at: datetime | None,
) -> Duty:
    return Duty(
        country=country,
        name=name,
        key=key,
        kind=kind,
        role=role,
        year=year,
        state=TaskState(state),
        due_at=due_at,
    )


def _dialogue(found: Mapping[str, Any]) -> DialogueFacts:
    return DialogueFacts(
        number=found["number"],
        opened_on=date.fromisoformat(found["opened_on"]),
        closed_on=_day(found["closed_on"]),
        outcome=found["outcome"],
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
