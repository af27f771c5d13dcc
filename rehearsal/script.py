"""From the text of a scenario to its script: every event at its moment, every structure checked, mistakes with lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from contracts.starting import ImportedCountry
from framework.decision_record import GcmDecision
from framework.editions import CURRENT, edition
from framework.policy import Policy
from framework.policy_changes import changed
from framework.records import ExpressionOfInterest
from rehearsal import templates
from rehearsal.calendar_words import Misfit, Setting, fill, moment_of
from rehearsal.scenario import Event, Scenario, Start, Yearly
from rehearsal.understanding import understand
from rehearsal.wanted import Expectation
from rehearsal.yaml_lines import Path, Sheet, Unreadable, read_yaml

SCENARIO, START, EVENT, YEARLY = (TypeAdapter(model) for model in (Scenario, Start, Event, Yearly))
EXPECTATION, IMPORT = TypeAdapter(Expectation), TypeAdapter(ImportedCountry)
EXPRESSION, DECISION = TypeAdapter(ExpressionOfInterest), TypeAdapter(GcmDecision)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One event at its moment (aware, UTC). `content` is its structure, with blanks for earlier entries still open."""

    moment: datetime
    line: int
    event: Event
    content: dict[str, Any] = field(default_factory=dict)
    received_on: date | None = None
    expect: Expectation | None = None


@dataclass(frozen=True, kw_only=True)
class Script:
    """A scenario that can be played. `content` is the expression of interest or the history with which it starts."""

    name: str
    about: str
    country: str
    begins: datetime
    start: Start
    start_line: int
    content: dict[str, Any]
    received_on: date | None
    expect: Expectation | None
    policy: Policy
    scenario: Scenario
    steps: tuple[Step, ...]


def read_script(text: str) -> Script:
    """The script of a scenario.

    Raises:
        Unreadable: with every mistake that was found and its line.
    """
    sheet = read_yaml(text)
    reader = _Reader(sheet)
    scenario = reader.read(SCENARIO, sheet.content, ())
    if scenario is None:
        raise Unreadable(reader.problems)
    script = reader.script(scenario)
    if script is None or reader.problems:
        raise Unreadable(reader.problems)
    return script


