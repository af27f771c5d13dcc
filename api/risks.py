"""Which countries hang by one thread: for the Secretariat, that asks who else could be named (EOI-03)."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel

from access.people import Principal
from access.table import Action
from api.deps import GuardedRoute, InstalledParts, Parts, allow
from api.description import errors
from api.paging import MOST
from api.problems import Reason, reasons
from contracts.names import address_digest
from contracts.rows import CountryRow
from framework.risks import PeopleFacts, addresses, risks
from storage import reading
from storage.seen import Seen

router = APIRouter(tags=["countries"], route_class=GuardedRoute)


class CountryRisks(BaseModel):
    """What hangs by one thread in a country, the gravest first."""

    country: str
    country_name: str
    risks: list[Reason]


class Risks(BaseModel):
    """The countries with risks. `sign_ins_known_since`: since when it is noticed who comes; null: it is not, and nobody is
    missed."""

    sign_ins_known_since: date | None
    items: list[CountryRisks]


@router.get("/risks", operation_id="list_risks", responses=errors(403))
async def list_risks(
    principal: Annotated[Principal, allow(Action.READ_RISKS)], parts: InstalledParts
) -> Risks:
    """Countries with a single contact, with none, or whose people have not signed in for 90 days, by name."""
    return await risks_of_all(parts)


async def risks_of_all(parts: Parts) -> Risks:
    """The same for pages: every country that has a risk today (UTC), by name."""
    rows = [row async for row in _all(parts)]
    everybody = {email for row in rows for email in addresses(_facts(row))}
    seen = await parts.last_seen(parts.database, {address_digest(email) for email in everybody})
    today = parts.now().date()
    found = [(row, risks(_facts(row, seen), today)) for row in rows]
    return Risks(
        sign_ins_known_since=seen.since,
        items=[
            CountryRisks(country=row.code, country_name=row.name, risks=reasons(each))
            for row, each in found
            if each
        ],
    )


def _facts(row: CountryRow, seen: Seen | None = None) -> PeopleFacts:
    """What the rule needs to know of a country; sign-ins are kept by digest, the rule speaks of addresses."""
    bare = PeopleFacts(status=row.status, focal_point=row.focal_point, deputies=tuple(row.deputies))
    if seen is None:
        return bare
    last = {email: seen.last.get(address_digest(email)) for email in addresses(bare)}
    return PeopleFacts(
        status=row.status,
        focal_point=row.focal_point,
        deputies=tuple(row.deputies),
        last_seen=last,
        known_since=seen.since,
    )


async def _all(parts: Parts) -> AsyncIterator[CountryRow]:
    cursor: str | None = ""
    while cursor is not None:
        page = await reading.countries(parts.database, limit=MOST, cursor=cursor)
        for row in page.items:
            yield row
        cursor = page.next_cursor
