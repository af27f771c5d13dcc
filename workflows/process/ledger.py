"""The pen with which the process writes a country's state: entries, tasks, versions, mail, and what has been touched."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from contracts.messages import SYSTEM, Actor
from contracts.state import (
    Comment,
    Content,
    CountryState,
    Entry,
    MailOrder,
    Recipient,
    Rung,
    Task,
    Version,
)
from framework import cycle as dates
from framework.facts import Cycle
from framework.findings import Finding
from framework.policy import Ladder
from framework.terms import OPEN_TASK_STATES, Role, TaskState
from workflows.process.dating import date_order
from workflows.process.plain import add_once, plain, sha256_of


@dataclass
class Ledger:
    """One country's state at one moment, with the few ways in which the process may change it.

    `now` is the workflow's time (aware, UTC); `moment` is when that which happens was due, after a late wake.
    `by` is who acts, `message` the message that made them. `ordered` and `dated` are the messages of one act and the
    tasks whose dates it has set, moved or ended.
    """

    state: CountryState
    now: datetime
    by: Actor = field(default_factory=lambda: SYSTEM)
    message: str = ""
    on_behalf_of: str = ""
    by_timer: bool = False
    moment: datetime | None = None
    closed: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    version: int | None = None
    ordered: list[MailOrder] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The calendar date of `now`, in UTC."""
        return self.now.date()

    def touch(self) -> None:
        """Something of the country itself has changed."""
        self.state.revision += 1
        self.state.changed_at = self.now
        self.state.outbox.touched.country = True

    def note(
        self,
        kind: str,
        clause: str = "",
        *,
        task: str = "",
        year: int | None = None,
        effective_on: date | None = None,
        corrects: int | None = None,
        **values: Any,
    ) -> Entry:
        """Writes one line of the timeline."""
        entry = Entry(
            number=self.state.next_entry,
            at=self.now,
            kind=kind,
            clause=clause,
            by=self.by.name,
            role=self.by.role.value,
            on_behalf_of=self.on_behalf_of,
            message=self.message,
            task=task,
            year=year,
            effective_on=effective_on,
            corrects=corrects,
            values=plain(values),
        )
        self.state.entries.append(entry)
        self.state.next_entry += 1
        self.state.outbox.touched.entries.append(entry.number)
        self.touch()
        return entry

    # --- tasks

    def open_task(
        self,
        kind: str,
        clause: str,
        role: Role,
        *,
        year: int | None = None,
        due_on: date | None = None,
        key: str = "",
        **values: Any,
    ) -> Task:
        """Opens a task, or returns the open one of that key. Without `due_on` the policy's days for its kind decide."""
        key = key or (f"{kind}-{year}" if year else kind)
        current = self._open_one(key)
        if current is not None:
            return current
        key = self._free_key(key)
        due = due_on or self._default_due(kind)
        task = Task(
            key=key,
            kind=kind,
            clause=clause,
            role=role,
            year=year,
            opened_at=self.now,
            due_on=due,
            due_at=dates.end_of_day(due) if due else None,
            first_due_on=due,
            rungs=self._rungs(due, dates.ladder_of(kind, role, self.state.policy)),
            values=plain(values),
        )
        self.state.tasks[key] = task
        self.opened.append(key)
        self.touch_task(key)
        self._date(key)
        return task

    def close_task(self, key: str, state: TaskState, *, entry: int | None = None, reason: str = "") -> None:
        """Ends a task; its reminders stop with it. A task that is not open stays as it is."""
        task = self.state.tasks.get(key)
        if task is None or task.state not in OPEN_TASK_STATES:
            return
        task.state, task.closed_at, task.reason, task.entry = state, self.now, reason, entry
        task.closed_by, task.closed_role, task.on_behalf_of = (
            self.by.name,
            self.by.role.value,
            self.on_behalf_of,
        )
        self.closed.append(key)
        self.touch_task(key)
        self._date(key)

    def close_tasks(self, state: TaskState, where: Callable[[Task], bool], reason: str = "") -> None:
        """Ends every open task that `where` picks."""
        for key in [task.key for task in self.open_tasks() if where(task)]:
            self.close_task(key, state, reason=reason)

    def redate_task(self, key: str, due: date) -> None:
        """Gives an open task a new due date and the reminders that follow from it; those already sent stay sent."""
        task = self.state.tasks[key]
        if due != task.due_on:
            task.sequence, task.dated_at = task.sequence + 1, self.now
        task.due_on, task.due_at, task.state = due, dates.end_of_day(due), TaskState.EXTENDED
        known = {rung.at: rung.outcome for rung in task.rungs if rung.outcome}
        task.rungs = self._rungs(due, dates.ladder_of(task.kind, task.role, self.state.policy))
        for rung in task.rungs:
            again = rung.at.date() in task.reminded_on
            rung.outcome = known.get(rung.at) or ("sent" if again else rung.outcome)
        self.touch_task(key)
        self._date(key)

    def open_tasks(self, kind: str = "") -> list[Task]:
        """The open tasks, oldest first, all or those of one kind."""
        return [
            task
            for task in self.state.tasks.values()
            if task.state in OPEN_TASK_STATES and (not kind or task.kind == kind)
        ]

    def touch_task(self, key: str) -> None:
        """A task has changed."""
        add_once(self.state.outbox.touched.tasks, key)
        self.touch()

    def _default_due(self, kind: str) -> date | None:
        days = self.state.policy.days_by_task.get(kind)
        return self.today + timedelta(days=days) if days is not None else None

    def _rungs(self, due: date | None, ladder: Ladder) -> list[Rung]:
        if due is None:
            return []
        made = [Rung(**asdict(rung)) for rung in dates.rungs(due, ladder, self.state.policy)]
        return [
            rung if rung.at > (self.moment or self.now) else rung.model_copy(update={"outcome": "past"})
            for rung in made
        ]

    def _open_one(self, key: str) -> Task | None:
        """The open task of that key, under whichever number."""
        named = (task for task in self.open_tasks() if task.key.rpartition(".")[0] == key or task.key == key)
        return next(named, None)

    def _free_key(self, key: str) -> str:
        """A key that no task of this country ever had: closed ones are archived and leave the state."""
        number = self.state.task_numbers.get(key, 0) + 1
        while (free := key if number == 1 else f"{key}.{number}") in self.state.tasks:
            number += 1
        self.state.task_numbers[key] = number
        return free

    # --- cycles, versions, comments

    def cycle(self, year: int | None = None) -> Cycle | None:
        """The record of one year, by default of the cycle under way."""
        wanted = year if year is not None else self.state.cycle
        return next((cycle for cycle in self.state.cycles if cycle.year == wanted), None)

    def put_cycle(self, cycle: Cycle) -> None:
        """Writes the record of one year, in the order of years."""
        others = [other for other in self.state.cycles if other.year != cycle.year]
        self.state.cycles = sorted([*others, cycle], key=lambda one: one.year)
        add_once(self.state.outbox.touched.cycles, cycle.year)
        self.touch()

    def change_cycle(self, year: int, **changes: Any) -> None:
        """Changes the record of one year; a year that is not on record yet is made."""
        current = self.cycle(year) or Cycle(year=year, report_due=False)
        self.put_cycle(replace(current, **changes))

    def keep_version(
        self, submission: Any, entry: Entry, *, year: int | None, warnings: tuple[Finding, ...]
    ) -> Version:
        """Keeps what was handed in as the next version of its kind (and year)."""
        kind = str(submission.kind)
        series = f"{kind}-{year}" if year else kind
        number = self.state.version_numbers.get(series, 0) + 1
        self.state.version_numbers[series] = number
        body = plain(asdict(submission))
        digest = sha256_of(body)
        version = Version(
            kind=kind,
            number=number,
            year=year,
            entry=entry.number,
            at=self.now,
            by=self.by.name,
            sha256=digest,
            warnings=list(warnings),
        )
        self.state.versions.append(version)
        self.state.outbox.contents.append(Content(sha256=digest, body=body))
        self.state.outbox.touched.versions.append(entry.number)
        self.version = number
        self.touch()
        return version

    def touch_comment(self, comment: Comment) -> None:
        """A comment was made, answered or withdrawn."""
        add_once(self.state.outbox.touched.comments, f"{comment.about}#{comment.number}")
        self.touch()

    # --- mail

    def mail(
        self,
        kind: str,
        to: list[Recipient],
        *,
        step: str = "",
        task: str = "",
        due_at: datetime | None = None,
        event_on: date | None = None,
        event_title: str = "",
        **values: Any,
    ) -> None:
        """Orders a message. It goes out once per recipient for its country, cycle, kind and step (else: last entry)."""
        order = MailOrder(
            kind=kind,
            country=self.state.code,
            cycle=str(self.state.cycle or "candidacy"),
            step=step or str(self.state.next_entry - 1),
            to=to,
            values=plain({"country_name": self.state.name, **values}),
            task=task,
            due_at=due_at or self.now,
            made_at=self.now,
            by_timer=self.by_timer,
            event_on=event_on,
            event_title=event_title,
        )
        self.state.outbox.mails.append(order)
        self.ordered.append(order)
        date_order(order, self.state.tasks, self.dated)

    def new_act(self) -> None:
        """What comes now has nothing to do with what came before: another moment of the same wake."""
        self.ordered, self.dated = [], []

    def _date(self, key: str) -> None:
        """A date was set, moved or ended: it goes out with the messages of the same act, whichever came first."""
        add_once(self.dated, key)
        for order in self.ordered:
            date_order(order, self.state.tasks, self.dated)
