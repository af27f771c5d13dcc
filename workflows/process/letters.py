"""Letters of record: drafted when their occasion arises, edited and approved by the Secretariat, then made and sent."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from contracts.letters import Letter, LetterAddressee, LetterOrder, slug_of
from contracts.state import Content, CountryState, Entry
from framework.letters import GCM, OCCASIONS, LetterFacts
from framework.records import (
    DocumentRef,
    LetterApproval,
    LetterCorrection,
    LetterEdit,
    LetterPublication,
    LetterWithdrawal,
)
from framework.terms import Language, LetterKind, LetterState, Role, TaskState
from workflows.process.ledger import Ledger
from workflows.process.plain import canonical, plain

TASK = "letter"
DAYS = 7
"""Days that the Secretariat has for a draft, where the policy does not say."""


def draft(
    ledger: Ledger,
    kind: LetterKind,
    *,
    because: str,
    task: str = "",
    ask: bool = True,
    year: int | None = None,
    corrects: str = "",
    said: Mapping[str, Any] | None = None,
) -> Letter | None:
    """Puts a draft on record and asks the Secretariat for it, unless the open `task` does, or nobody must be asked.

    None where the country's edition knows no letters of record.
    """
    state, occasion = ledger.state, OCCASIONS[kind]
    if not state.policy.letters:
        return None
    number = _next_number(ledger)
    letter = Letter(
        number=number,
        kind=kind,
        language=state.language if occasion.to != GCM else Language.ENGLISH,
        because=because,
        year=year,
        task=task or (f"{TASK}-{slug_of(number)}" if ask else ""),
        drafted_at=ledger.now,
        draft=_keep(ledger, {"kind": kind.value, "year": year, "values": dict(said or {})}),
        corrects=corrects,
    )
    state.letters.append(letter)
    ledger.note(
        "letter_drafted",
        occasion.clause,
        task=letter.task,
        year=year,
        number=number,
        letter_kind=kind,
        corrects_letter=corrects,
    )
    if ask and not task:
        _ask_for(ledger, letter)
    touch(ledger, number)
    return letter


def _ask_for(ledger: Ledger, letter: Letter) -> None:
    """The Secretariat is asked to see to a draft, within the policy's days."""
    days = ledger.state.policy.days_by_task.get(TASK, DAYS)
    ledger.open_task(
        "letter",
        OCCASIONS[letter.kind].clause,
        Role.SECRETARIAT,
        key=letter.task,
        due_on=ledger.today + timedelta(days=days),
        number=letter.number,
        letter_kind=letter.kind,
    )


def of_decision(decision_id: str) -> str:
    """What is behind a letter that tells of a decision; whatever its id, it is no entry."""
    return f"decision-{decision_id}"


def of_entry(number: int) -> str:
    """What is behind a letter that follows from an entry of the timeline."""
    return f"entry-{number}"


def facts(state: CountryState) -> Mapping[str, LetterFacts]:
    """What the rules must know of the letters on record, by number."""
    return {
        one.number: LetterFacts(
            kind=one.kind, state=one.state, edits=one.edits, corrected_by=one.corrected_by
        )
        for one in state.letters
    }


def by_hand(
    ledger: Ledger,
    kind: LetterKind,
    mail: str,
    *,
    because: str,
    year: int | None = None,
    handed_in: DocumentRef | None = None,
    said: Mapping[str, Any],
) -> bool:
    """A text that was handed in is edit and approval in one: numbered, made, and sent with the mail of that kind.

    False where this country's edition knows no letters of record: then the mail goes out as before.
    """
    letter = _waiting(ledger.state, kind, year) or draft(ledger, kind, because=because, ask=False, year=year)
    if letter is None:
        return False
    letter.text, letter.edits, letter.edited_by = (
        ledger.state.versions[-1].sha256,
        letter.edits + 1,
        ledger.by.name,
    )
    _approve(ledger, letter, signed_by=ledger.by.name)
    ledger.note("letter_approved", OCCASIONS[kind].clause, year=year, number=letter.number, letter_kind=kind)
    ledger.state.outbox.letters.append(
        LetterOrder(number=letter.number, mail=mail, values=plain(dict(said)), handed_in=handed_in)
    )
    return True


def letter_edit(ledger: Ledger, record: LetterEdit, entry: Entry, day: date) -> None:
    """The draft has another text from now on; the one before stays as a version."""
    letter = letter_of(ledger.state, record.number)
    letter.text, letter.edits, letter.edited_by = (
        ledger.state.versions[-1].sha256,
        letter.edits + 1,
        ledger.by.name,
    )
    entry.values["edits"] = letter.edits
    touch(ledger, letter.number)


def letter_approval(ledger: Ledger, record: LetterApproval, entry: Entry, day: date) -> None:
    """The letter stands: it is made and sent as it is, and never changed."""
    letter = letter_of(ledger.state, record.number)
    letter.public = record.public
    _approve(ledger, letter, signed_by=record.signed_by, signed_post=record.signed_post)
    entry.values["letter_kind"] = letter.kind.value
    ledger.close_task(letter.task, TaskState.DONE, entry=entry.number)
    ledger.state.outbox.letters.append(LetterOrder(number=letter.number))


