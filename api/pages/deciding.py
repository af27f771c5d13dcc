"""Sending a decision of the GCM from its item's page: the country's answer, accepted or refused with all reasons."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from access.deciding import reaches
from access.people import Principal
from access.table import Action
from api.decisions import ACCEPTED, DECISION_ID, PENDING, answer_to
from api.deps import Country, InstalledParts, Reader, allow
from api.handing_in import no_process, reached
from api.items import ItemKey, item_in
from api.pages import items_words
from api.pages.catalogues import words
from api.pages.decision_form import FIELDS, Typed
from api.pages.guard import SignedInRoute
from api.pages.languages import language_of
from api.pages.meetings import item_page
from api.pages.shell import page
from api.problems import ProblemError, reasons
from api.process import NoProcess
from contracts.messages import DecisionAnswer
from contracts.record import DecisionRecord
from correspondence.places import country_name
from storage import reading, reading_history

router = APIRouter(prefix="/desk", include_in_schema=False, route_class=SignedInRoute)

Decider = Annotated[Principal, allow(Action.DECIDE)]


@router.post("/items/{code}/{key}/decision")
async def send_decision(
    request: Request,
    decider: Decider,
    country: Country,
    key: ItemKey,
    typed: Annotated[Typed, Form()],
    parts: InstalledParts,
) -> Response:
    """Sends the signal, waits for the country's answer, and shows it. A refusal keeps what was typed."""
    item, language = item_in(country, key).item, language_of(request)
    errors = [(where, words(language).gettext(text)) for where, text in typed.mistakes()]
    if not errors:
        try:
            answer = await answer_to(parts, country.code, typed.decision(item), decider.name)
            if answer.answer in (ACCEPTED, PENDING):
                await reached(parts, country.code, answer.revision)
                return RedirectResponse(f"/desk/decisions/{country.code}/{answer.decision_id}", 303)
            refusal = ProblemError(422, "", reasons(answer.reasons))
        except ProblemError as error:
            refusal = error
        errors = items_words.errors_of(refusal, language, FIELDS)
    now = await reading.country(parts.database, country.code) or country
    return await item_page(request, decider, parts, now, item, typed=typed, errors=errors, status=422)


@router.get("/decisions/{code}/{id}")
async def show_decision(
    request: Request,
    reader: Reader,
    country: Country,
    id: Annotated[str, Path(pattern=DECISION_ID)],
    parts: InstalledParts,
) -> HTMLResponse:
    """A decision with the country's answer, and with the positions that stand beside it."""
    record = await reading_history.decision(parts.database, country.code, id)
    answer = record.answer if record else await _asked(parts, country.code, id)
    language = language_of(request)
    sees = reaches(reader, Action.READ_ITEMS, country.code)
    return page(
        request,
        "meetings/decision.html",
        country=country,
        country_name=country_name(country.code, language, country.name),
        record=record,
        answer=answer,
        reasons=items_words.said(answer.reasons, language),
        warnings=items_words.said(answer.warnings, language),
        positions=_positions(record) if record and sees else [],
        words=items_words.Sayings(language),
    )


async def _asked(parts: InstalledParts, code: str, id: str) -> DecisionAnswer:
    try:
        return await parts.processes.decision(code, id)
    except NoProcess:
        raise await no_process(parts, code) from None


def _positions(record: DecisionRecord) -> list[tuple[str, str, str]]:
    """What each seat said: at the meeting, then beforehand where the decision says nothing of it."""
    return [(one.seat, one.position, one.reason) for one in (*record.decision.positions, *record.beforehand)]
