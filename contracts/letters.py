"""Letters of record, as a country carries them and as activities make them. Additive for ever, as all of the state."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from framework.records import DocumentRef
from framework.terms import Language, LetterKind, LetterState


class LetterAddressee(BaseModel):
    """To whom a letter is addressed, as it stands on it. Personal data, as the contacts of a country."""

    name: str = ""
    post: str = ""
    ministry: str = ""


class Letter(BaseModel):
    """A letter of record. `number` is the country's and the year's, never reused: `A8.7/XAA/2027/3`.

    The values that its draft is made of, and the text that somebody gave it, lie in the document store under the
    hashes `draft` and `text`. `because`: the decision or entry behind it. `document`: the letter as it was sent.
    """

    number: str
    kind: LetterKind
    language: Language
    state: LetterState = LetterState.DRAFT
    because: str = ""
    year: int | None = None
    task: str = ""
    drafted_at: datetime
    draft: str
    text: str = ""
    edits: int = 0
    edited_by: str = ""
    corrects: str = ""
    corrected_by: str = ""
    reason: str = ""
    approved_at: datetime | None = None
    approved_by: str = ""
    signed_by: str = ""
    signed_post: str = ""
    addressee: LetterAddressee = Field(default_factory=LetterAddressee)
    public: bool = False
    document: DocumentRef | None = None


class LetterOrder(BaseModel):
    """An approved letter that is still to be made and sent: by which kind of mail, and what that says besides."""

    number: str
    mail: str = "letter"
    values: dict[str, Any] = {}
    handed_in: DocumentRef | None = None


class LetterToIssue(BaseModel):
    """The input of the activity that makes an approved letter. `handed_in`: the letter itself, where it came on paper."""

    code: str
    name: str
    letter: Letter
    handed_in: DocumentRef | None = None


def slug_of(number: str) -> str:
    """A letter's number as it can stand in keys, paths and file names: `2027-3`."""
    return "-".join(number.split("/")[-2:])
