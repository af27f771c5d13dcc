"""Reminder ladders as people send them in a change of policy (REP-07)."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from framework.findings import Findings, problem, together, warning
from framework.policy import DAYS_BY_TASK, Ladder
from framework.setting_values import Read, setting_name, short, whole

TASK_KINDS = frozenset(DAYS_BY_TASK) | {
    "annual_activities",
    "progress_report",
    "indicator_framework",
    "mwg_comments",
    "final_report",
    "yearly_review",
    "annual_status",
    "introduction",
    "roadmap_decision",
    "letter",
    "contacts_confirmation",
}
"""The kinds of task that can have a ladder of their own."""

OFFSETS = (-365, 730)
LONGEST_LADDER = 24


def read_ladder(where: str, value: object, current: Ladder) -> Read:
    """A ladder as it was sent: a list of offsets, or a mapping that also says which rungs go up and to the deputies."""
    if isinstance(value, Ladder):
        return _rungs(where, value.offsets, value.escalating, value.to_deputies)
    if isinstance(value, Mapping):
        given = (value.get("escalating", []), value.get("to_deputies", []))
        return _rungs(where, value.get("offsets"), *given)
    if isinstance(value, list | tuple):
        kept = [offset for offset in value if offset in current.to_deputies]
        return _rungs(where, value, _escalating(value, current), kept)
    return _rungs(where, None, [], [])


def read_ladders(where: str, value: object, current: Mapping[str, Ladder]) -> Read:
    """Ladders of single kinds of task; those that are not named stay."""
    if not isinstance(value, Mapping):
        return None, problem("policy.tasks.invalid", where, "REP-07", value=short(value))
    unknown = [task for task in value if task not in TASK_KINDS]
    if unknown:
        known = ", ".join(sorted(TASK_KINDS))
        return None, together(
            problem("policy.task.unknown", f"{where}.{short(one)}", "REP-07", task=short(one), known=known)
            for one in unknown
        )
    read = {
        task: read_ladder(f"{where}.{task}", ladder, current.get(task, Ladder()))
        for task, ladder in value.items()
        if ladder is not None
    }
    kept = {task: ladder for task, ladder in current.items() if task not in value}
    return kept | {task: ladder for task, (ladder, _) in read.items()}, together(
        found for _, found in read.values()
    )


def _escalating(offsets: Sequence[object], current: Ladder) -> Sequence[object]:
    """A plain list keeps the rungs that go up as well, or else its last one after the due date does."""
    kept = [offset for offset in offsets if offset in current.escalating]
    after = [offset for offset in offsets if whole(offset) and offset > 0]
    return kept or ([max(after)] if after and current.escalating else [])


def _rungs(where: str, offsets: object, escalating: object, to_deputies: object) -> Read:
    name = setting_name(where)
    if not (_offsets(offsets) and _offsets(escalating) and _offsets(to_deputies)):
        lowest, highest = OFFSETS
        return None, problem(
            "policy.ladder.invalid",
            where,
            "REP-07",
            setting=name,
            lowest=lowest,
            highest=highest,
            most=LONGEST_LADDER,
        )
    found = Findings()
    if stray := [offset for offset in (*escalating, *to_deputies) if offset not in offsets]:
        found += problem(
            "policy.ladder.stray", where, "REP-07", setting=name, offsets=", ".join(map(str, stray))
        )
    if not offsets:
        found += warning("policy.ladder.empty", where, "REP-07", setting=name)
    days = (tuple(sorted(set(one))) for one in (offsets, escalating, to_deputies))
    return Ladder(**dict(zip(("offsets", "escalating", "to_deputies"), days, strict=True))), found


def _offsets(value: object) -> TypeGuard[Sequence[int]]:
    """Whether this is a list of days that a ladder can have."""
    if not isinstance(value, list | tuple) or len(value) > LONGEST_LADDER:
        return False
    return all(whole(one) and OFFSETS[0] <= one <= OFFSETS[1] for one in value)
