"""Years of a country as the review tests need them: one that went well, one of silence, and what differs from them."""

from datetime import date
from typing import Any

from framework.cycle import new_cycle
from framework.facts import Cycle
from framework.policy import Policy


def silent(year: int, **differences: Any) -> Cycle:
    """A closed year in which a report was due and nothing came, and nobody reviewed."""
    return _made(year, {"closed": True, **differences})


def underway(year: int, **differences: Any) -> Cycle:
    """A year that is still open, in which nothing has come yet."""
    return _made(year, differences)


def good(year: int, **differences: Any) -> Cycle:
    """A closed year in which all came in time and the review found all of it."""
    came = {
        "report_on": date(year, 4, 20),
        "report_entry": 10,
        "indicators_on": date(year, 4, 21),
        "comments_on": date(year, 5, 30),
        "comments_made": 2,
        "final_on": date(year, 6, 15),
        "judged_on": date(year, 9, 20),
        "progress_presented": True,
        "collaboration_presented": True,
        "closed": True,
    }
    return _made(year, {**came, **differences})


def _made(year: int, differences: dict[str, Any]) -> Cycle:
    planned = vars(new_cycle(year, report_due=True, policy=Policy()))
    return Cycle(**{**planned, **differences})
