"""What may be done with a letter of record, and what must be there for it (EOI-05, REV-07, DIA-06)."""

from framework.findings import Findings, problem, together
from framework.letters import OCCASIONS, LetterFacts
from framework.obligations.context import Context, blanks, given, unless
from framework.records.letters import (
    LetterApproval,
    LetterCorrection,
    LetterEdit,
    LetterPublication,
    LetterWithdrawal,
)
from framework.terms import LetterState

CLAUSE = "EOI-05"
LONGEST_SUBJECT, MOST_PARAGRAPHS, LONGEST_SIGNATURE = 200, 200, 120


def letter_edit(record: LetterEdit, context: Context) -> Findings:
    """A draft that nobody changed meanwhile, with a subject of one line and a text."""
    subject, paragraphs = record.subject, record.paragraphs
    too_many = problem("letter.too_many", "paragraphs", CLAUSE, limit=MOST_PARAGRAPHS)
    return together(
        [
            _draft(record.number, record.seen, context),
            unless(given(subject), problem("letter.subject.missing", "subject", CLAUSE)),
            unless(
                len(subject) <= LONGEST_SUBJECT and "\n" not in subject.strip(),
                problem("letter.subject.too_long", "subject", CLAUSE, limit=LONGEST_SUBJECT),
            ),
            unless(paragraphs, problem("letter.text.missing", "paragraphs", CLAUSE)),
            unless(len(paragraphs) <= MOST_PARAGRAPHS, too_many),
            *(problem("list.item.blank", where, CLAUSE) for where in blanks(paragraphs, "paragraphs")),
        ]
    )


def letter_approval(record: LetterApproval, context: Context) -> Findings:
    """A draft as it was read, and who signs it."""
    signatures = {"signed_by": record.signed_by, "signed_post": record.signed_post}
    too_long = (
        problem("letter.signature.too_long", where, CLAUSE, limit=LONGEST_SIGNATURE)
        for where, text in signatures.items()
        if len(text) > LONGEST_SIGNATURE
    )
    return together(
        [
            _draft(record.number, record.seen, context),
            unless(given(record.signed_by), problem("letter.signed_by.missing", "signed_by", CLAUSE)),
            unless(given(record.signed_post), problem("letter.signed_post.missing", "signed_post", CLAUSE)),
            *too_long,
        ]
    )


def letter_withdrawal(record: LetterWithdrawal, context: Context) -> Findings:
    """A draft, and why it is not sent."""
    return _draft(record.number, None, context) + _reason(record.reason)


def letter_publication(record: LetterPublication, context: Context) -> Findings:
    """An approved letter, and whether everybody may read it."""
    return _approved(record.number, context) + unless(
        record.public is not None, problem("letter.public.missing", "public", CLAUSE)
    )


def letter_correction(record: LetterCorrection, context: Context) -> Findings:
    """An approved letter that no other has corrected yet, and why it was wrong."""
    letter = context.letters.get(record.number)
    by = letter.corrected_by if letter else ""
    done = problem("letter.corrected_already", "number", CLAUSE, number=record.number, by=by)
    return together([_approved(record.number, context), unless(not by, done), _reason(record.reason)])


def _reason(text: str) -> Findings:
    return unless(given(text), problem("letter.reason.missing", "reason", CLAUSE))


def _draft(number: str, seen: int | None, context: Context) -> Findings:
    letter = context.letters.get(number)
    if letter is None:
        return _unknown(number)
    by = OCCASIONS[letter.kind].submission
    return together(
        [
            unless(letter.state is LetterState.DRAFT, _not_a_draft(number, letter)),
            unless(not by, problem("letter.by_submission", "number", CLAUSE, kind=by)),
            unless(
                seen is None or seen == letter.edits,
                problem("letter.edited_meanwhile", "seen", CLAUSE, number=number, edits=letter.edits),
            ),
        ]
    )


def _approved(number: str, context: Context) -> Findings:
    letter = context.letters.get(number)
    if letter is None:
        return _unknown(number)
    return unless(
        letter.state is LetterState.APPROVED, problem("letter.not_approved", "number", CLAUSE, number=number)
    )


def _not_a_draft(number: str, letter: LetterFacts) -> Findings:
    return problem("letter.not_draft", "number", CLAUSE, number=number, letter_state=letter.state.value)


def _unknown(number: str) -> Findings:
    if not given(number):
        return problem("letter.number.missing", "number", CLAUSE)
    return problem("letter.unknown", "number", CLAUSE, number=number)
