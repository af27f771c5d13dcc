"""What would happen in each chosen country, judged by the framework's own rules before anybody is asked to confirm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from contracts.record import Task
from correspondence.places import country_name
from framework import extending, nudging, obligations
from framework.cycle import day_of
from framework.editions import edition
from framework.findings import Finding, Findings
from framework.records import Extension, Nudge
from framework.terms import Language, Role
from storage.reading_board import Standing

Act = Literal["remind", "extend"]
MOST_URGENT = "urgent"
REPORT = "progress_report"
"""Of what is due on the same day, this is asked about: the rest goes with it."""

LONGEST_TEXT = 2000
TYPED = ("until", "reason", "text")
"""Where a finding lies in what the person typed."""


class BulkChoice(BaseModel):
    """What is to be done: which act, about which kind of task, with which words and date.

    `about`: a kind of task, or the most urgent one that the focal point owes.
    """

    act: Act = "remind"
    about: Annotated[str, Field(pattern="^[a-z_]{1,60}$")] = MOST_URGENT
    text: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    until: date | Literal[""] = ""


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """What would happen in a country: about which task (None: it has none like this), and what stands against it."""

    standing: Standing
    name: str
    task: Task | None
    exceptional: bool
    problems: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def possible(self) -> bool:
        """Whether it can be done."""
        return self.task is not None and not self.problems

    @property
    def item(self) -> str:
        """The country and its task, as a form hands them back."""
        return f"{self.standing.code}/{self.task.key}" if self.task else ""


def kinds_in(tasks: Mapping[str, Sequence[Task]]) -> list[str]:
    """The kinds of task that focal points of the chosen countries owe."""
    return sorted({one.kind for many in tasks.values() for one in many if one.role is Role.FOCAL_POINT})


def prospect(
    standing: Standing, tasks: Sequence[Task], choice: BulkChoice, now: datetime, language: Language
) -> Prospect:
    """How the act would go in one country at a moment (aware)."""
    task = _about(tasks, choice.about)
    found, exceptional = Findings(), False
    if task is not None and choice.act == "remind":
        found = _nudge(standing, task, choice, now)
    elif task is not None:
        exceptional = is_exceptional(task, now)
        found = _extend(standing, task, choice, now)
    return Prospect(
        standing=standing,
        name=country_name(standing.code, language, standing.name),
        task=task,
        exceptional=exceptional,
        problems=found.problems,
        warnings=found.warnings,
    )


def is_exceptional(task: Task, now: datetime) -> bool:
    """Whether a later date for a task would be granted after its deadline."""
    return task.due_on is not None and day_of(now) > task.due_on


def submission_of(choice: BulkChoice, task: str, *, exceptional: bool) -> Nudge | Extension:
    """What is handed in to a country's process about a task, by its key."""
    if choice.act == "remind":
        return Nudge(task=task, text=choice.text)
    return Extension(task=task, until=choice.until or None, reason=choice.text, exceptional=exceptional)


def _about(tasks: Sequence[Task], about: str) -> Task | None:
    owed = [one for one in tasks if one.role is Role.FOCAL_POINT]
    if about == MOST_URGENT:
        dated = [(one.due_at, one.kind != REPORT, one.key, one) for one in owed if one.due_at is not None]
        return min(dated)[-1] if dated else None
    return next((one for one in owed if one.kind == about), None)


def _nudge(standing: Standing, task: Task, choice: BulkChoice, now: datetime) -> Findings:
    rules = nudging.check(
        task.key,
        task.nudged_on,
        today=now.date(),
        paused_on=standing.paused_on,
        reachable=standing.reachable,
    )
    return _complete(choice, standing, task, now) + rules


def _extend(standing: Standing, task: Task, choice: BulkChoice, now: datetime) -> Findings:
    rules = extending.check(
        task.kind,
        task.year,
        task.due_on,
        choice.until or None,
        today=day_of(now),
        exceptional=is_exceptional(task, now),
        policy=edition(standing.edition).policy,
    )
    return _complete(choice, standing, task, now) + rules


def _complete(choice: BulkChoice, standing: Standing, task: Task, now: datetime) -> Findings:
    record = submission_of(choice, task.key, exceptional=is_exceptional(task, now))
    context = obligations.Context(status=standing.status, today=now.date(), tasks=(task.key,))
    standing_of = obligations.admissible(record.kind, Role.SECRETARIAT, standing.status)
    return standing_of + obligations.check(record, context)


def shared(prospects: Sequence[Prospect]) -> list[Finding]:
    """What stands against it in every country alike: it lies in what was typed, not in a country."""
    asked = [set(map(_identity, one.problems)) for one in prospects if one.task is not None]
    common = set.intersection(*asked) if asked else set()
    first = next((one.problems for one in prospects if one.task is not None), ())
    return [one for one in first if _identity(one) in common and one.where in TYPED]


def _identity(finding: Finding) -> tuple[str, str]:
    return finding.key, finding.where
