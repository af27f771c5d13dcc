"""Countries for tests and measurements of the desk's pages: each in another situation, as many as are wanted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from typing import Any

from contracts.messages import Refusal
from contracts.record import Dialogue, Task
from contracts.rows import Batch, Undelivered
from framework import cycle as dates
from framework.facts import Cycle
from framework.policy import Policy
from framework.records import Contact
from framework.terms import Role, Stage, Status, TaskState
from storage.engine import Database
from storage.writing import write_batch
from tests.storage.samples import country_row, flag, task

NOW = datetime(2027, 5, 10, 9, tzinfo=UTC)
"""Ten days after reports were due."""

TODAY = NOW.date()
POLICY = Policy()
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_YEAR = dates.new_cycle(2027, report_due=True, policy=POLICY)
_CAME = replace(_YEAR, report_on=date(2027, 4, 20))

SITUATIONS: tuple[tuple[str, dict[str, Any], Cycle | None], ...] = (
    ("late", {"late": True}, _YEAR),
    ("in_revision", {}, _CAME),
    ("extended", {}, dates.extended(_YEAR, date(2027, 5, 31), "An election", POLICY)),
    ("final", {}, replace(_CAME, comments_on=date(2027, 5, 1), final_on=date(2027, 5, 8))),
    (
        "candidate",
        {
            "status": Status.CANDIDATE,
            "stage": Stage.PLANNING,
            "status_since": None,
            "next_deadline": NOW + timedelta(days=5),
            "next_deadline_task": "roadmap",
        },
        None,
    ),
    ("paused", {"paused_on": date(2027, 4, 2)}, _YEAR),
    ("flagged", {"flags": [flag("no_report")]}, replace(_YEAR, year=2026, closed=True)),
    (
        "inactive",
        {"status": Status.INACTIVE, "stage": Stage.REVIEW, "next_deadline": None, "next_deadline_task": ""},
        dates.new_cycle(2027, report_due=False, policy=POLICY),
    ),
    (
        "dialogue",
        {
            "flags": [flag("no_report"), flag("no_indicators")],
            "dialogues": [Dialogue(number=1, opened_on=TODAY)],
        },
        _YEAR,
    ),
    (
        "at_risk",
        {
            "focal_point": Contact(),
            "undelivered": [
                Undelivered(
                    kind="reminder", since=NOW, state="bounced", to="focal_point", task="mail_failed-1"
                )
            ],
            "refusals": [Refusal(at=NOW - timedelta(days=2), message="m-9", reason="unknown kind")],
        },
        _YEAR,
    ),
)
"""What can be the matter with a country: a name, what differs from `country_row`, its newest cycle."""


def codes(count: int) -> Iterator[str]:
    """Codes of invented countries."""
    return islice(("".join(("X", *two)) for two in product(_LETTERS, repeat=2)), count)


async def fill(database: Database, count: int) -> None:
    """Writes so many countries, the situations in turn, each with its tasks."""
    for place, code in enumerate(codes(count)):
        await write_batch(database, batch_of(code, place), {})


def batch_of(code: str, place: int) -> Batch:
    """A country in the situation whose turn it is; each fortieth has a name that would be a formula."""
    situation, changes, cycle = SITUATIONS[place % len(SITUATIONS)]
    name = f"=Land {code}" if place % 40 == 39 else f"Land {code} ({situation})"
    row = country_row(code, name=name, **changes)
    return Batch(
        code=code,
        revision=1,
        country=row,
        cycles=[cycle] if cycle else [],
        tasks=_tasks(situation, cycle),
    )


def _tasks(situation: str, cycle: Cycle | None) -> list[Task]:
    mail = task(
        "mail_failed-1", role=Role.SECRETARIAT, year=None, due_on=TODAY, due_at=NOW + timedelta(hours=2)
    )
    found = [mail] if situation == "at_risk" else []
    if cycle is None:
        return [*found, task("roadmap", year=None, **_due(TODAY + timedelta(days=5)))]
    if cycle.report_on is None and cycle.report_due and not cycle.closed and cycle.due_on:
        overdue = cycle.due_on < TODAY and situation != "paused"
        state = (
            TaskState.LATE if overdue else TaskState.EXTENDED if cycle.extended_because else TaskState.OPEN
        )
        kinds, due = ("progress_report", "indicator_framework"), _due(cycle.due_on)
        found += [task(f"{kind}-{cycle.year}", state=state, **due) for kind in kinds]
    elif cycle.report_on and not cycle.final_on and cycle.comments_due_on:
        due = _due(cycle.comments_due_on)
        found.append(task(f"mwg_comments-{cycle.year}", role=Role.MWG, **due))
    return found


def _due(day: date) -> dict[str, Any]:
    return {"due_on": day, "due_at": dates.end_of_day(day)}
