"""Gathers a country's hand-over brief from the read model (EOI-03). Nothing here writes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from contracts.brief import (
    Brief,
    Deadline,
    OpenDialogue,
    OpenFlag,
    Person,
    Promise,
    PromisedMeasure,
    PromisedStep,
    Promises,
)
from contracts.people import CONTRIBUTOR, FORMER, SUCCESSOR
from contracts.rows import CountryRow
from contracts.state import DEPUTY, Comment, Version
from framework.findings import Finding
from framework.records import ProgressReport, Roadmap, SpecialCircumstances
from framework.review import YearFinding
from framework.terms import Role
from storage import drafts, reading, reading_history
from storage.engine import Database
from storage.reading_history import StoredVersion
from storage.reading_tasks import TaskFilter, tasks

MOST_DEADLINES = 100
LAST_COMMENTS = 20
"""Comments with answers that a brief repeats; all of them are on record."""

ROADMAP = TypeAdapter(Roadmap)
REPORT = TypeAdapter(ProgressReport)
FINDINGS = TypeAdapter(list[Finding])


async def brief_of(database: Database, code: str, today: date) -> Brief | None:
    """The brief of a country on a day (UTC), or None where there is none."""
    row = await reading.country(database, code)
    if row is None:
        return None
    made = sorted(await reading_history.comments(database, code), key=lambda one: (one.made_at, one.number))
    standing = [one for one in made if not one.withdrawn]
    return _about(row, today).model_copy(
        update={
            "deadlines": await _deadlines(database, code),
            "promises": await _promises(database, code),
            "comments": _last(standing),
            "unanswered": [one for one in standing if one.answered_at is None],
            "drafts": await _drafts(database, code),
        }
    )


async def _drafts(database: Database, code: str) -> list[str]:
    """The kinds of paper that have been begun and not sent; the key of a task begins with its kind."""
    begun = await drafts.keys(database, code)
    return list(dict.fromkeys(key.partition("-")[0].partition(".")[0] for key in begun))


def _about(row: CountryRow, today: date) -> Brief:
    """What the country's own row tells."""
    return Brief(
        code=row.code,
        name=row.name,
        language=row.language,
        today=today,
        as_of=row.updated_at,
        status=row.status,
        status_since=row.status_since,
        stage=row.stage,
        cycle=row.cycle,
        paused_on=row.paused_on,
        late=row.late,
        flags=_flags(row),
        unmet=FINDINGS.validate_python(row.unmet),
        circumstances=[one for one in row.circumstances if _lasts(one, today)],
        dialogue=_dialogue(row),
        people=_people(row),
        ministry=row.ministry,
        ministry_email=row.ministry_email,
    )


async def _deadlines(database: Database, code: str) -> list[Deadline]:
    owed = TaskFilter(country=code, roles=(Role.FOCAL_POINT,))
    page = await tasks(database, owed, limit=MOST_DEADLINES)
    return [
        Deadline(
            task=item.task.key,
            kind=item.task.kind,
            year=item.task.year,
            due_on=item.task.due_on,
            state=item.task.state,
        )
        for item in page.items
    ]


async def _promises(database: Database, code: str) -> Promises:
    """The newest roadmap, and what the newest report says of its priorities."""
    roadmap = await _newest(database, code, "roadmap")
    report = await _newest(database, code, "progress_report")
    if roadmap is None:
        return Promises(report_year=report.version.year if report else None)
    plan = ROADMAP.validate_python(roadmap.body) if roadmap.body else None
    told = REPORT.validate_python(report.body) if report and report.body else None
    said = {one.priority: one for one in told.progress} if told else {}
    steps = (*(told.next_steps if told else ()), *(plan.next_steps if plan else ()))
    return Promises(
        roadmap_version=roadmap.version.number,
        roadmap_on=roadmap.version.at.date(),
        report_year=report.version.year if report else None,
        priorities=[_promise(one, said) for one in (plan.priorities if plan else ())],
        next_steps=[PromisedStep(text=one.text, by=one.by) for one in steps],
        on_paper=plan is None,
    )


def _promise(priority: Any, said: Mapping[str, Any]) -> Promise:
    told = said.get(priority.key)
    return Promise(
        key=priority.key,
        topic=priority.topic,
        title=priority.title,
        measures=[PromisedMeasure(**vars(one)) for one in priority.measures],
        reported_state=told.state if told else "",
        reported=told.text if told else "",
    )


async def _newest(database: Database, code: str, kind: str) -> StoredVersion | None:
    known = await reading_history.versions(database, code, kind=kind)
    last: Version | None = max(known, key=lambda one: (one.year or 0, one.number), default=None)
    if last is None:
        return None
    return await reading_history.version(database, code, kind, last.number, last.year)


def _last(made: list[Comment]) -> list[Comment]:
    """The comments on what was last commented on, whether they are answered or not."""
    if not made:
        return []
    return [one for one in made if one.about == made[-1].about][-LAST_COMMENTS:]


def _flags(row: CountryRow) -> list[OpenFlag]:
    found = row.assessment
    known = {one.indicator: one for one in (*found.explanations, found.combination)} if found else {}
    flags = []
    for flag in row.flags:
        if flag.cleared_on is not None:
            continue
        why = known.get(flag.indicator)
        reasons = [_reason(year) for year in why.years if year.lapsed and year.why] if why else []
        clears = list(why.clears) if why else []
        shown = flag.model_dump(include={"indicator", "years", "raised_on", "considered_on"})
        flags.append(OpenFlag(**shown, reasons=reasons, clears=clears))
    return flags


def _reason(year: YearFinding) -> Finding:
    return Finding(key=f"review.{year.why}", where=str(year.year), values=dict(year.dates))


def _dialogue(row: CountryRow) -> OpenDialogue | None:
    last = row.dialogues[-1] if row.dialogues else None
    if last is None or last.closed_on is not None:
        return None
    return OpenDialogue.model_validate(last.model_dump(include=set(OpenDialogue.model_fields)))


def _lasts(one: SpecialCircumstances, today: date) -> bool:
    return one.ends_on is None or one.ends_on >= today


def _people(row: CountryRow) -> list[Person]:
    """Those who act for the country now, those who follow and those who are about to leave."""
    found = [_person(Role.FOCAL_POINT.value, row.focal_point)] if row.focal_point.name else []
    if row.pending_successor is not None:
        named = row.pending_successor
        found.append(_person(SUCCESSOR, named.contact, until_on=named.open_until))
    found += [_person(DEPUTY, one) for one in row.deputies]
    found += [_person(FORMER, one.contact, until_on=one.until_on) for one in row.former_focal_points]
    return found + [
        _person(CONTRIBUTOR, one.contact, tasks=one.tasks, until_on=one.until_on) for one in row.contributors
    ]


def _person(role: str, contact: Any, **more: Any) -> Person:
    return Person(role=role, name=contact.name, post=contact.post, email=contact.email, **more)
