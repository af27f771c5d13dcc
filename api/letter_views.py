"""What the API answers about letters of record."""

from datetime import datetime

from pydantic import BaseModel

from contracts.letters import Letter
from framework.letters import OCCASIONS
from framework.records import DocumentRef
from framework.terms import Language, LetterKind, LetterState
from wording import say


class LetterView(BaseModel):
    """A letter of record. `document`: the letter as it was sent; null before. `edits`: how many times its draft was edited.

    `task`, `edited_by`, `approved_by` and `reason` (of a withdrawal) are shown to the Secretariat.
    """

    number: str
    kind: LetterKind
    title: str
    clause: str
    state: LetterState
    language: Language
    year: int | None
    drafted_at: datetime
    approved_at: datetime | None
    signed_by: str
    signed_post: str
    public: bool
    corrects: str
    corrected_by: str
    document: DocumentRef | None
    edits: int = 0
    task: str = ""
    edited_by: str = ""
    approved_by: str = ""
    reason: str = ""

    @classmethod
    def of(cls, letter: Letter, *, whole: bool) -> "LetterView":
        """A letter, its kind put into words; `whole` for the Secretariat."""
        inner = set() if whole else {"edits", "task", "edited_by", "approved_by", "reason"}
        shown = letter.model_dump(include=set(cls.model_fields) - inner - {"document"})
        return cls(
            **shown,
            document=letter.document,
            title=say(f"letter_kind.{letter.kind.value}", {}),
            clause=OCCASIONS[letter.kind].clause,
        )


class LetterWhole(BaseModel):
    """A letter with what it says, between salutation and closing."""

    letter: LetterView
    subject: str
    paragraphs: list[str]
