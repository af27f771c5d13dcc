"""What is written in one cell, as a value. What cannot be read raises Mend: it says how to write it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar
from zoneinfo import available_timezones

from contracts.state import Dialogue
from framework.records import Contact, SpecialCircumstances
from framework.terms import CircumstanceForm, Language, Status
from portfolio.forms import Column, Form

EMAIL = re.compile(r"[^@\s,;<>|\"]+@[^@\s,;<>|\"]+\.[^@\s,;<>|\".]+")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?: 00:00:00)?")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_WORDS = {"yes": True, "no": False}
_K = TypeVar("_K")
_V = TypeVar("_V")


class Mend(ValueError):
    """A cell that cannot be read; the text says what to write instead."""


def parse(column: Column, cell: str) -> object:
    """The value of a cell that is not blank; its type follows the column's form. Raises Mend."""
    if not cell.isprintable():
        raise Mend("holds an invisible character; type the cell anew")
    return PARSERS[column.form](cell, column)


def day(cell: str) -> date:
    """A date written as 2024-04-30. Raises Mend."""
    found = _DAY.fullmatch(cell)
    try:
        year, month, number = map(int, found.groups() if found else ())
        return date(year, month, number)
    except ValueError:
        wanted = "write it as 2024-04-30 (year-month-day)"
        raise Mend(f"'{cell}' is no date that everybody reads alike; {wanted}") from None


def items(cell: str) -> list[str]:
    """The things in a cell with | between them; blanks among them do not count."""
    return [" ".join(item.split()) for item in cell.split("|") if item.strip()]


def choice(cell: str, column: Column) -> str:
    """One of the column's words, however it is capitalised. Raises Mend."""
    word = cell.strip().lower().replace(" ", "_")
    if word not in column.choices:
        raise Mend(f"'{cell}' is not one of: {', '.join(column.choices)}")
    return word


def _parts(item: str, least: int, most: int, column: Column) -> list[str]:
    parts = [part.strip() for part in item.split(";")]
    if not least <= len(parts) <= most:
        raise Mend(f"'{item}' has {len(parts)} parts; write {column.form}, as: {column.example}")
    return parts + [""] * (most - len(parts))


def _text(cell: str, column: Column) -> str:
    return " ".join(cell.split())


def _day(cell: str, column: Column) -> date:
    return day(cell)


def _year(cell: str, column: Column) -> int:
    if not _YEAR.fullmatch(cell):
        raise Mend(f"'{cell}' is no year; write four digits, as 2024")
    return int(cell)


def _number(cell: str, column: Column) -> int:
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 5):
        raise Mend(f"'{cell}' is no whole number; write digits alone, as 3")
    return int(cell)


def _yes_no(cell: str, column: Column) -> bool:
    if cell.lower() not in _WORDS:
        raise Mend(f"'{cell}' is neither yes nor no")
    return _WORDS[cell.lower()]


def _choices(cell: str, column: Column) -> tuple[str, ...]:
    return tuple(sorted({choice(item, column) for item in items(cell)}))


def _texts(cell: str, column: Column) -> tuple[str, ...]:
    found = items(cell)
    twice = sorted({item for item in found if found.count(item) > 1})
    if twice:
        raise Mend(f"'{twice[0]}' is there twice; leave one out")
    return tuple(found)


def _email(cell: str, column: Column) -> str:
    if not EMAIL.fullmatch(cell):
        raise Mend(f"'{cell}' is no e-mail address; write one address alone, as name@example.org")
    return cell


def _zone(cell: str, column: Column) -> str:
    if cell not in available_timezones():
        raise Mend(f"'{cell}' is no time zone; write a name of the IANA list, as Africa/Nairobi or UTC")
    return cell


def _people(cell: str, column: Column) -> tuple[Contact, ...]:
    return tuple(_person(item, column) for item in items(cell))


def _person(item: str, column: Column) -> Contact:
    name, post, email, language = _parts(item, 4, 4, column)
    if not name:
        raise Mend(f"'{item}' has no name; write {column.form}")
    return Contact(
        name=name, post=post, email=_email(email, column), language=Language(choice(language, column))
    )


def _changes(cell: str, column: Column) -> tuple[tuple[Status, date, str], ...]:
    found = []
    for item in items(cell):
        status, on, because = _parts(item, 2, 3, column)
        found.append((Status(choice(status, column)), day(on), because))
    return tuple(found)


def _dialogues(cell: str, column: Column) -> tuple[Dialogue, ...]:
    found = []
    for number, item in enumerate(items(cell), 1):
        opened, closed, outcome, topics = _parts(item, 3, 4, column)
        found.append(
            Dialogue(
                number=number,
                opened_on=day(opened),
                closed_on=day(closed),
                outcome=choice(outcome, column),
                topics=[topic.strip() for topic in topics.split(",") if topic.strip()],
            )
        )
    return tuple(found)


def _circumstances(cell: str, column: Column) -> tuple[SpecialCircumstances, ...]:
    return tuple(_circumstance(item, column) for item in items(cell))


def _circumstance(item: str, column: Column) -> SpecialCircumstances:
    form, starts, ends, note, pauses = _parts(item, 2, 5, column)
    if pauses.lower() not in ("", "pauses"):
        raise Mend(f"'{pauses}' is not understood at the end of '{item}'; write pauses or leave it blank")
    return SpecialCircumstances(
        form=CircumstanceForm(choice(form, column)),
        starts_on=day(starts),
        ends_on=day(ends) if ends else None,
        note=note,
        pauses_dialogue=bool(pauses),
    )


def _pairs(cell: str, column: Column) -> list[tuple[str, str]]:
    found = []
    for item in items(cell):
        first, colon, second = item.partition(":")
        if not (colon and first.strip() and second.strip()):
            raise Mend(f"'{item}' has no colon with something on both sides; write it as: {column.example}")
        found.append((first.strip(), second.strip()))
    return found


def _evidence(cell: str, column: Column) -> dict[str, str]:
    return _without_doubles((title, choice(about, column)) for about, title in _pairs(cell, column))


def _participation(cell: str, column: Column) -> dict[str, int]:
    counts = ((choice(name, column), _number(number, column)) for name, number in _pairs(cell, column))
    return _without_doubles(counts)


def _comments(cell: str, column: Column) -> dict[int, str]:
    return _without_doubles((_number(number, column), text) for number, text in _pairs(cell, column))


def _without_doubles(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, _V]:
    found: dict[_K, _V] = {}
    for key, value in pairs:
        if key in found:
            raise Mend(f"'{key}' is there twice; leave one out")
        found[key] = value
    return found


PARSERS: Mapping[Form, Callable[[str, Column], object]] = {
    Form.TEXT: _text,
    Form.DAY: _day,
    Form.YEAR: _year,
    Form.NUMBER: _number,
    Form.YES_NO: _yes_no,
    Form.CHOICE: choice,
    Form.CHOICES: _choices,
    Form.TEXTS: _texts,
    Form.EMAIL: _email,
    Form.ZONE: _zone,
    Form.PEOPLE: _people,
    Form.CHANGES: _changes,
    Form.DIALOGUES: _dialogues,
    Form.CIRCUMSTANCES: _circumstances,
    Form.EVIDENCE: _evidence,
    Form.PARTICIPATION: _participation,
    Form.COMMENTS: _comments,
}
"""One reader for every form of cell."""
