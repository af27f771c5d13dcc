"""Keeps what was given in confidence from those for whom it is not meant, wherever it would show (REV-03)."""

from collections.abc import Iterable
from dataclasses import replace

from access.deciding import reaches, sees_content
from access.people import Principal
from access.table import Action
from contracts.state import Entry
from framework.facts import Cycle
from framework.terms import Role
from storage import reading_history
from storage.engine import Database
from storage.paging import MAXIMUM_LIMIT

WITHHELD = "given in confidence"
Hidden = frozenset[int]

OF_THE_GCM = ("gcm_item", "gcm_position", "gcm_silence")
"""How the kinds begin under which the GCM's members prepare their decisions."""


def from_country(entry: Entry) -> bool:
    """Whether the country itself handed it in, by its focal point or through the Secretariat on its
    behalf."""
    return entry.role == Role.FOCAL_POINT.value or bool(entry.on_behalf_of)


def sees_entry(principal: Principal, entry: Entry, code: str) -> bool:
    """Whether this person may see the particulars of an entry in the timeline of a country."""
    if not sees_kind(principal, entry.kind, code):
        return False
    return sees_content(principal, entry.values, code, from_country=from_country(entry))


def sees_kind(principal: Principal, kind: str, code: str) -> bool:
    """Whether this person may see what is said under a kind: what the GCM says beforehand is its own."""
    return not kind.startswith(OF_THE_GCM) or reaches(principal, Action.READ_ITEMS, code)


async def hidden_evidence(database: Database, code: str, principal: Principal) -> Hidden:
    """The entries of a country's evidence that this person may not see."""
    hidden: set[int] = set()
    cursor: str | None = ""
    while cursor is not None:
        page = await reading_history.timeline(
            database, code, kind="evidence", limit=MAXIMUM_LIMIT, cursor=cursor
        )
        hidden |= {entry.number for entry in page.items if not sees_entry(principal, entry, code)}
        cursor = page.next_cursor
    return frozenset(hidden)


def without(cycle: Cycle, hidden: Hidden) -> Cycle:
    """A cycle in which hidden evidence is counted, but not named."""
    titles = named(cycle.evidence, hidden)
    return replace(cycle, evidence=dict(zip(titles, cycle.evidence.values(), strict=True)))


def named(titles: Iterable[str], hidden: Hidden) -> list[str]:
    """Titles of evidence as the process writes them (`7: Title`), those of hidden entries without what they say."""
    numbers = {str(number) for number in hidden}
    return [
        f"{title.partition(':')[0]}: {WITHHELD}" if title.partition(":")[0] in numbers else title
        for title in titles
    ]
