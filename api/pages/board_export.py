"""The board as a table for spreadsheets: what is filtered, with the moment of which it speaks."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from api.pages.board_views import Line
from api.pages.board_words import MARKS, REPORTS
from api.pages.catalogues import N_, words
from correspondence.matters import Matters
from framework.terms import Language
from storage import sheets

HEAD = (
    N_("Code"),
    N_("Country"),
    N_("Status"),
    N_("Stage"),
    N_("Year"),
    N_("State of the report"),
    N_("Waiting for"),
    N_("Due on"),
    N_("First due on"),
    N_("Flags"),
    N_("Marks"),
    N_("Paused since"),
    N_("Overdue tasks"),
    N_("Next date"),
    N_("State of (UTC)"),
)


def as_csv(lines: Sequence[Line], now: datetime, language: Language) -> str:
    """The lines as CSV with a head, in the reader's language; days as ISO dates. A byte order mark tells the encoding."""
    say = words(language).gettext
    rows = (list(_cells(line, now, language)) for line in lines)
    return "\ufeff" + "".join(sheets.lines([say(one) for one in HEAD], rows))


def _cells(line: Line, now: datetime, language: Language) -> Iterator[object]:
    say, matters, one = words(language).gettext, Matters(language), line.standing
    yield from (one.code, line.name, matters.named(one.status, "status"), matters.named(one.stage, "stage"))
    yield from (line.year, say(REPORTS[line.report.state]))
    yield matters.thing(line.report.awaits) if line.report.awaits else ""
    yield from (line.report.due_on, one.cycle.first_due_on if one.cycle else None)
    yield "; ".join(matters.named(flag, "indicator") for flag in one.flags)
    yield "; ".join(say(MARKS[mark]) for mark in line.marks)
    yield from (one.paused_on, line.overdue)
    yield one.next_deadline.date() if one.next_deadline else None
    yield now.isoformat(timespec="minutes")
