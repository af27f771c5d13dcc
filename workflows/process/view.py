"""How a country shows itself: the row of the board, the batch for the read model, the words for the Temporal UI."""

from datetime import UTC, datetime

from contracts.rows import Batch, CountryRow
from contracts.state import Content, CountryState, DecisionRecord, Task, Touched
from framework import candidacy as requirements
from framework import review as rules
from framework.benefits import benefits
from framework.cycle import activities_due, day_of, end_of_day, first_report_year, report_due
from framework.findings import Finding
from framework.status import stage_of
from framework.terms import OPEN_TASK_STATES, Role, Status, TaskState
from workflows.process import contacts, items
from workflows.process.review import open_flags
from workflows.process.unreached import undelivered

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the last change of a country that has not begun."""


def open_tasks(state: CountryState) -> list[Task]:
    """The open tasks, the next due first, those without a date last."""
    tasks = [task for task in state.tasks.values() if task.state in OPEN_TASK_STATES]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at or task.opened_at, task.key))


def next_duty(state: CountryState) -> Task | None:
    """The country's own next open duty with a date."""
    return next((task for task in open_tasks(state) if _is_duty(task) and task.due_at is not None), None)


def _is_duty(task: Task) -> bool:
    """What the framework asks of the country; that its contacts are right is only what this system wishes to know."""
    return task.role is Role.FOCAL_POINT and task.kind != contacts.KIND


def next_deadline(state: CountryState) -> datetime | None:
    """When the country's next duty is due; between two cycles that is the first one of the cycle to come (REP-01)."""
    duty = next_duty(state)
    return duty.due_at if duty else _first_of_next_cycle(state)


def _first_of_next_cycle(state: CountryState) -> datetime | None:
    since, policy = state.status_since, state.next_policy or state.policy
    if (
        state.status is not Status.ACTIVE
        or since is None
        or state.cycle is None
        or state.paused_on is not None
    ):
        return None
    year = max(state.cycle + 1, first_report_year(since, policy))
    return end_of_day(min(activities_due(year, policy), report_due(year, policy)))


def is_late(state: CountryState) -> bool:
    """Whether something that the country itself owes is late."""
    return any(task.state is TaskState.LATE and _is_duty(task) for task in state.tasks.values())


def row(state: CountryState) -> CountryRow:
    """The country as the board and the profile show it: the same at whatever moment it is asked for."""
    changed_at = state.changed_at or state.started_at or NEVER
    duty = next_duty(state)
    since_active = state.status_since if state.status is not Status.CANDIDATE else None
    return CountryRow(
        code=state.code,
        name=state.name,
        language=state.language,
        status=state.status,
        stage=state.stage,
        status_since=state.status_since,
        status_history=state.status_history,
        revision=state.revision,
        edition=state.edition,
        cycle=state.cycle,
        focal_point=state.focal_point,
        deputies=state.deputies,
        ministry=state.ministry,
        ministry_email=state.ministry_email,
        next_deadline=next_deadline(state),
        next_deadline_task=duty.key if duty else "",
        late=is_late(state),
        flags=state.flags,
        assessment=rules.assess(rules.to_judge(state.cycles, state.paused_on), day_of(changed_at))
        if state.cycles
        else None,
        benefits=list(benefits(state.status, since_active)),
        dialogues=state.dialogues,
        reactivations=state.reactivations,
        unmet=list(unmet(state)),
        paused_on=state.paused_on,
        refusals=state.refusals,
        refusal_count=state.refusal_count,
        updated_at=changed_at,
        circumstances=state.circumstances,
        undelivered=undelivered(state),
        copy_deputies=state.copy_deputies,
        contacts_confirmed_on=state.contacts_confirmed_on,
        pending_successor=state.pending_successor,
        former_focal_points=state.former_focal_points,
        contributors=state.contributors,
        items=items.all_of(state),
    )


def unmet(state: CountryState) -> tuple[Finding, ...]:
    """What stands between a candidate and the status; empty for the others."""
    return requirements.unmet(state.candidacy) if state.status is Status.CANDIDATE else ()


