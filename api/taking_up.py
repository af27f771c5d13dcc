"""Whoever was named as successor takes up the mandate by signing in (EOI-03)."""

import logging
from dataclasses import replace
from datetime import datetime

from access.people import Door
from api.deps import Parts
from api.handover import accept_pending
from api.identity import principal_of
from api.problems import ProblemError
from contracts.people import SUCCESSOR
from storage import people

log = logging.getLogger(__name__)


async def take_up(parts: Parts, person: str, until: datetime) -> None:
    """Takes up what waits for a person who has just signed in (`until` the session's end, aware).

    They are let in all the same where a country's process does not answer or refuses: the next sign-in tries again, and
    until then the page of the country says what stands against it.
    """
    who = await people.person(parts.database, person)
    for found in await people.mandates_of(parts.database, person, parts.now()):
        if who is None or found.mandate.seat != SUCCESSOR:
            continue
        principal = principal_of(who, found.mandate, Door.SESSION, until)
        try:
            await accept_pending(parts, replace(principal, name=found.mandate.name))
        except ProblemError as error:
            keys = ", ".join(one.key for one in error.findings) or str(error.status_code)
            log.warning("a mandate of %s was not taken up at sign-in: %s", found.mandate.country, keys)
