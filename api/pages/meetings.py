"""The GCM's items to decide: what speaks for and against, and the form that sends the signal and shows its answer."""

from typing import Annotated, Literal
from uuid import uuid4

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field, TypeAdapter

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.decisions import ACCEPTED, PENDING, answer_to
from api.deps import Code, InstalledParts, Parts, allow
from api.handing_in import reached
from api.pages.board_words import in_words
from api.pages.guard import SignedInRoute
from api.pages.handing import Errors, errors_of
from api.pages.languages import language_of
from api.pages.meetings_views import BY_CONSENSUS, DECIDED, OUTCOMES, TypedDecision, agenda, item_of
from api.pages.sentences import sentences
from api.pages.shell import page
from api.problems import ProblemError, not_found
from framework.decisions import outcomes
from framework.findings import Finding
from framework.terms import Consensus, DecisionKind
from storage import reading, reading_history
from storage.reading_board import duties, standings

router = APIRouter(prefix="/desk/meetings", include_in_schema=False, route_class=SignedInRoute)

MeetingReader = Annotated[Principal, allow(Action.READ_MEETINGS)]
FIELDS = {"": "", "id": "", "actor": ""}
_FINDINGS = TypeAdapter(list[Finding])


class ItemQuery(BaseModel):
    """Which kind of decision the form is for; and which decision was just sent."""

    kind: DECIDED | Literal[""] = ""
    sent: Annotated[str, Field(pattern="^(gcm-[0-9a-f]{32})?$")] = ""


@router.get("")
async def show_agenda(request: Request, _: MeetingReader, parts: InstalledParts) -> HTMLResponse:
    """The countries on which the GCM has something to decide."""
    found = agenda(await standings(parts.database), await duties(parts.database))
    return page(request, "desk/agenda.html", items=found)


@router.get("/{code}")
async def show_item(
    request: Request,
    code: Code,
    query: Annotated[ItemQuery, Query()],
    reader: MeetingReader,
    parts: InstalledParts,
) -> HTMLResponse:
    """A country before the GCM: requirements, flags, circumstances, history, and the form of a decision."""
    typed = TypedDecision(id=f"gcm-{uuid4().hex}", kind=query.kind) if query.kind else None
    return await _page(request, reader, parts, code, typed, [], query.sent)


@router.post("/{code}")
async def decide(
    request: Request,
    code: Code,
    typed: Annotated[TypedDecision, Form()],
    sender: Annotated[Principal, allow(Action.DECIDE)],
    parts: InstalledParts,
) -> Response:
    """Sends the decision; a refused one comes back with all reasons and what was typed, to be mended."""
    language = language_of(request)
    try:
        answer = await answer_to(parts, code, typed.decision(), sender.name)
    except ProblemError as error:
        return await _page(request, sender, parts, code, typed, errors_of(error, FIELDS, language))
    if answer.answer in (ACCEPTED, PENDING):
        await reached(parts, code, answer.revision)
        return RedirectResponse(f"/desk/meetings/{code}?sent={typed.id}", 303)
    places = [FIELDS.get(one.where, one.where.partition("[")[0]) for one in answer.reasons]
    errors = list(zip(places, sentences(answer.reasons, language), strict=True))
    return await _page(request, sender, parts, code, typed, errors)


async def _page(
    request: Request,
    reader: Principal,
    parts: Parts,
    code: str,
    typed: TypedDecision | None,
    errors: Errors,
    sent: str = "",
) -> HTMLResponse:
    country = await reading.country(parts.database, code)
    standing = next((one for one in await standings(parts.database) if one.code == code), None)
    if country is None or standing is None:
        raise not_found(f"country {code}")
    language = language_of(request)
    tasks = [one for one in await duties(parts.database) if one.country == code]
    kind = DecisionKind(typed.kind) if typed else None
    records = await reading_history.decisions(parts.database, code)
    chosen = [(one, in_words(OUTCOMES, language)[one]) for one in outcomes(kind)] if kind else []
    return page(
        request,
        "desk/item.html",
        422 if errors else 200,
        country=country,
        item=item_of(standing, tasks),
        unmet=sentences(_FINDINGS.validate_python(country.unmet), language),
        flags=[one for one in country.flags if one.cleared_on is None],
        decisions=[(one, sentences(one.answer.reasons, language)) for one in reversed(records)],
        answered=next((one for one in records if one.decision.id == sent), None),
        sent=sent,
        typed=typed,
        errors=errors,
        wrong=dict(reversed(errors)),
        outcomes=chosen,
        outcome_words=in_words(OUTCOMES, language),
        by_consensus=kind in BY_CONSENSUS,
        consensuses=list(Consensus),
        can_decide=may(reader, Action.DECIDE),
    )
