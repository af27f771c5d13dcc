"""How a country's process begins: with an expression of interest, or in the middle, from a history on paper."""

import hashlib
from datetime import date

from pydantic import BaseModel, Field

from contracts.messages import Actor
from contracts.state import Comment, CountryState, Dialogue, StatusChange
from framework.editions import CURRENT, edition
from framework.facts import Candidacy, Cycle
from framework.records import Contact, ExpressionOfInterest, SpecialCircumstances
from framework.terms import Language, Status

MESSAGE_MEMO = "message"
CONTENT_MEMO = "content"
"""In the memo of a registered country over all its runs: the message that registered it, and a hash of what it said."""


class Registration(BaseModel):
    """The expression of interest that the Secretariat registers (EOI-02). `received_on`: when the letter came."""

    message_id: str
    actor: Actor
    expression: ExpressionOfInterest
    received_on: date | None = None


class ImportedCountry(BaseModel):
    """A country that comes from a portfolio on paper, with its history; it goes on from there.

    `cycles` are its past years, and the one under way when something of it is already in; years in which no report was due
    need not be listed. The last of `dialogues` is open when it has no `closed_on`.
    """

    code: str
    name: str
    language: Language = Language.ENGLISH
    status: Status
    status_history: list[StatusChange] = []
    focal_point: Contact
    deputies: list[Contact] = []
    ministry: str = ""
    ministry_email: str = ""
    candidacy: Candidacy = Field(default_factory=Candidacy)
    priorities: list[str] = []
    bodies: list[str] = []
    cycles: list[Cycle] = []
    dialogues: list[Dialogue] = []
    circumstances: list[SpecialCircumstances] = []
    open_comments: list[Comment] = []
    source: str = ""
    imported_by: Actor


def memo_of(registration: Registration) -> dict[str, str]:
    """By what a repeated registration is known as the same: its message id, and a hash of all that it says."""
    digest = hashlib.sha256(registration.model_dump_json().encode()).hexdigest()
    return {MESSAGE_MEMO: registration.message_id, CONTENT_MEMO: digest}


def registered(registration: Registration, before: CountryState | None = None) -> CountryState:
    """The state with which the process of a newly registered candidate starts.

    `before` is the last state of a country that withdrew and applies again: numbers and archives go on from it.
    """
    expression = registration.expression
    focal_point = expression.focal_point or Contact()
    return CountryState(
        edition=CURRENT,
        policy=edition(CURRENT).policy,
        code=expression.country,
        name=expression.country_name,
        language=focal_point.language,
        registration=registration.model_dump(mode="json"),
        revision=before.revision if before else 0,
        next_entry=before.next_entry if before else 1,
        archives=before.archives if before else [],
        version_numbers=before.version_numbers if before else {},
        task_numbers=before.task_numbers if before else {},
        comment_numbers=before.comment_numbers if before else {},
        letters=before.letters if before else [],
        letter_numbers=before.letter_numbers if before else {},
        earlier_decisions=before.earlier_decisions if before else {},
        dialogues=before.dialogues if before else [],
        reactivations=before.reactivations if before else [],
    )


def imported(country: ImportedCountry) -> CountryState:
    """The state with which the process of an imported country starts."""
    return CountryState(
        edition=CURRENT,
        policy=edition(CURRENT).policy,
        code=country.code,
        name=country.name,
        language=country.language,
        history=country.model_dump(mode="json"),
    )
