"""People who help a country with single kinds of paper, named and ended by the country (EOI-03)."""

from datetime import date

from contracts.people import CONTRIBUTOR, Contributor
from contracts.state import Entry, Recipient
from framework.records import ContributorEnded, ContributorNamed
from workflows.process.handover import CLAUSE, same_person
from workflows.process.ledger import Ledger


def contributor_named(ledger: Ledger, record: ContributorNamed, entry: Entry, day: date) -> None:
    """Somebody may hand in papers of these kinds; whoever was named before has the new ones."""
    state, person = ledger.state, record.contributor
    named = Contributor(
        id=f"contributor-{entry.number}",
        contact=person,
        tasks=list(dict.fromkeys(record.tasks)),
        from_on=ledger.today,
        until_on=record.until,
    )
    others = [one for one in state.contributors if not same_person(one.contact, person)]
    state.contributors = [*others, named]
    entry.values |= {"contributor": named.id, "tasks": named.tasks}
    ledger.touch()
    ledger.mail(
        "contributor_named",
        [
            Recipient(
                role=CONTRIBUTOR,
                name=person.name,
                email=person.email,
                language=person.language,
                time_zone=person.time_zone,
            )
        ],
        step=named.id,
        leads_to="sign_in",
        named_by=ledger.by.name,
        by_role=ledger.by.role,
        focal_point=state.focal_point.name,
        tasks=named.tasks,
        until_on=record.until,
    )


def contributor_ended(ledger: Ledger, record: ContributorEnded, entry: Entry, day: date) -> None:
    """A contributor's part ends with this entry."""
    _drop(ledger, record.contributor.strip())
    ledger.touch()


def end(ledger: Ledger, contributor: str) -> None:
    """The last day that was named has passed."""
    _drop(ledger, contributor)
    ledger.note("contribution_ended", CLAUSE, contributor=contributor)


def _drop(ledger: Ledger, contributor: str) -> None:
    state = ledger.state
    state.contributors = [one for one in state.contributors if one.id != contributor]
