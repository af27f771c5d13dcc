"""Where a country hangs by one thread: nobody to write to, a single contact, or people who have not come for long.

Not a judgement of the country, but a sign for the Secretariat to ask who else could be named (EOI-03).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from framework.findings import Finding
from framework.records import Contact
from framework.terms import Status

SILENT_AFTER = timedelta(days=90)
"""So long may all people of a country stay away; a focal point has something to do about four times a year."""

CLAUSE = "EOI-03"


@dataclass(frozen=True, kw_only=True)
class PeopleFacts:
    """Who can be reached for a country, and when they were last there.

    `last_seen`: by address, in lower case; an address that is missing, or stands for None, was never seen. `known_since`:
    the first day on which it would have been noticed that somebody came; None: nobody notices that here.
    """

    status: Status
    focal_point: Contact
    deputies: tuple[Contact, ...] = ()
    last_seen: Mapping[str, date | None] = field(default_factory=dict)
    known_since: date | None = None


def risks(facts: PeopleFacts, today: date) -> tuple[Finding, ...]:
    """What the Secretariat should see to on a day (UTC), the gravest first; nothing of a country that has left."""
    if facts.status is Status.WITHDRAWN:
        return ()
    found = _few(facts)
    return found if found and found[0].key == "risk.nobody" else (*found, *_silent(facts, today))


def addresses(facts: PeopleFacts) -> tuple[str, ...]:
    """Every address of the country's people, in lower case, each once."""
    people = (facts.focal_point, *facts.deputies)
    found = (email.strip().lower() for one in people for email in (one.email, one.second_email))
    return tuple(dict.fromkeys(email for email in found if email))


def _few(facts: PeopleFacts) -> tuple[Finding, ...]:
    """One mailbox is one thread: a second person, or a second address of the same, makes two."""
    reached = len(addresses(facts))
    if reached > 1:
        return ()
    return (Finding(key="risk.single_contact" if reached else "risk.nobody", clause=CLAUSE),)


def _silent(facts: PeopleFacts, today: date) -> tuple[Finding, ...]:
    if facts.known_since is None:
        return ()
    seen = [day for email in addresses(facts) if (day := facts.last_seen.get(email)) is not None]
    last = max(seen, default=None)
    if today - (last or facts.known_since) < SILENT_AFTER:
        return ()
    days = str(SILENT_AFTER.days)
    if last is None:
        return (Finding(key="risk.never_signed_in", clause=CLAUSE, values={"days": days}),)
    return (
        Finding(key="risk.not_signed_in", clause=CLAUSE, values={"days": days, "date": last.isoformat()}),
    )
