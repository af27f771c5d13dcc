"""What the board calls the states of reports and the marks of countries; a page translates them where it shows them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from api.pages.catalogues import N_, words
from framework.terms import Language
from framework.year_report import ReportState

Key = TypeVar("Key")


class Mark(StrEnum):
    """What a country is marked with beside the state of its report; those from `undelivered` on are risks."""

    FLAGGED = "flagged"
    DIALOGUE = "dialogue"
    PAUSED = "paused"
    OVERDUE = "overdue"
    UNDELIVERED = "undelivered"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SINGLE = "single"
    SILENT = "silent"
    STUCK = "stuck"


RISKS = (Mark.UNDELIVERED, Mark.REFUSED, Mark.UNREACHABLE, Mark.SINGLE, Mark.SILENT, Mark.STUCK)

REPORTS: Mapping[ReportState, str] = MappingProxyType(
    {
        ReportState.LATE: N_("late"),
        ReportState.MISSING: N_("missing"),
        ReportState.EXTENDED: N_("extended"),
        ReportState.DUE: N_("due"),
        ReportState.IN_REVISION: N_("in revision"),
        ReportState.FINAL: N_("final"),
        ReportState.NOT_DUE: N_("not due"),
    }
)

MARKS: Mapping[Mark, str] = MappingProxyType(
    {
        Mark.FLAGGED: N_("flagged"),
        Mark.DIALOGUE: N_("in dialogue"),
        Mark.PAUSED: N_("paused"),
        Mark.OVERDUE: N_("with overdue tasks"),
        Mark.UNDELIVERED: N_("mail not delivered"),
        Mark.REFUSED: N_("message refused"),
        Mark.UNREACHABLE: N_("focal point: no address"),
        Mark.SINGLE: N_("a single contact"),
        Mark.SILENT: N_("nobody has signed in for 90 days"),
        Mark.STUCK: N_("process does not move"),
    }
)

SORTS: Mapping[str, str] = MappingProxyType(
    {
        "name": N_("Name"),
        "report": N_("State of the report"),
        "stage": N_("Status and stage"),
        "deadline": N_("Next date"),
        "overdue": N_("Overdue tasks"),
        "risks": N_("Risks"),
    }
)


def in_words(names: Mapping[Key, str], language: Language) -> dict[Key, str]:
    """Names that this module or its like gives, in a language."""
    say = words(language).gettext
    return {key: say(name) for key, name in names.items()}
