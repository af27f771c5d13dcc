"""What is done about a country and with it: participation, support, dialogue, the way back, decisions, mail."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.deps import Country, InstalledParts, Reader
from api.mails import MailQuery, MailReader, list_mails
from api.pages import country_views
from api.pages.country_entries import entries
from api.pages.country_shell import show, spoken
from api.pages.guard import SignedInRoute
from api.pages.mail_told import told
from storage import reading_history

router = APIRouter(prefix="/desk/countries/{code}", include_in_schema=False, route_class=SignedInRoute)


@router.get("/participation")
async def show_participation(
    request: Request, country: Country, principal: Reader, parts: InstalledParts
) -> Response:
    """Who took part in which year (REV-04), and the support that partners give (IMP-02)."""
    cycles = await reading_history.cycles(parts.database, country.code)
    support = await entries(parts.database, country.code, "support_action", principal)
    return show(
        request,
        country,
        principal,
        "participation",
        participation=country_views.participation_of(cycles),
        support=country_views.support_of(support),
    )


@router.get("/dialogue")
async def show_dialogue(
    request: Request, country: Country, principal: Reader, parts: InstalledParts
) -> Response:
    """Dialogues with their meetings and guidance, special circumstances, requests to return."""
    meetings = await entries(parts.database, country.code, "dialogue_meeting", principal)
    return show(
        request,
        country,
        principal,
        "dialogue",
        meetings=meetings,
        missing={
            one.number: country_views.sentences(one.missing, spoken(request)) for one in country.reactivations
        },
    )


@router.get("/decisions")
async def show_decisions(
    request: Request, country: Country, principal: Reader, parts: InstalledParts
) -> Response:
    """All decisions of the GCM on the country, accepted and refused, the newest first."""
    found = await reading_history.decisions(parts.database, country.code)
    return show(
        request,
        country,
        principal,
        "decisions",
        records=list(reversed(found)),
        reasons={
            one.decision.id: country_views.sentences(one.answer.reasons, spoken(request)) for one in found
        },
    )


@router.get("/mail")
async def show_mail(
    request: Request,
    principal: MailReader,  # before the country: whether it is there, those who may not read mail do not learn
    country: Country,
    parts: InstalledParts,
    cursor: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """Every message to the country's people with what became of it (REP-07); those for a country see to whom as they may."""
    query = MailQuery(country=country.code, state=[], cursor=cursor)
    listing = await list_mails(request, query, principal, parts)
    return show(
        request,
        country,
        principal,
        "mail",
        mails=[told(one, spoken(request)) for one in listing.items],
        next=listing.next,
    )
