"""Whether a year row fits its country's past: a report was due, dates lie in the year and in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.state import StatusChange
from framework import cycle as dates
from framework.policy import Policy
from portfolio import history
from portfolio.rows import Row
from portfolio.sheet import CellError

HANDED_IN = ("report_on", "indicators_on", "comments_on", "final_on")
JUDGED = ("judged_on", "status_decided_on")
_JUDGEMENTS = (
    "progress_presented",
    "collaboration_presented",
    "commitments_met",
    "active_in_community",
    "reporting_met",
    "raise_flag_because",
)
_PAIRS = (("extended_to", "extended_because"), ("status_decided_on", "status_outcome"))
_AFTER = (("comments_on", "report_on"), ("final_on", "report_on"), ("final_on", "comments_on"))


@dataclass(frozen=True)
class Past:
    """What a year row is held against; `due`: years in which a report was due, `until`: the last day told."""

    changes: Sequence[StatusChange]
    due: tuple[int, ...]
    until: date
    policy: Policy


def check(row: Row, past: Past) -> list[CellError]:
    """Everything that is wrong with one year row whose year could be read."""
    year = row.count("year")
    if year > past.until.year:
        complaints = [
            ("year", f"{year} lies after {past.until}, up to which the country's row tells everything")
        ]
    else:
        complaints = [*_due(row, year, past), *_dates(row, year, past), *_order(row), *_judgements(row)]
        complaints += _extension(row, year, past)
    return [CellError(row.number, column, message) for column, message in complaints]


def _due(row: Row, year: int, past: Past) -> Iterator[tuple[str, str]]:
    """REP-03: nothing was due in a year before the first report; an inactive country may report."""
    if year in past.due:
        return
    first = dates.first_report_year(past.changes[0].on, past.policy)
    if year < first:
        granted = (
            f"the status was granted on {past.changes[0].on}, so the first report was due in {first} (REP-03)"
        )
        yield "year", f"{granted}; leave this row out"
    elif not _inactive_in(year, past):
        for name in ("report_on", "indicators_on", "extended_to"):
            if name in row:
                yield (
                    name,
                    f"no report was due in {year} (REP-03); leave it blank, or mend the dates of status",
                )


def _inactive_in(year: int, past: Past) -> bool:
    """Whether the country was inactive when the year's report would have been due."""
    day = dates.report_due(year, past.policy)
    return not any(
        began <= day and (ended is None or day < ended) for began, ended in history.active_times(past.changes)
    )


def _dates(row: Row, year: int, past: Past) -> Iterator[tuple[str, str]]:
    opens, closes = dates.opens(year, past.policy), dates.closes(year, past.policy)
    for name in HANDED_IN + JUDGED:
        day = row.day(name)
        if day is None:
            continue
        last = dates.closes(year + 1, past.policy) if name in JUDGED else closes
        if day > past.until:
            yield name, f"{day} lies after {past.until}, up to which the country's row tells everything"
        elif not opens <= day <= last:
            yield (
                name,
                f"{day} does not lie in the cycle of {year} ({opens} to {last}); mend the date or the year",
            )


def _order(row: Row) -> Iterator[tuple[str, str]]:
    for later, earlier in _AFTER:
        day, before = row.day(later), row.day(earlier)
        if earlier == "report_on" and later in row and earlier not in row:
            yield "report_on", f"is blank, yet {later} is filled: there was a report, so write when it came"
        if day and before and day < before:
            yield later, f"{day} lies before {before} ({earlier})"
    if row.count("comments_made") and "comments_on" not in row:
        yield "comments_on", "is blank, yet comments were made; write when they were sent"


def _judgements(row: Row) -> Iterator[tuple[str, str]]:
    given = [name for name in _JUDGEMENTS if name in row]
    if given and "judged_on" not in row:
        yield "judged_on", f"is blank, yet {given[0]} is filled; write when the MWG reviewed the year"
    for one, other in _PAIRS:
        if (one in row) != (other in row):
            blank, filled = (other, one) if one in row else (one, other)
            yield blank, f"is blank, yet {filled} is filled; they belong together"


def _extension(row: Row, year: int, past: Past) -> Iterator[tuple[str, str]]:
    until = row.day("extended_to")
    if until is None or year not in past.due:
        return
    due, closes = dates.report_due(year, past.policy), dates.closes(year, past.policy)
    if not due < until <= closes:
        yield "extended_to", f"{until} is no extension of {due}; write a day after it, up to {closes}"
