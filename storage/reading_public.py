"""Reads what is public of countries (`storage.publishing`): picked out by name, never by leaving something out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import col, select

from contracts.state import DecisionRecord, StatusChange
from framework.benefits import Benefit
from framework.terms import LetterState, Status
from storage.documents import Documents
from storage.engine import Database
from storage.publishing import (
    PublicActivity,
    PublicChange,
    PublicEvent,
    PublicLetter,
    PublicPlan,
    PublicProfile,
    PublicRoadmap,
    PublicStatus,
    PublicSupport,
    PublicValue,
)
from storage.publishing_reports import Handed, reports_of, titles_of
from storage.reading_letters import letters
from storage.tables import CountryTable, DecisionTable, EntryTable, VersionTable
from storage.uploads import StoredDocument, document

KINDS = (
    "roadmap",
    "nap_submission",
    "progress_report",
    "final_report",
    "indicator_framework",
    "annual_activities",
    "featured_event",
    "support_action",
    "profile_text",
)
"""What is read of all that is handed in; of progress reports only what a final report leaves as it was."""

CORRECTION = "entry_correction"
RECEIVED = ("under_way", "completed")
_BENEFITS = TypeAdapter(list[Benefit])
Meetings = Mapping[str, tuple[str, date | None]]


@dataclass(frozen=True)
class _Country:
    """The fields of a country's row that are public, as they lie there."""

    code: str
    content: Mapping[str, Any]

    def status(self, meetings: Meetings) -> dict[str, Any]:
        """The fields of `PublicStatus`."""
        history = [StatusChange.model_validate(one) for one in self.content["status_history"]]
        return {
            "code": self.code,
            "name": self.content["name"],
            "language": self.content["language"],
            "status": self.content["status"],
            "since": self.content["status_since"],
            "candidate_since": self._candidate_since(history),
            "changes": changes_of(history, meetings),
        }

    def _candidate_since(self, history: list[StatusChange]) -> Any:
        if not history:
            return self.content["status_since"] if self.content["status"] == Status.CANDIDATE.value else None
        return history[0].since_before if history[0].before is Status.CANDIDATE else None


def changes_of(history: Iterable[StatusChange], meetings: Meetings) -> list[PublicChange]:
    """The changes of status as the world sees them, oldest first: those that a later one took back are marked."""
    found: list[PublicChange] = []
    sources: list[str] = []
    for change in history:
        meeting, meeting_on = meetings.get(change.because, ("", None))
        shown = PublicChange(on=change.on, before=change.before, after=change.after)
        if change.corrects:
            fallen = _last(change.corrects, found, sources)
            if fallen is not None:
                found[fallen].fell = True
            shown.corrects = True
        found.append(shown.model_copy(update={"meeting": meeting, "meeting_on": meeting_on}))
        sources.append(change.because)
    return found


async def public_countries(database: Database) -> list[PublicStatus]:
    """Every country with its status and the dated history of it, by name."""
    query = select(CountryTable.code, CountryTable.content).order_by(
        col(CountryTable.sort_name), col(CountryTable.code)
    )
    async with database.reading() as session:
        rows = list(await session.exec(query))
        meetings = _meetings(await session.exec(select(DecisionTable.country, DecisionTable.content)))
    return [
        PublicStatus.model_validate(_Country(code, content).status(meetings.get(code, {})))
        for code, content in rows
    ]


async def public_profile(database: Database, code: str) -> PublicProfile | None:
    """What the world may know of a country, or None where there is none of this code."""
    async with database.reading() as session:
        row = await session.get(CountryTable, code)
        if row is None:
            return None
        decided = select(DecisionTable.country, DecisionTable.content).where(
            col(DecisionTable.country) == code
        )
        meetings = _meetings(await session.exec(decided)).get(code, {})
        wanted = select(VersionTable.content, VersionTable.body).where(
            col(VersionTable.country) == code, col(VersionTable.kind).in_(KINDS)
        )
        handed = [Handed.of(content, body) for content, body in await session.exec(wanted) if body]
        corrections = select(EntryTable.content).where(
            col(EntryTable.country) == code, col(EntryTable.kind) == CORRECTION
        )
        taken_back = {content.get("corrects") for content in await session.exec(corrections)}
    standing = sorted((one for one in handed if one.entry not in taken_back), key=lambda one: one.entry)
    fields = _Country(code, row.content).status(meetings) | _contents(standing, row.content)
    return PublicProfile.model_validate(fields | {"letters": await _letters(database, code)})


