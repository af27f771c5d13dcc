"""Two versions of one thing, field by field: what is new, what is gone, what has changed, word by word."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.pages.fields_of_papers import lines
from framework.terms import Language

Piece = tuple[bool, str]
"""Words, and whether the other version lacks them."""

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Change:
    """A field that differs; of a field that one version lacks, that side is empty."""

    name: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class Comparison:
    """What differs, and how many fields are the same."""

    changes: list[Change]
    same: int


def compared(before: Mapping[str, Any], after: Mapping[str, Any], language: Language) -> Comparison:
    """How a content differs from an earlier one; items of lists are known again by their key, not by their place."""
    old, new = ({one.path: one for one in lines(body, language)} for body in (before, after))
    places = [*new, *(path for path in old if path not in new)]
    changes, same = [], 0
    for path in places:
        was, is_now = (side[path].text if path in side else "" for side in (old, new))
        if was == is_now:
            same += 1
        else:
            changes.append(Change((new.get(path) or old[path]).name, *pieces(was, is_now)))
    return Comparison(changes, same)


def pieces(was: str, is_now: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, those marked that the other text lacks."""
    old, new = _WORDS.findall(was), _WORDS.findall(is_now)
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, start, end, begin, finish in matcher.get_opcodes():
        _put(left, what != "equal", "".join(old[start:end]))
        _put(right, what != "equal", "".join(new[begin:finish]))
    return left, right


def _put(side: list[Piece], changed: bool, text: str) -> None:
    if text:
        side.append((changed, text))
