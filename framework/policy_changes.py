"""Changes of the policy's settings as people send them; all that is wrong is said (REP-02, REP-07)."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise

from framework.findings import Findings, problem, together, warning
from framework.ladder_settings import read_ladder, read_ladders
from framework.policy import OVERLAP, DayOfYear, Ladder, Policy
from framework.setting_values import Read, setting_name, short, whole

BOUNDS = {
    "final_days_after_comments": (1, 180),
    "reminder_hour": (0, 23),
    "late_wake_hours": (1, 8760),
    "candidate_nudge_days": (1, 3650),
    "dialogue_opens_within_days": (1, 365),
    "dialogue_checkpoint_days": (1, 3650),
    "silence_days": (1, 365),
    "overlap_days": OVERLAP,
    "successor_days": (1, 180),
}
"""The smallest and the largest value of each number."""

TASK_DAYS = (1, 3650)
CONFIRMERS = ("gcm", "secretariat")
SEQUENCE = (
    "report_due",
    "comments_due",
    "final_due",
    "review_due",
    "mwg_report_due",
    "status_decision_due",
    "cycle_closes",
)
"""The dates of a cycle in the order in which they make sense."""

WITHOUT_EFFECT = frozenset({"cycle_opens"})
"""Settings that are carried and that nothing acts on: a cycle opens when the one before it has closed. Turning them
would promise what does not happen."""


def changed(policy: Policy, settings: Mapping[str, object]) -> tuple[Policy, Findings]:
    """The policy with new settings, for cycles that open from now on; the same policy if anything is wrong.

    Days are `"04-30"` or `{"month": 4, "day": 30}`; ladders are a list of offsets, or a mapping of
    `offsets`, `escalating` and `to_deputies`; `days_by_task` may name only the tasks that change, `ladders` too,
    where null takes a kind's own ladder away; `contacts_confirmed_on` may be null: never.
    """
    if not settings:
        return policy, problem("policy.settings.empty", "settings", "REP-02")
    known = [field.name for field in fields(policy)]
    read = {name: _read(policy, name, settings[name]) for name in settings if name in known}
    unknown = [
        problem(
            "policy.setting.unknown",
            f"settings.{short(name)}",
            "REP-02",
            setting=short(name),
            known=", ".join(known),
        )
        for name in settings
        if name not in known
    ]
    found = together([*unknown, *(findings for _, findings in read.values())])
    if not found.ok:
        return policy, found
    new = replace(policy, **{name: value for name, (value, _) in read.items()})
    found += _effect(policy, new) + _order(new, tuple(read))
    return (new if found.ok else policy), found


def _effect(policy: Policy, new: Policy) -> Findings:
    turned = [name for name in sorted(WITHOUT_EFFECT) if getattr(policy, name) != getattr(new, name)]
    return together(
        problem("policy.setting.without_effect", f"settings.{name}", "REP-02", setting=name)
        for name in turned
    )


def _read(policy: Policy, name: str, value: object) -> Read:
    current, where = getattr(policy, name), f"settings.{name}"
    if name == "contacts_confirmed_on" and value is None:
        return None, Findings()
    if isinstance(current, DayOfYear) or current is None:
        return _day(where, value)
    if isinstance(current, Ladder):
        return read_ladder(where, value, current)
    if isinstance(current, bool):
        return _switch(where, value)
    if name == "ladders":
        return read_ladders(where, value, current)
    if isinstance(current, dict):
        return _days_by_task(where, value, current)
    if isinstance(current, str):
        return _confirmer(where, value)
    return _number(where, value, *BOUNDS[name])


def _day(where: str, value: object) -> Read:
    month, day = _month_and_day(value)
    if whole(month) and whole(day) and _exists(month, day):
        return DayOfYear(month=month, day=day), Findings()
    return None, problem(
        "policy.day.invalid", where, "REP-02", setting=setting_name(where), value=short(value)
    )


def _month_and_day(value: object) -> tuple[object, object]:
    if isinstance(value, DayOfYear):
        return value.month, value.day
    if isinstance(value, Mapping):
        return value.get("month"), value.get("day")
    parts = str(value).split("-")
    if len(parts) == 2 and all(len(part) == 2 and part.isascii() and part.isdigit() for part in parts):
        return int(parts[0]), int(parts[1])
    return None, None


def _exists(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except (ValueError, OverflowError):
        return False
    return True


def _switch(where: str, value: object) -> Read:
    if isinstance(value, bool):
        return value, Findings()
    return None, problem(
        "policy.switch.invalid", where, "REP-02", setting=setting_name(where), value=short(value)
    )


def _number(where: str, value: object, lowest: int, highest: int) -> Read:
    if whole(value) and lowest <= value <= highest:
        return value, Findings()
    return None, problem(
        "policy.number.invalid",
        where,
        "REP-02",
        setting=setting_name(where),
        value=short(value),
        lowest=lowest,
        highest=highest,
    )


def _confirmer(where: str, value: object) -> Read:
    if value in CONFIRMERS:
        return value, Findings()
    return None, problem(
        "policy.choice.invalid",
        where,
        "REA-05",
        setting=setting_name(where),
        value=short(value),
        allowed=", ".join(CONFIRMERS),
    )


def _days_by_task(where: str, value: object, current: Mapping[str, int]) -> Read:
    if not isinstance(value, Mapping):
        return None, problem("policy.tasks.invalid", where, "REP-02", value=short(value))
    found = [_days_of(f"{where}.{short(task)}", task, days, current) for task, days in value.items()]
    return {**current, **value}, together(found)


def _days_of(where: str, task: object, days: object, current: Mapping[str, int]) -> Findings:
    if task not in current:
        return problem("policy.task.unknown", where, "REP-02", task=short(task), known=", ".join(current))
    return _number(where, days, *TASK_DAYS)[1]


def _order(policy: Policy, names: tuple[str, ...]) -> Findings:
    """A report is due within its cycle; other dates out of their order are doubtful, not impossible."""
    found = Findings()
    first, last = policy.cycle_opens, policy.cycle_closes
    if not _at(first) < _at(policy.report_due) <= _at(last):
        found += problem(
            "policy.due.outside_cycle",
            "settings.report_due",
            "REP-02",
            due=_shown(policy.report_due),
            opens=_shown(first),
            closes=_shown(last),
        )
    for earlier, later in pairwise(SEQUENCE):
        found += _pair(policy, earlier, later) if earlier in names or later in names else Findings()
    return found


def _pair(policy: Policy, earlier: str, later: str) -> Findings:
    one, other = getattr(policy, earlier), getattr(policy, later)
    if _at(one) <= _at(other):
        return Findings()
    return warning(
        "policy.order.odd",
        f"settings.{later}",
        "REP-02",
        earlier=earlier,
        earlier_day=_shown(one),
        later=later,
        later_day=_shown(other),
    )


def _at(day: DayOfYear) -> tuple[int, int]:
    return day.month, day.day


def _shown(day: DayOfYear) -> str:
    return f"{day.month:02}-{day.day:02}"
