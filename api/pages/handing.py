"""How pages of the desk hand something in: by the one way in, with all that stands against it as an error summary."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Response
from pydantic import Field

from access.people import Principal
from api.deps import Parts
from api.handing_in import Door, Handed
from api.pages.sentences import sentences, why_not
from api.problems import ProblemError, within
from framework.records import Submission
from framework.terms import Language

Errors = list[tuple[str, str]]
"""The id of a field (empty: the whole form) and the sentence that says what is wrong."""

FormKey = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
"""What names a form when it is drawn: sent twice, it is one act."""


async def hand_in(
    parts: Parts, key: str, code: str, principal: Principal, submission: Submission, language: Language
) -> Errors:
    """Hands a submission to a country; gives all that stands against it, nothing where it was accepted."""
    try:
        await Door(parts, key, Response()).hand_in(code, principal, Handed[Any](submission=submission))
    except ProblemError as error:
        return errors_of(error, {}, language)
    return []


def errors_of(error: ProblemError, fields: Mapping[str, str], language: Language) -> Errors:
    """A refusal as an error summary. `fields` names the field of each place whose own name it does not have."""
    if not error.findings:
        return [("", sentence) for sentence in why_not(error, language)]
    places = [_place(one.where) for one in error.findings]
    where = [fields.get(place, place) for place in places]
    return list(zip(where, sentences(error.findings, language), strict=True))


def _place(where: str) -> str:
    return within(where).partition("[")[0]
