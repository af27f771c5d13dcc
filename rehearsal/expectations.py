"""Holds what was expected against what is seen, and says every difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from pydantic import BaseModel

from contracts.rows import Delivery
from contracts.state import Entry
from framework.cycle import day_of
from framework.terms import OPEN_TASK_STATES
from rehearsal.seen import Seen
from rehearsal.wanted import (
    Expectation,
    WantedAnswer,
    WantedDialogue,
    WantedEntry,
    WantedMail,
    WantedTask,
    WantedYears,
)


class Difference(BaseModel):
    """One thing that is not as expected: what was looked at, what was expected, what was found."""

    line: int
    at: datetime
    what: str
    expected: str
    found: str


Found = Iterator[tuple[str, Any, Any]]


def differences(wanted: Expectation, seen: Seen) -> list[tuple[str, str, str]]:
    """What is not as expected, as (what, expected, found); empty when all is."""
    parts = (_country, _flags, _tasks, _decisions, _courses, _timeline, _mails)
    return [
        (what, shown(expected), shown(found))
        for part in parts
        for what, expected, found in part(wanted, seen)
        if plain(expected) != plain(found)
    ]


def plain(value: Any) -> Any:
    """The value as a scenario would write it, so that it can be compared."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def shown(value: Any) -> str:
    """The value in words for a person."""
    value = plain(value)
    if isinstance(value, list):
        return ", ".join(shown(one) for one in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown(one)}" for key, one in value.items()) or "none"
    return "none" if value in (None, "") else str(value)


def _country(wanted: Expectation, seen: Seen) -> Found:
    row, state = seen.row, seen.state
    found = {
        "status": row.status,
        "stage": row.stage,
        "cycle": row.cycle,
        "status_since": row.status_since,
        "next_deadline": day_of(row.next_deadline) if row.next_deadline else None,
        "next_task": row.next_deadline_task,
        "late": row.late,
        "paused": row.paused_on is not None,
        "ended": state.ended,
        "focal_point": row.focal_point.name,
        "successor": row.pending_successor.contact.name if row.pending_successor else None,
        "former": sorted(one.contact.name for one in row.former_focal_points),
        "contributors": sorted(one.contact.name for one in row.contributors),
        "refusals": row.refusal_count,
        "unmet": sorted(
            finding["key"] if isinstance(finding, dict) else finding.key for finding in row.unmet
        ),
    }
    for name in sorted(found.keys() & wanted.model_fields_set):
        given = getattr(wanted, name)
        yield name, sorted(given) if isinstance(given, list) else given, found[name]
    if wanted.benefits is not None:
        yield "benefits", [wanted.benefits], sorted({benefit.state for benefit in row.benefits})
    for about, numbers in wanted.unanswered.items():
        yield f"unanswered comments on {about}", numbers, _unanswered(seen, about)


def _unanswered(seen: Seen, about: str) -> list[int]:
    return [
        comment.number
        for comment in seen.state.comments
        if comment.about == about and not comment.withdrawn and comment.answered_at is None
    ]


def _flags(wanted: Expectation, seen: Seen) -> Found:
    flags = seen.state.flags
    sorts = {
        "flags": [flag.indicator for flag in flags if not flag.cleared_on and not flag.considered_on],
        "considered": [flag.indicator for flag in flags if flag.considered_on and not flag.cleared_on],
        "cleared": [flag.indicator for flag in flags if flag.cleared_on],
    }
    for name in sorted(sorts.keys() & wanted.model_fields_set):
        yield name, sorted(getattr(wanted, name) or []), sorted(sorts[name])
    explained = {one.indicator: one for one in (*seen.why.explanations, seen.why.combination)}
    for indicator, given in wanted.why.items():
        years = given if isinstance(given, WantedYears) else WantedYears(raised=given)
        one = explained[indicator]
        if years.raised is not None:
            yield f"why {indicator}: raised", years.raised, one.raised
        lapsed = {finding.year: finding.lapsed for finding in one.years}
        for year, lapse in (years.lapsed or {}).items():
            yield f"why {indicator}: lapsed in {year}", lapse, lapsed.get(year, "no such year")


