"""How the Alliance keeps its books: the pen that writes them, the rows and the words that show them."""

from dataclasses import dataclass

from contracts.alliance import AllianceState, Directory
from contracts.rows import Batch
from contracts.state import Content, Task, Touched
from framework.terms import OPEN_TASK_STATES
from workflows.process.ledger import Ledger


@dataclass
class AllianceLedger(Ledger):
    """The Alliance's state at one moment, written with the pen of a country: entries, tasks, versions, mail."""

    state: AllianceState  # type: ignore[assignment]  # it has every part of a country's state that the pen writes to


def directory(state: AllianceState) -> Directory:
    """Who holds which seat, with the revision that tells a newer directory from an older one."""
    return Directory(holders=state.appointments, revision=state.revision)


def open_tasks(state: AllianceState) -> list[Task]:
    """The open tasks, the next due first, those without a date last."""
    tasks = [task for task in state.tasks.values() if task.state in OPEN_TASK_STATES]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at or task.opened_at, task.key))


def batch(state: AllianceState, touched: Touched, contents: list[Content]) -> Batch:
    """The rows that have changed, for one transaction; there is no row of a country among them."""
    return Batch(
        code=state.code,
        revision=state.revision,
        tasks=[state.tasks[key] for key in touched.tasks if key in state.tasks],
        entries=[entry for entry in state.entries if entry.number in touched.entries],
        versions=[version for version in state.versions if version.entry in touched.versions],
        contents=contents,
    )


def everything(state: AllianceState) -> Batch:
    """All rows of the current run, with their contents."""
    return batch(state, all_of_it(state), list(state.outbox.contents))


def all_of_it(state: AllianceState) -> Touched:
    """Every row of the current run."""
    return Touched(
        tasks=list(state.tasks),
        entries=[entry.number for entry in state.entries],
        versions=[version.entry for version in state.versions],
    )


def let_go(state: AllianceState, archived: Batch) -> None:
    """Drops from the state what an archive holds and nothing later needs; what came meanwhile stays."""
    last = max((entry.number for entry in archived.entries), default=0)
    kept = {task.key: task for task in archived.tasks}
    pending = state.outbox.touched.tasks
    state.entries = [entry for entry in state.entries if entry.number > last]
    state.versions = [version for version in state.versions if version.entry > last]
    state.tasks = {
        key: task
        for key, task in state.tasks.items()
        if task.state in OPEN_TASK_STATES or task != kept.get(key) or key in pending
    }


def details(state: AllianceState) -> str:
    """The Alliance in a few lines of markdown, for operators reading its history."""
    held = len(state.appointments)
    lines = [
        f"## {state.name}: {state.cycle}",
        f"revision {state.revision} · appointments on record {held} · subgroups {len(state.subgroups)}",
        "",
        "| open task | for | due | state |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {one.key} | {one.role.value} | {one.due_on or '-'} | {one.state.value} |"
        for one in open_tasks(state)
    ]
    waiting = [
        f"- to countries: {one.submission.kind} of entry {one.entry}"
        for one in state.passing_on
        if not one.told
    ]
    waiting += [f"- to compile: {one.kind} {one.year}" for one in state.outbox.compilations]
    refused = [f"- {one.at:%Y-%m-%d} refused `{one.message}`: {one.reason}" for one in state.refusals[-5:]]
    return "\n".join([*lines, "", *waiting, *refused])
