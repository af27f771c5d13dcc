"""What holds for every text, date and document of a submission, whatever its kind."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from framework.findings import Findings, problem, together
from framework.obligations.context import Context, given, not_future, unless
from framework.records import DocumentRef

PAST = frozenset({"held_on", "dated"})
"""Fields whose day has come: a letter's date, a meeting held."""

YEARS_BACK, YEARS_AHEAD = 100, 50

LONGEST_TEXT, LONGEST_SUBMISSION = 20_000, 400_000
"""Characters. A submission travels whole through the process, which takes no more than 2 MB at a time."""

UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that neither the database nor a letter can hold."""


def anywhere(submission: Any, context: Context, clause: str) -> Findings:
    """Dates that cannot be, documents without a name, texts that nothing can hold; each with its place."""
    parts = list(_leaves(submission, ""))
    texts = [value for _, value in parts if isinstance(value, str)]
    return together(_judge(where, value, clause, context) for where, value in parts) + _size(texts, clause)


def _judge(where: str, value: object, clause: str, context: Context) -> Findings:
    if isinstance(value, date):
        return _day(where, value, clause, context)
    if isinstance(value, DocumentRef):
        return unless(given(value.id), problem("document.id.missing", f"{where}.id", clause))
    return _text(where, value, clause) if isinstance(value, str) else Findings()


def _day(where: str, day: date, clause: str, context: Context) -> Findings:
    year = context.today.year
    if not year - YEARS_BACK <= day.year <= year + YEARS_AHEAD:
        return problem("date.implausible", where, clause, date=day)
    ahead = where.rpartition(".")[2] in PAST and not not_future(day, context.today)
    return unless(not ahead, problem("date.future", where, clause, date=day))


def _text(where: str, text: str, clause: str) -> Findings:
    too_long = problem("text.too_long", where, clause, limit=LONGEST_TEXT, length=len(text))
    return unless(len(text) <= LONGEST_TEXT, too_long) + unless(
        not UNREADABLE.search(text), problem("text.unreadable", where, clause)
    )


def _size(texts: list[str], clause: str) -> Findings:
    length = sum(len(text) for text in texts)
    found = problem("text.too_much", "", clause, limit=LONGEST_SUBMISSION, length=length)
    return unless(length <= LONGEST_SUBMISSION, found)


def _leaves(value: Any, where: str) -> Iterator[tuple[str, object]]:
    """Every text, date and document of a submission, with its place."""
    if is_dataclass(value):
        if isinstance(value, DocumentRef):
            yield where, value
        for one in fields(value):
            yield from _leaves(getattr(value, one.name), f"{where}.{one.name}" if where else one.name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{where}[{index}]")
    elif isinstance(value, str | date):
        yield where, value
