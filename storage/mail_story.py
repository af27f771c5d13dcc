"""The story of a message: what happened to it, attempt by attempt and report by report, kept within bounds."""

from collections.abc import Iterable
from typing import Any

from contracts.rows import Happening

MOST = 40
"""Happenings that are kept of one message: five days of attempts are more than a hundred."""

FIRST = 10
"""Of those the oldest that are always kept; between them and the newest the story is cut."""

SAID = 300
"""Characters of a server's answer that are kept."""

BEGUN = "attempting"


def read(rows: Iterable[dict[str, Any]]) -> list[Happening]:
    """The story as it lies in a row."""
    return [Happening.model_validate(row) for row in rows]


def written(story: Iterable[Happening]) -> list[dict[str, Any]]:
    """The story as a row keeps it."""
    return [one.model_dump(mode="json") for one in story]


def told(story: list[Happening], one: Happening) -> list[Happening]:
    """The story with one more happening. The end of an attempt takes the place of its beginning."""
    one = one.model_copy(update={"said": one.said[:SAID]})
    places = [place for place, each in enumerate(story) if _begins(each, one)]
    if places:
        return [*story[: places[-1]], one, *story[places[-1] + 1 :]]
    place = len(story)
    while place and _comes_before(one, story[place - 1]):
        place -= 1
    longer = [*story[:place], one, *story[place:]]
    return longer if len(longer) <= MOST else [*longer[:FIRST], *longer[FIRST + 1 :]]


def _comes_before(one: Happening, other: Happening) -> bool:
    """Reports stand in the order of their moments, in whatever order they are entered: a rebuild may have another."""
    both = one.report != "" and other.report != ""
    return both and (one.at, one.report) < (other.at, other.report)


def _begins(earlier: Happening, later: Happening) -> bool:
    same = earlier.attempt == later.attempt and later.attempt > 0
    return same and earlier.what == BEGUN and later.what != BEGUN and not later.report