def stage(state: CountryState, now: datetime) -> None:
    """Brings the stage up to date."""
    cycle = next((one for one in state.cycles if one.year == state.cycle), None)
    state.stage = stage_of(state.status, cycle, state.candidacy, now.date())


def batch(state: CountryState, touched: Touched, contents: list[Content]) -> Batch:
    """The rows that have changed, for one transaction."""
    return Batch(
        code=state.code,
        revision=state.revision,
        country=row(state) if touched.country else None,
        tasks=[state.tasks[key] for key in touched.tasks if key in state.tasks],
        entries=[entry for entry in state.entries if entry.number in set(touched.entries)],
        versions=[version for version in state.versions if version.entry in set(touched.versions)],
        contents=contents,
        decisions=[record for key in touched.decisions if (record := _decision(state, key))],
        cycles=[cycle for cycle in state.cycles if cycle.year in set(touched.cycles)],
        comments=[one for one in state.comments if f"{one.about}#{one.number}" in set(touched.comments)],
        letters=[letter for letter in state.letters if letter.number in set(touched.letters)],
    )


def everything(state: CountryState) -> Batch:
    """All that the current run can tell: what a rebuild of the read model needs of it."""
    return batch(state, all_of_it(state), list(state.outbox.contents))


def all_of_it(state: CountryState) -> Touched:
    """Every row of the current run."""
    return Touched(
        country=True,
        tasks=list(state.tasks),
        entries=[entry.number for entry in state.entries],
        versions=[version.entry for version in state.versions],
        decisions=list(dict.fromkeys(record.decision.id for record in state.decisions)),
        cycles=[cycle.year for cycle in state.cycles],
        comments=[f"{comment.about}#{comment.number}" for comment in state.comments],
        letters=[letter.number for letter in state.letters],
    )


def details(state: CountryState) -> str:
    """The country in a few lines of markdown, for operators reading its history."""
    lines = [
        f"## {state.name} ({state.code}): {state.status.value}, {state.stage.value.replace('_', ' ')}",
        f"since {state.status_since or 'not known'} · cycle {state.cycle or 'candidacy'} · revision {state.revision}",
    ]
    if state.paused_on:
        lines.append(f"**paused** since {state.paused_on}")
    if flags := open_flags(state):
        named = ", ".join(f"{flag.indicator} {flag.years}" for flag in flags)
        lines.append(f"**flags:** {named}")
    if failed := undelivered(state):
        named = ", ".join(f"{one.kind} to {one.to or 'somebody'} {one.state}" for one in failed[:10])
        lines.append(f"**undelivered:** {len(failed)} ({named})")
    lines += ["", "| open task | for | due | state |", "|---|---|---|---|"]
    lines += [
        f"| {task.key} | {task.role.value} | {task.due_on or '-'} | {task.state.value} |"
        for task in open_tasks(state)
    ]
    lines += ["", *_answers(state)]
    return "\n".join(lines)


def _answers(state: CountryState) -> list[str]:
    lines = [
        f"- decision `{record.decision.id}` ({record.decision.kind.value}): **{record.answer.answer}**"
        + "".join(f" · {finding.key}" for finding in record.answer.reasons)
        for record in state.decisions[-8:]
    ]
    lines += [f"- {one.at:%Y-%m-%d} refused `{one.message}`: {one.reason}" for one in state.refusals[-5:]]
    return ["**last answers**", "", *lines] if lines else []


def _decision(state: CountryState, decision_id: str) -> DecisionRecord | None:
    """The row of an id: its acceptance, also one of an archived run, is never overwritten by a refusal."""
    records = [record for record in state.decisions if record.decision.id == decision_id]
    accepted = [record for record in records if record.answer.answer == "accepted"]
    earlier = state.earlier_decisions.get(decision_id)
    if earlier is not None and earlier.accepted and not accepted:
        return None
    return next(reversed(accepted or records), None)