async def public_letter(
    database: Database, documents: Documents, code: str, number: str
) -> StoredDocument | None:
    """The document of a letter that the Secretariat has made public; None for every other."""
    found = await letters(database, code, state=LetterState.APPROVED.value, public=True)
    letter = next((one for one in found if one.number == number), None)
    return await document(database, letter.document.id) if letter and letter.document else None


def _contents(handed: list[Handed], row: Mapping[str, Any]) -> dict[str, Any]:
    reports = reports_of(handed)
    titles = titles_of(handed)
    final = {report.year for report in reports}
    granted = any(StatusChange.model_validate(one).after is Status.ACTIVE for one in row["status_history"])
    texts = [one.body.get("text", "") for one in handed if one.kind == "profile_text"]
    return {
        "benefits": _BENEFITS.validate_python(row["benefits"]),
        "text": texts[-1] if texts else "",
        "roadmap": _roadmap(handed) if granted and row["status"] != Status.CANDIDATE.value else None,
        "reports": reports,
        "indicators": _values(handed, final),
        "activities": _activities(handed, titles),
        "events": [_picked(PublicEvent, one.body) for one in handed if one.kind == "featured_event"],
        "support": _support(handed),
    }


def _roadmap(handed: list[Handed]) -> PublicRoadmap | None:
    maps = [one for one in handed if one.kind in ("roadmap", "nap_submission")]
    if not maps:
        return None
    latest = maps[-1]
    body = {key: latest.body.get(key) or [] for key in ("priorities", "next_steps", "support_areas")}
    plans = [PublicPlan(title=one["title"], period=one["period"]) for one in latest.body.get("plans") or []]
    timetable = latest.body.get("timetable") or ""
    return PublicRoadmap.model_validate(
        {"version": latest.number, "on": latest.on, "timetable": timetable, "plans": plans, **body}
    )


def _values(handed: list[Handed], years: set[int]) -> list[PublicValue]:
    latest = {one.year: one for one in handed if one.kind == "indicator_framework" and one.year in years}
    return [
        _picked(PublicValue, {**value, "year": year})
        for year, one in sorted(latest.items())
        for value in one.body.get("values") or []
    ]


def _activities(handed: list[Handed], titles: Mapping[str, str]) -> list[PublicActivity]:
    latest = {one.year: one for one in handed if one.kind == "annual_activities"}
    found = [
        _picked(PublicActivity, {**activity, "year": year})
        for year, one in sorted(latest.items())
        for activity in one.body.get("activities") or []
    ]
    return [one.model_copy(update={"priority": titles.get(one.priority, one.priority)}) for one in found]


def _support(handed: list[Handed]) -> list[PublicSupport]:
    latest = {one.body.get("reference"): one for one in handed if one.kind == "support_action"}
    received = (one.body for one in latest.values() if one.body.get("state") in RECEIVED)
    found = [_picked(PublicSupport, one) for one in received]
    return sorted(found, key=lambda one: one.starts_on or date.max)


async def _letters(database: Database, code: str) -> list[PublicLetter]:
    found = await letters(database, code, state=LetterState.APPROVED.value, public=True)
    return [
        PublicLetter(
            number=one.number,
            kind=one.kind,
            language=one.language,
            year=one.year,
            on=one.approved_at.date(),
        )
        for one in found
        if one.approved_at and one.document
    ]


def _picked(model: Any, body: Mapping[str, Any]) -> Any:
    """The fields of a body that the model names, and no other."""
    return model.model_validate({name: body[name] for name in model.model_fields if name in body})


def _meetings(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, dict[str, tuple[str, date | None]]]:
    """The meetings of accepted decisions, by country and decision."""
    found: dict[str, dict[str, tuple[str, date | None]]] = {}
    for code, content in rows:
        record = DecisionRecord.model_validate(content)
        if record.answer.answer == "accepted":
            decision = record.decision
            found.setdefault(code, {})[decision.id] = (decision.meeting, decision.meeting_on)
    return found


def _last(source: str, found: list[PublicChange], sources: list[str]) -> int | None:
    places = [
        place
        for place, one in enumerate(found)
        if sources[place] == source and not (one.fell or one.corrects)
    ]
    return places[-1] if places else None
