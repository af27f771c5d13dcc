"""A person asks by hand about an open task: once in a while, visibly, beside the ladder of reminders (REP-07)."""

from datetime import date, datetime
from typing import Any

from contracts.messages import Actor
from contracts.state import CountryState, Entry
from framework import nudging as rules
from framework.cycle import day_of
from framework.findings import Findings, problem
from framework.records import Nudge
from framework.terms import OPEN_TASK_STATES, Role
from workflows.process import reminding
from workflows.process.ledger import Ledger


def examine(state: CountryState, record: Any, actor: Actor, now: datetime) -> Findings:
    """Whether this person can ask about this task now; of a task that is not open the completeness check speaks."""
    if record.kind != "nudge":
        return Findings()
    task = state.tasks.get(record.task)
    if task is None or task.state not in OPEN_TASK_STATES:
        return Findings()
    reachable = bool(reminding.recipients(Ledger(state=state, now=now), task))
    found = rules.check(
        task.key, task.nudged_on, today=now.date(), paused_on=state.paused_on, reachable=reachable
    )
    if actor.role is Role.MWG and task.role is not Role.MWG:
        found += problem("nudge.not_yours", "task", "REP-07", task=task.key)
    return found


def nudge(ledger: Ledger, record: Nudge, entry: Entry, day: date) -> None:
    """One message to whoever owes the task, with what a reminder says, and who asks."""
    task = ledger.state.tasks[record.task]
    to = reminding.recipients(ledger, task)
    facts = reminding.facts_of(ledger, task, day_of(ledger.now), reminding.earlier(task, ledger.now))
    entry.values["due_on"] = task.due_on.isoformat() if task.due_on else ""
    task.nudged_on.append(ledger.today)
    ledger.touch_task(task.key)
    ledger.mail(
        "nudge",
        to,
        step=f"{task.key}-{ledger.today.isoformat()}",
        task=task.key,
        nudged_by=ledger.by.name,
        by_role=ledger.by.role,
        text=record.text.strip(),
        **facts,
    )
