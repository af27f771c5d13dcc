"""What can be chosen in the forms of the GCM's items, in the reader's language."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import wording
from api.pages.catalogues import N_, words
from api.pages.items_words import CONSENSUS_WORDS, OUTCOME_WORDS, POSITION_HINTS, POSITION_WORDS
from framework.terms import Confidentiality, DecisionKind, Language

Options = list[tuple[str, str]]

LEVELS: Mapping[Confidentiality, str] = MappingProxyType(
    {
        Confidentiality.REVIEWERS: N_("The Group, the Monitoring Working Group and the Secretariat"),
        Confidentiality.PARTNERS: N_("They, and the country itself"),
    }
)
"""Whom a paper of an item can be for."""


def kinds(found: Sequence[DecisionKind], language: Language) -> Options:
    """Kinds of decision."""
    return [
        (one.value, _opening(wording.say(f"decision_kind.{one.value}", language=language.value)))
        for one in found
    ]


def outcomes(found: Sequence[str], language: Language) -> Options:
    """Outcomes of a decision."""
    return [(one, words(language).gettext(OUTCOME_WORDS[one])) for one in found]


def consensus(language: Language) -> Options:
    """What the Chair can declare."""
    return [(one, words(language).gettext(text)) for one, text in CONSENSUS_WORDS.items()]


def positions(language: Language) -> list[tuple[str, str, str]]:
    """What a seat can say, and what that means."""
    say = words(language).gettext
    return [(one, say(text), say(POSITION_HINTS[one])) for one, text in POSITION_WORDS.items()]


def levels(language: Language) -> list[tuple[str, str, str]]:
    """Who may read a paper."""
    say = words(language).gettext
    return [(one.value, say(text), "") for one, text in LEVELS.items()]


def _opening(text: str) -> str:
    """A name as it stands at the beginning of a line."""
    return text[:1].upper() + text[1:]