def letter_withdrawal(ledger: Ledger, record: LetterWithdrawal, entry: Entry, day: date) -> None:
    """The draft is not sent; its number stays with it."""
    _withdraw(ledger, letter_of(ledger.state, record.number), record.reason)


def letter_publication(ledger: Ledger, record: LetterPublication, entry: Entry, day: date) -> None:
    """Who may read the letter changes; the letter does not."""
    letter = letter_of(ledger.state, record.number)
    letter.public = bool(record.public)
    touch(ledger, letter.number)


def letter_correction(ledger: Ledger, record: LetterCorrection, entry: Entry, day: date) -> None:
    """A new draft, which names the letter that it corrects; that one stays as it was sent."""
    _correct(ledger, letter_of(ledger.state, record.number), record.reason, because=of_entry(entry.number))


def let_fall(ledger: Ledger, because: str, reason: str) -> None:
    """What a letter told of was a mistake: a draft is withdrawn; one that stands is corrected by a new draft."""
    for letter in [one for one in ledger.state.letters if one.because == because]:
        if letter.state is LetterState.DRAFT:
            _fall(ledger, letter, reason)
        elif letter.state is LetterState.APPROVED and not letter.corrected_by:
            _correct(ledger, letter, reason, because=because)


def let_all_fall(ledger: Ledger, reason: str, task: str = "") -> None:
    """Nothing that is only drafted goes out any more: to a country that has left, or for a task that was waived."""
    for letter in [one for one in ledger.state.letters if one.state is LetterState.DRAFT]:
        if not task or letter.task == task:
            _fall(ledger, letter, reason)


def _approve(ledger: Ledger, letter: Letter, *, signed_by: str, signed_post: str = "") -> None:
    state = ledger.state
    letter.state, letter.approved_at, letter.approved_by = LetterState.APPROVED, ledger.now, ledger.by.name
    letter.signed_by, letter.signed_post = signed_by, signed_post
    letter.addressee = addressee(state, letter.kind)
    touch(ledger, letter.number)


def addressee(state: CountryState, kind: LetterKind) -> LetterAddressee:
    """To whom a letter is addressed: the focal point at the ministry; nobody by name where it goes to the GCM."""
    if OCCASIONS[kind].to == GCM:
        return LetterAddressee()
    person = state.focal_point
    return LetterAddressee(name=person.name, post=person.post, ministry=state.ministry)


def _correct(ledger: Ledger, letter: Letter, reason: str, *, because: str) -> None:
    approved_on = letter.approved_at.date() if letter.approved_at else None
    new = draft(
        ledger,
        LetterKind.CORRECTION,
        because=because,
        year=letter.year,
        corrects=letter.number,
        said={
            "earlier": letter.number,
            "earlier_kind": letter.kind,
            "earlier_on": approved_on,
            "reason": reason,
        },
    )
    if new is not None:
        letter.corrected_by = new.number
        touch(ledger, letter.number)


def _fall(ledger: Ledger, letter: Letter, reason: str) -> None:
    ledger.note(
        "letter_withdrawn", OCCASIONS[letter.kind].clause, number=letter.number, letter_kind=letter.kind
    )
    _withdraw(ledger, letter, reason)


def _withdraw(ledger: Ledger, letter: Letter, reason: str) -> None:
    letter.state, letter.reason = LetterState.WITHDRAWN, reason
    for one in ledger.state.letters:
        if one.corrected_by == letter.number:
            one.corrected_by = ""
            touch(ledger, one.number)
    if letter.task.startswith(f"{TASK}-"):
        ledger.close_task(letter.task, TaskState.VOID, reason=reason)
    touch(ledger, letter.number)


def _waiting(state: CountryState, kind: LetterKind, year: int | None) -> Letter | None:
    drafts = (one for one in state.letters if one.state is LetterState.DRAFT and one.kind is kind)
    return next((one for one in drafts if one.year == year), None)


def letter_of(state: CountryState, number: str) -> Letter:
    """A letter by its number; the rules see to it that it is there."""
    return next(one for one in state.letters if one.number == number)


def _next_number(ledger: Ledger) -> str:
    state, year = ledger.state, str(ledger.today.year)
    state.letter_numbers[year] = state.letter_numbers.get(year, 0) + 1
    return f"A8.7/{state.code}/{year}/{state.letter_numbers[year]}"


def _keep(ledger: Ledger, body: dict[str, Any]) -> str:
    kept = plain(body)
    digest = hashlib.sha256(canonical(kept)).hexdigest()
    ledger.state.outbox.contents.append(Content(sha256=digest, body=kept))
    return digest


def touch(ledger: Ledger, number: str) -> None:
    """A letter has changed."""
    touched = ledger.state.outbox.touched.letters
    if number not in touched:
        touched.append(number)
    ledger.touch()
