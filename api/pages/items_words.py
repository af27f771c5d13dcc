"""The words in which the GCM's items are told: positions, silence, ends, and reasons in the reader's language."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import wording
from api.pages.catalogues import N_, words
from api.problems import ProblemError, Reason
from framework.findings import Finding
from framework.terms import Language

Errors = list[tuple[str, str]]
"""The id of a field (empty: the whole form) and the sentence that says what is wrong."""

POSITION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "support": N_("Support"),
        "comment": N_("Comment"),
        "abstain": N_("Abstain"),
        "object": N_("Object"),
    }
)
POSITION_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "support": N_("Your seat agrees."),
        "comment": N_("Your seat does not object, and has something to say."),
        "abstain": N_("Your seat takes no side; this does not block."),
        "object": N_("One objection blocks consensus. Its reason is needed."),
    }
)
POSITION_TONES: Mapping[str, str] = MappingProxyType(
    {"support": "good", "comment": "waiting", "abstain": "plain", "object": "late"}
)
OUTCOME_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "active": N_("Active: the commitments are met"),
        "commitments_not_met": N_("The commitments are not met"),
        "opened": N_("A dialogue is opened"),
        "not_opened": N_("No dialogue is opened"),
        "positive": N_("Positive outcome"),
        "no_positive_outcome": N_("No positive outcome"),
        "confirmed": N_("The return is confirmed"),
        "declined": N_("The return is declined"),
    }
)
CONSENSUS_WORDS: Mapping[str, str] = MappingProxyType(
    {"reached": N_("Reached"), "blocked": N_("Blocked"), "": N_("Not declared")}
)
BY_STATUS: Mapping[int, str] = MappingProxyType(
    {
        403: N_("You may not do this here: your seat is recused, or it is not yours to do."),
        404: N_("This country or item is not there any more."),
        409: N_("Something on record stands against it. Please reload the page to see how things stand now."),
        429: N_("Too much is going on at once. Please send it again in a moment: nothing happens twice."),
        503: N_("There was no answer in time. Please send it again: nothing happens twice."),
    }
)
OTHERWISE = N_("This could not be done. Please check what you sent, and try again.")


class Sayings:
    """The words of positions, outcomes and consensus in one language, and the tone of each position's mark."""

    def __init__(self, language: Language) -> None:
        say = words(language).gettext
        self.positions = {key: say(text) for key, text in POSITION_WORDS.items()}
        self.outcomes = {key: say(text) for key, text in OUTCOME_WORDS.items()}
        self.consensus = {key: say(text) for key, text in CONSENSUS_WORDS.items()}
        self.tones = POSITION_TONES


def said(findings: Iterable[Finding | Reason], language: Language) -> list[str]:
    """Findings as sentences in the reader's language; one of the API's own keeps its words."""
    return [_sentence(one, language) for one in findings]


def _sentence(one: Finding | Reason, language: Language) -> str:
    finding = Finding(key=one.key, where=one.where, values=dict(one.values))
    known = wording.say(one.key, language=language.value) != one.key
    return wording.sentence(finding, language.value) if known else getattr(one, "text", one.key)


def errors_of(error: ProblemError, language: Language, fields: Mapping[str, str]) -> Errors:
    """A refusal as an error summary. `fields`: the field of each place that has one."""
    if not error.findings:
        return [("", words(language).gettext(BY_STATUS.get(error.status_code, OTHERWISE)))]
    places = [_place(one.where) for one in error.findings]
    return [
        (fields.get(place, ""), sentence)
        for place, sentence in zip(places, said(error.findings, language), strict=True)
    ]


def _place(where: str) -> str:
    """The field at the beginning of a place: `text` of `submission.text`, `positions` of `positions[1].seat`."""
    first, _, rest = where.partition(".")
    return (rest if first == "submission" else first).partition("[")[0]
