"""The letters of record: under which clause the Alliance writes on each occasion, and to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from framework.terms import LetterKind, LetterState

COUNTRY, GCM = "country", "gcm"
"""To whom a letter goes: focal point, deputies and ministry of the country, or the members of the GCM."""


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One occasion. `submission`: the kind that hands in the letter's text, and so edits and approves it in one."""

    clause: str
    to: str = COUNTRY
    submission: str = ""


OCCASIONS: Mapping[LetterKind, Occasion] = MappingProxyType(
    {
        LetterKind.GCM_NOTICE: Occasion(clause="EOI-04", to=GCM),
        LetterKind.REPLY: Occasion(clause="EOI-05", submission="reply_letter"),
        LetterKind.GRANTED: Occasion(clause="PLN-09"),
        LetterKind.NOT_YET: Occasion(clause="PLN-11"),
        LetterKind.STATUS: Occasion(clause="REV-07", submission="status_letter"),
        LetterKind.GUIDANCE: Occasion(clause="REV-05"),
        LetterKind.DIALOGUE_INVITATION: Occasion(clause="DIA-01"),
        LetterKind.DIALOGUE_CONCLUSION: Occasion(clause="DIA-01"),
        LetterKind.DECLARED_INACTIVE: Occasion(clause="DIA-06"),
        LetterKind.REACTIVATED: Occasion(clause="REA-05"),
        LetterKind.EXTENSION: Occasion(clause="REP-02"),
        LetterKind.CORRECTION: Occasion(clause="GEN-03"),
    }
)


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """What the rules must know of a letter on record. `edits`: how many times its text was changed so far."""

    kind: LetterKind
    state: LetterState
    edits: int = 0
    corrected_by: str = ""