def _tasks(wanted: Expectation, seen: Seen) -> Found:
    for key, given in wanted.tasks.items():
        task = seen.tasks.get(key)
        if given == "none":
            yield f"task {key}", None, task.state if task else None
        elif task is None:
            yield f"task {key}", given if isinstance(given, str) else "there", None
        elif isinstance(given, WantedTask):
            known = {
                **task.model_dump(),
                "reminders_sent": sum(rung.outcome == "sent" for rung in task.rungs),
            }
            for name in sorted(given.model_fields_set):
                yield f"task {key}: {name}", getattr(given, name), known[name]
        else:
            yield f"task {key}", given, task.state
    if wanted.open_tasks is not None:
        keys = [key for key, task in seen.tasks.items() if task.state in OPEN_TASK_STATES]
        yield "open tasks", sorted(wanted.open_tasks), sorted(keys)


def _decisions(wanted: Expectation, seen: Seen) -> Found:
    for key, given in wanted.decisions.items():
        record = seen.decisions.get(key)
        whole = given if isinstance(given, WantedAnswer) else WantedAnswer(answer=given)
        yield f"decision {key}", whole.answer, record.answer.answer if record else "pending"
        for name in ("reasons", "warnings"):
            keys = getattr(whole, name)
            if keys is not None and record is not None:
                found = sorted(finding.key for finding in getattr(record.answer, name))
                yield f"decision {key}: {name}", sorted(keys), found


def _courses(wanted: Expectation, seen: Seen) -> Found:
    """Dialogue, way back, versions, participation."""
    state = seen.state
    for name, given, known in (
        ("dialogue", wanted.dialogue, state.dialogues[-1] if state.dialogues else None),
        ("reactivation", wanted.reactivation, state.reactivations[-1] if state.reactivations else None),
    ):
        if given is None:
            continue
        if isinstance(given, str) or known is None:
            yield name, None if isinstance(given, str) else "there", known and f"number {known.number}"
            continue
        facts = {**known.model_dump(), "open": known.closed_on is None}
        if not isinstance(given, WantedDialogue):
            facts["verified"] = facts["verified_on"] is not None
            facts["missing"] = [finding["key"] for finding in facts["missing"]]
        for field in sorted(given.model_fields_set):
            yield f"{name}: {field}", getattr(given, field), facts[field]
    for kind, number in wanted.versions.items():
        series = [one for one in seen.versions if kind in {one.kind, f"{one.kind}-{one.year}"}]
        yield f"versions of {kind}", number, len(series)
    cycles = {cycle.year: cycle for cycle in state.cycles}
    for year, counts in wanted.participation.items():
        for category, count in counts.items():
            known_counts = cycles[year].participation if year in cycles else {}
            yield f"participation of {category} in {year}", count, known_counts.get(category, 0)


def _timeline(wanted: Expectation, seen: Seen) -> Found:
    for one in wanted.timeline:
        count = sum(_is_entry(one, entry) for entry in seen.entries)
        yield from _counted(f"timeline: {_described(one)}", one.times, count)


def _mails(wanted: Expectation, seen: Seen) -> Found:
    for one in wanted.mails:
        count = sum(_is_mail(one, mail) for mail in seen.mails)
        yield from _counted(f"mail: {_described(one)}", one.times, count)


def _counted(what: str, times: int | None, count: int) -> Found:
    if times is not None:
        yield what, f"{times} times", f"{count} times"
    elif not count:
        yield what, "at least once", "never"


def _described(one: WantedEntry | WantedMail) -> str:
    given = {name: getattr(one, name) for name in one.model_fields_set if name != "times"}
    return ", ".join(f"{name} {shown(value)}" for name, value in sorted(given.items()))


def _is_entry(one: WantedEntry, entry: Entry) -> bool:
    return _matches(
        one, entry.model_dump(), entry.at.date(), ("on", "since", "until", "times", "values")
    ) and _has(one.values, entry.values)


def _is_mail(one: WantedMail, mail: Delivery) -> bool:
    order = mail.order
    reached = one.to is None or one.to.lower() in {mail.to_email.lower(), mail.to_name.lower()}
    known = order.model_dump(include={"kind", "task"})
    dated = _matches(one, known, order.made_at.date(), ("on", "since", "until", "times", "values", "to"))
    return reached and dated and _has(one.values, order.values)


def _matches(one: WantedEntry | WantedMail, known: dict[str, Any], day: date, beside: Iterable[str]) -> bool:
    in_time = (
        (one.on is None or day == one.on)
        and (one.since is None or day >= one.since)
        and (one.until is None or day <= one.until)
    )
    names = one.model_fields_set.difference(beside)
    return in_time and all(plain(getattr(one, name)) == plain(known[name]) for name in names)


def _has(wanted: dict[str, Any], values: dict[str, Any]) -> bool:
    return all(key in values and plain(one) == plain(values[key]) for key, one in wanted.items())
