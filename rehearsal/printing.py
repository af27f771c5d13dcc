"""Shows a play: for people as dated lines, for programs as JSON. Both say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from contracts.rows import Delivery
from contracts.state import Entry
from framework.terms import OPEN_TASK_STATES
from rehearsal.expectations import plain, shown
from rehearsal.playing import Played
from rehearsal.seen import Seen
from rehearsal.sending import Answer


def as_lines(played: Played) -> Iterator[str]:
    """The play in lines: events and their answers, the timeline, the mails, the end, the differences."""
    script = played.script
    yield f"{script.name} · {script.country}"
    if script.about:
        yield f"  {script.about.strip()}"
    yield from _part("Events", [_answer(one) for one in played.answers])
    if played.seen is not None:
        yield from _part("Timeline", [_entry(one) for one in played.seen.entries])
        yield from _part("Mails that would go out", [_mail(one) for one in played.seen.mails])
        yield from _part(f"At the end, on {_when(played.ended_at)}", list(_end(played.seen)))
    yield from _part("Differences", [_difference(one) for one in plain_differences(played)])
    yield ""
    yield _verdict(played)


def as_json(played: Played) -> dict[str, Any]:
    """The play as one structure: every date and moment as ISO text, moments in UTC."""
    seen, script = played.seen, played.script
    return {
        "scenario": script.name,
        "country": script.country,
        "begins": plain(script.begins),
        "ended_at": plain(played.ended_at),
        "passed": not played.differences,
        "seconds": round(played.seconds, 3),
        "events": [plain(vars(one)) for one in played.answers],
        "timeline": [one.model_dump(mode="json") for one in seen.entries] if seen else [],
        "mails": [_mail_json(one) for one in seen.mails] if seen else [],
        "end": {"country": seen.row.model_dump(mode="json"), "tasks": _tasks_json(seen)} if seen else None,
        "differences": plain_differences(played),
        "history": played.history.model_dump() if played.history else None,
    }


def plain_differences(played: Played) -> list[dict[str, Any]]:
    """Every difference with its line in the scenario."""
    return [one.model_dump(mode="json") for one in played.differences]


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)


def _answer(one: Answer) -> str:
    reasons = f": {shown(one.reasons)}" if one.reasons else ""
    doubts = f" (doubtful: {shown(one.warnings)})" if one.warnings else ""
    by, note = f" by {one.by}" if one.by else "", f"  # {one.note}" if one.note else ""
    return f"{_when(one.at)}  {one.what}{by}: {one.answer}{reasons}{doubts}{note}"


def _entry(one: Entry) -> str:
    subject = f" [{one.task}]" if one.task else f" [{one.year}]" if one.year else ""
    behalf = f" for {one.on_behalf_of}" if one.on_behalf_of else ""
    corrects = f" corrects {one.corrects}" if one.corrects else ""
    clause = f" {one.clause}" if one.clause else ""
    return f"{_when(one.at)}  {one.number:>4} {one.kind}{subject}{clause} by {one.by or one.role}{behalf}{corrects}"


def _mail(one: Delivery) -> str:
    order = one.order
    task = f" [{order.task}]" if order.task else ""
    whom = f"{one.to_name} <{one.to_email}>" if one.to_email else "nobody: no address on record"
    return f"{_when(order.made_at)}  {order.kind}{task} to {whom}"


def _end(seen: Seen) -> Iterator[str]:
    row = seen.row
    yield f"status {row.status.value} since {shown(row.status_since)}, stage {row.stage.value}, cycle {shown(row.cycle)}"
    yield f"benefits {shown(sorted({benefit.state for benefit in row.benefits}))}"
    yield f"next deadline {_when(row.next_deadline) if row.next_deadline else 'none'} {row.next_deadline_task}".rstrip()
    yield f"flags {shown([flag.indicator for flag in row.flags if not flag.cleared_on])}"
    for task in seen.tasks.values():
        if task.state in OPEN_TASK_STATES:
            yield f"task {task.key}: {task.state.value}, {task.role.value}, due {shown(task.due_on)}"


def _difference(one: dict[str, Any]) -> str:
    return f"line {one['line']}, {one['at'][:10]}: {one['what']}: expected {one['expected']}, found {one['found']}"


def _verdict(played: Played) -> str:
    number = len(played.differences)
    verdict = "as expected" if not number else f"{number} difference{'s' if number > 1 else ''}"
    history = played.history
    cost = f", {history.events} events in {len(history.runs)} runs" if history else ""
    return f"{verdict} ({played.seconds:.1f} s{cost})"


def _mail_json(one: Delivery) -> dict[str, Any]:
    order = one.order.model_dump(mode="json", exclude={"to", "country"})
    return {"key": one.key, "to_name": one.to_name, "to_email": one.to_email, **order}


def _tasks_json(seen: Seen) -> list[dict[str, Any]]:
    return [task.model_dump(mode="json") for task in seen.tasks.values() if task.state in OPEN_TASK_STATES]


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
