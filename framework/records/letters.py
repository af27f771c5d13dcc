"""What the Secretariat does with a letter of record: edit, approve, withdraw, publish, correct it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class LetterEdit:
    """A new text for a draft. A paragraph whose lines begin with `- ` is a list.

    `seen`: how many times the draft had been edited when it was read; another's edit in between is not overwritten.
    """

    kind: Literal["letter_edit"] = "letter_edit"
    number: str = ""
    seen: int = 0
    subject: str = ""
    paragraphs: tuple[str, ...] = ()
    confidentiality: Literal["secretariat"] = "secretariat"


@dataclass(frozen=True, kw_only=True)
class LetterApproval:
    """A draft becomes a letter of record, signed by somebody. `seen` as in an edit: nobody signs what they did not read."""

    kind: Literal["letter_approval"] = "letter_approval"
    number: str = ""
    seen: int = 0
    public: bool = False
    signed_by: str = ""
    signed_post: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterWithdrawal:
    """A draft is not sent, for a reason; its number is not used again."""

    kind: Literal["letter_withdrawal"] = "letter_withdrawal"
    number: str = ""
    reason: str = ""
    confidentiality: Literal["secretariat"] = "secretariat"


@dataclass(frozen=True, kw_only=True)
class LetterPublication:
    """An approved letter may be read by everybody from now on, or no longer."""

    kind: Literal["letter_publication"] = "letter_publication"
    number: str = ""
    public: bool | None = None


@dataclass(frozen=True, kw_only=True)
class LetterCorrection:
    """An approved letter was wrong: a new draft takes its place, which names it. The old one stays as it was sent."""

    kind: Literal["letter_correction"] = "letter_correction"
    number: str = ""
    reason: str = ""
