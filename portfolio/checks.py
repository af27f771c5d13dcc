"""Whether what a country's rows say fits together and could have happened under the framework."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from framework import cycle as dates
from framework import members, status
from framework.policy import Policy
from framework.terms import Category, Status
from portfolio import building, history, year_checks
from portfolio.columns import COLUMNS
from portfolio.country_columns import ALWAYS
from portfolio.rows import Block, Row
from portfolio.sheet import CellError

Complaint = tuple[str, str]
"""A column and what is wrong in it."""

_NEEDED = tuple(column.name for column in COLUMNS if column.needed == ALWAYS)
_CANDIDATE_ONLY = ("presented_at", "presented_on")


@dataclass(frozen=True)
class Setting:
    """On what the checks depend: the day of the import (UTC), the policy, whether samples are accepted."""

    today: date
    policy: Policy
    samples_allowed: bool


def check(block: Block, setting: Setting) -> list[CellError]:
    """Everything that is wrong with one country, in its own row and in those of its years."""
    row = block.country
    complaints = [*_needed(row), *_code(row, setting), *_as_of(row, setting)]
    complaints += [*_status(row), *_dates(row, setting), *_dialogues(row), *_planning(row)]
    errors = [CellError(row.number, column, message) for column, message in complaints]
    if not complaints:
        errors += _years(block, setting)
    return errors


def as_of(row: Row, today: date) -> date:
    """The day up to which the rows tell everything."""
    return row.day("as_of") or today


def _needed(row: Row) -> Iterator[Complaint]:
    for name in _NEEDED:
        if name not in row:
            yield name, "is blank; every country needs it"


def _code(row: Row, setting: Setting) -> Iterator[Complaint]:
    code = row.text("code")
    if members.is_invented(code):
        if not setting.samples_allowed:
            yield "code", f"{code} is an invented country; this installation accepts none"
    elif not members.is_member(code):
        upper = code.upper()
        known = members.is_member(upper) or members.is_invented(upper)
        advice = f"write {upper}" if known else "write the ISO 3166-1 alpha-3 code of an ILO Member State"
        yield "code", f"'{code}' is no country of the ILO; {advice} (GEN-01)"


def _as_of(row: Row, setting: Setting) -> Iterator[Complaint]:
    day = row.day("as_of")
    if day and day > setting.today:
        yield (
            "as_of",
            f"{day} has not come yet; write the day of which you know everything, or leave it blank",
        )


def _status(row: Row) -> Iterator[Complaint]:
    if row.text("status") == Status.CANDIDATE:
        yield from _candidate(row)
    elif row.text("status"):
        yield from _granted(row)


def _candidate(row: Row) -> Iterator[Complaint]:
    if "expression_of_interest_on" not in row:
        yield "expression_of_interest_on", "is blank; a candidate has sent a letter (EOI-02)"
    for name in ("granted_on", "status_changes"):
        if name in row:
            yield name, "is filled, yet the status says candidate; leave it blank or mend the status"


def _granted(row: Row) -> Iterator[Complaint]:
    now = row.text("status")
    if "granted_on" not in row:
        yield "granted_on", f"is blank; an {now} country was granted the status one day (PLN-09)"
    for name in _CANDIDATE_ONLY:
        if name in row:
            yield name, f"is for candidates; leave it blank for an {now} country"
    if row.day("granted_on"):
        yield from _chain(row, Status(now))


def _chain(row: Row, now: Status) -> Iterator[Complaint]:
    """GEN-03: every change follows lawfully from the one before; the last one leads to the status today."""
    changes = history.changes(row)
    for change in changes:
        if not status.change(change.before, change.after).ok:
            wrong = f"{change.before} to {change.after} on {change.on} is no lawful change of status (GEN-03)"
            yield "status_changes", f"{wrong}; after the grant, inactive and active take turns"
        if change.since_before and change.on < change.since_before:
            column = "granted_on" if change.before is Status.CANDIDATE else "status_changes"
            yield (
                column,
                f"{change.on} lies before {change.since_before}, when the country became {change.before}",
            )
    readable = "status_changes" in row.values or "status_changes" not in row
    if readable and changes[-1].after is not now:
        last = f"the last change leads to {changes[-1].after}"
        yield "status_changes", f"{last}, yet the status says {now}; add the change or mend the status"


def _dates(row: Row, setting: Setting) -> Iterator[Complaint]:
    """Nothing on record lies after the day up to which the rows tell everything."""
    until = as_of(row, setting.today)
    for name, value in row.values.items():
        if isinstance(value, date) and name != "as_of" and value > until:
            yield name, f"{value} lies after {until}, up to which this row tells everything (as_of)"
    for change in history.changes(row):
        if change.on > until and change.before is not Status.CANDIDATE:
            yield (
                "status_changes",
                f"{change.on} lies after {until}, up to which this row tells everything (as_of)",
            )


def _dialogues(row: Row) -> Iterator[Complaint]:
    details = [name for name in row.filled if name.startswith("dialogue_") and name != "dialogue_opened_on"]
    if details and "dialogue_opened_on" not in row:
        yield (
            "dialogue_opened_on",
            f"is blank, yet {details[0]} is filled; write when the dialogue was opened",
        )
    if ("dialogue_closed_on" in row) != ("dialogue_outcome" in row):
        blank = "dialogue_outcome" if "dialogue_closed_on" in row else "dialogue_closed_on"
        yield blank, "is blank; a closed dialogue has both a date and an outcome, an open one has neither"
    column, before = "earlier_dialogues", None
    for dialogue in building.dialogues(row):
        if row.day("dialogue_opened_on") == dialogue.opened_on:
            column = "dialogue_opened_on"
        if before and dialogue.opened_on < before:
            yield column, f"{dialogue.opened_on} lies before the dialogue before it was closed ({before})"
        before = dialogue.closed_on
        if before and before < dialogue.opened_on:
            wrong = "dialogue_closed_on" if column == "dialogue_opened_on" else column
            yield wrong, f"{before} lies before {dialogue.opened_on}, when that dialogue was opened"
    yield from _open_dialogue(row)


def _open_dialogue(row: Row) -> Iterator[Complaint]:
    opened = row.day("dialogue_opened_on")
    if opened is None or "dialogue_closed_on" in row:
        return
    now = row.text("status")
    if now == Status.INACTIVE:
        wrong = "an inactive country has no open dialogue: it was declared inactive after one (DIA-06)"
        yield "dialogue_closed_on", f"is blank, but {wrong}; write when it was closed"
    presented = row.day("presented_on")
    if now == Status.CANDIDATE and presented and presented <= opened:
        wrong = f"the GCM answered this presentation with support from {opened} on (PLN-11)"
        yield "presented_on", f"{wrong}; leave it blank until the country is presented again"
    since = [change.on for change in history.changes(row)]
    if now == Status.ACTIVE and since and opened < since[-1]:
        wrong = f"the dialogue was opened before {since[-1]}, when the country became active"
        yield "dialogue_closed_on", f"is blank, but {wrong}; write when it was closed"


def _planning(row: Row) -> Iterator[Complaint]:
    if ("presented_at" in row) != ("presented_on" in row):
        blank = "presented_on" if "presented_at" in row else "presented_at"
        yield blank, "is blank; a presentation has both a meeting and its date (PLN-07)"
    if row.text("status") == Status.CANDIDATE and "open_comments" in row and "presented_on" not in row:
        yield (
            "presented_on",
            "is blank, yet there are comments of the GCM; write when the roadmap was presented",
        )
    if "presented_on" in row and row.text("status") == Status.CANDIDATE and not row.count("roadmap_versions"):
        yield (
            "roadmap_versions",
            "is blank or 0, yet a roadmap (or a plan) was presented; write how many versions came",
        )
    if row.texts("workshop_categories") and not row.count("workshops"):
        yield "workshops", "is blank or 0, yet there are participants; write how many were held"
    identified = set(_categories(row, "stakeholder_categories"))
    for name in ("workshop_categories", "absences_explained"):
        unknown = [one for one in _categories(row, name) if identified and one not in identified]
        if name == "absences_explained" and unknown:
            yield name, f"{unknown[0]} was not identified as a stakeholder; add it there or leave it out here"


def _categories(row: Row, column: str) -> Iterable[Category]:
    return [Category(name) for name in row.texts(column)]


def _years(block: Block, setting: Setting) -> list[CellError]:
    row, until = block.country, as_of(block.country, setting.today)
    changes = history.changes(row)
    if not changes:
        message = "is filled, yet the country is a candidate and has no reporting cycles; leave the row out"
        return [CellError(year.number, "year", message) for year in block.years]
    due = history.due_years(changes, date(until.year, 12, 31), setting.policy)
    past = year_checks.Past(changes, tuple(due), until, setting.policy)
    errors = [error for year in block.years if year.count("year") for error in year_checks.check(year, past)]
    known = {year.count("year") for year in block.years}
    unreadable = any("year" not in year.values for year in block.years)
    for year in due:
        if year not in known and not unreadable and dates.report_due(year, setting.policy) < until:
            message = f"a report was due in {year}: add a row for {row.text('code')} with this year"
            errors.append(CellError(row.number, "year", f"{message}, and leave blank what did not come"))
    return errors + _comments(block)


def _comments(block: Block) -> list[CellError]:
    row = block.country
    numbers = row.get("open_comments", dict) or {}
    sent = [year for year in block.years if year.day("comments_on")]
    if not numbers or sent:
        return []
    message = "holds the MWG's comments, yet no year row says when they were sent; fill in comments_on there"
    return [CellError(row.number, "open_comments", message)]
