"""What a column of a portfolio is: its name, how its cells are written, and for which rows it is needed."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a cell is written; the value is what the documentation says."""

    TEXT = "text"
    DAY = "date, as 2024-04-30"
    YEAR = "year, as 2024"
    NUMBER = "whole number"
    YES_NO = "yes or no"
    CHOICE = "one of the words listed"
    CHOICES = "some of the words listed, with | between them"
    TEXTS = "texts with | between them"
    EMAIL = "one e-mail address"
    ZONE = "time zone, as Africa/Nairobi"
    PEOPLE = "people with | between them, each: name; post; e-mail; language"
    CHANGES = "changes with | between them, each: status; date; reason"
    DIALOGUES = "dialogues with | between them, each: opened; closed; outcome; topics, with commas"
    CIRCUMSTANCES = (
        "circumstances with | between them, each: form; from; until (may be blank); note; pauses (or blank)"
    )
    EVIDENCE = "pieces with | between them, each: progress or collaboration: title"
    PARTICIPATION = "counts with | between them, each: category: number"
    COMMENTS = "comments with | between them, each: number: text"


class Kind(StrEnum):
    """To which kind of row a column belongs."""

    COUNTRY = "country"
    YEAR = "year"


@dataclass(frozen=True)
class Column:
    """One column. `needed`: where it must be filled (empty: nowhere); `default`: what a blank one means."""

    name: str
    form: Form
    about: str
    example: str
    kind: Kind = Kind.COUNTRY
    needed: str = ""
    default: str = ""
    choices: tuple[str, ...] = ()
