"""Findings and refusals in the reader's language."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import wording
from api.pages.catalogues import N_, words
from api.problems import ProblemError, Reason
from framework.findings import Finding
from framework.terms import Language

BY_STATUS: Mapping[int, str] = MappingProxyType(
    {
        403: N_("Your role does not allow this."),
        404: N_("There is no such country or task here any more."),
        409: N_(
            "Something on record stands against it: it was done meanwhile, or the country's process has ended."
        ),
        429: N_(
            "Too much is going on in this country at once. Do it again in a moment: nothing happens twice."
        ),
        503: N_(
            "The country's process did not answer in time. It may still have taken this. Do it again: nothing happens twice."
        ),
    }
)
FAULT = N_("A fault on our side; it has been logged. Do it again: nothing happens twice.")


def sentences(findings: Iterable[Finding | Reason], language: Language) -> list[str]:
    """Findings in words."""
    return [
        wording.sentence(Finding(key=one.key, where=one.where, values=dict(one.values)), language.value)
        if wording.say(one.key, language=language.value) != one.key
        else getattr(one, "text", one.key)
        for one in findings
    ]


def why_not(error: Exception, language: Language) -> list[str]:
    """Why something was not done: all reasons of a refusal, or one sentence."""
    if not isinstance(error, ProblemError):
        return [words(language).gettext(FAULT)]
    if error.findings:
        return sentences(error.findings, language)
    return [words(language).gettext(BY_STATUS.get(error.status_code, FAULT))]