class _Reader:
    """Reads part by part and collects what is wrong."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems: list[tuple[int, str]] = []
        self.country = ""

    def script(self, scenario: Scenario) -> Script | None:
        """The script, or None where the start cannot be read."""
        self.country = scenario.country
        start = self.read(START, scenario.start, ("start",))
        policy = self._policy(scenario)
        begins = start and self._moment(start.on, ("start", "on"), datetime.now(UTC))
        if start is None or begins is None:
            return None
        way = "apply" if start.apply is not None else "import"
        over = start.apply if start.apply is not None else start.import_
        content = self._content(begins, ("start",), lambda: templates.start(way, start.use), over or {}, way)
        self._check(EXPRESSION if way == "apply" else IMPORT, content, ("start", way))
        steps = self._steps(scenario, begins)
        return Script(
            name=scenario.scenario,
            about=scenario.about,
            country=scenario.country,
            begins=begins,
            start=start,
            start_line=self.sheet.line(("start",)),
            content=content,
            received_on=self._day(start.received_on, ("start", "received_on"), begins),
            expect=self._expectation(start.expect, ("start", "expect"), begins),
            policy=policy,
            scenario=scenario,
            steps=steps,
        )

    def read(self, adapter: TypeAdapter[Any], content: Any, path: Path) -> Any:
        """The content read as a model of the format, or None."""
        found = understand(adapter, content)
        for where, what in found.problems:
            self._wrong((*path, *where), what)
        return found.value

    def _steps(self, scenario: Scenario, begins: datetime) -> tuple[Step, ...]:
        before, steps = begins, list[tuple[Step, Path]]()
        for number, raw in enumerate(scenario.events):
            path: Path = ("events", number)
            made = self._yearly(raw, path) if "each_year" in raw else self._at(raw, path, before)
            steps += made
            before = made[-1][0].moment if made else before
        steps.sort(key=lambda pair: pair[0].moment)
        self._check_in_order(steps, begins)
        return tuple(step for step, _ in steps)

    def _yearly(self, raw: Any, path: Path) -> list[tuple[Step, Path]]:
        yearly: Yearly | None = self.read(YEARLY, raw, path)
        steps = list[tuple[Step, Path]]()
        for year in range(yearly.each_year[0], yearly.each_year[1] + 1) if yearly else ():
            before = datetime(year, 1, 1, tzinfo=UTC)
            for number, each in enumerate(yearly.events if yearly else ()):
                problems = len(self.problems)
                made = self._at(each, (*path, "events", number), before, year)
                if len(self.problems) > problems:
                    return steps
                steps += made
                before = made[-1][0].moment
        return steps

    def _at(self, raw: Any, path: Path, before: datetime, year: int | None = None) -> list[tuple[Step, Path]]:
        event: Event | None = self.read(EVENT, raw, path)
        if event is None:
            return []
        moment = self._moment(event.on, (*path, "on"), before, year)
        if moment is None:
            return []
        step = Step(
            moment=moment,
            line=self.sheet.line(path),
            event=event,
            content=self._raw_content(event, path),
            received_on=self._day(event.received_on, (*path, "received_on"), moment),
            expect=self._expectation(event.expect, (*path, "expect"), moment),
        )
        return [(step, path)]

    def _raw_content(self, event: Event, path: Path) -> dict[str, Any]:
        try:
            if event.submit:
                return dict(templates.overwritten(templates.submission(event.submit, event.use), event.with_))
            if event.decide:
                return dict(
                    templates.overwritten(templates.decision(event.decide.value, event.use), event.with_)
                )
            if event.apply is not None:
                return dict(templates.overwritten(templates.start("apply", event.use), event.apply))
        except templates.NoTemplate as error:
            self._wrong((*path, "use" if event.use else "submit"), str(error))
        return {}

    def _check_in_order(self, steps: list[tuple[Step, Path]], begins: datetime) -> None:
        """Every structure, with the entries that earlier events have become."""
        called: dict[str, int] = {}
        for step, path in steps:
            if step.moment < begins:
                self._wrong((*path, "on"), f"{step.moment:%F} lies before the start on {begins:%F}")
            setting = Setting(today=step.moment.date(), country=self.country, entries=called)
            self._check_step(step, path, setting)
            if step.event.called:
                called = {**called, step.event.called: 1}

    def _check_step(self, step: Step, path: Path, setting: Setting) -> None:
        event = step.event
        adapter = _adapter(event)
        try:
            content = fill({**step.content, "payload": event.payload}, setting)
        except Misfit as misfit:
            self._wrong((*path, *_written(event, misfit.path)), str(misfit))
            return
        content.pop("payload")
        if event.decide:
            content = {"id": "checked", **content}
        if adapter is not None and step.content:
            self._check(adapter, content, (*path, "apply" if event.apply is not None else "with"))

    def _content(
        self, moment: datetime, path: Path, template: Any, over: dict[str, Any], way: str
    ) -> dict[str, Any]:
        try:
            setting = Setting(today=moment.date(), country=self.country)
            return dict(fill(templates.overwritten(template(), over), setting))
        except templates.NoTemplate as error:
            self._wrong((*path, "use"), str(error))
        except Misfit as misfit:
            self._wrong((*path, way, *misfit.path), str(misfit))
        return {}

    def _check(self, adapter: TypeAdapter[Any], content: Any, path: Path) -> None:
        for where, what in understand(adapter, content).problems if content else ():
            self._wrong((*path, *where), what)

    def _expectation(self, raw: dict[str, Any] | None, path: Path, moment: datetime) -> Expectation | None:
        if raw is None:
            return None
        try:
            filled = fill(raw, Setting(today=moment.date(), country=self.country))
        except Misfit as misfit:
            self._wrong((*path, *misfit.path), str(misfit))
            return None
        found: Expectation | None = self.read(EXPECTATION, filled, path)
        return found

    def _policy(self, scenario: Scenario) -> Policy:
        standing = edition(CURRENT).policy
        if not scenario.policy:
            return standing
        policy, findings = changed(standing, scenario.policy)
        for finding in findings.problems:
            name = finding.where.removeprefix("settings.").split(".")[0]
            values = ", ".join(f"{key}: {value}" for key, value in finding.values.items())
            self._wrong(("policy", name), f"{finding.key} ({values})")
        return policy

    def _moment(self, words: Any, path: Path, before: datetime, year: int | None = None) -> datetime | None:
        try:
            return moment_of(words, before=before, year=year)
        except (ValueError, OverflowError) as error:
            self._wrong(path, str(error))
            return None

    def _day(self, words: Any, path: Path, moment: datetime) -> date | None:
        if words is None:
            return None
        try:
            words = fill(words, Setting(today=moment.date(), country=self.country))
        except Misfit as misfit:
            self._wrong(path, str(misfit))
            return None
        found = self._moment(words, path, moment)
        return found.date() if found else None

    def _wrong(self, path: Path, what: str) -> None:
        problem = (self.sheet.line(path), what)
        if problem not in self.problems:
            self.problems.append(problem)


def _adapter(event: Event) -> TypeAdapter[Any] | None:
    if event.submit in templates.RECORDS:
        return _of_record(templates.RECORDS[event.submit])
    if event.decide:
        return DECISION
    return EXPRESSION if event.apply is not None else None


@cache
def _of_record(record: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def _written(event: Event, path: Path) -> Path:
    if path[:1] == ("payload",):
        return path
    return ("apply" if event.apply is not None else "with", *path)
