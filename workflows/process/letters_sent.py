"""What follows when an approved letter was made: it is on record with its hash, and goes out; or it could not be made."""

from contracts.letters import LetterOrder, slug_of
from contracts.state import Recipient
from framework.letters import GCM, OCCASIONS
from framework.records import DocumentRef
from framework.terms import LetterState, Role
from workflows.process.ledger import Ledger
from workflows.process.letters import TASK, letter_of, touch
from workflows.process.recipients import country_contacts, seats

FAILED_LENGTH = 300


def issued(ledger: Ledger, order: LetterOrder, document: DocumentRef) -> None:
    """The letter is made and archived: its hash is on record, and it goes out with the next post."""
    letter = letter_of(ledger.state, order.number)
    letter.document = document
    occasion = OCCASIONS[letter.kind]
    ledger.note(
        "letter_issued",
        occasion.clause,
        year=letter.year,
        number=letter.number,
        letter_kind=letter.kind,
        document=document.id,
        sha256=document.sha256,
    )
    ledger.mail(
        order.mail,
        _recipients(ledger, occasion.to),
        step=f"{TASK}-{slug_of(letter.number)}",
        number=letter.number,
        letter_kind=letter.kind,
        corrects_letter=letter.corrects,
        attachment={"document": document.id, "name": document.name, "sha256": document.sha256},
        **order.values,
    )
    touch(ledger, letter.number)


def failed(ledger: Ledger, order: LetterOrder, why: str) -> None:
    """The letter cannot be made as it is: it is a draft again, and the Secretariat is asked to mend it, told why."""
    letter = letter_of(ledger.state, order.number)
    occasion, reason = OCCASIONS[letter.kind], why[:FAILED_LENGTH]
    letter.state, letter.approved_at, letter.approved_by = LetterState.DRAFT, None, ""
    ledger.note("letter_failed", occasion.clause, year=letter.year, number=letter.number, why=reason)
    kind = occasion.submission or TASK
    key = "" if occasion.submission else letter.task
    task = ledger.open_task(
        kind, occasion.clause, Role.SECRETARIAT, year=letter.year, key=key, number=letter.number, why=reason
    )
    letter.task = task.key
    touch(ledger, letter.number)


def _recipients(ledger: Ledger, to: str) -> list[Recipient]:
    if to == GCM:
        return seats(Role.GCM)
    return country_contacts(ledger.state) or seats(Role.SECRETARIAT)  # who has no address gets it on paper
