"""Countries in the middle of their lives, and what people hand in for them: all of it lawful."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import SearchAttributePair, TypedSearchAttributes
from temporalio.service import RPCError

from contracts import names
from contracts.messages import Actor, AnySubmission, Envelope, Receipt
from contracts.starting import ImportedCountry, imported
from contracts.state import CountryState, Outbox, Rung, StatusChange
from framework.facts import Candidacy
from framework.records import Contact
from framework.terms import Role, Status
from rehearsal import templates
from rehearsal.calendar_words import Setting, fill
from workflows.process import beginning, moments
from workflows.process.ledger import Ledger

SUBMISSION: TypeAdapter[Any] = TypeAdapter(AnySubmission)
SECRETARIAT = Actor(role=Role.SECRETARIAT, name="Sira Molnar")
OPERATOR = Actor(role=Role.OPERATOR, name="Otto Brand")

Country = WorkflowHandle[Any, Any]


def codes(count: int) -> list[str]:
    """So many codes of invented countries."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [f"X{letters[number // 26]}{letters[number % 26]}" for number in range(count)]


def active(code: str, **changes: Any) -> CountryState:
    """An active country, from a history on paper: its focal point is reached at `<code>@land.example`."""
    return imported(_history(code, Status.ACTIVE, **changes))


def candidate(code: str, **changes: Any) -> CountryState:
    """A candidate that has presented its roadmap: the GCM may comment on it."""
    presented = Candidacy(
        eoi_on=date(2024, 3, 1),
        has_focal_point=True,
        roadmap_versions=1,
        presented_at="GCM",
        presented_on=date(2025, 2, 1),
    )
    return imported(_history(code, Status.CANDIDATE, candidacy=presented, **changes))


def inactive(code: str) -> CountryState:
    """A country that was declared inactive."""
    return imported(_history(code, Status.INACTIVE))


def begun(state: CountryState, at: datetime) -> CountryState:
    """The state as its process would have left it at its start at that moment (aware, UTC)."""
    beginning.begin(Ledger(state=state, now=at))
    return state


def lived(state: CountryState, until: datetime) -> CountryState:
    """The state as its process would carry it at that moment, woken in time for everything; its mail has gone."""
    while (moment := moments.next_moment(state)) is not None and moment.at <= until:
        moments.pass_time(Ledger(state=state, now=moment.at))
    state.outbox = Outbox()
    return state


def with_reminders(state: CountryState, at: datetime) -> CountryState:
    """The state with one reminder, at that moment, for each of the country's own tasks."""
    for task in state.tasks.values():
        task.due_on, task.due_at = at.date() + timedelta(days=30), at + timedelta(days=30)
        task.rungs = [Rung(number=1, offset=-30, at=at)] if task.role is Role.FOCAL_POINT else []
    return state


async def start(client: Client, state: CountryState) -> Country:
    """Starts a country's process as the import does."""
    handle: Country = await client.start_workflow(
        names.COUNTRY,
        state,
        id=names.country_id(state.code),
        task_queue=names.TASK_QUEUE,
        search_attributes=TypedSearchAttributes([SearchAttributePair(names.CODE_ATTRIBUTE, state.code)]),
        static_summary=f"{state.name} ({state.code})",
    )
    return client.get_workflow_handle(handle.id)


def envelope(
    code: str, kind: str, today: date, message_id: str, *, use: str = "", **changes: Any
) -> Envelope:
    """A complete submission of a kind from whom it usually comes; `changes` overwrite parts of it."""
    content = templates.overwritten(templates.submission(kind, use), changes)
    role = templates.sender(kind)
    actor = Actor(
        role=role,
        name=templates.person(role) or "Focal Point",
        country=code if role is Role.FOCAL_POINT else "",
    )
    filled = fill(content, Setting(today=today, country=code))
    return Envelope(message_id=message_id, actor=actor, submission=SUBMISSION.validate_python(filled))


async def hand_in(country: Country, what: Envelope, *, update_id: str = "") -> Receipt:
    """Sends a submission and waits for its receipt."""
    receipt: Receipt = await country.execute_update(
        names.SUBMIT, what, id=update_id or what.message_id, result_type=Receipt
    )
    return receipt


async def until_acknowledged(country: Country, what: Envelope) -> Receipt:
    """Sends the same message again until there is a receipt, as every client of ours does."""
    while True:
        try:
            return await hand_in(country, what)
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError):
            await asyncio.sleep(0.2)


def decision(kind: str, today: date, decision_id: str, **changes: Any) -> dict[str, Any]:
    """A complete GCM decision as the JSON that a signal carries."""
    content = templates.overwritten(templates.decision(kind), changes)
    filled: dict[str, Any] = fill(content, Setting(today=today, country="XAA"))
    return {key: _plain(value) for key, value in filled.items()} | {"id": decision_id}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _history(code: str, status: Status, **changes: Any) -> ImportedCountry:
    granted = StatusChange(
        before=Status.CANDIDATE, after=Status.ACTIVE, on=date(2022, 3, 1), because="on paper"
    )
    left = StatusChange(before=Status.ACTIVE, after=Status.INACTIVE, on=date(2026, 3, 1), because="on paper")
    changed = {Status.ACTIVE: [granted], Status.INACTIVE: [granted, left]}
    history = ImportedCountry(
        code=code,
        name=f"Land {code}",
        status=status,
        status_history=changed.get(status, []),
        focal_point=Contact(
            name=f"Focal Point of {code}", post="Director", email=f"{code.lower()}@land.example"
        ),
        priorities=["school", "mines"],
        bodies=["National Committee"],
        imported_by=OPERATOR,
    )
    return history.model_copy(update=changes)
