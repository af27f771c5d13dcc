"""Entries made by mistake: which can be taken back, and how what followed from them is undone."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from contracts.state import CountryState, Entry
from framework import cycle as dates
from framework.facts import Cycle
from framework.findings import Findings, problem
from framework.records import EntryCorrection
from framework.terms import Role, Status, TaskState
from workflows.process import candidacy, comments, dialogue, letters, replies, reporting, restoring, review
from workflows.process.ledger import Ledger
from workflows.process.plain import plain
from workflows.process.recipients import focal_point, seats

OF_A_YEAR = ("progress_report", "indicator_framework", "mwg_comments", "final_report", "yearly_review")
FINAL_RESTS_ON = ("progress_report", "mwg_comments")
DATES = ("first_due_on", "due_on", "indicators_due_on", "extended_because", "comments_due_on", "final_due_on")
CYCLE_FIELDS = {one.name for one in fields(Cycle)}

Counts = dict[str, dict[str, int]]


def examine(state: CountryState, record: Any) -> Findings:
    """An entry can be taken back once, if it changed something, and the newest of what changed the same thing first."""
    if record.kind != "entry_correction":
        return Findings()
    if str(record.entry) not in state.undo or record.entry in state.corrected_entries:
        return problem("submission.not_correctable", "entry", "GEN-03")
    newer = _newest_upon(state, record.entry)
    if newer is not None:
        return problem("submission.newer_entry", "entry", "GEN-03", entry=record.entry, newer=newer)
    return Findings()


def entry_correction(ledger: Ledger, record: EntryCorrection, entry: Entry, day: date) -> None:
    """A mistaken entry is taken back by this one; both stay on record, and the flags are computed anew."""
    undo = ledger.state.undo[str(record.entry)]
    entry.corrects = record.entry
    entry.values["kind_corrected"] = undo["kind"]
    ledger.state.corrected_entries.append(record.entry)
    _forget_participation(ledger, undo)
    _take_back(ledger, undo["kind"], undo, record.entry)
    letters.let_fall(ledger, letters.of_entry(record.entry), reason=record.reason)
    ledger.mail(
        "corrected",
        [*focal_point(ledger.state), *seats(Role.SECRETARIAT)],
        reason=record.reason,
        what=undo["kind"],
    )


def participation(state: CountryState) -> Counts:
    """Who took part in each year, as counted so far."""
    return {str(cycle.year): dict(cycle.participation) for cycle in state.cycles}


def gained(before: Counts, after: Counts) -> Counts:
    """What an entry added to the participation of each year."""
    more = {
        year: {
            category: number - before.get(year, {}).get(category, 0)
            for category, number in counts.items()
            if number != before.get(year, {}).get(category, 0)
        }
        for year, counts in after.items()
    }
    return {year: counts for year, counts in more.items() if counts}


def _newest_upon(state: CountryState, entry: int) -> int | None:
    """The newest standing entry that changed, or rests on, what this one changed: taking back would undo it too."""
    mistaken = state.undo[str(entry)]
    later = [int(number) for number, other in state.undo.items() if _rests_on(other, mistaken)]
    found = [number for number in later if number > entry and number not in state.corrected_entries]
    return max(found, default=None)


def _rests_on(other: dict[str, Any], mistaken: dict[str, Any]) -> bool:
    same_year = other["year"] == mistaken["year"]
    if other["kind"] == "final_report" and mistaken["kind"] in FINAL_RESTS_ON and same_year:
        return True
    subject = _subject(mistaken)
    return subject is not None and subject == _subject(other)


def _subject(undo: dict[str, Any]) -> tuple[Any, ...] | None:
    """What an entry changed, where its undo brings back how that was before; None where it stands by itself."""
    kind, before = undo["kind"], undo["before"]
    if kind in {"workshop", "presentation"}:
        return (kind,)
    if kind in OF_A_YEAR:
        return kind, undo["year"]
    if kind == "extension" and before:
        return kind, before["year"] or before["task"]
    return None


def _take_back(ledger: Ledger, kind: str, undo: dict[str, Any], entry: int) -> None:
    if kind == "workshop":
        candidacy.take_back_workshop(ledger, undo)
    elif kind == "presentation":
        candidacy.take_back_presentation(ledger, undo["before"])
    elif kind == "evidence":
        _take_back_evidence(ledger, undo)
    elif kind == "extension":
        _take_back_extension(ledger, undo["before"])
    elif kind == "special_circumstances":
        _take_back_circumstances(ledger, undo)
    elif kind == "annual_activities":
        restoring.ask_for_activities(ledger, undo["year"])
    elif kind in OF_A_YEAR:
        _take_back_from_cycle(ledger, kind, undo, entry)


def _take_back_from_cycle(ledger: Ledger, kind: str, undo: dict[str, Any], entry: int) -> None:
    year, before = undo["year"], dict(undo["before"])
    cycle = ledger.cycle(year)
    if "final_due_set" in before and plain(cycle and cycle.final_due_on) != before["final_due_set"]:
        del before["final_due_on"]
    ledger.change_cycle(
        year, **{name: _restored(name, value) for name, value in before.items() if name in CYCLE_FIELDS}
    )
    if kind == "mwg_comments":
        comments.withdraw(ledger, str(entry))
    elif kind == "progress_report":
        ledger.state.report_next_steps = before["next_steps"]
    elif kind == "final_report":
        comments.unanswer(ledger, reporting.subject(year), before["answered"])
    cycle = ledger.cycle(year)
    if ledger.state.status is Status.ACTIVE and cycle is not None and not cycle.closed:
        _ask_again(ledger, kind, cycle)


def _ask_again(ledger: Ledger, kind: str, cycle: Cycle) -> None:
    """Reopens what is not done any more; where an earlier entry of the kind stands, there is nothing to ask for."""
    year = cycle.year
    if kind == "progress_report" and cycle.report_on is None:
        ledger.close_tasks(
            TaskState.VOID,
            lambda task: task.kind == "mwg_comments" and task.year == year,
            reason="report corrected",
        )
    if kind in reporting.DUE_TOGETHER:
        reporting.open_reporting_tasks(ledger)
    elif kind == "final_report" and cycle.final_on is None:
        ledger.open_task("final_report", "REP-09", Role.FOCAL_POINT, year=year, due_on=cycle.final_due_on)
    elif kind == "mwg_comments":
        _ask_for_comments_again(ledger, cycle)
    elif kind == "yearly_review" and cycle.judged_on is None:
        review.open_review(ledger)


def _ask_for_comments_again(ledger: Ledger, cycle: Cycle) -> None:
    if cycle.comments_on is not None:
        _redate_final(ledger, cycle.year)
        return
    ledger.close_tasks(
        TaskState.VOID,
        lambda task: task.kind == "final_report" and task.year == cycle.year,
        reason="comments corrected",
    )
    last = dates.closes(cycle.year, ledger.state.policy)
    due = min(ledger.today + timedelta(days=replies.COMMENT_DAYS), last)
    ledger.open_task("mwg_comments", "REP-08", Role.MWG, year=cycle.year, due_on=due)


def _take_back_evidence(ledger: Ledger, undo: dict[str, Any]) -> None:
    cycle = ledger.cycle(undo["year"])
    if cycle is not None:
        left = {title: about for title, about in cycle.evidence.items() if title != undo["before"]["title"]}
        ledger.put_cycle(replace(cycle, evidence=left))


def _take_back_circumstances(ledger: Ledger, undo: dict[str, Any]) -> None:
    """The others keep their own places, so that each of them can still be taken back."""
    gone = undo["index"]
    ledger.state.circumstances.pop(gone)
    for other in ledger.state.undo.values():
        if other["kind"] == "special_circumstances" and other["index"] > gone:
            other["index"] -= 1
    dialogue.pass_on_circumstances(ledger)


def _take_back_extension(ledger: Ledger, before: dict[str, Any]) -> None:
    if before.get("due_on"):
        open_keys = {task.key for task in ledger.open_tasks()}
        for key in [one for one in before["moved"] if one in open_keys]:
            _redate(ledger, key, date.fromisoformat(before["due_on"]))
    cycle = ledger.cycle(before["year"]) if before.get("year") else None
    if cycle is not None:
        _take_back_dates(ledger, cycle, before)
        _redate_final(ledger, cycle.year)


def _take_back_dates(ledger: Ledger, cycle: Cycle, before: dict[str, Any]) -> None:
    """The year's dates as they were, but for those that something else has moved since."""
    now = plain({name: getattr(cycle, name) for name in DATES})
    unmoved = [name for name in DATES if now[name] == before["dates_after"][name]]
    changes = {name: _restored(name, before["dates_before"][name]) for name in unmoved}
    if cycle.comments_on is not None and changes.get("final_due_on"):
        least = dates.final_due(cycle.year, cycle.comments_on, ledger.state.policy)
        changes["final_due_on"] = max(changes["final_due_on"], least)
    ledger.change_cycle(cycle.year, **changes)


def _redate(ledger: Ledger, key: str, due: date) -> None:
    """Brings back an earlier due date; a task that is at its first one counts as never extended."""
    ledger.redate_task(key, due)
    task = ledger.state.tasks[key]
    if due == task.first_due_on:
        task.state = TaskState.OPEN


def _redate_final(ledger: Ledger, year: int) -> None:
    """The country's task for its final version has the date that the year has for it."""
    cycle = ledger.cycle(year)
    for task in ledger.open_tasks("final_report"):
        if cycle is None or cycle.final_due_on is None or task.year != year:
            continue
        if task.due_on != cycle.final_due_on:
            _redate(ledger, task.key, cycle.final_due_on)


def _forget_participation(ledger: Ledger, undo: dict[str, Any]) -> None:
    """Who took part in a mistaken consultation did not take part (REV-04)."""
    for year, counts in undo.get("participation", {}).items():
        cycle = ledger.cycle(int(year))
        if cycle is None:
            continue
        left = {name: number - counts.get(name, 0) for name, number in cycle.participation.items()}
        kept = {name: number for name, number in left.items() if number > 0}
        ledger.put_cycle(replace(cycle, participation=kept))


def _restored(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_on") and isinstance(value, str) else value
