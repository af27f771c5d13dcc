"""Letters for tests: of every kind, with everything that a draft can be made of."""

from datetime import UTC, datetime
from typing import Any

from contracts.letters import Letter, LetterAddressee
from correspondence.letter_text import Sheet, sheet_of, text_of
from framework.terms import Language, LetterKind

VALUES: dict[str, Any] = {
    "meeting": "GCM 2027/1",
    "decided_on": "2027-06-10",
    "outcome": "positive",
    "statement": "The Group welcomes the roadmap.",
    "missing": [
        {"key": "candidacy.workshop.missing", "values": {}},
        {"key": "candidacy.roadmap.missing", "values": {}},
    ],
    "topics": ["child_labour", "Inspection of mines"],
    "advice": ["Publish the data", "Train inspectors"],
    "adapt_roadmap": True,
    "first_meeting_by": "2027-07-10",
    "granted": True,
    "until": "2027-06-30",
    "due_on": "2027-04-30",
    "reason": "Elections",
    "task_kind": "progress_report",
    "minister": "Ilse Tamm",
    "ministry": "Ministry of Labour",
    "dated": "2027-01-03",
    "earlier": "A8.7/XAA/2027/1",
    "earlier_on": "2027-03-04",
    "earlier_kind": "granted",
}
APPROVED_AT = datetime(2027, 6, 12, 9, 30, tzinfo=UTC)


def draft(**changes: Any) -> dict[str, Any]:
    """What the store keeps of a draft."""
    return {"year": 2027, "values": VALUES | changes}


def letter(
    kind: LetterKind = LetterKind.NOT_YET, language: Language = Language.ENGLISH, **changes: Any
) -> Letter:
    """An approved letter."""
    made = Letter(
        number="A8.7/CIV/2027/3",
        kind=kind,
        language=language,
        drafted_at=datetime(2027, 6, 11, 9, tzinfo=UTC),
        draft="0" * 64,
        approved_at=APPROVED_AT,
        signed_by="Ada Ámbar",
        signed_post="Head of the Secretariat",
        addressee=LetterAddressee(name="Mara Velt", post="Director", ministry="Ministère du Travail"),
    )
    return made.model_copy(update=changes)


def sheet(
    kind: LetterKind = LetterKind.NOT_YET,
    language: Language = Language.ENGLISH,
    given: dict[str, Any] | None = None,
    **changes: Any,
) -> Sheet:
    """A letter ready to be set in type, with the text that it was given or the draft that its values make."""
    made = letter(kind, language)
    return sheet_of(made, text_of(made, "CIV", "", draft(**changes), given), "CIV", "")
